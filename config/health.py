"""Is it alive, and may it be given work? For supervisors and load balancers."""

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import app
from config.fonts import missing_parts


@require_safe
@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer while the process can answer at all; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part that a request may need is there, else 503 and which is not."""
    parts = {name: _state(probe) for name, probe in PROBES.items()}
    status = 200 if all(state == "ok" for state in parts.values()) else 503
    return JsonResponse(parts, status=status)


def _state(probe: Callable[[], str]) -> str:
    try:
        return probe()
    except Exception as failure:  # noqa: BLE001  whatever it is, the part is not ready
        return type(failure).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else "ok"


def _broker() -> str:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return "ok"


def _fonts() -> str:
    return ", ".join(missing_parts()) or "ok"


PROBES = {"database": _database, "migrations": _migrations, "broker": _broker, "fonts": _fonts}
