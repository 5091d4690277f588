"""The results of a call that voted, as anyone may read them once every letter went out.

Euros that were awarded come from the ledger, numbers from the decisions, as in the monitor. The
figures are those of the day on which the last letter went out, as they were known at the end of it:
whatever is decided later, this page keeps saying what it said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from accounts.models import Party
from applications.models import Application
from assessment.domain.queries.published import NO_LETTER, announced, public_rounds
from assessment.domain.small_cells import Cells, Sum, laid_together
from assessment.models import Departure, Ranking, RankingRow, VoteOption, VoteRound
from documents.models import Decision
from regeling.domain.queries.calls import total_of
from regeling.models import Call, Ceiling, CeilingChange, PostingLine
from timeline import clock

GONE = "withdrawn"
REFUSED = (Decision.Kind.REJECTION, Decision.Kind.NOT_PROCESSED)


@dataclass(frozen=True, slots=True)
class Won:
    """An initiative that gets money, as its applicant agreed to show it; cents."""

    option: VoteOption
    cents: int


@dataclass(frozen=True, slots=True)
class Departed:
    """The decision maker did not follow the vote: for which initiative, and why."""

    title: str
    cents: int
    reason: str


@dataclass(frozen=True, slots=True)
class Results:
    """Figures in cents as of ``as_of``; ``final`` once that day is over.

    ``available`` is the ceiling, ``left`` what was not awarded of it. ``grounds`` are numbers of
    refusals by code, those about fewer than three persons laid together under "".
    """

    call: Call
    round: VoteRound
    as_of: date
    final: bool
    available: int
    asked: Sum
    awarded: Sum
    refused: Sum
    withdrawn: int
    pending: int
    left: int
    by_municipality: tuple[Cells, ...]
    by_activity: tuple[Cells, ...]
    grounds: tuple[tuple[str, int], ...]
    won: tuple[Won, ...]
    departed: tuple[Departed, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One application as it stood on the day: ``kind`` of its decision, or withdrawn, or none."""

    application: Application
    persons: int
    kind: str
    ground: str
    awarded: int


def call_of_results(slug: str) -> tuple[Call, VoteRound | None] | None:
    """The call at this address, with its latest round; None where nobody votes in it."""
    calls = Call.objects.select_related("revision__regulation__authority")
    call = calls.filter(slug=slug).exclude(kind=Call.Kind.TEST).first() or _test(calls, slug)
    if call is None:
        return None
    return call, public_rounds(test=True).filter(call=call).first()


def address_of(call: Call) -> str:
    """Under which name the results of a call stand. Those of a test have an address that nobody
    guesses: these pages ask nobody who she is, so the link alone opens them."""
    return str(call.uid) if call.kind == Call.Kind.TEST else call.slug


def _test(calls: QuerySet[Call], address: str) -> Call | None:
    try:
        uid = UUID(address)
    except ValueError:
        return None
    return calls.filter(uid=uid, kind=Call.Kind.TEST).first()


def results(round_: VoteRound) -> Results:
    """The figures of a round of which every letter went out."""
    call = round_.call
    told = announced().filter(application__call=call)
    options = VoteOption.objects.filter(round=round_)
    own = told.filter(application__in=options.values("application_id"))
    as_of: date = own.aggregate(day=Max("sent_on"))["day"] or clock.day(round_.ends_at)
    known_at = clock.moment(as_of + timedelta(days=1))
    cases = _cases(call, round_, as_of, known_at)
    labels = {each.code: each.name for each in call.revision.definition.activities}
    awarded = _sum(cases, _is_awarded, _awarded_cents)
    available = _available(call, as_of)
    return Results(
        call=call,
        round=round_,
        as_of=as_of,
        final=clock.now() >= known_at,
        available=available,
        asked=_sum(cases, _anything, _asked_cents),
        awarded=awarded,
        refused=_sum(cases, _is_refused, _asked_cents),
        withdrawn=sum(case.kind == GONE for case in cases),
        pending=sum(case.kind == "" for case in cases),
        left=available - awarded.cents,
        by_municipality=_rows(cases, lambda row: row.municipality),
        by_activity=_rows(cases, lambda row: labels.get(row.activity, row.activity)),
        grounds=_grounds(cases),
        won=_won(options, cases),
        departed=_departed(round_),
    )


def _cases(call: Call, round_: VoteRound, as_of: date, known_at: datetime) -> list[_Case]:
    applications = Application.objects.filter(call=call, number__isnull=False)
    letters = announced().filter(application__call=call)
    rows = letters.values_list("application_id", "kind", "sent_on")
    sent = {key: (kind, day) for key, kind, day in rows}
    decided = {key: kind for key, (kind, day) in sent.items() if day and day <= as_of}
    ranking = Ranking.objects.filter(round=round_)
    codes = dict(
        RankingRow.objects.filter(ranking__in=ranking).values_list("application_id", "code")
    )
    cents = _ledger(call, as_of, known_at)
    return [
        _Case(
            application=row,
            persons=int(row.party.kind != Party.Kind.ORGANISATION),
            kind=decided.get(row.pk, "" if row.pk in sent or row.state not in NO_LETTER else GONE),
            ground=codes.get(row.pk) or str(decided.get(row.pk, "")),
            awarded=cents.get(row.uid, 0),
        )
        for row in applications.select_related("party").order_by("number")
    ]


def _ledger(call: Call, as_of: date, known_at: datetime) -> Mapping[UUID, int]:
    """Cents awarded per application: what left "reserved" for "open" or "settled"."""
    lines = PostingLine.objects.filter(
        posting__call=call,
        ceiling__scope=Ceiling.Scope.TOTAL,
        source=PostingLine.Balance.RESERVED,
        target__in=[PostingLine.Balance.OPEN, PostingLine.Balance.SETTLED],
        posting__day__lte=as_of,
        posting__booked_at__lt=known_at,
    )
    cents: dict[UUID, int] = defaultdict(int)
    for uid, amount in lines.values_list("posting__application_uid", "cents"):
        cents[uid] += amount
    return cents


def _available(call: Call, as_of: date) -> int:
    """The ceiling as it was published by that day."""
    total = total_of(call)
    later = CeilingChange.objects.filter(ceiling=total, published_on__gt=as_of)
    return total.amount - sum(each.after - each.before for each in later)


def _rows(cases: list[_Case], name: Callable[[Application], str]) -> tuple[Cells, ...]:
    grouped: dict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        grouped[name(case.application)].append(case)
    return laid_together(
        [
            Cells(
                (label,),
                asked=_sum(group, _anything, _asked_cents),
                awarded=_sum(group, _is_awarded, _awarded_cents),
                refused=_sum(group, _is_refused, _asked_cents),
            )
            for label, group in sorted(grouped.items())
        ]
    )


def _grounds(cases: list[_Case]) -> tuple[tuple[str, int], ...]:
    numbers, persons = Counter[str](), Counter[str]()
    for case in cases:
        if _is_refused(case):
            numbers[case.ground] += 1
            persons[case.ground] += case.persons
    rows = laid_together(
        [
            Cells((ground,), refused=Sum(number, persons[ground]))
            for ground, number in sorted(numbers.items())
        ]
    )
    return tuple(
        (row.names[0] if len(row.names) == 1 and not row.tells_of_few else "", row.refused.number)
        for row in rows
    )


def _won(options: object, cases: list[_Case]) -> tuple[Won, ...]:
    cents = {case.application.pk: case.awarded for case in cases if _is_awarded(case)}
    rows = VoteOption.objects.filter(pk__in=options, application__in=list(cents))  # type: ignore[misc]  # a query in a query
    return tuple(Won(row, cents[row.application_id]) for row in rows.order_by("title", "uid"))


def _departed(round_: VoteRound) -> tuple[Departed, ...]:
    rows = Departure.objects.filter(round=round_, taken_back_at__isnull=True)
    titles = dict(VoteOption.objects.filter(round=round_).values_list("application_id", "title"))
    return tuple(
        Departed(titles.get(row.application_id, ""), row.cents, row.reason)
        for row in rows.order_by("recorded_at", "pk")
    )


def _sum(cases: list[_Case], counts: Callable[[_Case], bool], cents: Callable[[_Case], int]) -> Sum:
    chosen = [case for case in cases if counts(case)]
    return Sum(len(chosen), sum(case.persons for case in chosen), sum(map(cents, chosen)))


def _anything(_case: _Case) -> bool:
    return True


def _is_awarded(case: _Case) -> bool:
    return bool(case.kind) and case.kind != GONE and case.kind not in REFUSED


def _is_refused(case: _Case) -> bool:
    return case.kind in REFUSED


def _asked_cents(case: _Case) -> int:
    return case.application.amount_asked


def _awarded_cents(case: _Case) -> int:
    return case.awarded
