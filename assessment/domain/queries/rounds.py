"""What the pages of a vote round show, and what they never show before the count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.grants import current
from accounts.roles import Role
from applications.models import Application
from applications.states import State
from assessment.domain.allocation_model import Problem
from assessment.domain.allocation_text import outcome_of, problem_of
from assessment.domain.award_words import quorum_words, votes_words
from assessment.domain.calculation import PrintedStep, printed
from assessment.domain.closing import differences
from assessment.domain.reasons import told_step
from assessment.domain.unvoted import ranks_unvoted
from assessment.models import Panel, PanelMember, Ranking, VoteOption, VoteRight, VoteRound
from regeling.definition import Distribution, RouteStep
from regeling.explain_dividing import dividing
from regeling.explain_voting import voting
from regeling.models import Call
from timeline import clock
from timeline.models import Event

FEW = 10
"""Below this many used rights the turnout is not told: it would point at people."""
MOST_FOUND = 20
WARNINGS = {
    "few_ballots": _("Er zijn weinig stembiljetten. Dan werkt deze manier van verdelen slecht."),
    "few_choices": _(
        "Mensen kozen weinig initiatieven. Dan werkt deze manier van verdelen slecht."
    ),
}
STEWARDS = (Role.ASSESSOR, Role.AUDITOR)
DECIDERS = (*STEWARDS, Role.DECISION_MAKER)


@dataclass(frozen=True, slots=True)
class Line:
    """One option in the outcome, as a page shows it: figures in words, and why."""

    option: VoteOption
    step: PrintedStep
    votes: str
    sentence: str
    missing: str
    state: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A ranking for the page: lines in order of place, ties, and what stands open."""

    ranking: Ranking
    lines: tuple[Line, ...]
    ties: tuple[tuple[str, ...], ...]
    open_tie: tuple[VoteOption, ...]
    needs_lot: bool
    spent: int
    quorum: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A panel with its voters. ``used`` is None while fewer than ten voted; ``weight`` as it is
    said ("1 : 2"), empty for one vote each."""

    panel: Panel
    weight: str
    members: int
    letters: int
    used: int | None = None
    given: int = 0


@dataclass(frozen=True, slots=True)
class Invariant:
    """Of one panel: rights used and ballots, which must be the same number.

    ``few``: they are, and fewer than ten, which is told as such.
    """

    panel: str
    used: int
    ballots: int

    @property
    def holds(self) -> bool:
        return self.used == self.ballots

    @property
    def few(self) -> bool:
        return self.holds and self.used < FEW


def rounds_of(person_id: int | None, roles: tuple[str, ...] = STEWARDS) -> QuerySet[VoteRound]:
    """The rounds that somebody runs as an assessor or reads as an auditor, newest first.

    With ``DECIDERS`` also those about which she decides.
    """
    if person_id is None:
        return VoteRound.objects.none()
    grants = (
        current()
        .filter(
            person_id=person_id,
            role__in=roles,
            authority=OuterRef("call__revision__regulation__authority"),
        )
        .filter(Q(regulation="") | Q(regulation=OuterRef("call__revision__regulation__slug")))
    )
    rows = VoteRound.objects.filter(Exists(grants))
    return rows.select_related("call__revision__regulation__authority").order_by("-opens_at", "pk")


def calls_that_vote(calls: list[Call]) -> list[Call]:
    """Those of ``calls`` whose regulation lets people vote."""
    return [call for call in calls if call.revision.definition.has(RouteStep.VOTE)]


def calls_to_rank(calls: list[Call], *, ranked: set[int]) -> list[Call]:
    """Those of ``calls`` that are closed and divide their money by a ranking without a vote;
    ``ranked`` are the keys of those that have one."""
    unranked = [
        call for call in calls if call.pk not in ranked and ranks_unvoted(call.revision.definition)
    ]
    return [call for call in unranked if call.closes_at and call.closes_at <= clock.now()]


def panels_of(round_: VoteRound) -> list[PanelLine]:
    """The panels with how many may vote, and once open how many did, from ten on."""
    status = VoteRight.Status
    panels = Panel.objects.filter(round=round_).order_by("name", "pk")
    members = _per_panel(PanelMember.objects.filter(panel__round=round_))
    rights = VoteRight.objects.filter(round=round_)
    letters = _per_panel(rights.filter(member=None, status__in=[status.ISSUED, status.VOTED]))
    used = _per_panel(rights.filter(status=status.VOTED))
    given = _per_panel(rights.filter(status__in=[status.ISSUED, status.VOTED]))
    return [
        PanelLine(
            panel,
            _weight(panel),
            members.get(panel.pk, 0),
            letters.get(panel.pk, 0),
            told if (told := used.get(panel.pk, 0)) >= FEW else None,
            given.get(panel.pk, 0),
        )
        for panel in panels
    ]


def invariants(round_: VoteRound) -> list[Invariant]:
    """Per panel of a closed round: rights used beside ballots in the box."""
    wrong = {name: (used, ballots) for name, used, ballots in differences(round_)}
    rights = VoteRight.objects.filter(round=round_, status=VoteRight.Status.VOTED)
    used = dict(rights.values_list("panel__name").annotate(n=Count("pk")))
    names = Panel.objects.filter(round=round_).order_by("name").values_list("name", flat=True)
    return [
        Invariant(name, *wrong.get(name, (used.get(name, 0), used.get(name, 0)))) for name in names
    ]


def calls_with_options(calls: list[Call]) -> set[int]:
    """The keys of those of ``calls`` in which an application waits to enter a vote."""
    rows = Application.objects.filter(call__in=calls, state=State.ELIGIBLE_FOR_VOTE)
    return set(rows.values_list("call_id", flat=True))


def waiting_options(call: Call) -> list[Application]:
    """The applications that become options when the round opens."""
    rows = Application.objects.filter(call=call, state=State.ELIGIBLE_FOR_VOTE)
    return list(rows.order_by("title", "pk"))


def rules_in_words(call: Call) -> tuple[list[str], list[str]]:
    """What will be frozen, in sentences: who chooses how, and how the money is divided."""
    definition = call.revision.definition
    how = definition.distribution
    divided = dividing(how, definition) if isinstance(how, Distribution) else ()
    return list(voting(definition)), list(divided)


def rights_found(round_: VoteRound, words: str) -> list[VoteRight]:
    """Rights by a part of a member's name or by the number of a letter; never whether they were
    used. Nothing without words."""
    words = words.strip()
    if not words:
        return []
    there = [VoteRight.Status.ISSUED, VoteRight.Status.VOTED]
    rows = VoteRight.objects.filter(round=round_, status__in=there).filter(
        Q(member__name__icontains=words) | Q(reference=words.zfill(5))
    )
    found = rows.select_related("member", "panel").order_by("member__name", "reference", "pk")
    return list(found[:MOST_FOUND])


def to_print(round_: VoteRound) -> int:
    """How many letters still wait for their code."""
    return VoteRight.objects.filter(
        round=round_,
        channel=VoteRight.Channel.LETTER,
        register_key="",
        status=VoteRight.Status.ISSUED,
    ).count()


def alarm(round_: VoteRound) -> tuple[date, int, int] | None:
    """The last alarm about wrong codes: the day, how many there were, of how many rights."""
    event = (
        Event.objects.filter(
            stream__kind="vote_round", stream__uid=str(round_.uid), type="assessment.wrong_codes"
        )
        .order_by("number")
        .last()
    )
    if event is None:
        return None
    return clock.day(event.recorded_at), event.facts["codes"], event.facts["rights"]


def shown(ranking: Ranking) -> Shown:
    """A ranking with its options and reasons, in one query."""
    problem, outcome = problem_of(ranking.inputs), outcome_of(ranking.outcome)
    rows = VoteOption.objects.filter(round=ranking.round).select_related("application")
    options = {str(each.uid): each for each in rows}
    names = {key: option.title for key, option in options.items()}
    steps = sorted(printed(problem, outcome, names), key=lambda step: (step.place, step.key))
    lines = tuple(_line(ranking, problem, options[step.key], step) for step in steps)
    return Shown(
        ranking=ranking,
        lines=lines,
        ties=tuple(tuple(names[key] for key in tie.keys) for tie in outcome.ties if tie.decisive),
        open_tie=tuple(options[key] for key in outcome.open_tie),
        needs_lot=outcome.needs_lot,
        spent=sum(row.granted for row in outcome.rows),
        quorum=quorum_words(problem.quorum),
        warnings=tuple(str(WARNINGS.get(code, code)) for code in outcome.warnings),
    )


def _line(ranking: Ranking, problem: Problem, option: VoteOption, step: PrintedStep) -> Line:
    kind = problem.rules.kind
    votes = next(each.votes for each in problem.options if each.key == step.key)
    return Line(
        option=option,
        step=step,
        votes=_order_words(problem, step, votes),
        sentence=told_step(step, problem, ranking.call),
        missing=votes_words(kind, step.votes_needed, 1) if step.votes_needed else "",
        state=str(State(option.application.state).label),
    )


def _order_words(problem: Problem, step: PrintedStep, votes: int) -> str:
    """What the order goes by: votes, or points; nothing where everybody is equal."""
    if problem.rules.rule == "score":
        return str(_("%(n)s punten")) % {"n": step.score}
    kind = problem.rules.kind
    return "" if kind == "review" else votes_words(kind, votes, problem.scale)


def _per_panel(rows: QuerySet[PanelMember] | QuerySet[VoteRight]) -> dict[int, int]:
    return dict(rows.order_by().values_list("panel_id").annotate(n=Count("pk")))


def _weight(panel: Panel) -> str:
    same = panel.weight_num == panel.weight_den
    return "" if same else f"{panel.weight_num} : {panel.weight_den}"
