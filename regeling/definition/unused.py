"""Questions that are asked for nothing.

An answer is used where a condition speaks of it, where it fills a standard column, where it is
public (the ballot and the results show it), and where a criterion, a refusal ground, an obligation,
a question for the municipality or a letter names the question: by its code, with hyphens or spaces
(`wat-is-nieuw`: "wat is nieuw"), or by its own words. Who asks for more than is needed asks too
much (4:3 Awb; article 5(1)(c) GDPR).
"""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition.expression import Expression, ExpressionError
from regeling.definition.fields import listed
from regeling.definition.form import Question
from regeling.definition.model import Definition
from regeling.definition.notes import Note


def unused(definition: Definition) -> tuple[Note, ...]:
    """The questions whose answer nothing looks at, in the order of the form."""
    asked_about = _asked_about(definition)
    texts = " ".join(_plain(each) for each in _texts(definition))
    return tuple(
        Note(
            f"form.steps.{step.code}.questions.{question.code}",
            f"geen voorwaarde, criterium, brief, pagina of kolom gebruikt '{question.code}';"
            " vraag het alleen als iemand het nodig heeft",
        )
        for step in definition.form.steps
        for question in step.questions
        if not _is_used(question, asked_about, texts)
    )


def _is_used(question: Question, asked_about: frozenset[str], texts: str) -> bool:
    if question.fills is not None or question.public or question.code in asked_about:
        return True
    named = (_plain(question.code), _plain(question.label))
    return any(f" {name} " in f" {texts} " for name in named)


def _plain(text: str) -> str:
    """A text as words with single spaces, without capitals or punctuation."""
    kept = (char if char.isalnum() else " " for char in text.casefold())
    return " ".join("".join(kept).split())


def _asked_about(definition: Definition) -> frozenset[str]:
    conditions: list[Expression | None] = [each.when for each in definition.form.questions]
    for rule in definition.eligibility:
        conditions += [rule.require, rule.when]
    return frozenset(name for each in conditions if each is not None for name in _names(each))


def _names(condition: Expression) -> frozenset[str]:
    try:
        return condition.names
    except ExpressionError:
        return frozenset()


def _texts(definition: Definition) -> Iterator[str]:
    for criterion in listed(definition.criteria):
        yield from (criterion.question, criterion.help)
    for ground in listed(definition.refusal_grounds):
        yield ground.text
    for obligation in listed(definition.obligations):
        yield obligation.text
    for letter in definition.letters:
        yield from (letter.heading, letter.text)
    if definition.municipal is not None:
        yield from (each.question for each in definition.municipal.questions)
