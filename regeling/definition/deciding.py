"""Who decides and how the money is divided: the vote, the panel that meets, the distribution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from regeling.definition.codes import (
    Add1,
    Closing,
    Completion,
    DistributionRule,
    ElectorateKind,
    Grain,
    Leftover,
    LotSource,
    Normalisation,
    OnMisfit,
    PanelMethod,
    Power,
    QuorumConsequence,
    TieBreak,
    Unfunded,
    Unknown,
    VoteKind,
    WindowKind,
)
from regeling.definition.fields import Cents, Clock, Code, Line, Name, Need, Remark, Whole
from regeling.definition.windows import Window


@dataclass(frozen=True, kw_only=True)
class VotePanel:
    """One of the groups that vote. Its ballots count `weight_numerator / weight_denominator`."""

    name: Name
    weight_numerator: Annotated[int, Whole(1, 1000)] = 1
    weight_denominator: Annotated[int, Whole(1, 1000)] = 1


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """How many must vote; where both are given, the lower of the two is enough. 0: not asked."""

    ballots: Annotated[int, Whole(0, 1_000_000)] = 0
    percent: Annotated[int, Whole(0, 100)] = 0  # of the rights given
    consequence: QuorumConsequence


@dataclass(frozen=True, kw_only=True)
class Vote:
    """Who chooses, between how many, how, and when.

    Which numbers a ballot needs follows from its kind; the others stay 0, or empty.
    """

    kind: Annotated[VoteKind | Unknown, Need.VOTE]
    minimum: Annotated[int | Unknown, Whole(0, 1000), Need.VOTE]  # initiatives chosen on a ballot
    maximum: Annotated[int | Unknown, Whole(1, 1000), Need.VOTE]
    points: Annotated[int, Whole(0, 1000)] = 0  # points: to divide
    most_per_option: Annotated[int, Whole(0, 1000)] = 0  # points: for one initiative
    rank_points: tuple[Annotated[int, Whole(1, 1000)], ...] = ()  # ranking: first place first
    lowest: Annotated[int, Whole(-100, 100)] = 0  # score
    highest: Annotated[int, Whole(-100, 100)] = 0
    budget: Cents = 0  # knapsack; 0: the total ceiling
    amount: Cents = 0  # household: what a voter gives away
    step: Cents = 0  # household: in parts of
    power: Power = Power.DECIDES
    electorate: Line  # who may vote, for people
    electorate_kind: Annotated[ElectorateKind | Unknown, Need.VOTE] = ElectorateKind.NAMED
    minimum_age: Annotated[int, Whole(0, 100)] = 0
    exclusions: tuple[Line, ...] = ()  # who may not vote, in sentences
    panels: tuple[VotePanel, ...] = ()  # none: everyone votes in one panel
    panel_size: Annotated[int | Unknown | None, Whole(1, 1_000_000), Need.VOTE] = None
    quorum: Quorum | None = None
    own_text: Remark = ""  # the sentence with which voters tick what is their own; empty: not asked
    change: bool = True  # a ballot can be changed until closing
    extension: bool = False  # the vote can be prolonged by a recorded act
    withdrawal: bool = False  # an initiative can be withdrawn while the vote runs
    support_gate: Annotated[int | None, Whole(1, 100_000)] = None  # expressions before the review
    opens: Annotated[date | Unknown, Need.VOTE]
    opens_time: Clock = "00:00"
    closes: Annotated[date | Unknown, Need.VOTE]
    closing: Annotated[Closing | Unknown, Need.VOTE]
    closing_time: Clock | None = None

    @property
    def window(self) -> Window:
        """The same days as a window, for `opens_at` and `closes_at`."""
        return Window(
            code="vote",
            kind=WindowKind.FIXED,
            opens=self.opens,
            opens_time=self.opens_time,
            closes=self.closes,
            closing=self.closing,
            closing_time=self.closing_time,
        )


@dataclass(frozen=True, kw_only=True)
class EqualShares:
    """How equal shares grow until the money is used: each voter's share in steps of `step`."""

    step: Cents
    add1: Add1 = Add1.UNTIL_OVERSPEND
    completion: Completion = Completion.UTILITARIAN
    comparison: bool = False  # keep the plain outcome where more voters prefer that


@dataclass(frozen=True, kw_only=True)
class VoteBonus:
    """Points that votes add to the score: the most voted gets `most`, the others in proportion."""

    most: Annotated[int, Whole(1, 1000)]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How the money is divided (4:26)."""

    rule: DistributionRule | Unknown
    grain: Grain | Unknown = Grain.MOMENT
    on_misfit: OnMisfit | Unknown
    ceiling_misfit: OnMisfit | None = None  # within a part of the ceiling; None: as on_misfit
    leftover: Leftover = Leftover.NONE  # what the parts leave: for nobody, or divided once more
    minimum_votes: Annotated[int, Whole(0, 1_000_000)] = 0
    minimum_percent: Annotated[int, Whole(0, 100)] = 0  # of the valid ballots
    minimum_score: Annotated[int, Whole(0, 100_000)] = 0  # weighted sum of the scores
    vote_bonus: VoteBonus | None = None  # score: votes add points, up to a most
    expert_percent: Annotated[int, Whole(0, 100)] = 0  # weight of the reviewers' scores
    normalisation: Normalisation | None = None  # how votes and scores are made comparable
    equal_shares: EqualShares | None = None
    floor: Cents = 0  # pro rata: a smaller share is not paid; 0: no such limit
    cap: Cents = 0  # pro rata: nobody gets more; 0: no such limit
    ties: tuple[TieBreak, ...] | Unknown  # in this order; empty: equals cannot exist
    tie_criterion: Code | None = None  # ties by `criterion`: which one
    lot_source: LotSource | Unknown | None = None  # None only where no lot is drawn
    public_number: Remark = ""  # the number, drawn later by others, that decides a public lot
    reserve_list: bool | Unknown = False
    reserve_until: date | Unknown | None = None
    unfunded: Unfunded | Unknown = Unfunded.REJECTED


@dataclass(frozen=True, kw_only=True)
class AdvicePanel:
    """A panel that meets; its days stand with the window (`committee`)."""

    name: Name
    power: Annotated[Power | Unknown, Need.PANEL]
    method: Annotated[PanelMethod | Unknown, Need.PANEL]
    minimum_present: Annotated[int | Unknown, Whole(1, 100), Need.PANEL]


@dataclass(frozen=True, kw_only=True)
class MunicipalQuestion:
    code: Code
    question: Line


@dataclass(frozen=True, kw_only=True)
class Municipal:
    """What the municipality is asked. No answer in `weeks` is noted and holds nothing up."""

    questions: tuple[MunicipalQuestion, ...]
    weeks: Annotated[int, Whole(1, 26)]


@dataclass(frozen=True, kw_only=True)
class Card:
    """The public card that an applicant writes for the people who choose."""

    longest: Annotated[int, Whole(50, 1000)] = 300  # characters
    photo: bool = False
