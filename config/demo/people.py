"""The example people: invented, with an address that does not exist, and only in the demo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from accounts.domain.grants import grant
from accounts.domain.people import make_person
from accounts.models import Authority, Person, User
from accounts.roles import Role
from config.demo import stock
from config.demo.dice import Dice
from config.demo.plan import PlannedPerson, address
from regeling.definition import Definition
from timeline import clock
from timeline.actor import SYSTEM


@dataclass(frozen=True)
class Staff:
    """Somebody who works on the example rounds. ``limit_cents``: up to what she may sign."""

    name: str
    roles: tuple[Role, ...]
    about: str
    login: bool = True
    limit_cents: int | None = field(default=None)


STAFF = (
    Staff("Marieke ten Voorbeeld", (Role.BROKER,), "4D-makelaar: leest mee met een concept"),
    Staff("Bram Voorbeeldink", (Role.BROKER,), "4D-makelaar"),
    Staff("Lotte Voorbeeldhuis", (Role.ASSESSOR,), "behandelaar: controleert en beoordeelt"),
    Staff("Hassan el Voorbeeld", (Role.ASSESSOR,), "behandelaar"),
    Staff("Geert-Jan Voorbeeldsma", (Role.ASSESSOR,), "behandelaar"),
    Staff("Ingrid van Voorbeeldt", (Role.DECISION_MAKER,), "beslist en tekent, met mandaat"),
    Staff("Wouter Voorbeeldslot", (Role.DECISION_MAKER,), "beslist en tekent, met mandaat"),
    Staff("Fatima Voorbeeldaoui", (Role.FINANCE,), "financiën: voert betalingen in"),
    Staff("Johan Klein Voorbeeld", (Role.FINANCE,), "financiën: bevestigt betalingen"),
    Staff("Petra Voorbeeldbrons", (Role.AUDITOR,), "controleur: leest alles, verandert niets"),
    Staff("Nienke Voorbeeldstra", (Role.DRAFTER,), "schrijft regelingen"),
    Staff("Rik ter Voorbeeld", (Role.DRAFTER,), "kijkt regelingen na en maakt ze bekend"),
    Staff("Tom Voorbeeldwijk", (Role.ADMINISTRATOR,), "beheerder"),
)
COMMITTEE = (  # of a regulation whose panel meets; the first one chairs
    Staff("Corrie Voorbeeldzitter", (Role.PANEL_MEMBER,), "zit de commissie voor"),
    Staff("Abel Voorbeeldkamp", (Role.PANEL_MEMBER,), "commissielid"),
    Staff("Mirjam Voorbeeldwold", (Role.PANEL_MEMBER,), "commissielid"),
    Staff("Harm Voorbeeldzicht", (Role.PANEL_MEMBER,), "commissielid"),
)
CONTACT = Staff(
    "Els Voorbeeldgemeente", (Role.MUNICIPAL_CONTACT,), "antwoordt namens haar gemeente"
)
# They have been there since before the first round that is played, on a clock of their own: what
# happens on the ordinary clock never lies before a daily root that was made.
TRACK = "people"
HIRED = clock.moment(date(2016, 1, 4))
PANEL_LOGINS = 12  # the first so many members of a panel have an account, the others have none


def make_staff(authority: str) -> None:
    """Make the staff and their grants at an authority; a second time nothing changes."""
    place = Authority.objects.get(code=authority)
    for each in STAFF:
        person = person_with(each.name, login=each.login)
        for role in each.roles:
            grant(
                person_id=person.pk,
                role=role,
                authority=place.code,
                limit_cents=each.limit_cents,
                actor=SYSTEM,
            )


def make_committee(definition: Definition) -> None:
    """Make the committee of a regulation whose panel meets, and the contact of the first
    municipality in it; a second time nothing changes."""
    authority, regulation = definition.identity.authority, definition.identity.slug
    for each in COMMITTEE:
        grant(
            person_id=person_with(each.name, login=each.login).pk,
            role=Role.PANEL_MEMBER,
            authority=authority,
            regulation=regulation,
            actor=SYSTEM,
        )
    if definition.municipal:
        grant(
            person_id=person_with(CONTACT.name, login=CONTACT.login).pk,
            role=Role.MUNICIPAL_CONTACT,
            authority=authority,
            regulation=regulation,
            municipality=definition.territory.all_municipalities[0],
            actor=SYSTEM,
        )


def panel(dice: Dice, definition: Definition, size: int) -> list[PlannedPerson]:
    """The members of a panel: neighbours from all over the territory, who do not apply."""
    names = stock.names()
    pairs = [f"{first} van {last}" for first in names.first for last in names.last]
    towns = [town for town in stock.places() if town in definition.territory.all_municipalities]
    found = []
    for name in dice.shuffled("panel", pairs)[:size]:
        town = dice.pick(f"panel|{name}", towns)
        street = f"{dice.pick(name, names.streets)} {dice.between(name, 1, 99)}"
        place = dice.pick(name, stock.places()[town])
        found.append(PlannedPerson(name, address(name), street, place, town))
    return found


def person_with(name: str, *, login: bool, **where: str) -> Person:
    """The invented person of this name, made when she is not there yet."""
    email = address(name)
    known = Person.objects.filter(email=email).first()
    if known:
        return known
    user = User.objects.create_user(email) if login else None
    return make_person(name=name, email=email, user_id=user.pk if user else None, **where)


def planned(person: PlannedPerson, *, login: bool = True) -> Person:
    """The person that a plan names."""
    return person_with(
        person.name,
        login=login,
        street=person.street,
        postcode="0000 AA",
        place=person.place,
        municipality=person.municipality,
    )


def staff(role: str) -> list[Person]:
    """The example people with this role who are there, in the order of the list above."""
    names = [each.name for each in STAFF if role in each.roles]
    found = {
        person.email: person for person in Person.objects.filter(email__in=map(address, names))
    }
    return [found[at] for at in map(address, names) if at in found]
