"""What the passing of a limit does to a repair, by itself, on its day."""

import datetime as dt

from processes.repair.services import lapse
from workflow.deadlines.models import Deadline


def lapse_supplement(deadline: Deadline, *, on: dt.date, at: dt.datetime) -> None:
    """The supplement did not come: the items that wait for it lapse."""
    lapse(case_id=deadline.case_id, at=at)
