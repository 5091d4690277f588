"""What all stories of a round share: the call, its rules, its people and its calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accounts.domain.people import actor_for
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application, Involvement
from assessment.domain.assigning import assign
from assessment.models import Assignment
from config.demo import people
from config.demo.dice import Dice
from config.demo.plan import Plan, PlannedApplication, PlannedPerson
from config.demo.play.engine import Step
from regeling.definition import Definition
from regeling.holidays import roll
from timeline import clock
from timeline.actor import SYSTEM, Actor


@dataclass
class World:
    """One round while it is played.

    ``name`` tells this round from others on the same track; ``call_id`` is set by the step that
    opens the call; ``keys`` fills while drafts are made: an application's key in the database to
    what was planned.
    """

    plan: Plan
    definition: Definition
    dice: Dice
    name: str = "call"
    call_id: int = 0
    keys: dict[int, PlannedApplication] = field(default_factory=dict)

    def step(self, moment: datetime, key: str, work: Callable[[], Any]) -> Step:
        """A step of the round as a whole, under its name."""
        return Step(moment, f"{self.name}.{key}", work)

    def after(self, moment: datetime, days: int, at: str, *, key: str = "") -> datetime:
        """The working day ``days`` after ``moment`` at a time, plus minutes that ``key`` draws."""
        day = roll(clock.day(moment) + timedelta(days=days))
        minutes = self.dice.number(f"{key}|{at}|{days}", 90) if key else 0
        return clock.moment(day, at) + timedelta(minutes=minutes)

    def person(self, planned: PlannedPerson) -> Person:
        """The person of the plan; she is made when she is not there yet."""
        return people.planned(planned)

    def actor(self, planned: PlannedPerson) -> Actor:
        """The person of the plan as one who acts."""
        return actor_for(self.person(planned))

    def staff(self, role: Role, *, beside: int | None = None) -> Actor:
        """Somebody with this role; ``beside`` is the key of one who may not be taken."""
        return next(actor_for(each) for each in people.staff(role) if each.pk != beside)

    def keeper(self) -> Actor:
        """The assessor who runs the round: one without an interest in any of its applications."""
        recused = Involvement.objects.filter(
            application__call_id=self.call_id, kind=Involvement.Kind.RECUSED
        ).values_list("person_id", flat=True)
        free = [each for each in people.staff(Role.ASSESSOR) if each.pk not in set(recused)]
        return actor_for(free[0])

    def second_keeper(self) -> Actor:
        """Another assessor than the keeper: what a lot needs."""
        return self.staff(Role.ASSESSOR, beside=self.keeper().person_id)


def application(application_id: int) -> Application:
    """The application as it is now."""
    return Application.objects.select_related("call", "revision", "party").get(pk=application_id)


def assessor_of(application_id: int) -> Actor:
    """The assessor to whom an application is assigned; it is assigned when it was not yet."""
    row = Assignment.objects.filter(application_id=application_id, until=None).first()
    given = row or assign(application_id=application_id, actor=SYSTEM)
    if given is None:
        raise LookupError(f"nobody can judge application {application_id}")
    return actor_for(given.assessor)
