"""Applications that take more than one call to make."""

import datetime as dt

from processes.records.models import CreditRecord
from processes.records.rules import Severity
from processes.records.services import determine_severity, register_penalty
from processes.repair import services as repair
from processes.repair.models import RepairCase
from tests.world import FILED_AT, IMPORTED_AT, League, one_page_pdf, penalty
from workflow.offices.actors import SYSTEM
from workflow.offices.models import Capacity, User
from workflow.offices.queries import actor_in


def of_another_unit(world: League, verifier: str) -> CreditRecord:
    """A record of the same subject that another unit decided; somebody there verifies."""
    found = register_penalty(
        penalty=penalty(
            decision_number="朔交罚〔2026〕33号",
            decision_number_key="朔交罚202633",
            authority_name="朔原盟交通运输局",
            authority_code="111521050116154571",
        ),
        source_row=None,
        by=SYSTEM,
        at=IMPORTED_AT,
    )
    world.users[verifier] = User.objects.create_user(verifier, None, display_name="核查员子")
    capacity = Capacity.objects.create(
        user=world.users[verifier],
        department=found.record.unit,
        role="verifier",
        since=dt.date(2026, 1, 1),
    )
    return determine_severity(
        record_id=found.record.pk,
        severity=Severity.GENERAL,
        actor=actor_in(capacity),
        at=IMPORTED_AT,
    )


def two_records(world: League, second: CreditRecord | None = None) -> RepairCase:
    """One application for two records, of one unit unless the second is another's."""
    first = world.published_record()
    if second is None:
        second = world.published_record(
            decision_number="朔市监罚〔2026〕102号", decision_number_key="朔市监罚2026102"
        )
    acting = {"actor": world["agent"], "at": FILED_AT}
    case = repair.open_draft(
        subject_id=first.subject_id,
        record_ids=[first.pk, second.pk],
        desk=world.desk_office,
        **acting,
    )
    facts = {
        "corrected_on": dt.date(2026, 6, 1),
        "duties_performed_on": dt.date(2026, 6, 2),
        "duties_complete": True,
        "statement": "",
    }
    items = list(case.items.all())
    repair.save_draft(case_id=case.pk, stated={i.pk: facts for i in items}, **acting)
    for item in items:
        repair.add_proof(
            case_id=case.pk,
            item_id=item.pk,
            kind="proof-of-correction",
            content=one_page_pdf(),
            name="整改.pdf",
            media_type="application/pdf",
            **acting,
        )
    repair.sign_promise(case_id=case.pk, signed_name=world.users["agent"].display_name, **acting)
    return repair.submit(case_id=case.pk, **acting)
