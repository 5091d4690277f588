"""A round that is over as plain values, for trying another text on it.

Answers as they were sent in, sums of votes as they were counted; never who voted what. Only of a
call of which every letter went out: before, an outcome is nobody's to look at.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import GroupMember, Party
from applications.models import Application, Snapshot
from applications.states import State
from assessment.domain import tally
from assessment.domain.allocation_text import problem_of
from assessment.domain.amounts import name_of
from assessment.domain.closing import turnout
from assessment.domain.frozen import rules_of
from assessment.domain.lowered import base_name
from assessment.domain.queries.expert import expert_marks
from assessment.domain.queries.panels import order_of
from assessment.domain.queries.published import NO_LETTER, announced
from assessment.domain.queries.trying import reader_of
from assessment.domain.reviews import positively_reviewed
from assessment.domain.simulation.cases import Case, Poll, Standing, Stock
from assessment.models import (
    AgendaItem,
    BallotBox,
    Lot,
    Meeting,
    OptionWithdrawal,
    Ranking,
    Review,
    VoteOption,
    VoteRound,
)
from regeling.definition import Definition, RouteStep
from regeling.definition.expression import Value
from regeling.domain.lowering import limit
from regeling.eligibility import check
from regeling.models import Call, Ceiling, CeilingChange
from timeline import clock
from timeline.canon import moment_text

SHARES = {"award": {"rule": "equal_shares"}}


@dataclass(frozen=True, slots=True)
class Past:
    """A call that is over: its round as values, and what each case really got (cents, by uid)."""

    call: Call
    stock: Stock
    told: Mapping[str, int]


def is_told(call: Call) -> bool:
    """Whether the call is closed and every letter about it went out.

    Every application that came in is decided and its letter sent, or withdrawn; and there is one.
    """
    return _told(Call.objects.filter(pk=call.pk)).exists()


def _told(calls: QuerySet[Call]) -> QuerySet[Call]:
    sent = announced().filter(application=OuterRef("pk"))
    rows = Application.objects.filter(call=OuterRef("pk"), number__isnull=False)
    waiting = rows.exclude(state__in=NO_LETTER).filter(~Exists(sent))
    unfixed = VoteRound.objects.filter(call=OuterRef("pk")).exclude(
        state__in=[VoteRound.State.CONCEPT, VoteRound.State.DECIDED, VoteRound.State.UNLINKED]
    )
    closed = Q(closes_at__isnull=True) | Q(closes_at__lte=clock.now())
    return calls.filter(closed, Exists(rows), ~Exists(waiting), ~Exists(unfixed))


def past_round(call: Call, *, ballots: bool = False) -> Past:
    """The round of a call that is over; with ``ballots`` also what lay in the box, equal ballots
    together (for a division into equal shares). Raises ``ValueError`` while letters are due."""
    if not is_told(call):
        raise ValueError("the letters of this call are not out")
    definition = call.revision.definition
    rows = list(
        Application.objects.filter(call=call, number__isnull=False)
        .select_related("party")
        .order_by("submitted_at", "pk")
    )
    ranking = (
        Ranking.objects.filter(call=call, state=Ranking.State.FIXED, round__isnull=False)
        .select_related("round")
        .order_by("-made_at", "-pk")
        .first()
    )
    options = _options(ranking)
    made = _Cases(call, definition, rows, options)
    cases = tuple(made.of(row) for row in rows)
    return Past(
        call,
        Stock(
            cases=cases,
            poll=_poll(ranking.round, ballots=ballots) if ranking and ranking.round else None,
            ceilings=_ceilings(call, ranking),
            lowered=_lowered(call, zip(cases, rows, strict=True)),
            lot=_lot(ranking),
        ),
        {
            case.uid: row.awarded_cents or row.settled_cents or 0
            for case, row in zip(cases, rows, strict=True)
        },
    )


@dataclass(frozen=True, slots=True)
class _Option:
    """What a round knows of one application."""

    uid: str
    group: str
    withdrawn: bool
    fixed: int | None


def _options(ranking: Ranking | None) -> dict[int, _Option]:
    """By the key of the application."""
    if ranking is None:
        return {}
    fixed = {option.key: option.fixed for option in problem_of(ranking.inputs).options}
    withdrawn = OptionWithdrawal.objects.filter(option=OuterRef("pk"))
    rows = VoteOption.objects.filter(round=ranking.round_id).annotate(out=Exists(withdrawn))
    return {
        pk: _Option(str(uid), group, out, fixed.get(str(uid)))
        for pk, uid, group, out in rows.values_list(
            "application_id", "uid", "exclusion_group", "out"
        )
    }


class _Cases:
    """Makes the cases of a call, with everything read once for all of them."""

    def __init__(
        self,
        call: Call,
        definition: Definition,
        rows: list[Application],
        options: Mapping[int, _Option],
    ) -> None:
        self.call = call
        self.definition = definition
        self.options = options
        keys = [row.pk for row in rows]
        self.answers = _answers(call)
        self.letters = set(
            announced().filter(application__in=keys).values_list("application_id", flat=True)
        )
        self.members = _members(rows)
        self.turns = order_of(call.pk) if definition.has(RouteStep.PANEL) else {}
        self.judged = _Judged(definition, keys)
        self.marks = expert_marks(keys, definition)
        self.seen: Counter[int] = Counter()

    def of(self, row: Application) -> Case:
        """One application; called in the order in which they came in."""
        option = self.options.get(row.pk)
        standing = self._standing(row, option)
        facts = self._facts(row)
        answers = self.answers.get(row.pk, {})
        if standing not in (Standing.WITHDRAWN, Standing.INCOMPLETE):
            self.seen[row.party_id] += 1
        return Case(
            uid=option.uid if option else str(row.uid),
            number=row.number or "",
            title=row.title,
            answers=answers,
            facts=facts,
            complete_at=moment_text(row.complete_at) if row.complete_at else "",
            standing=standing,
            marks=self.marks.get(row.pk, {}),
            turn=self.turns.get(row.pk, ""),
            group=option.group if option else "",
            fixed=option.fixed if option else None,
            excused=self._excused(answers, facts) if standing is Standing.IN else frozenset(),
        )

    def _standing(self, row: Application, option: _Option | None) -> Standing:
        unsent = row.state in NO_LETTER and row.pk not in self.letters
        if unsent or (option and option.withdrawn):
            return Standing.WITHDRAWN
        if self.call.closes_at and row.submitted_at and row.submitted_at >= self.call.closes_at:
            return Standing.LATE
        if row.complete_at is None or row.state == State.NOT_PROCESSED:
            return Standing.INCOMPLETE
        return Standing.IN if option else self.judged.standing(row.pk)

    def _facts(self, row: Application) -> dict[str, Value | None]:
        facts: dict[str, Value | None] = {
            "applicant": row.applicant_class,
            "received_on": clock.day(row.submitted_at) if row.submitted_at else None,
            "earlier_applications": self.seen[row.party_id],
        }
        if row.party.kind == Party.Kind.GROUP:
            kinds = self.members[row.party_id]
            facts["persons"] = kinds[Party.Kind.PERSON]
            facts["organisations"] = kinds[Party.Kind.ORGANISATION]
        return facts

    def _excused(
        self, answers: Mapping[str, Any], facts: dict[str, Value | None]
    ) -> frozenset[str]:
        """What people let pass under the round's own text."""
        refusals = check(self.definition, answers, facts).refusals
        return frozenset(reason.rule for reason in refusals)


class _Judged:
    """What the people who judge found of the applications that no vote was about."""

    def __init__(self, definition: Definition, keys: list[int]) -> None:
        self.review = definition.has(RouteStep.REVIEW)
        self.panel = definition.has(RouteStep.PANEL)
        self.positive = positively_reviewed(keys) if self.review else set()
        reviews = Review.objects.filter(application__in=keys, submitted_at__isnull=False)
        self.reviewed = set(reviews.values_list("application_id", flat=True))
        items = AgendaItem.objects.filter(
            application__in=keys, meeting__state=Meeting.State.SIGNED
        ).order_by("meeting__signed_at", "pk")
        self.concluded = dict(items.values_list("application_id", "outcome"))

    def standing(self, key: int) -> Standing:
        """Whether it may be divided over."""
        if self.review and key not in self.positive:
            return Standing.NEGATIVE if key in self.reviewed else Standing.UNJUDGED
        if not self.panel:
            return Standing.IN
        found = self.concluded.get(key)
        if found == AgendaItem.Outcome.POSITIVE:
            return Standing.IN
        return Standing.NEGATIVE if found == AgendaItem.Outcome.NEGATIVE else Standing.UNJUDGED


def _answers(call: Call) -> dict[int, dict[str, Any]]:
    """The answers of the last thing that was sent in, by application."""
    rows = Snapshot.objects.filter(application__call=call).order_by("number")
    texts = dict(rows.values_list("application_id", "text"))
    return {pk: json.loads(text)["answers"] for pk, text in texts.items()}


def _members(rows: Iterable[Application]) -> dict[int, Counter[str]]:
    """The kinds of members of every group, by party."""
    parties = {row.party_id for row in rows if row.party.kind == Party.Kind.GROUP}
    found: dict[int, Counter[str]] = defaultdict(Counter)
    members = GroupMember.objects.filter(group_id__in=parties, left_at=None)
    for group, kind in members.values_list("group_id", "party__kind"):
        found[group][kind] += 1
    return found


def _poll(round_: VoteRound, *, ballots: bool) -> Poll | None:
    """What was counted; None where the ranking rests on reviews alone."""
    if not round_.votes:
        return None
    params = rules_of(round_)
    counted = tally.from_text(round_.tally)
    if ballots:
        box = BallotBox.objects.filter(round=round_)
        rows = box.values_list("ballot_key", "revision", "panel__name", "choices")
        # The rule that looks at the ballots themselves is the one that keeps them together.
        counted = tally.count({**params, **SHARES}, tally.latest(rows))
    return Poll(
        counted=counted,
        vote=params["vote"],
        panels=tuple((each["name"], *each["weight"]) for each in params["panels"]),
        rights={name: given for name, _used, given in turnout(round_)},
    )


def _ceilings(call: Call, ranking: Ranking | None) -> dict[str, int]:
    """What there was when the money was divided, in cents by name."""
    served = ranking or Ranking.objects.filter(call=call, round=None).first()
    if served is not None:
        there = problem_of(served.inputs).ceilings
        return {name: cents for name, cents in there.items() if name == base_name(name)}
    rows = Ceiling.objects.filter(call=call)
    return {name_of(row.scope, row.code): row.amount + row.overrun - row.lapsed for row in rows}


def _lowered(call: Call, pairs: Iterable[tuple[Case, Application]]) -> dict[str, dict[str, int]]:
    """Of every ceiling that was lowered what it held for each, by the day on which it came in."""
    changes = CeilingChange.objects.filter(ceiling=OuterRef("pk"), after__lt=F("before"))
    rows = list(Ceiling.objects.filter(Exists(changes), call=call))
    there = list(pairs) if rows else []
    return {
        name_of(row.scope, row.code): {
            case.uid: max(0, limit(row, application.submitted_at) - row.lapsed)
            for case, application in there
        }
        for row in rows
    }


def _lot(ranking: Ranking | None) -> tuple[str, ...]:
    drawn = Lot.objects.filter(round=ranking.round_id).first() if ranking else None
    return tuple(json.loads(drawn.order)) if drawn else ()


def call_at(slug: str) -> Call | None:
    """The call of that slug, with its regulation."""
    rows = Call.objects.select_related("revision__regulation__authority")
    return rows.filter(slug=slug).first()


def told_calls(person_id: int | None) -> list[Call]:
    """The calls that somebody can try a text on, latest first."""
    rows = _told(Call.objects.select_related("revision__regulation__authority"))
    may = reader_of(person_id)
    return [
        call
        for call in rows.order_by("-opens_at", "-pk")
        if may(call.revision.regulation.authority.code, call.revision.regulation.slug)
    ]
