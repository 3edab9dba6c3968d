"""What a flow must have before the house starts."""

from typing import Any

from django.core.checks import Error, register
from viewflow.workflow import flow as nodes

from workflow.engine import graph
from workflow.offices.actors import CapacityKind


@register("engine")
def check_flows(**_: Any) -> list[Error]:
    """Refuse a flow without our lock, a human task without a capacity, and work without a node."""
    return [error for process in graph.processes() for error in flow_errors(process)]


def flow_errors(process: graph.Process) -> list[Error]:
    """Return what is wrong with one procedure."""
    found = []
    if not isinstance(process.flow.lock_impl, graph.DomainRowLock):
        found.append(
            Error(f"{process.name}: the flow needs workflow.engine's DomainRowLock", id="engine.E1")
        )
    capacities = {str(kind) for kind in CapacityKind}
    for node in process.flow.instance.nodes():
        if isinstance(node, nodes.View) and getattr(node, "role", None) not in capacities:
            found.append(Error(f"{process.name}.{node.name}: name who may do it", id="engine.E2"))
    known = {node.name for node in process.flow.instance.nodes()}
    found.extend(
        Error(f"{process.name}: no node for the work {missing!r}", id="engine.E3")
        for missing in sorted(process.nodes - known)
    )
    return found
