"""How big a change is to somebody who has an idea, and how it is said. Pure."""

from __future__ import annotations

from datetime import date

from regeling.definition import ApplicantClass, Definition, PartyKind, QuestionKind
from regeling.definition.expression import Kind, Value
from regeling.levers import Lever, ordinal
from regeling.words import count_words, day_words, euro_words

# Another answer or another applicant is a different idea sooner than one person more.
ANSWER, CHOICE, APPLICANT = 3.0, 3.5, 4.0
WHOLE_AMOUNT = 4.0  # asking nothing at all, or twice as much
MONTH = 30


def effort(lever: Lever, value: Value) -> float:
    """How much is asked of her, to put changes of different kinds in an order; 1 is one person."""
    if "applicant" in lever.names:
        return APPLICANT
    if not lever.ordered:
        return ANSWER if lever.kind is Kind.YES_NO else CHOICE
    moved = abs(ordinal(value) - ordinal(lever.now))
    if lever.kind is Kind.MONEY:
        return WHOLE_AMOUNT * moved / max(1, ordinal(lever.now))
    return moved / MONTH if lever.kind is Kind.DATE else float(moved)


def place(lever: Lever) -> int:
    """Where it stands in a sentence of two changes: as whom, with how many, how much, when."""
    order = ("applicant", *_COUNTED, *_SUMS, *_DAYS)
    return order.index(lever.name) if lever.name in order else len(order)


def words(definition: Definition, lever: Lever, value: Value) -> str:
    """A change as what she would do: "één persoon meer", "€ 500 minder vragen"."""
    if lever.name in _COUNTED:
        one, more = _COUNTED[lever.name]
        moved = ordinal(value) - ordinal(lever.now)
        return f"{count_words(abs(moved), one, more)} {'meer' if moved > 0 else 'minder'}"
    if lever.name in _SUMS:
        return f"{_difference(lever, value)} {_SUMS[lever.name]}"
    if lever.name in _DAYS and isinstance(value, date):
        later, earlier = _DAYS[lever.name]
        first = later if ordinal(value) > ordinal(lever.now) else earlier
        return first.format(day_words(value))
    if lever.name == "applicant":
        found = definition.applicants.of(str(value))
        return _as(found) if found else str(value)
    return _answer(definition, lever, value)


_COUNTED = {"persons": ("persoon", "personen"), "organisations": ("organisatie", "organisaties")}
_SUMS = {
    "amount_asked": "vragen",
    "costs": "kosten",
    "other_income": "van uzelf of van anderen",
}
_DAYS = {
    "received_on": ("aanvragen vanaf {}", "aanvragen uiterlijk {}"),
    "start_date": ("beginnen op {} of later", "beginnen op {} of eerder"),
    "end_date": ("klaar zijn op {} of later", "klaar zijn op {} of eerder"),
}


def _difference(lever: Lever, value: Value) -> str:
    moved = ordinal(value) - ordinal(lever.now)
    return f"{euro_words(abs(moved))} {'meer' if moved > 0 else 'minder'}"


def _as(found: ApplicantClass) -> str:
    least = {"person": ("inwoner", "inwoners"), "organisation": ("organisatie", "organisaties")}
    one, more = least.get(found.member_kind.value, ("deelnemer", "deelnemers"))
    said = count_words(found.minimum_members, one, more)
    text = f"aanvragen als {found.label}"
    if found.kind is PartyKind.GROUP and said.split()[0] not in found.label:
        text += f" (samen met minstens {said})"
    return text


def _answer(definition: Definition, lever: Lever, value: Value) -> str:
    question = definition.form.question(lever.code)
    label = question.label if question else lever.name
    if lever.kind is Kind.YES_NO:
        return f"op “{label}” {'ja' if value else 'nee'} kunnen zeggen"
    if not lever.ordered:
        return f"bij “{label}” kiezen voor “{_option(definition, lever, value)}”"
    if lever.kind is Kind.MONEY:
        return f"{_difference(lever, value)} bij “{label}”"
    said = day_words(value) if isinstance(value, date) else str(value)
    return f"bij “{label}”: {said}"


def _option(definition: Definition, lever: Lever, value: Value) -> str:
    question = definition.form.question(lever.code)
    if question and question.kind is QuestionKind.CHOICE and question.choices:
        return next((each.label for each in question.choices if each.code == value), str(value))
    names = {each.code: each.name for each in definition.activities}
    names |= {each.code: each.name for each in definition.themes}
    return names.get(str(value), str(value))
