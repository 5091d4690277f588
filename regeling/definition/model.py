"""The definition of a regulation (regeling) as frozen, typed values: the language, version 3.

A field is a fact from a source, an assumption (its path is in `Definition.assumed_paths`), or
`UNKNOWN`. `None` means that the regulation has no such rule. Amounts are whole cents, percentages
and weeks whole numbers, days are days in Europe/Amsterdam. Keys of the YAML are the names here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from regeling.definition.codes import (
    UNKNOWN,
    AccountAsk,
    CeilingScope,
    CriterionKind,
    DueAnchor,
    LetterKind,
    Release,
    Rounding,
    RouteStep,
    TermStart,
    TierKind,
    TransitionalRule,
    Unknown,
    Vat,
)
from regeling.definition.deciding import (
    AdvicePanel,
    Card,
    Distribution,
    EqualShares,
    Municipal,
    MunicipalQuestion,
    Quorum,
    Vote,
    VoteBonus,
    VotePanel,
)
from regeling.definition.expression import Expression
from regeling.definition.fields import (
    Cents,
    Code,
    Line,
    Need,
    Passage,
    Remark,
    Sentence,
    Sourced,
    SourcedLabel,
    Whole,
)
from regeling.definition.form import Choice, Form, FormStep, Question
from regeling.definition.who import (
    Activity,
    ApplicantClass,
    Applicants,
    Evidence,
    Frequency,
    Identity,
    MunicipalPlaces,
    Region,
    Territory,
    Theme,
)
from regeling.definition.windows import Committee, Window

LANGUAGE = 3

__all__ = [
    "LANGUAGE",
    "Activity",
    "AdvicePanel",
    "AmountTier",
    "Amounts",
    "ApplicantClass",
    "Applicants",
    "Assumption",
    "Card",
    "Ceiling",
    "CeilingStep",
    "Choice",
    "Committee",
    "Costs",
    "Criterion",
    "Definition",
    "Distribution",
    "Due",
    "EqualShares",
    "Evidence",
    "Form",
    "FormStep",
    "Frequency",
    "Identity",
    "LetterParagraph",
    "Mandate",
    "Monitor",
    "Municipal",
    "MunicipalPlaces",
    "MunicipalQuestion",
    "Obligation",
    "Question",
    "Quorum",
    "RefusalGround",
    "Region",
    "Rule",
    "SpotCheck",
    "Terms",
    "Territory",
    "Theme",
    "Tier",
    "Vote",
    "VoteBonus",
    "VotePanel",
    "Window",
]


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What counts as cost."""

    # No value for volunteer hours or goods in kind.
    only_payable: Annotated[bool | Unknown, Need.NEVER] = False
    own_labour_rate: Cents | None = None  # per hour, where own labour counts
    vat: Annotated[Vat | Unknown, Need.NEVER] = UNKNOWN
    excluded: tuple[str, ...] = ()  # sentences


@dataclass(frozen=True, kw_only=True)
class AmountTier:
    """A maximum for eligible costs up to `up_to` (None: no end)."""

    up_to: Cents | None = None
    maximum: Cents


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """How much one application can get; where more than one limit holds, the lowest counts."""

    minimum: Cents | Unknown | None = None
    maximum: Cents | Unknown | None
    fixed: Cents | Unknown | None = None
    percentage: Annotated[int | Unknown | None, Whole(1, 100)] = None  # of eligible costs
    tiers: tuple[AmountTier, ...] = ()
    # Percent of the costs that the applicant or others bring.
    own_contribution: Annotated[int | Unknown | None, Whole(0, 100)] = None
    # The most that all subsidies for the same plan may be together.
    cumulation: Annotated[Cents | Unknown | None, Need.NEVER] = None
    rounding: Rounding = Rounding.CENT
    costs: Costs = Costs()
    article: Sourced[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class CeilingStep:
    """A ceiling that was published later, in place of the one before (4:27, 4:28)."""

    amount: Cents
    published_on: date
    publication: SourcedLabel[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """Subsidy ceiling (4:22). Exactly one has scope `total`; the others name a code.

    An amount of nothing is a regulation that is closed for now.
    """

    scope: CeilingScope
    code: str = ""
    amount: Cents | Unknown
    published_on: date | Unknown
    publication: SourcedLabel[str | Unknown] = UNKNOWN
    changes: tuple[CeilingStep, ...] = ()
    # How many years what is left may be kept for; None: it lapses.
    carry_over_years: Annotated[int | Unknown | None, Whole(1, 10), Need.NEVER] = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An application is eligible only if `require` holds (where `when` holds)."""

    code: Code
    require: Expression
    when: Expression | None = None
    article: Sourced[str | Unknown] = UNKNOWN
    sentence: Sentence  # what the applicant reads when it fails
    met: Remark = ""  # what she reads when it holds
    asked_before: bool = False  # part of "Mag ik aanvragen?"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What the review looks at. An argument is asked of the assessor with every answer."""

    code: Code
    kind: CriterionKind
    question: Line
    help: Remark = ""
    hard: bool = False  # yes_no: a no refuses the application
    lowest: int = 1  # score
    highest: int = 5
    weight: Annotated[int, Whole(1, 100)] = 1  # score: how often it counts
    article: Sourced[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class RefusalGround:
    """A ground of the regulation itself; the grounds of 4:25 and 4:35 are the engine's."""

    code: Code
    text: Sentence
    article: Sourced[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Terms that the regulation sets or names, beside those of the Awb itself."""

    decision_weeks: Annotated[int | Unknown | None, Whole(1, 104)]  # None: 4:13(2), eight weeks
    decision_from: TermStart | Unknown = TermStart.RECEIPT
    decision_by: date | Unknown | None = None  # a last day that was announced
    decision_atw: bool | Unknown = True
    repair_weeks: Annotated[int | Unknown, Whole(1, 26), Need.COMPLETENESS]
    hearing_weeks: Annotated[int | Unknown, Whole(1, 26), Need.AWB]
    objection_weeks: Annotated[int, Whole(6, 6)] = 6  # 6:7
    payment_weeks: Annotated[int | Unknown, Whole(1, 26)] = 6  # 4:87
    report_weeks: Annotated[int | Unknown | None, Whole(1, 104), Need.REPORT] = None
    settlement_weeks: Annotated[int | Unknown | None, Whole(1, 104), Need.REPORT] = None
    keep_months: Annotated[int | Unknown, Whole(0, 240)]  # administration, after the end
    spot_check_months: Annotated[int | Unknown, Whole(0, 120)]  # after the end; 0: none


@dataclass(frozen=True, kw_only=True)
class Due:
    """Either a fixed day or a number of days, weeks or months after an anchor."""

    on: date | None = None
    after: DueAnchor | None = None
    days: Annotated[int, Whole(0, 3660)] = 0
    weeks: Annotated[int, Whole(0, 520)] = 0
    months: Annotated[int, Whole(0, 120)] = 0


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """What the recipient must do (4:37, 4:38, 4:39). `text` continues "U moet"-style in u-form."""

    code: Code
    text: Sentence
    article: Sourced[str | Unknown] = UNKNOWN
    due: Due | None = None
    tiers: tuple[str, ...] = ()  # codes of tiers; empty: all


@dataclass(frozen=True, kw_only=True)
class Tier:
    """Accountability by awarded amount; the first whose `up_to` (inclusive) is not exceeded."""

    code: Code
    kind: TierKind
    label: Remark = ""
    up_to: Cents | None = None  # None: no end
    advance_percentage: Annotated[int | Unknown, Whole(0, 100), Need.REPORT] = 0
    asks: tuple[AccountAsk, ...] = ()  # what the account consists of; empty: the engine's own form


@dataclass(frozen=True, kw_only=True)
class SpotCheck:
    """A draw among what was settled without a report."""

    percentage: Annotated[int | Unknown, Whole(1, 100), Need.NEVER]


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """Who decides up to an amount; the last has no end."""

    up_to: Cents | None = None
    body: SourcedLabel[str | Unknown]


@dataclass(frozen=True, kw_only=True)
class LetterParagraph:
    """An own paragraph in a letter; the parts that the law asks cannot be left out."""

    letter: LetterKind
    heading: Remark = ""
    text: Passage


@dataclass(frozen=True, kw_only=True)
class Monitor:
    """Labels under which the figures appear in the planning and control cycle."""

    year: Annotated[int | Unknown, Whole(1990, 2100), Need.NEVER] = UNKNOWN
    core_task: SourcedLabel[str | Unknown] = UNKNOWN
    policy_goal: SourcedLabel[str | Unknown] = UNKNOWN
    performance: SourcedLabel[str | Unknown] = UNKNOWN
    task_field: SourcedLabel[str | Unknown] = UNKNOWN
    product: SourcedLabel[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """A value that no source gives and that running needs, with the reason for choosing it."""

    path: Line
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A whole regulation."""

    language: Annotated[int, Whole(1, LANGUAGE)]
    identity: Identity
    applicants: Applicants
    territory: Territory
    activities: tuple[Activity, ...]
    themes: tuple[Theme, ...] = ()
    amounts: Amounts
    ceilings: tuple[Ceiling, ...] | Unknown
    windows: tuple[Window, ...] | Unknown
    form: Form
    card: Card | None = None  # None: voters read the title and the summary
    eligibility: tuple[Rule, ...] = ()
    route: tuple[RouteStep, ...]
    criteria: Annotated[tuple[Criterion, ...] | Unknown, Need.REVIEW] = ()
    refusal_grounds: Annotated[tuple[RefusalGround, ...] | Unknown, Need.NEVER] = ()
    municipal: Municipal | None = None
    panel: AdvicePanel | None = None
    vote: Annotated[Vote | Unknown | None, Need.VOTE] = None
    distribution: Distribution | Unknown
    terms: Terms
    obligations: Annotated[tuple[Obligation, ...] | Unknown, Need.NEVER] = ()
    tiers: tuple[Tier, ...] | Unknown
    spot_check: Annotated[SpotCheck | Unknown | None, Need.NEVER] = None
    mandates: tuple[Mandate, ...] = ()
    release: Release | Unknown
    transitional_rule: TransitionalRule | Unknown = TransitionalRule.RUNNING_KEEP
    letters: tuple[LetterParagraph, ...] = ()
    monitor: Monitor = Monitor()
    assumptions: tuple[Assumption, ...] = ()

    def has(self, step: RouteStep) -> bool:
        return step in self.route

    def tier_for(self, cents: int) -> Tier | None:
        """The accountability tier of an award of `cents`; None while the tiers are unknown."""
        if isinstance(self.tiers, Unknown):
            return None
        return next((t for t in self.tiers if t.up_to is None or cents <= t.up_to), None)

    @property
    def assumed_paths(self) -> frozenset[str]:
        return frozenset(each.path for each in self.assumptions)

    @property
    def is_example_only(self) -> bool:
        """Whether a call may only be an example or a test; pages and letters say "voorbeeld"."""
        return bool(self.assumptions) or self.identity.example

    def unknown_needed(self, *, real: bool = False) -> tuple[str, ...]:
        """Paths of unknown values that the route needs: a call refuses to open and names them.

        With `real` also the articles and names that an example's letters print as unknown.
        """
        from regeling.definition.unknowns import needed  # it walks the values of this module

        return needed(self, real=real)
