"""What goes into a division of money and what comes out: plain, frozen values.

Standard library only. Money is in cents; votes are whole numbers over ``Problem.scale``, so that
panels may weigh as exact ratios.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ENGINE = "2"
"""Version of these rules; stored with every outcome, raised when an outcome could change."""

TOTAL = "total"
RULES = ("greedy", "score", "equal_shares", "pro_rata", "lottery", "receipt")
MISFITS = ("skip", "stop", "partial")
LEFTOVERS = ("none", "skip", "stop")
TIE_RULES = (
    "more_votes",
    "more_supporters",
    "higher_score",
    "criterion",
    "earlier_complete",
    "lower_amount",
    "lot",
)
NORMALISATIONS = ("", "highest", "rank")

Profile = tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
"""Ballots that are the same, together: (weight, ((option key, utility), ...)), sorted."""


class MoreFixedThanThereIs(ValueError):
    """The decision maker fixed more for some options than a ceiling holds."""


@dataclass(frozen=True, slots=True)
class Option:
    """An application that asks money.

    ``asked`` is in cents, the most that may be granted; ``complete`` is the moment (or the day,
    where the regulation compares days) on which it was complete, as ISO text; ``ceilings`` names
    the ceilings that apply, narrow ones first, the total last. ``supporters`` is how many ballots
    support it (None: as many as it has votes); ``expert`` the score that experts gave and ``mark``
    that on the one criterion that breaks ties, both over ``Problem.expert_scale``; of one
    ``group`` at most one option is funded. A ``withdrawn`` option takes no part. ``fixed`` is an
    amount in cents that the decision maker set, departing from the vote; it is taken first.
    """

    key: str
    asked: int
    votes: int = 0
    complete: str = ""
    ceilings: tuple[str, ...] = (TOTAL,)
    supporters: int | None = None
    expert: int = 0
    mark: int = 0
    group: str = ""
    withdrawn: bool = False
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What was fixed before anybody voted.

    ``on_misfit`` says what happens when the next one does not fit in what is left: ``skip`` it,
    ``stop`` under that ceiling, or give it the rest and stop (``partial``); ``ceiling_misfit`` says
    so for the ceilings below the total (empty: the same). ``leftover`` divides what is left of the
    total over who got nothing, no longer looking at the ceilings below it. ``minimum_votes`` is in
    whole votes or points; ``minimum_percent`` in supporters, of the valid ballots.
    ``expert_percent`` of the score comes from the experts, both sides normalised by the
    ``highest`` or by ``rank``. ``minimum_score`` and ``bonus`` (the most points that votes add)
    belong to the rule score. ``step``, ``add1``, ``completion``, ``comparison`` and
    ``measure`` (what a point is worth: points times ``cost``, or the ``number``) belong to equal
    shares; ``floor`` and ``cap`` (cents an option, 0: none) to pro rata. ``kind`` is the kind
    of vote, "review" where nobody votes.
    """

    rule: str
    on_misfit: str = "skip"
    ties: tuple[str, ...] = ()
    minimum_votes: int = 0
    minimum_percent: int = 0
    ceiling_misfit: str = ""
    leftover: str = "none"
    expert_percent: int = 0
    normalisation: str = ""
    minimum_score: int = 0
    bonus: int = 0
    step: int = 0
    add1: str = ""
    completion: str = "none"
    comparison: bool = False
    measure: str = "cost"
    floor: int = 0
    cap: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many ballots were needed and cast, of how many rights, and what follows from too few:
    ``no_award``, ``advice_only`` or ``committee``. ``needed`` 0: no quorum was asked."""

    needed: int = 0
    ballots: int = 0
    given: int = 0
    consequence: str = ""

    @property
    def met(self) -> bool:
        """Whether enough people voted."""
        return self.ballots >= self.needed


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the outcome depends on.

    ``ceilings`` is what each one holds, in cents; ``lot`` a drawn full order of all option keys, or
    empty; ``scale`` what one vote counts for and ``expert_scale`` what one point of an expert;
    ``profile`` the ballots, for equal shares only.
    """

    options: tuple[Option, ...]
    ceilings: Mapping[str, int]
    rules: Rules
    ballots: int = 0
    lot: tuple[str, ...] = ()
    scale: int = 1
    expert_scale: int = 1
    quorum: Quorum = Quorum()
    profile: Profile = ()

    def __post_init__(self) -> None:
        _refuse_nonsense(self)


@dataclass(frozen=True, slots=True)
class Tie:
    """Equals: who they are, whether their order decides over money, and what broke the tie.

    ``decided_by`` is the tie rule, or empty while nothing does; ``stage`` says where the tie stood
    when it was not in the first division: ``leftover``, ``remainder`` (of a cent), ``group``, or a
    name that equal shares gives.
    """

    keys: tuple[str, ...]
    votes: int
    decisive: bool
    decided_by: str = ""
    stage: str = ""

    @property
    def open(self) -> bool:
        """Whether it decides over money and nothing broke it yet."""
        return self.decisive and not self.decided_by


class Verdict(NamedTuple):
    """What one option gets (cents) and why, before it has its place in the list.

    ``ceiling`` is the one that stood in the way and ``left`` what it still held; ``stopped_by`` the
    option that closed it, ``rival`` the funded one of the same group; ``phase`` 2 is the division
    of the leftover. ``effective`` (hundredths of a vote) and ``paid`` (the most that one voter
    pays, cents) belong to equal shares.
    """

    granted: int
    code: str
    ceiling: str = ""
    left: int = 0
    stopped_by: str = ""
    rival: str = ""
    support_needed: int = 0
    phase: int = 1
    effective: int = 0
    paid: int = 0


@dataclass(slots=True)
class Purse:
    """The money while it is being divided: cents left per ceiling, which ceiling was closed by
    which option, and which option was funded of an exclusion group."""

    left: dict[str, int]
    closed: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Purse:
        """A purse of its own with the same contents."""
        return Purse(dict(self.left), dict(self.closed), dict(self.taken))


@dataclass(slots=True)
class Division:
    """What a rule makes of the options that take part: a verdict for each.

    ``ranks`` says who goes first among equals that were told apart (0 first); ``order`` who was
    chosen before everybody else, where a rule does not go down the list. ``figures`` are what the
    rule wants to tell about itself (plain values), ``warnings`` codes of what to be careful with.
    """

    verdicts: dict[str, Verdict]
    ties: tuple[Tie, ...] = ()
    open_tie: tuple[str, ...] = ()
    ranks: dict[str, int] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What one application gets (cents) and why.

    ``code`` is one of awarded, awarded_partly, awarded_share (pro rata), departed_award;
    refused_ceiling, refused_sub_ceiling, refused_stopped, refused_excluded, refused_support (too
    few votes), refused_supporters (too few voters), refused_score (too few points), refused_shares
    (its supporters have too little left), refused_quorum, departed_refusal, withdrawn; and, while a
    tie stands open, tied and undecided. ``left`` is what the ceiling in question still held at its
    turn. ``votes_needed`` is how many more whole votes, each of another voter, would have brought
    the whole amount, the others unchanged (None: no number would, or votes do not count here).
    ``score`` is what the order went by, over ``Outcome.score_scale``. ``drawn`` is the place in the
    lot, 0 without one. A withdrawn option has place 0.
    """

    key: str
    place: int
    votes: int
    asked: int
    granted: int
    code: str
    ceiling: str = ""
    left: int = 0
    stopped_by: str = ""
    rival: str = ""
    support_needed: int = 0
    votes_needed: int | None = None
    drawn: int = 0
    phase: int = 1
    score: int = 0
    supporters: int | None = None
    effective: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows in order of place. ``open_tie`` holds the equals that must be decided first, if any;
    ``needs_lot`` says whether a lot is the way on. Even then every row whose amount is the same in
    every resolution has its outcome."""

    rows: tuple[Row, ...]
    left: Mapping[str, int]
    ties: tuple[Tie, ...] = ()
    open_tie: tuple[str, ...] = ()
    needs_lot: bool = False
    engine: str = ENGINE
    score_scale: int = 1
    quorum: Quorum = Quorum()
    figures: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def needs_lot(problem: Problem, open_tie: Sequence[str]) -> bool:
    """Whether a lot is the way on: equals stand open, the rules name it, and none was drawn."""
    lottery = problem.rules.rule == "lottery" or "lot" in problem.rules.ties
    return bool(open_tie) and lottery and not problem.lot


def _refuse_nonsense(problem: Problem) -> None:
    rules, keys = problem.rules, [option.key for option in problem.options]
    known = (
        (rules.rule, RULES),
        (rules.on_misfit, MISFITS),
        (rules.ceiling_misfit, ("", *MISFITS)),
        (rules.leftover, LEFTOVERS),
        (rules.normalisation, NORMALISATIONS),
        *((rule, TIE_RULES) for rule in rules.ties),
    )
    for value, allowed in known:
        if value not in allowed:
            raise ValueError(f"unknown rule: {value!r}")
    if not 0 <= rules.expert_percent <= 100 or (rules.expert_percent and not rules.normalisation):
        raise ValueError("experts count for 0 to 100 percent, and how is said beforehand")
    if len(set(keys)) != len(keys):
        raise ValueError("an option stands in the list twice")
    if problem.lot and sorted(problem.lot) != sorted(keys):
        raise ValueError("a lot is a full order over all options")
    if min(problem.scale, problem.expert_scale) < 1 or any(
        cents < 0 for cents in problem.ceilings.values()
    ):
        raise ValueError("a scale is at least one and a ceiling not below zero")
    for option in problem.options:
        _refuse_option(option, problem.ceilings)


def _refuse_option(option: Option, ceilings: Mapping[str, int]) -> None:
    if option.asked <= 0:
        raise ValueError(f"option {option.key} asks nothing")
    if not option.ceilings or not set(option.ceilings) <= set(ceilings):
        raise ValueError(f"option {option.key} stands under an unknown ceiling")
    if option.fixed is not None and not 0 <= option.fixed <= option.asked:
        raise ValueError(f"option {option.key} is given more than it asks")
