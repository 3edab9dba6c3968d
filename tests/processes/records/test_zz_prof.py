import cProfile,pstats,datetime as dt
from pathlib import Path
import pytest
from processes.records.importing import import_penalties
from workflow.offices.actors import SYSTEM
from workflow.offices.models import Jurisdiction
from django.db import connection
from django.test.utils import CaptureQueriesContext
@pytest.mark.django_db
def test_p():
    Jurisdiction.objects.create(code="150000", name="x")
    p=cProfile.Profile()
    from processes.records import services as sv; connection.queries_log.clear()
    if 1:
        p.enable()
        import_penalties(path=Path('tests/data/sample_penalties.csv'),name='x',by=SYSTEM,at=dt.datetime(2026,11,20,tzinfo=dt.UTC))
        p.disable()

    pstats.Stats(p).sort_stats('cumtime').print_stats(45)
    return
    n=collections.Counter(q['sql'][:90] for q in c.captured_queries)
    for k,v in n.most_common(40): print(v,k)
