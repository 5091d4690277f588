"""What higher rooms add to the composed dossier page: panels, and gates that come before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from applications.models import Application


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done from the dossier: a button with an address."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the dossier page: a template of the room that knows it, and what it may do."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()


Compose = Callable[[Application, int], Panel | None]
_panels: dict[str, tuple[int, Compose]] = {}


def panel(name: str, order: int) -> Callable[[Compose], Compose]:
    """Register a panel; the function gets application and person's key, and may answer None."""

    def register(compose: Compose) -> Compose:
        _panels[name] = (order, compose)
        return compose

    return register


def panels_for(application: Application, person_id: int) -> list[Panel]:
    """The panels of all rooms for this dossier and this person, in order."""
    ordered = sorted(_panels.items(), key=lambda item: (item[1][0], item[0]))
    composed = (compose(application, person_id) for _, (_, compose) in ordered)
    return [each for each in composed if each is not None]


Gate = Callable[[Application, int], str | None]
_gates: dict[str, Gate] = {}


def gate(name: str) -> Callable[[Gate], Gate]:
    """Register a gate: it answers the address to go to before the dossier opens, or None.

    So a statement on conflicts of interest (Awb 2:4) comes before the reading.
    """

    def register(ask: Gate) -> Gate:
        _gates[name] = ask
        return ask

    return register


def first_gate(application: Application, person_id: int) -> str | None:
    """The address of the first gate that this person has not passed, or None."""
    answers = (ask(application, person_id) for _, ask in sorted(_gates.items()))
    return next((address for address in answers if address), None)
