"""Whatever is valid can be kept, written, told, filled in, checked and played."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regeling.answers import asked, validate
from regeling.calculation import amount
from regeling.definition import Definition, canonical, from_canonical, parse
from regeling.definition.idle import idle
from regeling.definition.rule_checks import doubts
from regeling.definition.unused import unused
from regeling.eligibility import check
from regeling.explain import explain
from regeling.nearest import nearest, outcome_of
from regeling.writing import write
from tests.factories.applications import example_answers
from tests.regeling.any_definition import bodies, definitions
from tests.regeling.any_vote import written
from tests.regeling.test_schema import wrong

SLOWLY = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FACTS: dict[str, Any] = {
    "applicant": "soort-0",
    "persons": 1,
    "received_on": date(2026, 2, 10),
    "earlier_applications": 0,
}


@pytest.mark.slow
@SLOWLY
@given(definitions())
def test_it_is_kept_and_written_without_loss(definition: Definition) -> None:
    assert from_canonical(canonical(definition)) == definition
    text = write(definition)
    assert parse(text, file="opnieuw.yaml") == definition
    assert write(parse(text, file="opnieuw.yaml")) == text


@pytest.mark.slow
@SLOWLY
@given(bodies())
def test_the_schema_takes_it(body: dict[str, Any]) -> None:
    assert wrong(written(body)) == []


@pytest.mark.slow
@SLOWLY
@given(definitions())
def test_it_explains_itself(definition: Definition) -> None:
    sections = explain(definition)
    assert sections
    assert all(section.sentences for section in sections)
    for note in (*idle(definition), *unused(definition), *doubts(definition)):
        assert note.path
        assert note.sentence


@pytest.mark.slow
@SLOWLY
@given(definitions(), st.data())
def test_the_form_and_the_check_answer(definition: Definition, data: st.DataObject) -> None:
    given_answers = _answers(definition)
    codes = sorted(given_answers)
    left_out = data.draw(st.sets(st.sampled_from(codes), max_size=4))
    answers = {code: given_answers[code] for code in codes if code not in left_out}
    known = {question.code for question in definition.form.questions}
    assert {each.question for each in validate(definition, answers, final=True)} <= known
    missing = {each.question for each in validate(definition, {}, final=True, facts=FACTS)}
    assert missing == {each.code for each in asked(definition, {}, FACTS) if each.required}
    outcome = check(definition, answers, FACTS)
    assert outcome.ok is not bool(outcome.refusals)
    assert all(reason.sentence for reason in outcome.refusals)


@pytest.mark.slow
@SLOWLY
@given(definitions(), st.integers(1, 200_000))
def test_no_more_is_given_than_asked_or_than_any_limit(
    definition: Definition, asked_cents: int
) -> None:
    answers = _answers(definition) | {"bedrag": asked_cents}
    if any(not isinstance(each.minimum, int | None) for each in definition.activities):
        return  # nobody computes with what is unknown
    found = amount(definition, answers)
    assert 0 <= found.granted <= found.asked == asked_cents
    assert found.maximum is None or found.granted <= found.maximum
    assert found.lines[-1].cents == found.granted


@pytest.mark.slow
@SLOWLY
@given(definitions(), st.booleans(), st.integers(1, 300_000))
def test_a_smallest_change_gives_yes(
    definition: Definition, is_new: object, asked_cents: int
) -> None:
    answers = _answers(definition) | {"nieuw": bool(is_new), "bedrag": asked_cents}
    answers["begroting"] = {"costs": [{"label": "Alles", "cents": asked_cents}], "funding": []}
    before = outcome_of(definition, answers, FACTS)
    found = nearest(definition, answers, FACTS)
    assert not (before.ok and found)
    for proposal in found:
        assert outcome_of(definition, proposal.answers, proposal.facts).ok
        assert proposal.sentence


def _answers(definition: Definition) -> dict[str, Any]:
    """Answers to every question, without a row for the account number."""
    iban = {"uid": "0", "last4": "4300"}
    return example_answers(definition, party_id=0, on=date(2026, 2, 10), iban=iban)
