"""What stands ready before the story begins: the call, its staff, and the other applicants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from config.demo.moving import forward
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.factories.applications import AuthorityFactory, PersonFactory, with_role
from tests.factories.assessment import eligible
from timeline import clock
from timeline.actor import SYSTEM
from timeline.deliver import run_due

REGULATION = Path(__file__).with_name("whole-round.yaml")


@dataclass(frozen=True)
class Staff:
    """The people of the authority."""

    assessor: Person
    signer: Person
    payer: Person
    controller: Person


def open_round() -> Call:
    """The call of the story: open since yesterday, for two weeks."""
    AuthorityFactory(code="voorbeeldstad")
    revision = accept(source=REGULATION.read_text(), file=REGULATION.name, actor=SYSTEM)
    now = clock.now()
    return open_call(
        revision_id=revision.pk,
        kind="example",
        actor=SYSTEM,
        days=(now - timedelta(days=1), now + timedelta(days=14)),
        published_on=clock.day(now) - timedelta(days=2),
    )


def staff_of(call: Call) -> Staff:
    """Four people with an account and a role; none has a second key yet."""
    return Staff(
        assessor=_employee(call, "Marieke Jansen", "marieke", Role.ASSESSOR),
        signer=_employee(call, "Anna de Groot", "anna", Role.DECISION_MAKER),
        payer=_employee(call, "Pieter Bakker", "pieter", Role.FINANCE),
        controller=_employee(call, "Fatma Yilmaz", "fatma", Role.FINANCE),
    )


def second_official(call: Call) -> Person:
    """Somebody who counts a second time; she comes when there is something to count."""
    return _employee(call, "Joke Smit", "joke", Role.ASSESSOR)


def others(call: Call, assessor: Person, *titles: str) -> list[Application]:
    """Applications of residents that were let into the vote, each for 2.000 euros."""
    return [
        eligible(call, assessor, answers={"titel": title, "bedrag": 200_000}) for title in titles
    ]


def work() -> None:
    """The worker does everything that is due; a failure is the test's failure."""
    while run_due(strict=True):
        pass


def wait_until(moment: datetime) -> None:
    """Time goes by until ``moment``, and the worker does what falls due on the way."""
    forward(by=moment - clock.now())
    work()


def _employee(call: Call, name: str, login: str, role: Role) -> Person:
    person = PersonFactory(name=name, email=f"{login}@voorbeeldstad.example")
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    return with_role(person, role, call)
