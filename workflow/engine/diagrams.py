"""Diagrams made from the tables in the code, so that documents cannot drift from it."""

from collections.abc import Iterable, Mapping

from viewflow.workflow import chart

from workflow.engine.graph import Process

Transitions = Mapping[str, tuple[tuple[str, ...], str]]


def state_diagram(transitions: Transitions, *, start: str, names: Mapping[str, str]) -> str:
    """Return a Mermaid state diagram: one arrow per source of each transition."""
    states = {start, *(s for sources, to in transitions.values() for s in (*sources, to))}
    ended = states - {source for sources, _to in transitions.values() for source in sources}
    lines = ["stateDiagram-v2"]
    lines += [f"    {state} : {names.get(state, state)} {state}" for state in sorted(states)]
    lines.append(f"    [*] --> {start}")
    lines += [
        f"    {source} --> {to} : {name}"
        for name, (sources, to) in transitions.items()
        for source in sources
    ]
    lines += [f"    {state} --> [*]" for state in sorted(ended)]
    return "\n".join(str(line) for line in lines)


def fenced(diagram: str) -> str:
    """Return a diagram as a fenced block of Markdown."""
    return f"```mermaid\n{diagram}\n```\n"


def flow_chart(process: Process) -> str:
    """Return viewflow's chart of a procedure as SVG."""
    return chart.grid_to_svg(chart.calc_layout_data(process.flow))


def flow_bpmn(process: Process) -> str:
    """Return viewflow's BPMN export of a procedure."""
    return chart.grid_to_bpmn(chart.calc_layout_data(process.flow))


def tidy(text: str) -> str:
    """Return text without blanks at line ends, ending in one line feed."""
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip() + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
