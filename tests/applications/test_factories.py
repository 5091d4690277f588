"""The factories go through the verbs, so what they make is valid."""

from __future__ import annotations

import pytest

from applications.answers import answers_of
from regeling.answers import validate
from tests.factories.applications import (
    PersonFactory,
    draft,
    group_of,
    open_example_call,
    organisation_of,
    signed_draft,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_draft_has_valid_answers_to_every_question() -> None:
    application = draft()

    definition = application.revision.definition
    assert validate(definition, answers_of(application), final=True) == ()


def test_submitted_for_person_group_and_organisation() -> None:
    call = open_example_call()
    one, two = PersonFactory(), PersonFactory()
    group, organisation = group_of(one, two), organisation_of(one, two)

    made = [submitted(call, person=one, party=party) for party in (one, group, organisation)]

    assert [each.state for each in made] == ["submitted"] * 3
    assert [each.provisional_place for each in made] == [1, 2, 3]
    assert signed_draft(call).state == "draft"


@pytest.mark.parametrize(
    ("slug", "people"), [("samen-voor-elkaar-2017", 3), ("krachtvansalland-cheque-2023", 1)]
)
def test_the_regulations_of_the_house_can_be_applied_for(slug: str, people: int) -> None:
    call = open_example_call(slug)
    persons = [PersonFactory() for _ in range(people)]
    party = group_of(*persons) if people > 1 else persons[0]

    assert submitted(call, person=persons[0], party=party).number
