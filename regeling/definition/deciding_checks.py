"""What a vote, a panel that meets and a distribution must obey, alone and among each other.

Each check yields (path, Dutch sentence with the cure), as in `checks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from regeling.definition.codes import (
    CeilingScope,
    CriterionKind,
    DistributionRule,
    LotSource,
    PanelMethod,
    QuorumConsequence,
    RouteStep,
    TieBreak,
    Unknown,
    VoteKind,
)
from regeling.definition.fields import listed
from regeling.definition.model import Definition, Distribution, Vote

Complaint = tuple[str, str]

OF_KIND: dict[VoteKind, tuple[str, ...]] = {
    VoteKind.CHOOSE_ONE: (),
    VoteKind.APPROVAL: (),
    VoteKind.POINTS: ("points", "most_per_option"),
    VoteKind.RANKING: ("rank_points",),
    VoteKind.KNAPSACK: ("budget",),
    VoteKind.SCORE: ("lowest", "highest"),
    VoteKind.HOUSEHOLD: ("amount", "step"),
}
"""The numbers that a ballot of a kind goes by; no other kind may name them."""

BY_VOTES = (DistributionRule.VOTES, DistributionRule.EQUAL_SHARES)


def check(definition: Definition) -> Iterator[Complaint]:
    """Everything about deciding and dividing that contradicts itself."""
    vote, how = definition.vote, definition.distribution
    if isinstance(vote, Vote):
        yield from _ballot(vote)
        yield from _numbers(vote, definition)
        yield from _turnout(vote, definition)
        yield from _days(vote, definition)
    yield from _panel(definition)
    yield from _municipal(definition)
    if definition.card is not None and not definition.has(RouteStep.VOTE):
        yield "card", "een kaart is voor wie stemt; zet 'vote' in de route of laat 'card' weg"
    if isinstance(how, Distribution):
        yield from _rule(how, definition)
        yield from _experts(how, definition)
        yield from _parts(how, definition)
        yield from _ties(how, definition)
        yield from _lot(how)


def _ballot(vote: Vote) -> Iterator[Complaint]:
    low, high = vote.minimum, vote.maximum
    if vote.kind is VoteKind.CHOOSE_ONE and (low, high) != (1, 1):
        yield "vote.minimum", "bij 'choose_one' zijn 'minimum' en 'maximum' allebei 1"
    elif isinstance(low, int) and isinstance(high, int) and low > high:
        yield "vote.minimum", "er moeten meer keuzes gemaakt worden dan er mogen"
    if isinstance(vote.kind, Unknown):
        return
    for kind, names in OF_KIND.items():
        for name in names:
            if kind is not vote.kind and getattr(vote, name):
                yield f"vote.{name}", f"'{name}' hoort bij '{kind}', niet bij '{vote.kind}'"


def _numbers(vote: Vote, definition: Definition) -> Iterator[Complaint]:
    match vote.kind:
        case VoteKind.POINTS:
            yield from _points(vote)
        case VoteKind.RANKING:
            yield from _ranking(vote)
        case VoteKind.KNAPSACK:
            yield from _budget(vote, definition)
        case VoteKind.SCORE:
            if vote.lowest >= vote.highest:
                yield "vote.highest", "noem een hoogste score die hoger is dan de laagste"
        case VoteKind.HOUSEHOLD:
            if vote.amount <= 0:
                yield "vote.amount", "noem het bedrag dat elke stemmer weggeeft"
            elif vote.step <= 0 or vote.amount % vote.step:
                yield "vote.step", "noem een stap waarin het bedrag precies op te delen is"


def _points(vote: Vote) -> Iterator[Complaint]:
    if not vote.points:
        yield "vote.points", "noem hoeveel punten een stemmer verdeelt"
    elif not vote.most_per_option:
        yield "vote.most_per_option", "noem hoeveel punten één initiatief hoogstens krijgt"
    elif vote.most_per_option > vote.points:
        yield "vote.most_per_option", f"een stemmer heeft maar {vote.points} punten"
    elif isinstance(vote.minimum, int) and vote.minimum > vote.points:
        yield "vote.minimum", f"met {vote.points} punten kan niemand zoveel initiatieven kiezen"


def _ranking(vote: Vote) -> Iterator[Complaint]:
    path = "vote.rank_points"
    if len(vote.rank_points) != vote.maximum:
        yield path, "noem voor elke plaats de punten: evenveel als 'maximum'"
    if any(one <= other for one, other in pairwise(vote.rank_points)):
        yield path, "een hogere plaats krijgt meer punten; laat ze aflopen"


def _budget(vote: Vote, definition: Definition) -> Iterator[Complaint]:
    totals = [c.amount for c in listed(definition.ceilings) if c.scope is CeilingScope.TOTAL]
    total = totals[0] if totals else None
    if not vote.budget and total is None and not isinstance(definition.ceilings, Unknown):
        yield "vote.budget", "noem het budget dat stemmers verdelen, of een totaal plafond"
    if isinstance(total, int) and vote.budget > total:
        yield "vote.budget", "stemmers verdelen meer dan het subsidieplafond"


def _turnout(vote: Vote, definition: Definition) -> Iterator[Complaint]:
    for name, times in Counter(panel.name.casefold() for panel in vote.panels).items():
        if times > 1:
            yield "vote.panels", f"het panel '{name}' staat er {times} keer"
    quorum = vote.quorum
    if quorum is not None and not quorum.ballots and not quorum.percent:
        yield "vote.quorum", "noem hoeveel stemmen ('ballots') of welk deel ('percent') er nodig is"
    if (
        quorum is not None
        and quorum.consequence is QuorumConsequence.COMMITTEE
        and definition.panel is None
    ):
        yield (
            "vote.quorum.consequence",
            "er is geen panel dat het overneemt; beschrijf het onder 'panel'",
        )
    if vote.support_gate is not None and not definition.has(RouteStep.REVIEW):
        yield (
            "vote.support_gate",
            "steun wordt gevraagd vóór de beoordeling; zet 'review' in de route",
        )


def _days(vote: Vote, definition: Definition) -> Iterator[Complaint]:
    opens = vote.window.opens_at
    for window in listed(definition.windows):
        if opens and window.closes_at and opens < window.closes_at:
            yield "vote.opens", "de stemming begint voordat de periode voor aanvragen sluit"


def _panel(definition: Definition) -> Iterator[Complaint]:
    panel, meets = definition.panel, definition.has(RouteStep.PANEL)
    if meets and panel is None:
        yield "route", "de route heeft een panel; beschrijf het onder 'panel'"
    fallback = (
        isinstance(definition.vote, Vote)
        and definition.vote.quorum is not None
        and definition.vote.quorum.consequence is QuorumConsequence.COMMITTEE
    )
    if panel is not None and not meets and not fallback:
        yield "panel", "er is een panel beschreven dat niet in de route staat"
    for window in listed(definition.windows):
        committee = window.committee
        path = f"windows.{window.code}.committee"
        if meets and committee is None:
            yield path, "het panel komt bijeen; noem 'lead_days' en de dagen onder 'meets_on'"
        days = committee.meets_on if committee is not None else ()
        if isinstance(days, tuple) and any(one >= other for one, other in pairwise(days)):
            yield f"{path}.meets_on", "zet de vergaderdagen op volgorde, elke dag één keer"
    if panel is not None and panel.method is PanelMethod.SCORES and not _scored(definition):
        yield "panel.method", "een panel geeft scores op criteria; er is geen criterium met 'score'"


def _municipal(definition: Definition) -> Iterator[Complaint]:
    if definition.municipal is None:
        return
    questions = definition.municipal.questions
    if not questions:
        yield "municipal.questions", "noem minstens één vraag, of laat 'municipal' weg"
    for code, times in Counter(each.code for each in questions).items():
        if times > 1:
            yield f"municipal.questions.{code}", f"de code '{code}' komt {times} keer voor"


def _rule(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    path = "distribution.rule"
    if how.rule in BY_VOTES and not definition.has(RouteStep.VOTE):
        yield path, "verdelen op stemmen kan alleen als 'vote' in de route staat"
    if how.rule is DistributionRule.COMMITTEE and definition.panel is None:
        yield path, "er is geen panel dat verdeelt; beschrijf het onder 'panel'"
    yield from _equal_shares(how, definition)
    for name in ("floor", "cap"):
        if getattr(how, name) and how.rule is not DistributionRule.PRO_RATA:
            yield (
                f"distribution.{name}",
                f"'{name}' hoort alleen bij 'pro_rata'",
            )
    if how.cap and how.floor > how.cap:
        yield "distribution.floor", "de ondergrens is hoger dan de bovengrens"
    for name in ("minimum_votes", "minimum_percent"):
        if getattr(how, name) and not definition.has(RouteStep.VOTE):
            yield f"distribution.{name}", "een drempel van stemmen vraagt 'vote' in de route"


def _equal_shares(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    wanted = how.rule is DistributionRule.EQUAL_SHARES
    if wanted and how.equal_shares is None:
        yield "distribution.equal_shares", "noem de stap ('step') waarmee de delen groeien"
    if not wanted and how.equal_shares is not None:
        yield "distribution.equal_shares", "dit hoort alleen bij de verdeelregel 'equal_shares'"
    if how.equal_shares is not None and how.equal_shares.step <= 0:
        yield "distribution.equal_shares.step", "een stap is meer dan nul"
    vote = definition.vote
    if wanted and isinstance(vote, Vote) and vote.kind is VoteKind.CHOOSE_ONE:
        yield (
            "distribution.rule",
            "gelijke delen kan niet met één keuze per stem; kies 'votes' of een andere stemming",
        )


def _experts(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    if how.expert_percent and how.normalisation is None:
        yield (
            "distribution.normalisation",
            "zeg hoe stemmen en scores vergelijkbaar worden: highest of rank",
        )
    if how.normalisation is not None and not how.expert_percent:
        yield "distribution.normalisation", "er zijn geen scores om bij de stemmen op te tellen"
    if how.expert_percent and not definition.has(RouteStep.VOTE):
        yield "distribution.expert_percent", "scores tellen mee bij stemmen, en die zijn er niet"
    elif how.expert_percent and not _scored(definition):
        yield "distribution.expert_percent", "er is geen criterium met 'score' dat kan meetellen"


def _scored(definition: Definition) -> bool:
    criteria = definition.criteria
    return isinstance(criteria, Unknown) or any(
        each.kind is CriterionKind.SCORE for each in criteria
    )


def _parts(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    parted = isinstance(definition.ceilings, Unknown) or any(
        each.scope is not CeilingScope.TOTAL for each in definition.ceilings
    )
    for name in ("ceiling_misfit", "leftover"):
        default = Distribution.__dataclass_fields__[name].default
        if getattr(how, name) is not default and not parted:
            yield (
                f"distribution.{name}",
                "het plafond heeft geen delen; noem ze onder 'ceilings' of laat dit weg",
            )


def _ties(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    ties = listed(how.ties)
    path = "distribution.ties"
    for tie, times in Counter(ties).items():
        if times > 1:
            yield path, f"'{tie}' staat er {times} keer"
    counted = {TieBreak.MORE_VOTES, TieBreak.MORE_SUPPORTERS} & set(ties)
    if counted and how.rule is DistributionRule.RECEIPT:
        yield path, "bij volgorde van binnenkomst zijn er geen stemmen om op te letten"
    elif counted and not definition.has(RouteStep.VOTE):
        yield path, "er is geen stemming in de route, dus er zijn geen stemmen om op te letten"
    if TieBreak.LOT in ties[:-1]:
        yield path, "na een loting blijft niets gelijk; zet 'lot' als laatste"


def _lot(how: Distribution) -> Iterator[Complaint]:
    draws = TieBreak.LOT in listed(how.ties) or how.rule is DistributionRule.LOTTERY
    open_yet = isinstance(how.ties, Unknown) or isinstance(how.rule, Unknown)
    path = "distribution.lot_source"
    if draws and how.lot_source is None:
        yield path, "zeg vooraf wie loot: notary of public"
    if how.lot_source is not None and not draws and not open_yet:
        yield path, "er wordt nergens geloot; zet 'lot' in 'ties' of laat dit weg"
    if how.lot_source is LotSource.PUBLIC and not how.public_number:
        yield (
            "distribution.public_number",
            "noem het openbare getal dat later wordt getrokken, en waar het te vinden is",
        )
    if how.public_number and how.lot_source is not LotSource.PUBLIC:
        yield "distribution.public_number", "een openbaar getal hoort bij 'lot_source: public'"
