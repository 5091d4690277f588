"""Planning an example round from a regulation, a number and a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stdnum.iban import calc_check_digits

from config.demo import stock
from config.demo.answers import Asked, answers_for
from config.demo.dice import Dice
from config.demo.plan import Plan, PlannedApplication, PlannedPerson, Twist, address
from regeling.definition import ApplicantClass, Definition, MemberKind, PartyKind, RouteStep
from timeline import clock

LAST_MINUTE = timedelta(seconds=7)


@dataclass(frozen=True)
class Wish:
    """What a plan wants of one application; what is left open is drawn.

    ``cents``: what it asks (``over``: more than the regulation's share of the costs); ``kind``:
    the code of the class of applicants; ``stop``: the state in which its story ends.
    """

    twist: Twist = Twist.NONE
    stop: str = ""
    kind: str = ""
    town: str = ""
    cents: int = 0
    over: bool = False
    appeal: int = 0
    start: date | None = None
    end: date | None = None


class Planner:
    """Plans the applications of one round, each person and organisation once."""

    def __init__(
        self, definition: Definition, dice: Dice, *, opens_at: datetime, closes_at: datetime
    ) -> None:
        self.definition = definition
        self.dice = dice
        self.opens_at = opens_at
        self.closes_at = closes_at
        names = stock.names()
        pairs = [f"{first} {last}" for first in names.first for last in names.last]
        self._people = iter(dice.shuffled("people", pairs))
        self._ideas = dice.shuffled("ideas", stock.ideas())
        self._used: set[str] = set()
        self._made = 0

    def make(self, key: str, wish: Wish, submitted_at: datetime) -> PlannedApplication:
        """Plan one application that is sent in at a moment."""
        dice = self.dice
        towns = self.definition.territory.all_municipalities
        town = wish.town or dice.pick(f"{key}|town", [t for t in stock.places() if t in towns])
        place = dice.pick(f"{key}|place", stock.places()[town])
        kind = self._kind(key, wish)
        people = tuple(self._person(place, town) for _ in range(_members(kind, key, dice)))
        organisations = self._organisations(kind, key, place, len(people))
        idea = self._ideas[self._made % len(self._ideas)].at(place)
        self._made += 1
        start = wish.start or self._start(key, submitted_at)
        asked = Asked(
            idea=idea,
            place=place,
            municipality=town,
            start=start,
            end=wish.end or start + timedelta(days=dice.between(f"{key}|days", 1, 100)),
            holder=organisations[0] if organisations else people[0].name,
            members=organisations or tuple(each.name for each in people),
            cents=wish.cents,
            over=wish.over,
        )
        if wish.twist is Twist.LATE:
            submitted_at = self.closes_at + timedelta(minutes=dice.between(f"{key}|late", 4, 3000))
        return PlannedApplication(
            key=key,
            applicant_class=kind.code,
            kind=str(kind.kind),
            party=self._party(kind, key, place, people, organisations),
            members=people,
            organisations=organisations,
            iban=_iban(key, dice),
            answers=answers_for(self.definition, asked, key=key, dice=dice),
            drafted_at=self._drafted(key, submitted_at),
            submitted_at=submitted_at,
            twist=wish.twist,
            appeal=wish.appeal or dice.between(f"{key}|appeal", 10, 100),
            stop=wish.stop,
        )

    def _start(self, key: str, submitted_at: datetime) -> date:
        """Some weeks after closing; where nothing closes, after it was sent in."""
        since = self.closes_at if closes(self.definition) else submitted_at
        return clock.day(since) + timedelta(days=self.dice.between(f"{key}|start", 45, 80))

    def _drafted(self, key: str, submitted_at: datetime) -> datetime:
        """Some hours or days before, but in time, and not before the call is there."""
        drafted = submitted_at - timedelta(hours=self.dice.between(f"{key}|drafting", 2, 60))
        in_time = min(drafted, self.closes_at - timedelta(hours=4))
        return max(in_time, self.opens_at + timedelta(minutes=10))

    def _person(self, place: str, town: str) -> PlannedPerson:
        name = next(self._people)
        street = self.dice.pick(name, stock.names().streets)
        number = self.dice.between(name, 1, 99)
        return PlannedPerson(name, address(name), f"{street} {number}", place, town)

    def _kind(self, key: str, wish: Wish) -> ApplicantClass:
        found = self.definition.applicants.of(wish.kind)
        signing = signing_class(self.definition)
        if wish.twist is Twist.UNSIGNED and signing:
            found = signing
        return found or self.dice.pick(f"{key}|class", self.definition.applicants.classes)

    def _organisations(
        self, kind: ApplicantClass, key: str, place: str, members: int
    ) -> tuple[str, ...]:
        together = kind.member_kind is MemberKind.ORGANISATION
        if not together and kind.kind is not PartyKind.ORGANISATION:
            return ()
        names = [name.replace("{plaats}", place) for name, _ in stock.names().organisations]
        fresh = [n for n in self.dice.shuffled(f"{key}|bodies", names) if n not in self._used]
        chosen = tuple(fresh[: members if together else 1])
        self._used.update(chosen)
        return chosen

    def _party(
        self,
        kind: ApplicantClass,
        key: str,
        place: str,
        people: tuple[PlannedPerson, ...],
        organisations: tuple[str, ...],
    ) -> str:
        if kind.kind is PartyKind.GROUP:
            name = self.dice.pick(f"{key}|group", stock.names().groups)
            return name.replace("{plaats}", place)
        return organisations[0] if organisations else people[0].name


def make_plan(
    definition: Definition,
    *,
    applications: int,
    dice: Dice,
    opens_at: datetime,
    closes_at: datetime,
) -> Plan:
    """Plan a round of so many applications within the window; the same dice give the same plan."""
    planner = Planner(definition, dice, opens_at=opens_at, closes_at=closes_at)
    moments = send_moments(opens_at, closes_at, applications, dice)
    rows = [
        planner.make(f"a{at + 1:02d}", Wish(twist=twist), moments[at])
        for at, twist in enumerate(_twists(definition, applications, dice))
    ]
    return Plan(definition.identity.slug, opens_at, closes_at, in_order(rows))


def in_order(rows: list[PlannedApplication]) -> tuple[PlannedApplication, ...]:
    """Applications in the order in which they are sent in."""
    return tuple(sorted(rows, key=lambda row: (row.submitted_at, row.key)))


def send_moments(opens_at: datetime, closes_at: datetime, n: int, dice: Dice) -> list[datetime]:
    """When people send in: half of them in the last quarter of the window, never at night."""
    days = max(1, (clock.day(closes_at) - clock.day(opens_at)).days)
    found = []
    for at in range(n):
        late = dice.happens(f"moment|{at}", 50)
        on = dice.between(f"day|{at}", days * 3 // 4 if late else 1, max(1, days - 1))
        day = clock.day(opens_at) + timedelta(days=min(on, days - 1))
        hour, minute = dice.between(f"hour|{at}", 8, 22), dice.number(f"minute|{at}", 60)
        moment = clock.moment(day, f"{hour:02d}:{minute:02d}") + timedelta(seconds=at)
        latest = closes_at - LAST_MINUTE * (at + 1)
        found.append(min(max(moment, opens_at + timedelta(hours=3)), latest))
    return found


def signing_class(definition: Definition) -> ApplicantClass | None:
    """The class in which every member signs, if there is one."""
    classes = definition.applicants.classes
    return next((each for each in classes if each.every_member_signs), None)


def closes(definition: Definition) -> bool:
    """Whether one of its windows closes before the money is gone."""
    return any(window.closes for window in definition.windows or ())


def _twists(definition: Definition, n: int, dice: Dice) -> list[Twist]:
    """About as many of each as a real round has; even a small round has one that is incomplete."""
    signing = signing_class(definition) is not None
    wanted = [
        (Twist.INCOMPLETE, max(1, n // 8)),
        (Twist.LATE, max(n >= 4, n // 25) if closes(definition) else 0),
        (Twist.INTEREST, int(n >= 4)),
        (Twist.WITHDRAWN, max(n >= 6, n // 20)),
        (Twist.NEGATIVE, max(n >= 6, n // 14)),
        (Twist.UNANSWERED, max(n >= 8, n // 25)),
        (Twist.UNSIGNED, max(n >= 8, n // 18) if signing else 0),
        (Twist.COACHED, n // 6 if definition.has(RouteStep.COACHING) else 0),
    ]
    row = [twist for twist, count in wanted for _ in range(int(count))]
    row = (row + [Twist.NONE] * n)[:n]
    return dice.shuffled("twists", row)


def _members(kind: ApplicantClass, key: str, dice: Dice) -> int:
    if kind.kind is PartyKind.PERSON:
        return 1
    if kind.kind is PartyKind.ORGANISATION:
        return max(1, kind.signatories)
    return kind.minimum_members + dice.number(f"{key}|more", 2)


def _iban(key: str, dice: Dice) -> str:
    """An account number with right check digits at a bank that does not exist."""
    bare = f"NL00VRBD{dice.number(f'{key}|iban', 10**10):010d}"
    return f"NL{calc_check_digits(bare)}{bare[4:]}"
