"""What all stories of a round share: the call, its rules, its people and its calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.domain.people import actor_for
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from assessment.domain.assigning import assign
from assessment.models import Assignment
from config.demo import people
from config.demo.dice import Dice
from config.demo.plan import Plan, PlannedApplication, PlannedPerson
from regeling.definition import Definition
from regeling.holidays import roll
from timeline import clock
from timeline.actor import SYSTEM, Actor


@dataclass
class World:
    """One round while it is played.

    ``call_id`` is set by the step that opens the call; ``keys`` fills while drafts are made: an
    application's key in the database to what was planned.
    """

    plan: Plan
    definition: Definition
    dice: Dice
    call_id: int = 0
    keys: dict[int, PlannedApplication] = field(default_factory=dict)

    def after(self, moment: datetime, days: int, at: str, *, key: str = "") -> datetime:
        """The working day ``days`` after ``moment`` at a time, and some minutes that ``key`` draws."""
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
