"""The answers that an invented applicant gives to a regulation's own form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from config.demo.dice import Dice
from config.demo.stock import Idea
from regeling.definition import Column, Definition, Question, QuestionKind, Unknown
from regeling.definition.facts import choices_of

MANNERS = (
    "Wij gingen langs de deuren; bijna iedereen wil dat dit er komt en {n} mensen helpen mee.",
    "Op een avond in het dorpshuis kwamen {n} mensen. Zij hebben het plan met ons beter gemaakt.",
    "Op de lijst bij de winkel staan nu {n} namen, en drie verenigingen hebben hulp toegezegd.",
    "We begonnen met een oproep in het dorpsblad. Er meldden zich {n} mensen die iets willen doen.",
)
SHARING = (
    "We schrijven op wat lukte en wat niet, en nodigen andere dorpen uit om te komen kijken.",
    "We maken een korte handleiding met foto's, die iedereen mag gebruiken.",
    "Na afloop houden we een open middag waarop we vertellen wat we een volgende keer anders doen.",
)
LINKING = (
    "Ja. Mensen uit drie buurtschappen werken voor het eerst samen.",
    "Ja. De sportclub, de kerk en de school deden dit nooit eerder met elkaar.",
    "",
)
ANSWERED_NO = ("btw",)
ALIKE = {"gezond-bewegen": "groen", "zelfstandig-leven": "helpen", "noaberschap": "ontmoeten"}
FUNDING = ("Eigen bijdrage", "Dorpsfonds", "Verloting", "Bijdrage van een bedrijf uit het dorp")


@dataclass(frozen=True)
class Asked:
    """What one applicant has in mind: the idea, where, when, with whom, and who gets the money.

    ``cents``: what she asks, with costs to match; 0: what fits the idea. ``over``: she asks more
    than the regulation's share of the costs.
    """

    idea: Idea
    place: str
    municipality: str
    start: date
    end: date
    holder: str
    members: tuple[str, ...]
    cents: int = 0
    over: bool = False


def answers_for(definition: Definition, asked: Asked, *, key: str, dice: Dice) -> dict[str, Any]:
    """Answers to every question of the form, files and account number apart."""
    costs = _costs(definition, asked, key, dice)
    total = sum(line["cents"] for line in costs)
    cents = asked.cents or _amount(definition, total, key, dice)
    answers: dict[str, Any] = {}
    for question in definition.form.questions:
        if question.kind in (QuestionKind.FILE, QuestionKind.IBAN):
            continue
        match question.kind:
            case QuestionKind.BUDGET:
                answers[question.code] = {
                    "costs": costs,
                    "funding": _funding(costs, cents, key, dice),
                }
            case QuestionKind.MONEY:
                answers[question.code] = cents
            case QuestionKind.DATE:
                answers[question.code] = _day(question, asked).isoformat()
            case QuestionKind.NUMBER:
                answers[question.code] = _number(question, key, dice)
            case QuestionKind.YES_NO:
                answers[question.code] = _yes_no(question, asked)
            case QuestionKind.MUNICIPALITY:
                answers[question.code] = asked.municipality
            case QuestionKind.CHOICE:
                answers[question.code] = _choice(definition, question, asked, key, dice)
            case _:
                answers[question.code] = _text(question, asked, key, dice)
    return {code: value for code, value in answers.items() if value not in ("", None)}


def _text(question: Question, asked: Asked, key: str, dice: Dice) -> str:
    idea = asked.idea
    crowd = dice.between(f"{key}|crowd", 12, 70)
    support = dice.pick(f"{key}|support", MANNERS).format(n=crowd)
    by_column = {
        Column.TITLE: idea.title,
        Column.SUMMARY: idea.what,
        Column.PLACE: asked.place,
    }
    by_code = {
        "plan": idea.plan,
        "opbrengst": idea.gain,
        "voor-wie": idea.who,
        "wat-is-nieuw": f"Dit was er nog niet in {asked.place}. {idea.gain}",
        "draagvlak": support,
        "verbinding": dice.pick(f"{key}|linking", LINKING),
        "delen": dice.pick(f"{key}|sharing", SHARING),
        "samenwerking": _together(asked),
        "vergunning-stand": idea.permit,
        "rekeninghouder": asked.holder,
        "steun-uitleg": support,
    }
    if question.fills in by_column:
        text = by_column[question.fills]
    elif question.code in by_code:
        text = by_code[question.code]
    else:
        text = f"{idea.gain} {support}"
    return text[: question.longest].rstrip()


def _together(asked: Asked) -> str:
    parts = ("regelt het geld en de brieven", "leidt het werk", "zoekt vrijwilligers",
             "zorgt voor de spullen", "houdt het na dit jaar bij")  # fmt: skip
    return " ".join(f"{name} {parts[at % len(parts)]}." for at, name in enumerate(asked.members))


def _yes_no(question: Question, asked: Asked) -> bool:
    if question.code == "vergunning":
        return bool(asked.idea.permit)
    return question.code not in ANSWERED_NO


def _day(question: Question, asked: Asked) -> date:
    wanted = asked.end if question.fills is Column.END_DATE else asked.start
    return min(max(wanted, question.earliest or wanted), question.latest or wanted)


def _number(question: Question, key: str, dice: Dice) -> int:
    least = question.minimum or 0
    most = question.maximum if question.maximum is not None else least + 60
    return dice.between(f"{key}|{question.code}", max(least, min(8, most)), min(most, least + 120))


def _choice(definition: Definition, question: Question, asked: Asked, key: str, dice: Dice) -> str:
    if question.fills is Column.ACTIVITY:
        codes = [each.code for each in definition.activities]
        wanted = (asked.idea.activity, ALIKE[asked.idea.activity], *codes)
        return next(code for code in wanted if code in codes)
    if question.fills is Column.REGION:
        region = definition.territory.region_of(asked.municipality)
        return region.code if region else ""
    return dice.pick(
        f"{key}|{question.code}", [each[0] for each in choices_of(definition, question)]
    )


def _most(definition: Definition) -> int:
    most = definition.amounts.maximum
    return 100_000 if most is None or isinstance(most, Unknown) else most


def _costs(definition: Definition, asked: Asked, key: str, dice: Dice) -> list[dict[str, Any]]:
    """The idea's costs, scaled to what the regulation gives (the stock is made for EUR 1,000), or
    to what is asked."""
    percent = dice.pick(f"{key}|scale", (75, 95, 110, 125, 140)) * _most(definition) // 100_000
    if asked.cents:
        share = definition.amounts.percentage
        needed = asked.cents
        if isinstance(share, int) and not asked.over:
            needed = asked.cents * 100 // share
        percent = -(-needed // sum(euros for _label, euros in asked.idea.costs)) + 5
    return [
        {"label": label, "cents": max(5, euros * percent // 500 * 5) * 100}
        for label, euros in asked.idea.costs
    ]


def _amount(definition: Definition, costs: int, key: str, dice: Dice) -> int:
    """All of it, or a part where somebody else pays along; between least and most, whole euros."""
    part = costs * dice.pick(f"{key}|part", (100, 100, 90, 80)) // 100 // 500 * 500
    percentage = definition.amounts.percentage
    if isinstance(percentage, int):
        part = min(part, costs * percentage // 100 // 100 * 100)
    low = definition.amounts.minimum
    least = low if isinstance(low, int) else 0
    return min(max(part, least), _most(definition), costs)


def _funding(costs: list[dict[str, Any]], cents: int, key: str, dice: Dice) -> list[dict[str, Any]]:
    rest = sum(line["cents"] for line in costs) - cents
    if not rest:
        return []
    first, second = dice.shuffled(f"{key}|funding", FUNDING)[:2]
    if rest < 10_000:
        return [{"label": first, "cents": rest}]
    own = rest // 2 // 500 * 500
    return [{"label": first, "cents": own}, {"label": second, "cents": rest - own}]
