"""What is going to happen in an example round: written down before it is played, and kept.

A plan is a value: who asks what, when, and what goes otherwise than planned. It is stored with the
play, so that a play that was broken off goes on with the plan that it began with.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from config.demo import stock
from config.demo.answers import Asked, answers_for
from config.demo.dice import Dice
from regeling.definition import ApplicantClass, Definition, MemberKind, PartyKind, RouteStep
from timeline import clock
from timeline.canon import canonical

DOMAIN = "voorbeeld.example"


class Twist(StrEnum):
    """How an application fares otherwise than most."""

    NONE = ""
    COACHED = "coached"
    INCOMPLETE = "incomplete"  # something is asked and handed in
    UNSIGNED = "unsigned"  # a member signs only after submission
    UNANSWERED = "unanswered"  # something is asked and never comes
    LATE = "late"
    WITHDRAWN = "withdrawn"
    NEGATIVE = "negative"  # the review says no
    INTEREST = "interest"  # its first assessor has an interest in it


@dataclass(frozen=True)
class PlannedPerson:
    """An invented person with an address that does not exist."""

    name: str
    email: str
    street: str
    place: str
    municipality: str


@dataclass(frozen=True)
class PlannedApplication:
    """One application. ``organisations`` names the party where that is one; ``members`` act for it.

    ``appeal`` (1..100) is how well voters like it; moments are UTC. A story ends where it reaches the
    state ``stop`` (empty: it goes on to its end).
    """

    key: str
    applicant_class: str
    kind: str
    party: str
    members: tuple[PlannedPerson, ...]
    organisations: tuple[str, ...]
    iban: str
    answers: dict[str, Any]
    drafted_at: datetime
    submitted_at: datetime
    twist: Twist
    appeal: int
    stop: str = ""

    @property
    def lead(self) -> PlannedPerson:
        return self.members[0]


@dataclass(frozen=True)
class Plan:
    """A whole round: the call's days, and every application in order of submission."""

    regulation: str
    opens_at: datetime
    closes_at: datetime
    applications: tuple[PlannedApplication, ...] = field(default=())

    def as_text(self) -> str:
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Plan:
        body = json.loads(text)
        return cls(
            regulation=body["regulation"],
            opens_at=datetime.fromisoformat(body["opens_at"]),
            closes_at=datetime.fromisoformat(body["closes_at"]),
            applications=tuple(_application(row) for row in body["applications"]),
        )


def make_plan(
    definition: Definition,
    *,
    applications: int,
    dice: Dice,
    opens_at: datetime,
    closes_at: datetime,
    ends_after: int = 180,
) -> Plan:
    """Plan a round of so many applications within the window; the same dice give the same plan.

    ``ends_after``: within how many days after closing the ideas are carried out.
    """
    twists = _twists(definition, applications, dice)
    moments = _moments(opens_at, closes_at, applications, dice)
    people = _people(dice)
    used: set[str] = set()
    ideas = dice.shuffled("ideas", stock.ideas())
    rows = []
    for at in range(applications):
        key = f"a{at + 1:02d}"
        rows.append(
            _plan_one(
                definition,
                key,
                dice,
                twist=twists[at],
                idea=ideas[at % len(ideas)],
                submitted_at=moments[at],
                closes_at=closes_at,
                person=people,
                used=used,
                ends_after=ends_after,
            )
        )
    rows.sort(key=lambda row: (row.submitted_at, row.key))
    return Plan(definition.identity.slug, opens_at, closes_at, tuple(rows))


def _plan_one(
    definition: Definition,
    key: str,
    dice: Dice,
    *,
    twist: Twist,
    idea: stock.Idea,
    submitted_at: datetime,
    closes_at: datetime,
    person: Callable[[str, str], PlannedPerson],
    used: set[str],
    ends_after: int,
) -> PlannedApplication:
    town = dice.pick(f"{key}|town", [t for t in stock.places() if t in _towns(definition)])
    place = dice.pick(f"{key}|place", stock.places()[town])
    kind = _kind(definition, key, twist, dice)
    members = _members(kind, key, dice)
    people = tuple(person(place, town) for _ in range(members))
    names = stock.names()
    organisations: tuple[str, ...] = ()
    together = kind.member_kind is MemberKind.ORGANISATION
    if together or kind.kind is PartyKind.ORGANISATION:
        filled = [name.replace("{plaats}", place) for name, _form in names.organisations]
        fresh = [n for n in dice.shuffled(f"{key}|organisations", filled) if n not in used]
        organisations = tuple(fresh[: members if together else 1])
        used.update(organisations)
    party = people[0].name
    if kind.kind is PartyKind.GROUP:
        party = dice.pick(f"{key}|group", names.groups).replace("{plaats}", place)
    elif organisations:
        party = organisations[0]
    if twist is Twist.LATE:
        submitted_at = closes_at + timedelta(minutes=dice.between(f"{key}|late", 4, 3000))
    start = clock.day(closes_at) + timedelta(days=dice.between(f"{key}|start", 45, 80))
    asked = Asked(
        idea=idea.at(place),
        place=place,
        municipality=town,
        start=start,
        end=start + timedelta(days=dice.between(f"{key}|days", 1, max(2, ends_after - 80))),
        holder=organisations[0] if organisations else people[0].name,
        members=organisations or tuple(each.name for each in people),
    )
    drafted = submitted_at - timedelta(hours=dice.between(f"{key}|drafting", 2, 60))
    drafted = min(drafted, closes_at - timedelta(hours=4))
    return PlannedApplication(
        key=key,
        applicant_class=kind.code,
        kind=str(kind.kind),
        party=party,
        members=people,
        organisations=organisations,
        iban=_iban(f"{dice.seed}|{key}", dice),
        answers=answers_for(definition, asked, key=key, dice=dice),
        drafted_at=drafted,
        submitted_at=submitted_at,
        twist=twist,
        appeal=dice.between(f"{key}|appeal", 10, 100),
    )


def _twists(definition: Definition, n: int, dice: Dice) -> list[Twist]:
    """About as many of each as a real round has; even a small round has one that is incomplete."""
    wanted = [
        (Twist.INCOMPLETE, max(1, n // 8)),
        (Twist.LATE, max(n >= 4, n // 25)),
        (Twist.INTEREST, int(n >= 4)),
        (Twist.WITHDRAWN, max(n >= 6, n // 20)),
        (Twist.NEGATIVE, max(n >= 6, n // 14)),
        (Twist.UNANSWERED, max(n >= 8, n // 25)),
        (Twist.UNSIGNED, max(n >= 8, n // 18) if _signing_class(definition) else 0),
        (Twist.COACHED, n // 6 if definition.has(RouteStep.COACHING) else 0),
    ]
    row = [twist for twist, count in wanted for _ in range(int(count))]
    row = (row + [Twist.NONE] * n)[:n]
    return dice.shuffled("twists", row)


def _moments(opens_at: datetime, closes_at: datetime, n: int, dice: Dice) -> list[datetime]:
    """When people send in: half of them in the last quarter of the window, never at night."""
    days = max(1, (clock.day(closes_at) - clock.day(opens_at)).days)
    found = []
    for at in range(n):
        late = dice.happens(f"moment|{at}", 50)
        on = dice.between(f"day|{at}", days * 3 // 4 if late else 1, max(1, days - 1))
        day = clock.day(opens_at) + timedelta(days=min(on, days - 1))
        hour, minute = dice.between(f"hour|{at}", 8, 22), dice.number(f"minute|{at}", 60)
        moment = clock.moment(day, f"{hour:02d}:{minute:02d}") + timedelta(seconds=at)
        found.append(min(max(moment, opens_at + timedelta(hours=3)), closes_at - _LAST * (at + 1)))
    return found


_LAST = timedelta(seconds=7)


def _people(dice: Dice) -> Callable[[str, str], PlannedPerson]:
    """A source of people, each of them once."""
    names = stock.names()
    pairs = [(first, last) for first in names.first for last in names.last]
    left = iter(dice.shuffled("people", pairs))

    def person(place: str, town: str) -> PlannedPerson:
        first, last = next(left)
        street = f"{dice.pick(first + last, names.streets)} {dice.between(last + first, 1, 99)}"
        return PlannedPerson(f"{first} {last}", address(f"{first} {last}"), street, place, town)

    return person


def address(name: str) -> str:
    """The e-mail address of an invented person; its domain can never exist."""
    return f"{name.lower().replace(' ', '.').replace('ı', 'i')}@{DOMAIN}"


def _kind(definition: Definition, key: str, twist: Twist, dice: Dice) -> ApplicantClass:
    signing = _signing_class(definition)
    if twist is Twist.UNSIGNED and signing:
        return signing
    return dice.pick(f"{key}|class", definition.applicants.classes)


def _signing_class(definition: Definition) -> ApplicantClass | None:
    classes = definition.applicants.classes
    return next((each for each in classes if each.every_member_signs), None)


def _members(kind: ApplicantClass, key: str, dice: Dice) -> int:
    if kind.kind is PartyKind.PERSON:
        return 1
    if kind.kind is PartyKind.ORGANISATION:
        return max(1, kind.signatories)
    return kind.minimum_members + dice.number(f"{key}|more", 2)


def _towns(definition: Definition) -> tuple[str, ...]:
    return definition.territory.all_municipalities


def _iban(name: str, dice: Dice) -> str:
    """An account number with right check digits at a bank that does not exist."""
    from stdnum.iban import calc_check_digits

    bare = f"NL00VRBD{dice.number(f'{name}|iban', 10**10):010d}"
    return f"NL{calc_check_digits(bare)}{bare[4:]}"


def _application(row: dict[str, Any]) -> PlannedApplication:
    return PlannedApplication(
        **{
            **row,
            "members": tuple(PlannedPerson(**each) for each in row["members"]),
            "organisations": tuple(row["organisations"]),
            "drafted_at": datetime.fromisoformat(row["drafted_at"]),
            "submitted_at": datetime.fromisoformat(row["submitted_at"]),
            "twist": Twist(row["twist"]),
        }
    )


