"""The answers to a form, checked against its definition. The pages' form and the API both use this.

Answers are plain JSON by question code: text, long text and place a string; number a whole number;
money whole cents; date "2026-03-24"; yes/no a boolean; choice a code; municipality its name; budget
{"costs": [{"label", "cents"}], "funding": [{"label", "cents"}]}, where funding is the other income;
file a list of attachment uids; iban {"uid", "last4"}. What is not answered is absent or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError

from regeling import limits
from regeling.budgets import MOST_CENTS, difference_sentence, line_problems, total
from regeling.definition import Column, Definition, Question, QuestionKind
from regeling.definition.expression import Value
from regeling.definition.facts import options_of
from regeling.words import day_words, euro_words, joined

LONGEST = {QuestionKind.TEXT: 300, QuestionKind.PLACE: 150, QuestionKind.LONG_TEXT: 10_000}

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the answer to a question (its code), as a sentence for the applicant."""

    question: str
    sentence: str


def validate(
    definition: Definition,
    answers: Answers,
    *,
    final: bool,
    facts: Mapping[str, Value | None] | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with `answers`, in the order of the form.

    `final` also asks for what is compulsory and for a budget that balances; a draft may be open.
    `facts` serve conditions that speak of the applicant. Answers to questions that are not asked
    (their condition does not hold) are left alone.
    """
    known = {question.code for question in definition.form.questions}
    problems = [
        Problem(code, _("Deze vraag staat niet in het formulier."))
        for code in answers
        if code not in known
    ]
    for question in asked(definition, answers, facts):
        problems += _answer_problems(definition, question, answers, final=final)
    return tuple(problems)


def asked(
    definition: Definition,
    answers: Answers,
    facts: Mapping[str, Value | None] | None = None,
) -> tuple[Question, ...]:
    """The questions whose condition holds for these answers, in order."""
    known = values_of(definition, answers, facts or {})
    return tuple(
        question
        for question in definition.form.questions
        if question.when is None or question.when.holds(known) is True
    )


def values_of(
    definition: Definition, answers: Answers, facts: Mapping[str, Value | None]
) -> dict[str, Value | None]:
    """What a condition can look at: answers by code, standard columns by name, and given facts."""
    values: dict[str, Value | None] = {}
    for question in definition.form.questions:
        value = _value(question, answers.get(question.code))
        if question.kind is not QuestionKind.BUDGET:
            values[question.code] = value
        if question.fills is Column.BUDGET:
            values["costs"] = costs_total(definition, answers)
            values["other_income"] = total(answers.get(question.code), "funding")
        elif question.fills in _FACTS_OF:
            values[question.fills.value] = value
    if len(definition.activities) == 1 and not values.get("activity"):
        values["activity"] = definition.activities[0].code
    place = definition.form.filling(Column.PLACE)
    if place is not None and not values.get("municipality"):
        lies_in = definition.territory.municipalities_of(str(values.get(place.code) or ""))
        values["municipality"] = lies_in[0] if len(lies_in) == 1 else None
    municipality = values.get("municipality")
    if isinstance(municipality, str):
        region = definition.territory.region_of(municipality)
        values["region"] = region.code if region else None
    fixed = limits.fixed(definition, values)
    if fixed is not None:
        values["amount_asked"] = fixed
    return values | dict(facts)


_FACTS_OF = (
    Column.MUNICIPALITY,
    Column.ACTIVITY,
    Column.THEME,
    Column.AMOUNT_ASKED,
    Column.START_DATE,
    Column.END_DATE,
)


def amount_asked(definition: Definition, answers: Answers) -> int | None:
    """The amount asked in cents, or None while it is not answered; a fixed amount is the amount."""
    found = values_of(definition, answers, {}).get("amount_asked")
    return found if isinstance(found, int) else None


def costs_total(definition: Definition, answers: Answers) -> int | None:
    """The cost lines and the value of own hours in cents, or None while there is no budget."""
    question = definition.form.filling(Column.BUDGET)
    costs = total(answers.get(question.code), "costs") if question else None
    return None if costs is None else costs + own_labour(definition, answers)


def own_labour(definition: Definition, answers: Answers) -> int:
    """What the applicant's own hours count for, in cents; 0 where they do not count."""
    question = definition.form.filling(Column.OWN_HOURS)
    rate = definition.amounts.costs.own_labour_rate or 0
    hours = answers.get(question.code) if question else None
    return max(0, int(hours or 0)) * rate if _whole(hours) else 0


def iban_problem(text: str) -> str:
    """Why a typed account number cannot be right, or an empty text."""
    try:
        iban_numbers.validate(text)
    except ValidationError:
        return _(
            "Dit rekeningnummer klopt niet. Kijk het na: NL, twee cijfers, vier letters, dan"
            " tien cijfers."
        )
    return ""


def iban_compact(text: str) -> str:
    """The account number without spaces, in capitals."""
    return str(iban_numbers.compact(text))


def _value(question: Question, answer: Any) -> Value | None:
    """An answer as a condition compares it, or None where it has not the right shape."""
    match question.kind:
        case QuestionKind.BUDGET:
            return total(answer, "costs")
        case QuestionKind.DATE:
            return _day(answer)
        case QuestionKind.NUMBER | QuestionKind.MONEY:
            return int(answer) if _whole(answer) else None
        case QuestionKind.YES_NO:
            return answer if isinstance(answer, bool) else None
    return answer if isinstance(answer, str) and answer else None


def _answer_problems(
    definition: Definition, question: Question, answers: Answers, *, final: bool
) -> list[Problem]:
    answer = answers.get(question.code)
    if _empty(answer):
        missing = final and question.required
        return [Problem(question.code, _missing(question))] if missing else []
    if question.fills is Column.AMOUNT_ASKED:
        sentences = _amount(definition, question, answers)
    else:
        sentences = _CHECKS[question.kind](definition, question, answer)
    found = [Problem(question.code, sentence) for sentence in sentences]
    if found or not final:
        return found
    together = [
        *_period(definition, question, answers),
        *_place_elsewhere(definition, question, answers),
        *_balance(definition, question, answers),
    ]
    return [Problem(question.code, sentence) for sentence in together]


def _empty(answer: Any) -> bool:
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, dict):
        return not any(answer.values())
    return answer is None or answer == []


def _missing(question: Question) -> str:
    match question.kind:
        case QuestionKind.FILE:
            return _("Voeg hier een bestand toe.")
        case QuestionKind.YES_NO:
            return _("Kies ja of nee.")
        case QuestionKind.CHOICE | QuestionKind.MUNICIPALITY:
            return _("Maak een keuze.")
        case QuestionKind.BUDGET:
            return _("Vul minstens één kostenpost in.")
        case QuestionKind.MONEY:
            return _("Vul een bedrag in.")
        case QuestionKind.DATE:
            return _("Vul een datum in.")
        case QuestionKind.IBAN:
            return _("Vul een rekeningnummer in.")
    return _("Vul hier iets in.")


def _text(_definition: Definition, question: Question, answer: Any) -> Iterator[str]:
    if not isinstance(answer, str):
        yield _("Dit antwoord is geen tekst.")
        return
    text = answer.strip()
    if any(ord(char) < 32 and char not in "\n\r\t" for char in text):
        yield _("Er staat een teken in dat niet te tonen is. Typ de tekst opnieuw.")
    if question.kind is not QuestionKind.LONG_TEXT and "\n" in text:
        yield _("Gebruik één regel, zonder enters.")
    if question.shortest and len(text) < question.shortest:
        yield _("Vertel iets meer: minstens %(least)s tekens. Nu zijn het er %(count)s.") % {
            "least": question.shortest,
            "count": len(text),
        }
    longest = question.longest or LONGEST[question.kind]
    if len(text) > longest:
        yield _("Maak het korter: hoogstens %(most)s tekens. Nu zijn het er %(count)s.") % {
            "most": longest,
            "count": len(text),
        }


def _number(_definition: Definition, question: Question, answer: Any) -> Iterator[str]:
    if not _whole(answer):
        yield _("Vul een heel getal in.")
    elif question.minimum is not None and answer < question.minimum:
        yield _("Dit is te laag: minstens %(least)s.") % {"least": question.minimum}
    elif question.maximum is not None and answer > question.maximum:
        yield _("Dit is te hoog: hoogstens %(most)s.") % {"most": question.maximum}


def _money(definition: Definition, question: Question, answer: Any) -> Iterator[str]:
    if not _whole(answer) or not 0 <= answer <= MOST_CENTS:
        yield _("Vul een bedrag in euro's in, zoals 750 of 750,50.")
        return
    low, high = question.minimum_amount, question.maximum_amount
    yield from _between(answer, low, high)


def _amount(definition: Definition, question: Question, answers: Answers) -> Iterator[str]:
    """The amount asked: the limits of region and activity hold before the question's own."""
    cents, values = answers.get(question.code), values_of(definition, answers, {})
    if cents == 0:
        yield _("Vul in hoeveel u aanvraagt.")
        return
    low = limits.highest(limits.minima(definition, values))
    high = limits.lowest(limits.maxima(definition, values))
    free = replace(question, minimum_amount=None, maximum_amount=None)
    problems = list(_money(definition, free, cents))
    yield from problems or _between(
        int(cents or 0),
        question.minimum_amount if low is None else low,
        question.maximum_amount if high is None else high,
    )


def _between(answer: int, low: int | None, high: int | None) -> Iterator[str]:
    if low is not None and answer < low:
        yield _("Dit is te weinig: minstens %(least)s.") % {"least": euro_words(low)}
    if high is not None and answer > high:
        yield _("Dit is te veel: hoogstens %(most)s.") % {"most": euro_words(high)}


def _date(_definition: Definition, question: Question, answer: Any) -> Iterator[str]:
    day = _day(answer)
    if day is None:
        yield _("Deze datum bestaat niet. Vul een dag, maand en jaar in.")
    elif question.earliest and day < question.earliest:
        yield _("Deze datum is te vroeg: op zijn vroegst %(day)s.") % {
            "day": day_words(question.earliest)
        }
    elif question.latest and day > question.latest:
        yield _("Deze datum is te laat: op zijn laatst %(day)s.") % {
            "day": day_words(question.latest)
        }


def _yes_no(_definition: Definition, _question: Question, answer: Any) -> Iterator[str]:
    if not isinstance(answer, bool):
        yield _("Kies ja of nee.")


def _choice(definition: Definition, question: Question, answer: Any) -> Iterator[str]:
    if answer not in options_of(definition)[question.code]:
        yield _("Kies een van de antwoorden.")


def _municipality(definition: Definition, _question: Question, answer: Any) -> Iterator[str]:
    names = definition.territory.all_municipalities
    if answer in names or not definition.territory.is_known:
        return
    near = get_close_matches(str(answer), names, n=1)
    if near:
        yield _("Deze gemeente kennen we niet. Bedoelt u %(name)s?") % {"name": near[0]}
    else:
        yield _("Deze regeling geldt niet in %(name)s.") % {"name": str(answer)[:100]}


def _file(_definition: Definition, question: Question, answer: Any) -> Iterator[str]:
    if not isinstance(answer, list) or not all(isinstance(uid, str) for uid in answer):
        yield _("Deze bijlage is niet te lezen.")
    elif len(answer) > question.most_files:
        yield _("Voeg hoogstens %(most)s bestanden toe.") % {"most": question.most_files}


def _iban(_definition: Definition, _question: Question, answer: Any) -> Iterator[str]:
    if not isinstance(answer, dict) or set(answer) != {"uid", "last4"}:
        yield _("Dit rekeningnummer is niet opgeslagen. Vul het opnieuw in.")


def _budget(_definition: Definition, _question: Question, answer: Any) -> Iterator[str]:
    yield from line_problems(answer)


_CHECKS: dict[QuestionKind, Callable[[Definition, Question, Any], Iterator[str]]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.PLACE: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _money,
    QuestionKind.DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.MUNICIPALITY: _municipality,
    QuestionKind.BUDGET: _budget,
    QuestionKind.FILE: _file,
    QuestionKind.IBAN: _iban,
}


def _period(definition: Definition, question: Question, answers: Answers) -> Iterator[str]:
    """The end is not before the start; told at the end."""
    first = definition.form.filling(Column.START_DATE)
    if question.fills is not Column.END_DATE or first is None:
        return
    start, end = _day(answers.get(first.code)), _day(answers.get(question.code))
    if start and end and end < start:
        yield _("U bent klaar voordat u begint. Kijk de twee data nog eens na.")


def _place_elsewhere(definition: Definition, question: Question, answers: Answers) -> Iterator[str]:
    """A place that the regulation names lies in the municipality that was chosen."""
    values = values_of(definition, answers, {})
    where, place = values.get("municipality"), answers.get(question.code)
    if question.fills is not Column.PLACE or not isinstance(where, str):
        return
    lies_in = definition.territory.municipalities_of(str(place))
    if lies_in and where not in lies_in:
        yield _("%(place)s ligt in %(there)s, niet in %(here)s. Kijk de twee nog eens na.") % {
            "place": str(place)[:100],
            "there": joined(lies_in, "of"),
            "here": where,
        }


def _balance(definition: Definition, question: Question, answers: Answers) -> Iterator[str]:
    """Told at the budget, once the amount asked is right in itself."""
    cents = amount_asked(definition, answers)
    amount = definition.form.filling(Column.AMOUNT_ASKED)
    if question.fills is not Column.BUDGET or cents is None:
        return
    if amount is None or not any(_amount(definition, amount, {**answers, amount.code: cents})):
        yield from difference_sentence(answers[question.code], cents)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _day(value: Any) -> date | None:
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
