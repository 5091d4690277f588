"""What the form asks, in plain Dutch; `explain` makes the page of it."""

from __future__ import annotations

from collections.abc import Iterator

from regeling.conditions import condition_words
from regeling.definition import Definition, Question, QuestionKind
from regeling.definition.facts import choices_of
from regeling.telling import Say, Several, Told, say
from regeling.words import count_words, day_words, euro_words, joined

_KINDS = {QuestionKind.NUMBER: "Een getal.", QuestionKind.YES_NO: "Ja of nee."}


def form(definition: Definition) -> Iterator[Told]:
    """The questions by page, with what each allows and who reads the answer."""
    for step in definition.form.steps:
        items = (_question(each, definition) for each in step.questions)
        yield Several(f"Bladzijde “{step.title}”. {step.intro}".strip(), tuple(items))
    questions = tuple(definition.form.questions)
    public = [f"“{each.label}”" for each in questions if each.public]
    personal = [f"“{each.label}”" for each in questions if each.personal]
    if public:
        yield say(f"Iedereen kan lezen wat u antwoordt op {joined(public)}.")
    if personal:
        yield say(f"Wat u antwoordt op {joined(personal)}, blijft tussen u en ons.")


def _question(question: Question, definition: Definition) -> Say:
    stop = "" if question.label[-1] in ".?!" else "."
    parts = [f"{question.label}{stop}", question.help, *_details(question, definition)]
    return say(" ".join(part for part in parts if part))


def _details(question: Question, definition: Definition) -> Iterator[str]:
    if question.when is not None:
        yield f"Alleen als dit klopt: {condition_words(question.when, definition)}."
    if question.kind is QuestionKind.CHOICE:
        yield from _choices(question, definition)
    elif question.kind is QuestionKind.FILE:
        files = count_words(question.most_files, "bijlage", "bijlagen")
        yield f"U kunt {files} meesturen." if question.most_files == 1 else f"Hoogstens {files}."
    elif question.kind in _KINDS:
        yield _KINDS[question.kind]
    yield from _limits(question)
    if not question.required:
        yield "Dit hoeft niet."
    if question.retention is not None:
        months = count_words(question.retention, "maand", "maanden")
        yield f"Wij bewaren het tot {months} nadat alles klaar is."


def _choices(question: Question, definition: Definition) -> Iterator[str]:
    named = []
    for _, label, help_ in choices_of(definition, question):
        own = help_ if question.choices else ""
        named.append(f"“{label}” ({own.rstrip('.')})" if own else f"“{label}”")
    yield f"Kies uit: {joined(named, 'of')}."


def _limits(question: Question) -> Iterator[str]:
    yield from _range(_figure(question.shortest), _figure(question.longest), " tekens")
    yield from _range(_figure(question.minimum), _figure(question.maximum))
    low, high = question.minimum_amount, question.maximum_amount
    yield from _range(
        euro_words(low) if low is not None else "", euro_words(high) if high is not None else ""
    )
    first, last = question.earliest, question.latest
    if first is not None:
        yield f"Niet vóór {day_words(first)}."
    if last is not None:
        yield f"Niet na {day_words(last)}."


def _figure(number: int | None) -> str:
    return "" if number is None else f"{number:,}".replace(",", ".")


def _range(low: str, high: str, unit: str = "") -> Iterator[str]:
    if low and high:
        yield f"Van {low} tot en met {high}{unit}."
    elif low or high:
        yield f"Minstens {low}{unit}." if low else f"Hoogstens {high}{unit}."
