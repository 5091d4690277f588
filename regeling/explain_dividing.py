"""How the money is divided, in plain Dutch; `explain` makes the page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regeling.definition import (
    UNKNOWN,
    Add1,
    CeilingScope,
    Completion,
    Definition,
    Distribution,
    DistributionRule,
    EqualShares,
    Grain,
    Leftover,
    LotSource,
    Normalisation,
    OnMisfit,
    RouteStep,
    TieBreak,
    Unfunded,
    Unknown,
    Vote,
    VoteKind,
    listed,
)
from regeling.words import count_words, day_words, euro_words

_COUNTED = {
    VoteKind.POINTS: "de meeste punten",
    VoteKind.RANKING: "de meeste punten",
    VoteKind.SCORE: "de hoogste score",
    VoteKind.HOUSEHOLD: "het meeste geld van stemmers",
}
_IN_POINTS = (VoteKind.POINTS, VoteKind.RANKING, VoteKind.SCORE)
_MISFIT = {
    OnMisfit.SKIP: "dan kijken wij verder",
    OnMisfit.STOP: "dan stoppen wij daar",
    OnMisfit.PARTIAL: "dan krijgt het wat er nog over is",
}
_FIRST = {
    Grain.MOMENT: "Daarbij telt het precieze moment.",
    Grain.DAY: "Daarbij telt de dag. Het uur maakt niet uit.",
    UNKNOWN: "Of het precieze moment telt of alleen de dag, is niet bekend.",
}
_EARLIER = {
    Grain.MOMENT: "Eerder is op een eerder moment.",
    Grain.DAY: "Eerder is op een eerdere dag. Het uur maakt niet uit.",
    UNKNOWN: "Of eerder een moment is of een dag, is niet bekend.",
}
_TIES = {
    TieBreak.MORE_VOTES: "wie meer stemmen heeft",
    TieBreak.MORE_SUPPORTERS: "wie door meer mensen is gekozen",
    TieBreak.HIGHER_SCORE: "wie een hogere score heeft",
    TieBreak.CRITERION: "wie hoger scoort op één vraag",
    TieBreak.EARLIER_COMPLETE: "wie eerder een volledige aanvraag had",
    TieBreak.LOWER_AMOUNT: "wie minder vraagt",
}


def dividing(how: Distribution, definition: Definition) -> Iterator[str]:
    """Who comes first, what is asked of everybody, what does not fit, and who goes before whom."""
    for _, sentences in parts(how, definition):
        yield from sentences


def parts(
    how: Distribution, definition: Definition
) -> Iterator[tuple[tuple[str, ...], Iterator[str]]]:
    """The same, each part with the keys on which its sentences rest."""
    yield ("rule", "equal_shares", "floor", "cap"), _rule(how, definition)
    by_receipt = how.rule is DistributionRule.RECEIPT
    if by_receipt:
        yield ("grain",), iter((_FIRST[how.grain],))
    yield (
        ("minimum_votes", "minimum_percent", "minimum_score", "expert_percent"),
        _thresholds(how, definition.vote),
    )
    yield ("on_misfit", "ceiling_misfit", "leftover"), _misfit(how, definition)
    yield ("ties", "tie_criterion"), _equals(how, definition)
    if not by_receipt and TieBreak.EARLIER_COMPLETE in listed(how.ties):
        yield ("grain",), iter((_EARLIER[how.grain],))
    yield ("lot_source", "public_number"), _lot(how)
    yield ("reserve_list", "reserve_until", "unfunded"), _afterwards(how)


def _rule(how: Distribution, definition: Definition) -> Iterator[str]:
    if isinstance(how.rule, Unknown):
        yield "Hoe het geld wordt verdeeld, is niet bekend."
        return
    match how.rule:
        case DistributionRule.RECEIPT:
            yield "Wie het eerst een volledige aanvraag heeft, is het eerst aan de beurt."
        case DistributionRule.SCORE:
            yield "De initiatieven met de hoogste score krijgen het eerst geld."
        case DistributionRule.VOTES:
            yield f"De initiatieven met {_most(definition.vote)} krijgen het eerst geld."
        case DistributionRule.EQUAL_SHARES:
            yield "Elke stemmer heeft een even groot deel van het geld."
            yield "Een initiatief krijgt geld als wie het koos, het samen kan betalen."
            if how.equal_shares is not None:
                yield from _equal_shares(how.equal_shares)
        case DistributionRule.PRO_RATA:
            yield from _pro_rata(how, definition)
        case DistributionRule.LOTTERY:
            yield "Er wordt geloot wie het eerst aan de beurt is."
        case DistributionRule.COMMITTEE:
            panel = definition.panel
            name = panel.name if panel is not None else "de commissie"
            yield f"{name[:1].upper()}{name[1:]} kiest welke initiatieven geld krijgen."


def _most(vote: Vote | Unknown | None) -> str:
    if isinstance(vote, Vote) and isinstance(vote.kind, VoteKind):
        return _COUNTED.get(vote.kind, "de meeste stemmen")
    return "de meeste stemmen"


def _pro_rata(how: Distribution, definition: Definition) -> Iterator[str]:
    measure = "het aantal stemmen" if definition.has(RouteStep.VOTE) else "de score"
    yield f"Het geld wordt verdeeld naar {measure}."
    if how.floor:
        yield f"Een deel van minder dan {euro_words(how.floor)} betalen wij niet uit."
    if how.cap:
        yield f"Niemand krijgt meer dan {euro_words(how.cap)}."


def _equal_shares(shares: EqualShares) -> Iterator[str]:
    step = euro_words(shares.step)
    yield f"Is er dan nog geld, dan wordt elk deel groter, steeds met {step}."
    if shares.add1 is Add1.EXHAUSTIVE:
        yield "Dat gaat door tot er niets meer bij past."
    else:
        yield "Dat stopt als de volgende stap te veel zou kosten."
    if shares.completion is Completion.UTILITARIAN:
        yield "Wat daarna over is, gaat naar de initiatieven met de meeste stemmen."
    if shares.comparison:
        yield "Vinden meer stemmers de volgorde van stemmen beter, dan geldt die."


def _thresholds(how: Distribution, vote: Vote | Unknown | None) -> Iterator[str]:
    if how.vote_bonus is not None:
        most = count_words(how.vote_bonus.most, "punt", "punten")
        yield f"Stemmen leveren hoogstens {most} extra op."
        yield "Wie de meeste stemmen heeft, krijgt die allemaal. De anderen krijgen er minder."
    if how.expert_percent:
        rest = 100 - how.expert_percent
        yield (
            f"De stemmen tellen voor {rest}% mee, en de scores van de beoordelaars"
            f" voor {how.expert_percent}%."
        )
    if how.normalisation is Normalisation.HIGHEST:
        yield "De meeste stemmen en de hoogste score tellen daarbij als het geheel."
    elif how.normalisation is Normalisation.RANK:
        yield "Daarbij telt de plaats in elke volgorde, niet het verschil."
    if how.minimum_score:
        points = count_words(how.minimum_score, "punt", "punten")
        yield f"Met minder dan {points} krijgt een initiatief geen geld."
    if how.minimum_votes:
        in_points = isinstance(vote, Vote) and vote.kind in _IN_POINTS
        one, more = ("punt", "punten") if in_points else ("stem", "stemmen")
        least = count_words(how.minimum_votes, one, more)
        yield f"Een initiatief krijgt alleen geld met minstens {least}."
    if how.minimum_percent:
        share = f"minstens {how.minimum_percent}% van de stemmers"
        yield f"Een initiatief krijgt alleen geld als {share} het kiest."


def _misfit(how: Distribution, definition: Definition) -> Iterator[str]:
    if isinstance(how.on_misfit, OnMisfit):
        yield f"Past een initiatief niet meer in wat over is, {_MISFIT[how.on_misfit]}."
    else:
        yield "Wat er gebeurt met een initiatief dat er niet meer in past, is niet bekend."
    scopes = {each.scope for each in listed(definition.ceilings)} - {CeilingScope.TOTAL}
    part = "een streek" if scopes == {CeilingScope.REGION} else "een deel van het geld"
    if how.ceiling_misfit is not None:
        yield f"Past het niet meer in wat er voor {part} is, {_MISFIT[how.ceiling_misfit]}."
    if how.leftover is not Leftover.NONE:
        until = " Dat stopt bij het eerste dat niet past." if how.leftover is Leftover.STOP else ""
        yield f"Wat {part} overhoudt, verdelen wij daarna over de andere initiatieven.{until}"


def _equals(how: Distribution, definition: Definition) -> Iterator[str]:
    if isinstance(how.ties, Unknown):
        yield "Wie voorgaat als de uitkomst gelijk is, is niet bekend."
    first = [_tie(tie, how, definition) for tie in listed(how.ties) if tie is not TieBreak.LOT]
    if first:
        yield f"Is de uitkomst gelijk, dan gaat voor {', en daarna '.join(first)}."
    if TieBreak.LOT in listed(how.ties):
        which = "er dan nog gelijken over die het verschil maken" if first else ""
        yield (
            f"Blijven {which}, dan wordt er geloot."
            if which
            else "Is de uitkomst gelijk en maakt dat verschil, dan wordt er geloot."
        )


def _tie(tie: TieBreak, how: Distribution, definition: Definition) -> str:
    found = (each for each in listed(definition.criteria) if each.code == how.tie_criterion)
    criterion = next(found, None)
    if tie is TieBreak.CRITERION and criterion is not None:
        return f"wie hoger scoort op “{criterion.question}”"
    return _TIES[tie]


def _lot(how: Distribution) -> Iterator[str]:
    if how.lot_source is LotSource.NOTARY:
        yield "Een notaris trekt het lot."
    elif how.lot_source is LotSource.PUBLIC:
        number = how.public_number.rstrip(".")
        yield f"Iedereen kan de loting narekenen, met een getal dat later komt: {number}."
    elif isinstance(how.lot_source, Unknown):
        yield "Wie loot, is niet bekend."


def _afterwards(how: Distribution) -> Iterator[str]:
    """What becomes of those for whom there was no money."""
    if how.reserve_list is True:
        until = (
            f" tot {day_words(how.reserve_until)}" if isinstance(how.reserve_until, date) else ""
        )
        yield f"Wie net buiten de boot valt, komt{until} op een reservelijst."
    elif isinstance(how.reserve_list, Unknown):
        yield "Of er een reservelijst komt, is niet bekend."
    if how.unfunded is Unfunded.REJECTED and how.rule is not DistributionRule.PRO_RATA:
        yield "Is het geld op? Dan wijzen wij de aanvragen af die nog over zijn."
    elif how.unfunded is Unfunded.NEXT_ROUND:
        yield "Is een plan goed, maar is het geld op? Dan doet het mee in de volgende ronde."
    elif isinstance(how.unfunded, Unknown):
        yield "Of een goed plan mee kan doen in een volgende ronde, is niet bekend."
