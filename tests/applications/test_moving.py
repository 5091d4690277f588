"""Whatever texts a draft comes under, in whatever order: no answer is ever lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.moving import Draft, beside, carried, moved
from applications.moving import given as asked
from regeling.definition import Definition, Form, FormStep, Question, QuestionKind, parse
from tests.factories.concepts import EVERY_KIND

BASE = parse(EVERY_KIND, file="every-kind")
CODES = ("plan", "bedrag", "wanneer", "wie")
KINDS = (QuestionKind.TEXT, QuestionKind.MONEY, QuestionKind.DATE)
Asks = dict[str, QuestionKind]

texts = st.dictionaries(st.sampled_from(CODES), st.sampled_from(KINDS), max_size=len(CODES))
acts = st.lists(
    st.one_of(texts, st.tuples(st.sampled_from(CODES), st.integers(0, 99))), max_size=12
)


def definition(asks: Asks) -> Definition:
    """A text that asks these questions."""
    questions = tuple(
        Question(code=code, kind=kind, label=f"Vraag {code}") for code, kind in asks.items()
    )
    return replace(BASE, form=Form(steps=(FormStep(code="een", title="Een", questions=questions),)))


def everything(draft: Draft, asks: Asks) -> set[tuple[str, str, Any]]:
    """Every answer that is kept anywhere, with its question and the kind it was given for."""
    found = {(code, str(asks[code]), value) for code, value in asked(draft).items()}
    return found | {(each.code, each.kind, each.answer) for each in beside(draft)}


@settings(max_examples=300, deadline=None)
@given(first=texts, then=acts)
def test_no_answer_is_ever_lost(first: Asks, then: list[Any]) -> None:
    """Whatever she answers and whatever texts follow: the last answer to each question of each kind
    is there, in its place where the text asks it, beside it where it does not."""
    asks, draft = first, Draft()
    told: set[tuple[str, str, Any]] = set()
    for act in then:
        if isinstance(act, dict):
            draft, asks = moved(draft, definition(asks), definition(act)), act
        elif act[0] in asks:
            code, answer = act
            kind = str(asks[code])
            draft[code] = (f"{kind} {answer}", 1)
            told = {each for each in told if each[:2] != (code, kind)}
            told.add((code, kind, f"{kind} {answer}"))
        assert everything(draft, asks) == told
        assert set(asked(draft)) <= set(asks)
        assert all(value.startswith(str(asks[code])) for code, value in asked(draft).items())


@settings(max_examples=200, deadline=None)
@given(first=texts, between=st.lists(texts, max_size=5))
def test_back_under_the_first_text_the_draft_is_what_it_was(
    first: Asks, between: list[Asks]
) -> None:
    draft = {code: (f"antwoord {code}", number) for number, code in enumerate(first)}
    now, asks = dict(draft), first
    for text in [*between, first]:
        now, asks = moved(now, definition(asks), definition(text)), text
    assert now == draft


def test_a_question_that_changed_its_kind_keeps_the_old_answer_beside() -> None:
    old, new = {"plan": QuestionKind.TEXT}, {"plan": QuestionKind.MONEY}
    draft = moved({"plan": ("een buurtfeest", 3)}, definition(old), definition(new))
    assert asked(draft) == {}
    assert [(each.code, each.kind, each.answer) for each in beside(draft)] == [
        ("plan", "text", "een buurtfeest")
    ]


def test_an_empty_answer_is_nothing_to_show() -> None:
    old: Asks = {"plan": QuestionKind.TEXT}
    assert beside(moved({"plan": ("", 1)}, definition(old), definition({}))) == ()


def test_an_answer_to_no_question_at_all_is_a_mistake_and_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="raadsel"):
        moved({"raadsel": (1, 1)}, definition({}), definition({}))


def test_what_was_sent_is_carried_as_far_as_it_answers_the_same_questions() -> None:
    old = definition({"plan": QuestionKind.TEXT, "bedrag": QuestionKind.MONEY})
    new = definition({"plan": QuestionKind.TEXT, "bedrag": QuestionKind.TEXT})
    answers = {"plan": "x", "bedrag": 500, "bewijs": ["uid"]}
    assert carried(answers, old, new) == {"plan": "x", "bewijs": ["uid"]}
