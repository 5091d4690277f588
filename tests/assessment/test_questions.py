"""How the questions of a regulation do: sums, and only of ten applications and more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from applications.domain import drafts
from applications.models import QuestionTime
from assessment.domain.queries.questions import figures
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    submitted,
    with_role,
)
from tests.factories.assessment import assessor_of
from timeline import clock

pytestmark = pytest.mark.django_db
OPTIONAL = "opmerking"


@pytest.fixture
def call() -> Call:
    return open_example_call()


def begun(call: Call, number: int, code: str = "titel") -> None:
    for _ in range(number):
        person = PersonFactory()
        row = draft(call, person=person, filled=False)
        drafts.save(application_id=row.pk, changes={code: "Een tuin"}, actor=as_actor(person))


def test_below_ten_nothing_is_told(call: Call) -> None:
    begun(call, 9)
    found = figures(call.revision)
    assert not found.is_enough
    assert found.figures == ()


def test_where_drafts_are_given_up(call: Call) -> None:
    begun(call, 10)
    assert figures(call.revision).abandoned == 0
    assert call.closes_at is not None
    with clock.playing("", call.closes_at):
        found = figures(call.revision)
    assert found.abandoned == 10
    by_code = {each.question.code: each.abandoned for each in found.figures}
    assert by_code.pop("titel") == 10
    assert not any(by_code.values())


@pytest.mark.slow  # ten applications are sent in
def test_what_is_sent_in_empty(call: Call) -> None:
    for _ in range(10):
        submitted(call, person=PersonFactory(), answers={OPTIONAL: ""})
    found = figures(call.revision)
    assert found.sent == 10
    by_code = {each.question.code: each.empty for each in found.figures}
    assert by_code[OPTIONAL] == 10
    assert by_code["titel"] == 0


def test_of_fewer_than_ten_that_were_sent_in_nothing_is_told(call: Call) -> None:
    begun(call, 9)
    submitted(call, person=PersonFactory(), answers={OPTIONAL: ""})
    found = figures(call.revision)
    assert (found.begun, found.sent) == (10, 1)
    assert {(each.empty, each.supplements) for each in found.figures} == {(None, None)}


def test_time_goes_to_what_was_saved_last_and_to_nobody(call: Call) -> None:
    person = PersonFactory()
    row = draft(call, person=person, filled=False)
    start = clock.now()
    for minutes, text in ((1, "Een tuin"), (3, "Een tuin voor iedereen"), (60, "Na de koffie")):
        with clock.playing("", start + timedelta(minutes=minutes)):
            drafts.save(application_id=row.pk, changes={"titel": text}, actor=as_actor(person))
    counted = QuestionTime.objects.get(question="titel")
    assert counted.answers == 1
    assert 175 <= counted.seconds <= 185
    assert {each.name for each in QuestionTime._meta.fields} == {
        "id",
        "revision",
        "question",
        "answers",
        "seconds",
    }


def test_a_test_counts_for_nothing() -> None:
    call = open_example_call(kind="test")
    begun(call, 1)
    assert not QuestionTime.objects.exists()


def test_only_who_writes_the_regulation_reads_it(client: Client, call: Call) -> None:
    address = reverse("assessment:questions", args=[call.revision.regulation.slug])
    sign_in(client, assessor_of(call))
    assert client.get(address).status_code == 403
    sign_in(client, with_role(PersonFactory(), Role.DRAFTER, call))
    assert "Nog te weinig aanvragen" in client.get(address).content.decode()
    begun(call, 10)
    page = client.get(address).content.decode()
    assert "Hier opgegeven" in page
