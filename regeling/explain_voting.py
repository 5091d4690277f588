"""Who votes, on what, how and when, in plain Dutch; `explain` makes the page of it."""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition import (
    UNKNOWN,
    AdvicePanel,
    Card,
    Closing,
    Definition,
    ElectorateKind,
    Power,
    Quorum,
    QuorumConsequence,
    RouteStep,
    Unknown,
    Vote,
    VoteKind,
)
from regeling.words import clock_words, count_words, day_words, euro_words, joined, number_words

_WHO_VOTES = {
    ElectorateKind.NAMED: "Wie mag stemmen, staat vooraf op een lijst.",
    ElectorateKind.PROFILES: "Stemmen kan wie hier een profiel heeft en in deze streek woont.",
    ElectorateKind.CODE: "Stemmen kan wie een code kreeg, in een brief of een e-mail.",
    UNKNOWN: "Hoe wordt bepaald wie mag stemmen, is niet bekend.",
}
_SEVERAL = (VoteKind.POINTS, VoteKind.KNAPSACK, VoteKind.SCORE, VoteKind.HOUSEHOLD)


def voting(definition: Definition) -> Iterator[str]:
    """Who votes, on what, how, what the outcome is worth, and how many must vote."""
    vote = definition.vote
    if isinstance(vote, Vote):
        yield _ended(vote.electorate)
        yield from electorate_words(vote)
        if definition.card is not None:
            yield _card(definition.card)
        yield from _ballot(vote)
        yield from _around_the_vote(vote)
        yield power_words(vote.power)
        if vote.quorum is not None:
            yield _quorum(vote.quorum, definition.panel)
    elif definition.has(RouteStep.VOTE):
        yield "Hoe wordt gestemd, is niet bekend."


def voting_days(vote: Vote) -> Iterator[str]:
    """From when to when one can vote, and with how many people."""
    if isinstance(vote.opens, Unknown) or isinstance(vote.closes, Unknown):
        yield "Wanneer er wordt gestemd, is niet bekend."
    else:
        first, last = day_words(vote.opens), day_words(vote.closes)
        hour = "" if vote.opens_time == "00:00" else f" om {clock_words(vote.opens_time)}"
        end = f" om {clock_words(vote.closing_time)}" if vote.closing_time else ""
        until = "en vóór" if vote.closing is Closing.BEFORE else "tot en met"
        if (first, until) == (last, "tot en met"):
            yield f"Stemmen kan op {first}."
        else:
            yield f"Stemmen kan vanaf {first}{hour} {until} {last}{end}."
        if isinstance(vote.closing, Unknown):
            yield f"Of {last} zelf nog meetelt, is niet bekend."
    if isinstance(vote.panel_size, int):
        yield f"Er stemmen {count_words(vote.panel_size, 'mens', 'mensen')}."


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


def power_words(power: Power | Unknown) -> str:
    """What an outcome is worth."""
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
    unsure = isinstance(vote.minimum, Unknown) or isinstance(vote.maximum, Unknown)
    if isinstance(vote.kind, Unknown):
        many = " en hoeveel initiatieven iemand mag kiezen" if unsure else ""
        yield f"Hoe wordt gestemd{many}, is niet bekend."
    elif unsure:
        yield "Hoeveel initiatieven iemand mag kiezen, is niet bekend."
    yield from _choice(vote)
    if vote.kind in _SEVERAL and isinstance(vote.minimum, int) and isinstance(vote.maximum, int):
        yield f"Dat kan voor {_between(vote.minimum, vote.maximum)}."


def _choice(vote: Vote) -> Iterator[str]:
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
            least = f"minstens {number_words(vote.minimum)} en " if vote.minimum else ""
            yield f"Wie stemt, zet {least}hoogstens {high} initiatieven op volgorde."
            yield f"Van de eerste tot de laatste plaats zijn de punten: {places}."
        case VoteKind.KNAPSACK:
            budget = euro_words(vote.budget) if vote.budget else "al het geld dat er is"
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


def _ended(text: str) -> str:
    return text if text[-1] in ".?!" else f"{text}."
