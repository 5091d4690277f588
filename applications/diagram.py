"""The lifecycle as a Mermaid diagram and a table, drawn from the code that runs it."""

from __future__ import annotations

from dataclasses import dataclass

from applications.lifecycle import TRANSITIONS
from applications.models import Application
from applications.states import State

FIELD = Application.state.field


@dataclass(frozen=True, slots=True)
class Edge:
    """One transition from one state to another."""

    name: str
    source: str
    target: str


def edges() -> list[Edge]:
    """Every edge of the machine, by source and target in the order of the states."""
    order = list(State.values)
    found = [
        Edge(each.method.__name__, each.source, each.target)
        for each in FIELD.get_all_transitions(Application)
    ]
    return sorted(found, key=lambda edge: (order.index(edge.source), order.index(edge.target)))


def page() -> str:
    """The whole page ``docs/lifecycle.md``."""
    lines = [
        "# The lifecycle of an application",
        "",
        "Drawn from the code by `manage.py draw_lifecycle`; a test fails when it is stale.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> draft",
        *(f"    {edge.source} --> {edge.target}: {edge.name}" for edge in edges()),
        "    closed --> [*]",
        "```",
        "",
        "| transition | from | to | who | article |",
        "|---|---|---|---|---|",
    ]
    for name, step in TRANSITIONS.items():
        mine = [edge for edge in edges() if edge.name == name]
        sources = ", ".join(edge.source for edge in mine)
        who = ", ".join(each.value for each in step.who)
        lines.append(f"| {name} | {sources} | {mine[0].target} | {who} | {step.article} |")
    return "\n".join(lines) + "\n"
