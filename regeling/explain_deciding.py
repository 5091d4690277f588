"""Who chooses and how the money is divided, in plain Dutch; `explain` makes the page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regeling.definition import (
    AdvicePanel,
    Card,
    CeilingScope,
    Completion,
    Definition,
    Distribution,
    DistributionRule,
    ElectorateKind,
    EqualShares,
    Leftover,
    LotSource,
    Municipal,
    OnMisfit,
    PanelMethod,
    Power,
    Quorum,
    QuorumConsequence,
    RouteStep,
    TieBreak,
    Unknown,
    Vote,
    VoteKind,
    listed,
)
from regeling.words import count_words, day_words, euro_words, joined, number_words

_WHO_VOTES = {
    ElectorateKind.NAMED: "Wie mag stemmen, staat vooraf op een lijst.",
    ElectorateKind.PROFILES: "Stemmen kan wie hier een profiel heeft en in deze streek woont.",
    ElectorateKind.CODE: "Stemmen kan wie een code kreeg, in een brief of een e-mail.",
}
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
_TIES = {
    TieBreak.MORE_VOTES: "wie meer stemmen heeft",
    TieBreak.MORE_SUPPORTERS: "wie door meer mensen is gekozen",
    TieBreak.EARLIER_COMPLETE: "wie eerder een volledige aanvraag had",
    TieBreak.LOWER_AMOUNT: "wie minder vraagt",
}


def deciding(definition: Definition) -> Iterator[str]:
    """Who chooses: the panel that meets and the vote, as far as the regulation has them."""
    yield from meeting(definition)
    yield from voting(definition)


def meeting(definition: Definition) -> Iterator[str]:
    """The panel that meets, where the route has one."""
    if definition.panel is not None and definition.has(RouteStep.PANEL):
        yield from _panel(definition.panel, definition)


def voting(definition: Definition) -> Iterator[str]:
    """Who votes, on what, how, what the outcome is worth, and how many must vote."""
    vote = definition.vote
    if isinstance(vote, Vote):
        yield vote.electorate
        yield from electorate_words(vote)
        if definition.card is not None:
            yield _card(definition.card)
        yield from _ballot(vote)
        yield from _around_the_vote(vote)
        yield _power(vote.power)
        if vote.quorum is not None:
            yield _quorum(vote.quorum, definition.panel)
    elif definition.has(RouteStep.VOTE):
        yield "Hoe wordt gestemd, is niet bekend."


def asked_of_the_municipality(municipal: Municipal | None) -> Iterator[str]:
    """What the municipality is asked, and that its silence holds nothing up."""
    if municipal is None:
        return
    for each in municipal.questions:
        yield f"Wij vragen de gemeente: {each.question}"
    weeks = count_words(municipal.weeks, "week", "weken")
    yield f"Antwoordt de gemeente niet binnen {weeks}, dan gaan wij zonder haar antwoord verder."


def support_words(vote: Vote | Unknown | None) -> Iterator[str]:
    """How many people must show their support before the review begins."""
    if isinstance(vote, Vote) and vote.support_gate is not None:
        people = count_words(vote.support_gate, "mens laat", "mensen laten")
        yield f"Wij beoordelen uw plan pas als {people} zien dat zij het steunen."


def electorate_words(vote: Vote) -> tuple[str, ...]:
    """Who may vote, from what age and who may not: what a voter must know before she begins."""
    told = [_WHO_VOTES[vote.electorate_kind]]
    if vote.minimum_age:
        told.append(f"Stemmen kan vanaf {vote.minimum_age} jaar.")
    told.extend(vote.exclusions)
    weights = {(each.weight_numerator, each.weight_denominator) for each in vote.panels}
    names = [each.name for each in vote.panels]
    if len(weights) == 1 and len(names) > 1:
        told.append(f"De stemmen van {joined(names)} tellen even zwaar.")
    elif len(weights) > 1:
        for each in vote.panels:
            weight = _times(each.weight_numerator, each.weight_denominator)
            told.append(f"Een stem van {each.name} telt {weight} keer.")
    return tuple(told)


def _times(numerator: int, denominator: int) -> str:
    whole = number_words(numerator // denominator)
    return whole if numerator % denominator == 0 else f"{numerator}/{denominator}"


def _panel(panel: AdvicePanel, definition: Definition) -> Iterator[str]:
    asks = (
        " Het gaat dan om deze vragen."
        if listed(definition.criteria) and not definition.has(RouteStep.REVIEW)
        else ""
    )
    yield f"{panel.name[:1].upper()}{panel.name[1:]} komt bijeen en bespreekt uw plan.{asks}"
    if not definition.has(RouteStep.REVIEW):
        yield from (criterion.question for criterion in listed(definition.criteria))
    if panel.method is PanelMethod.SCORES:
        yield "De leden geven scores. Die tellen wij op."
    elif panel.method is PanelMethod.CONSENSUS:
        yield "De leden proberen het samen eens te worden."
    if isinstance(panel.minimum_present, int):
        yield f"Er moeten minstens {count_words(panel.minimum_present, 'lid', 'leden')} bij zijn."
    yield "Een lid dat zelf belang heeft bij uw plan, praat er niet over mee."
    yield _power(panel.power)


def _power(power: Power | Unknown) -> str:
    if power is Power.DECIDES:
        return "De uitkomst bindt. Wie het besluit neemt, volgt die."
    if power is Power.ADVISES:
        return "De uitkomst is een advies. Wie beslist, kan afwijken en zegt dan waarom."
    return "Of de uitkomst bindt, is niet bekend."


def _card(card: Card) -> str:
    photo = ". Een foto mag ook" if card.photo else ""
    return (
        "Wie stemt, leest van elk initiatief een kaart. De aanvrager maakt die zelf,"
        f" met een tekst van hoogstens {card.longest} tekens{photo}."
    )


def _ballot(vote: Vote) -> Iterator[str]:
    match vote.kind:
        case VoteKind.CHOOSE_ONE:
            yield "Wie stemt, kiest één initiatief."
        case VoteKind.APPROVAL:
            if isinstance(vote.minimum, int) and isinstance(vote.maximum, int):
                yield f"Wie stemt, kiest {_between(vote.minimum, vote.maximum)}."
        case VoteKind.POINTS:
            points = count_words(vote.points, "punt", "punten")
            most = number_words(vote.most_per_option)
            yield f"Wie stemt, verdeelt {points}. Eén initiatief krijgt er hoogstens {most}."
        case VoteKind.RANKING:
            places = joined([str(each) for each in vote.rank_points])
            high = number_words(len(vote.rank_points))
            yield f"Wie stemt, zet hoogstens {high} initiatieven op volgorde."
            yield f"Van de eerste tot de laatste plaats zijn de punten: {places}."
        case VoteKind.KNAPSACK:
            budget = euro_words(vote.budget) if vote.budget else "het subsidieplafond"
            yield f"Wie stemt, kiest initiatieven die samen passen in {budget}."
        case VoteKind.SCORE:
            scores = f"{vote.lowest} tot en met {vote.highest}"
            yield f"Wie stemt, geeft een initiatief een score van {scores}."
        case VoteKind.HOUSEHOLD:
            whole, step = euro_words(vote.amount), euro_words(vote.step)
            yield f"Wie stemt, geeft {whole} weg, in delen van {step}."


def _between(low: int, high: int) -> str:
    if low == high:
        return f"precies {count_words(low, 'initiatief', 'initiatieven')}"
    return f"minstens {number_words(low)} en hoogstens {number_words(high)} initiatieven"


def _around_the_vote(vote: Vote) -> Iterator[str]:
    if vote.own_text:
        yield "Wie stemt, kruist eerst aan wat een eigen initiatief is. Daarop stemmen kan niet."
    if vote.change:
        yield "Tot de stemming sluit, kan een stem nog veranderen."
    else:
        yield "Een stem kan niet meer veranderen."
    if vote.withdrawal:
        yield "Stopt een initiatief tijdens de stemming? Dan tellen de stemmen daarop niet mee."
    if vote.extension:
        yield "Bij een storing kan de stemming langer duren. Dat maken wij dan bekend."


def _quorum(quorum: Quorum, panel: AdvicePanel | None) -> str:
    ballots = count_words(quorum.ballots, "mens", "mensen")
    asked = {
        (True, True): f"{ballots}, of {quorum.percent}% van wie mag stemmen als dat minder is",
        (True, False): ballots,
        (False, True): f"{quorum.percent}% van wie mag stemmen",
    }.get((bool(quorum.ballots), bool(quorum.percent)), "niemand")
    committee = panel.name if panel is not None else "een commissie"
    then = {
        QuorumConsequence.NO_AWARD: "krijgt niemand geld",
        QuorumConsequence.ADVICE_ONLY: "is de uitkomst alleen een advies",
        QuorumConsequence.COMMITTEE: f"kiest {committee}",
    }[quorum.consequence]
    return f"De stemming telt als er genoeg stemmen zijn: {asked}. Anders {then}."


def dividing(how: Distribution, definition: Definition) -> Iterator[str]:
    """Who comes first, what is asked of everybody, what does not fit, and who goes before whom."""
    yield from _rule(how, definition)
    yield from _thresholds(how, definition.vote)
    yield from _misfit(how, definition)
    yield from _equals(how)
    if how.reserve_list is True:
        until = (
            f" tot {day_words(how.reserve_until)}" if isinstance(how.reserve_until, date) else ""
        )
        yield f"Wie net buiten de boot valt, komt{until} op een reservelijst."


def _rule(how: Distribution, definition: Definition) -> Iterator[str]:
    match how.rule:
        case DistributionRule.RECEIPT:
            yield "Wie het eerst een volledige aanvraag heeft, is het eerst aan de beurt."
        case DistributionRule.VOTES:
            yield f"De initiatieven met {_most(definition.vote)} krijgen het eerst geld."
        case DistributionRule.EQUAL_SHARES:
            yield "Elke stemmer heeft een even groot deel van het geld."
            yield "Een initiatief krijgt geld als wie het koos, het samen kan betalen."
            if how.equal_shares is not None:
                yield from _equal_shares(how.equal_shares)
        case DistributionRule.PRO_RATA:
            yield from _pro_rata(how)
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


def _pro_rata(how: Distribution) -> Iterator[str]:
    yield "Het geld wordt verdeeld naar het aantal stemmen."
    if how.floor:
        yield f"Een deel van minder dan {euro_words(how.floor)} betalen wij niet uit."
    if how.cap:
        yield f"Niemand krijgt meer dan {euro_words(how.cap)}."


def _equal_shares(shares: EqualShares) -> Iterator[str]:
    step = euro_words(shares.step)
    yield f"Is er dan nog geld, dan wordt elk deel groter, steeds met {step}."
    if shares.completion is Completion.UTILITARIAN:
        yield "Wat daarna over is, gaat naar de initiatieven met de meeste stemmen."
    if shares.comparison:
        yield "Vinden meer stemmers de volgorde van stemmen beter, dan geldt die."


def _thresholds(how: Distribution, vote: Vote | Unknown | None) -> Iterator[str]:
    if how.expert_percent:
        rest = 100 - how.expert_percent
        yield (
            f"De stemmen tellen voor {rest}% mee, en de scores van de beoordelaars"
            f" voor {how.expert_percent}%."
        )
    if how.minimum_votes:
        points = isinstance(vote, Vote) and vote.kind in _IN_POINTS
        one, more = ("punt", "punten") if points else ("stem", "stemmen")
        least = count_words(how.minimum_votes, one, more)
        yield f"Een initiatief krijgt alleen geld met minstens {least}."
    if how.minimum_percent:
        share = f"minstens {how.minimum_percent}% van de stemmers"
        yield f"Een initiatief krijgt alleen geld als {share} het kiest."


def _misfit(how: Distribution, definition: Definition) -> Iterator[str]:
    if isinstance(how.on_misfit, OnMisfit):
        yield f"Past een initiatief niet meer in wat over is, {_MISFIT[how.on_misfit]}."
    scopes = {each.scope for each in listed(definition.ceilings)} - {CeilingScope.TOTAL}
    part = "een streek" if scopes == {CeilingScope.REGION} else "een deel van het geld"
    if how.ceiling_misfit is not None:
        yield f"Past het niet meer in wat er voor {part} is, {_MISFIT[how.ceiling_misfit]}."
    if how.leftover is not Leftover.NONE:
        yield f"Wat {part} overhoudt, verdelen wij daarna over de andere initiatieven."


def _equals(how: Distribution) -> Iterator[str]:
    first = [_TIES[tie] for tie in listed(how.ties) if tie is not TieBreak.LOT]
    if first:
        yield f"Is de uitkomst gelijk, dan gaat voor {', en daarna '.join(first)}."
    if TieBreak.LOT in listed(how.ties):
        yield "Blijven er dan nog gelijken over die het verschil maken, dan wordt er geloot."
    if how.lot_source is LotSource.NOTARY:
        yield "Een notaris trekt het lot."
    elif how.lot_source is LotSource.PUBLIC:
        number = how.public_number.rstrip(".")
        yield f"Iedereen kan de loting narekenen, met een getal dat later komt: {number}."
