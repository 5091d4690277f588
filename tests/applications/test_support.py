"""Support before the review: once each, can be undone, and the review waits for enough of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from applications.domain import support
from applications.domain.submission import withdraw
from applications.models import Application, Support
from assessment.domain.reviews import Judgement, save_review, submit_review
from regeling.models import Call
from tests.applications.pages import signed_in, text
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    submitted,
    with_role,
)
from tests.factories.assessment import assessor_of, completed
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
GATE = "  support_gate: 2\n"


@pytest.fixture
def call() -> Call:
    return open_example_call(
        "by-vote", replace=("  panel_size: none\n", "  panel_size: none\n" + GATE)
    )


@pytest.fixture
def application(call: Call) -> Application:
    return submitted(call)


def give(application: Application, person: Person) -> None:
    support.support(application_id=application.pk, actor=as_actor(person))


def url(application: Application, name: str = "support") -> str:
    return reverse(f"applications:{name}", args=[application.uid])


def count(application: Application) -> tuple[int, bool]:
    gate = support.gate_of(application)
    assert gate
    return gate.given, gate.is_open


@pytest.mark.both
def test_everybody_counts_once(application: Application) -> None:
    one, two = PersonFactory(), PersonFactory()

    for person in (one, one, two):
        give(application, person)

    assert count(application) == (2, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(
            application=application, person=one, made_at=Support.objects.get(person=two).made_at
        )


def test_support_can_be_taken_back(application: Application) -> None:
    person = PersonFactory()
    give(application, person)

    support.take_back(application_id=application.pk, actor=as_actor(person))

    assert count(application) == (0, False)


def test_the_applicant_and_who_judges_give_none(application: Application, call: Call) -> None:
    own = Person.objects.get(pk=application.party_id)

    for person in (own, with_role(PersonFactory(), Role.BROKER, call)):
        with pytest.raises(NotAllowed):
            give(application, person)
    assert count(application) == (0, False)


def test_the_review_waits_for_enough_support(call: Call) -> None:
    assessor = assessor_of(call)
    application = completed(submitted(call), assessor)
    act: dict[str, Any] = {
        "application_id": application.pk,
        "judgement": Judgement(),
        "actor": as_actor(assessor),
    }
    give(application, PersonFactory())

    for verb in (save_review, submit_review):
        with pytest.raises(Refused, match="als 2 mensen dit initiatief steunen") as told:
            verb(**act)
        assert told.value.code == "support"
    give(application, PersonFactory())

    assert save_review(**act).version == 1


def test_without_a_gate_there_is_no_support() -> None:
    application = submitted(open_example_call("by-vote"))

    with pytest.raises(Refused, match="geen steun gevraagd"):
        give(application, PersonFactory())
    assert Client().get(url(application)).status_code == 404


def test_a_draft_and_what_was_withdrawn_have_no_page(call: Call, application: Application) -> None:
    withdraw(
        application_id=application.pk, actor=as_actor(Person.objects.get(pk=application.party_id))
    )

    for each in (draft(call), application):
        assert Client().get(url(each)).status_code == 404
    with pytest.raises(Conflict):
        give(application, PersonFactory())


def test_the_page_is_for_everybody_and_tells_a_number(application: Application) -> None:
    giver = PersonFactory(name="Riet Stuivenberg")
    give(application, giver)

    body = text(Client().get(url(application)))

    assert "1 mens steunt dit initiatief." in body
    assert "Er zijn er 2 nodig" in body
    assert "Log in om dit te steunen" in body
    assert "Riet Stuivenberg" not in body


def test_one_supports_and_takes_it_back_on_the_page(application: Application) -> None:
    client = signed_in(PersonFactory())

    client.post(url(application, "give_support"), {"what": "give"})
    after = text(client.get(url(application)))
    client.post(url(application, "give_support"), {"what": "back"})

    assert "U steunt dit initiatief." in after
    assert "0 mensen steunen dit initiatief." in text(client.get(url(application)))


def test_the_applicant_and_staff_see_how_many(application: Application, call: Call) -> None:
    dossier = reverse("portal:dossier", args=[application.uid])
    finance = with_role(PersonFactory(), Role.FINANCE, call)

    for person in (Person.objects.get(pk=application.party_id), finance):
        assert "0 van de 2 mensen" in text(signed_in(person).get(dossier))
