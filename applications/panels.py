"""What higher rooms show on the composed dossier page: each registers a panel by name."""

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
