"""What is put together here and nowhere else: procedures, reactions, reasons to stand aside."""

from processes.promise.reactions import fall_with_application, take_effect_with_application
from processes.records import flow as records_flow
from processes.records.permissions import own_case
from processes.repair import flow as repair_flow
from processes.repair.reminders import lapse_supplement, remind_of_supplement
from processes.statutes import STATUTES
from workflow.deadlines.registry import register_passing, register_rung_handler, use_statutes
from workflow.engine import graph, queue
from workflow.reactions import when


def compose() -> None:
    """Make the processes known to the machinery; doing it twice changes nothing."""
    use_statutes(STATUTES)
    graph.register(records_flow.PROCESS)
    graph.register(repair_flow.PROCESS)
    queue.refuse_when(own_case)
    when("repair.submitted", take_effect_with_application)
    when("repair.withdrawn", fall_with_application)
    register_passing("supplement", lapse_supplement)
    register_rung_handler("supplement", remind_of_supplement)
