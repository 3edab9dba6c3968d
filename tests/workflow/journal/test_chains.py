"""What a whole repair leaves in the journal: chains that hold and tell no names."""

import datetime as dt
import hashlib
import json
from itertools import pairwise

import pytest
from django.apps import apps

from tests.stages import PERSON, TALKATIVE
from tests.workflow.journal import raw
from workflow.journal.models import Chain, Event, Leaf

pytestmark = pytest.mark.database


@pytest.fixture(scope="module", params=["completed", "completed-by-a-person"])
def finished(request, module_at_stage):
    """A repair from import to completion, by an organisation or by a natural person."""
    return module_at_stage(request.param).world


def test_every_chain_verifies_link_by_link(finished):
    assert Chain.objects.count() == 2
    for chain in Chain.objects.all():
        sha256, sm3, events = bytes(32), bytes(32), list(chain.events.order_by("seq"))
        assert [event.seq for event in events] == list(range(1, chain.length + 1))
        for event in events:
            text = event.canonical.encode()
            sha256 = hashlib.sha256(sha256 + text).digest()
            sm3 = hashlib.new("sm3", sm3 + text).digest()
            assert (event.sha256, event.sm3) == (sha256.hex(), sm3.hex())
        assert (chain.sha256, chain.sm3) == (sha256.hex(), sm3.hex())


def test_every_text_is_canonical_and_of_schema_1(finished):
    for event in Event.objects.all():
        body = json.loads(event.canonical)
        assert raw.canonical(body) == event.canonical
        assert body["schema"] == 1
        at = dt.datetime.fromisoformat(body["at"])
        assert at == event.at
        assert body["day"] == (at + dt.timedelta(hours=8)).date().isoformat()


def test_every_leaf_is_behind_its_hash_and_every_hash_has_its_leaf(finished):
    told = {
        (event.pk, name): digest
        for event in Event.objects.all()
        for name, digest in json.loads(event.canonical)["leaves"].items()
    }
    kept = {}
    for leaf in Leaf.objects.all():
        salt = bytes.fromhex(leaf.salt)
        assert len(salt) == 32
        text = json.dumps([leaf.name, leaf.value], ensure_ascii=False, separators=(",", ":"))
        kept[leaf.event_id, leaf.name] = hashlib.sha256(b"\x00" + salt + text.encode()).hexdigest()
    assert kept == told
    assert Leaf.objects.values("salt").distinct().count() == len(kept)


def test_no_personal_value_stands_in_any_text(finished):
    names = [user.display_name for user in finished.users.values()]
    secrets = [
        *names,
        *(PERSON["counterpart_name"], PERSON["document_number"], finished.subject.name),
        *(TALKATIVE.strip("。").split("，电话")),
        *("已核实整改", "已下线", finished.record.decision_number),
    ]
    said = "\n".join(Event.objects.values_list("canonical", flat=True))
    beside = json.dumps(list(Leaf.objects.values_list("value", flat=True)), ensure_ascii=False)

    assert [secret for secret in secrets if secret in said] == []
    assert "已核实整改" in beside


def test_every_state_of_every_object_has_exactly_one_event(finished):
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in raw.guarded_tables():
            continue
        for thing in model.objects.all():
            events = list(
                Event.objects.filter(object_table=table, object_id=thing.pk).order_by(
                    "object_version"
                )
            )
            assert [event.object_version for event in events] == list(range(1, thing.version + 1))
            assert events[0].from_state is None
            assert events[-1].to_state == thing.state
            for earlier, later in pairwise(events):
                assert earlier.to_state == later.from_state


def test_every_event_names_its_basis_law_and_calendar(finished):
    for event in Event.objects.all():
        body = json.loads(event.canonical)
        assert body["law"]
        assert body["calendar"]
    decided = json.loads(Event.objects.get(kind="repair-item.approved").canonical)
    assert decided["basis"]
    assert all(each["provision"] and each["version"] for each in decided["basis"])


def test_an_act_that_happens_by_itself_names_nobody(finished):
    begun = json.loads(Event.objects.get(kind="repair-item.verification-begun").canonical)

    assert begun["actor"] == {"id": None, "capacity": "system", "office": None}
    accepted = json.loads(Event.objects.get(kind="repair-item.accepted").canonical)
    assert accepted["actor"] == {
        "id": str(finished["desk"].user_id),
        "capacity": "desk",
        "office": finished.desk_office.code,
    }
