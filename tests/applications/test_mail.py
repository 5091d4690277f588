"""Mail follows from an act, once, and only to whom it still concerns."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from applications.answers import content_hash
from applications.domain import coaching, drafts
from applications.domain.signing import sign, signable_text
from applications.domain.submission import submit
from applications.models import Application
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
    organisation_of,
    with_role,
)
from timeline.deliver import run_due

pytestmark = pytest.mark.django_db


def about(address: str) -> list[str]:
    """Addresses of those who were sent mail that leads to ``address``."""
    run_due()
    return [each.to[0] for each in mail.outbox if address in each.body]


def url(application: Application, name: str) -> str:
    return reverse(f"applications:{name}", args=[application.uid])


def signs(application: Application, person: Person, party_id: int | None = None) -> None:
    application.refresh_from_db()
    sign(
        application_id=application.pk,
        party_id=party_id or person.pk,
        actor=as_actor(person),
        seen_hash=content_hash(signable_text(application)),
    )


def test_once_the_lead_has_signed_the_others_are_asked() -> None:
    lead, one, two = (PersonFactory() for _ in range(3))
    application = draft(person=lead, party=group_of(lead, one, two))
    signs(application, one)
    assert about(url(application, "sign")) == []

    signs(application, lead)

    assert about(url(application, "sign")) == [two.email]


@pytest.mark.slow  # the receipt is printed as well
def test_at_submission_whoever_is_missing_is_asked_again() -> None:
    lead, one = PersonFactory(), PersonFactory()
    application = draft(person=lead, party=group_of(lead, one))
    signs(application, lead)
    about(url(application, "sign"))

    submit(application_id=application.pk, actor=as_actor(lead))

    assert about(url(application, "sign")) == [one.email, one.email]


def test_who_signed_before_the_mail_went_is_not_bothered() -> None:
    lead, one = PersonFactory(), PersonFactory()
    application = draft(person=lead, party=group_of(lead, one))

    signs(application, lead)
    signs(application, one)

    assert about(url(application, "sign")) == []


def test_an_organisation_alone_asks_nobody_else() -> None:
    one, two = PersonFactory(), PersonFactory()
    organisation = organisation_of(one, two)
    application = draft(person=one, party=organisation)

    signs(application, one, organisation.pk)

    assert about(url(application, "sign")) == []


def test_the_broker_is_told_that_she_is_asked() -> None:
    call, person = open_example_call(), PersonFactory()
    broker = with_role(PersonFactory(), Role.BROKER, call)
    application = draft(call, person=person)

    coaching.ask(application_id=application.pk, broker_id=broker.pk, actor=as_actor(person))

    assert about(url(application, "read")) == [broker.email]
    assert about(url(application, "read")) == [broker.email]  # once


def test_coaching_that_ended_before_the_mail_went_tells_nobody() -> None:
    call, person = open_example_call(), PersonFactory()
    broker = with_role(PersonFactory(), Role.BROKER, call)
    application = draft(call, person=person)
    coaching.ask(application_id=application.pk, broker_id=broker.pk, actor=as_actor(person))

    coaching.end(application_id=application.pk, actor=as_actor(person))

    assert about(url(application, "read")) == []


def test_a_draft_that_was_thrown_away_leaves_no_mail() -> None:
    person = PersonFactory()
    application = draft(person=person)
    signs(application, person)
    address = url(application, "sign")

    drafts.discard(application_id=application.pk, actor=as_actor(person))

    assert about(address) == []
