"""What the limits of a repair do by themselves: remind the applicant, and pass."""

import datetime as dt

from processes.records.permissions import representatives_of
from processes.repair.models import RepairCase
from processes.repair.services import lapse
from workflow.clock import local_day
from workflow.deadlines.models import Deadline
from workflow.documents.services import tell


def lapse_supplement(deadline: Deadline, *, on: dt.date, at: dt.datetime) -> None:
    """The supplement did not come: the items that wait for it lapse."""
    lapse(case_id=deadline.case_id, at=at)


def remind_of_supplement(
    deadline: Deadline, *, code: str, due_on: dt.date, at: dt.datetime
) -> None:
    """Remind everyone who acts for the subject that a supplement is still awaited."""
    case = RepairCase.objects.get(pk=deadline.case_id)
    day = deadline.due_on.isoformat() if deadline.due_on else ""
    tell(
        kind="repair.supplement-reminder",
        subject_id=case.subject_id,
        user_ids=representatives_of(case.subject_id, on=local_day(at)),
        snapshot={
            "title": f"修复申请 {case.number} 还等您补正",
            "body": f"请在 {day} 前一次补齐材料；逾期未补正的，申请自动结束，可以重新申请。",
            "title_en": f"Repair application {case.number} still waits for your supplement",
            "body_en": f"Supply everything by {day}; without it the application ends by itself.",
            "link": f"/my/cases/{case.number}/",
        },
        case_table=deadline.case_table,
        case_id=case.pk,
        case_number=case.number,
        at=at,
    )
