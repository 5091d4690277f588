"""Taking part: invited, read, signed or declined, each with her own sign-in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Person
from applications.domain import drafts
from applications.models import Application, Signature
from tests.applications.pages import hidden, signed_in, text
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    organisation_of,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Person:
    return PersonFactory(name="Jannie Bosch")


@pytest.fixture
def member() -> Person:
    return PersonFactory(name="Henk Meijer")


@pytest.fixture
def application(lead: Person, member: Person) -> Application:
    return draft(person=lead, party=group_of(lead, member))


def url(application: Application, name: str = "sign") -> str:
    return reverse(f"applications:{name}", args=[application.uid])


def answer(client: Client, application: Application, **data: str) -> Any:
    page = client.get(url(application))
    given = {"seen": hidden(page, "seen"), "party": hidden(page, "party"), **data}
    return client.post(url(application), given)


def test_a_member_reads_the_whole_and_signs(application: Application, member: Person) -> None:
    client = signed_in(member)
    page = text(client.get(url(application)))
    assert "Lange tafel op het plein" in page
    assert "Rekening die eindigt op 4300" in page

    answer(client, application, answer="sign")

    row = Signature.objects.get()
    assert (row.person, row.declined_at) == (member, None)
    after = text(client.get(url(application)))
    assert "U hebt ondertekend." in after
    assert "Bevestigen" not in after


def test_a_member_declines_with_a_reason_and_can_still_sign(
    application: Application, member: Person
) -> None:
    client = signed_in(member)

    answer(client, application, answer="decline", reason="Ik verhuis.")
    assert Signature.objects.get(voided_at=None).reason == "Ik verhuis."
    assert "Tekent niet" in text(client.get(url(application)))
    answer(client, application, answer="sign")

    assert Signature.objects.get(voided_at=None).signed_at is not None


def test_a_text_that_changed_since_it_was_read_is_not_signed(
    application: Application, lead: Person, member: Person
) -> None:
    client = signed_in(member)
    page = client.get(url(application))
    given = {"seen": hidden(page, "seen"), "party": hidden(page, "party"), "answer": "decline"}
    drafts.save(application_id=application.pk, changes={"titel": "Anders"}, actor=as_actor(lead))

    told = client.post(url(application), {**given, "reason": "Dit schreef ik."})

    assert told.status_code == 409
    assert "De aanvraag is veranderd nadat u haar las" in text(told)
    assert "Dit schreef ik." in text(told)
    assert "Anders" in text(told)
    assert hidden(told, "seen") != given["seen"]
    assert not Signature.objects.exists()


def test_without_a_choice_the_page_asks_for_one(application: Application, member: Person) -> None:
    page = answer(signed_in(member), application, reason="Tekst blijft staan")

    assert page.status_code == 422
    assert "Kies of u ondertekent" in text(page)
    assert "Tekst blijft staan" in text(page)


def test_nobody_signs_for_another(application: Application, lead: Person, member: Person) -> None:
    client = signed_in(member)
    seen = hidden(client.get(url(application)), "seen")

    page = client.post(url(application), {"seen": seen, "party": lead.pk, "answer": "sign"})

    assert page.status_code == 422
    assert not Signature.objects.exists()


def test_who_may_not_sign_for_the_organisation_reads_only(lead: Person) -> None:
    organisation = organisation_of(lead, member := PersonFactory())
    organisation.members.filter(person=member).update(may_sign=False)
    application = draft(person=lead, party=organisation)

    page = text(signed_in(member).get(url(application)))

    assert "2 handtekeningen nodig" in page
    assert "Bevestigen" not in page


def test_after_submission_a_missing_member_still_signs(lead: Person, member: Person) -> None:
    group = group_of(lead, member)
    application = submitted(person=lead, party=group)
    Signature.objects.filter(person=member).delete()

    answer(signed_in(member), application, answer="sign")

    assert Signature.objects.filter(person=member, signed_at__isnull=False).exists()


def test_the_lead_invites_somebody_who_sees_nothing_before_she_accepts(
    application: Application, lead: Person
) -> None:
    client, guest = signed_in(lead), PersonFactory(name="Fatma", email="fatma@example.org")

    client.post(url(application, "members"), {"name": "Fatma", "email": "Fatma@example.org"})
    page = text(client.get(url(application, "members")))

    assert "Fatma krijgt een e-mail met de uitnodiging." in page
    assert "Uitgenodigd" in page
    assert Invitation.objects.get(accepted_at=None).email == "fatma@example.org"
    assert signed_in(guest).get(url(application)).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "", "email": "a@example.org"}, "Vul een naam in"),
        ({"name": "Fatma", "email": ""}, "Vul een e-mailadres in"),
        ({"name": "Fatma", "email": "fatma"}, "Dit e-mailadres klopt niet"),
    ],
)
def test_a_wrong_invitation_is_told_at_its_field(
    application: Application, lead: Person, data: dict[str, str], sentence: str
) -> None:
    page = signed_in(lead).post(url(application, "members"), data)

    assert page.status_code == 422
    assert sentence in text(page)
    assert all(f'value="{words}"' in text(page) for words in data.values() if words)


def test_the_same_address_twice_is_told(application: Application, lead: Person) -> None:
    client, data = signed_in(lead), {"name": "Fatma", "email": "fatma@example.org"}
    client.post(url(application, "members"), data)

    page = client.post(url(application, "members"), data)

    assert "Dit adres is al uitgenodigd" in text(page)


def test_a_person_alone_has_no_page_of_members(lead: Person) -> None:
    assert signed_in(lead).get(url(draft(person=lead), "members")).status_code == 404


@pytest.mark.parametrize("name", ["sign", "members"])
def test_a_stranger_finds_nothing(application: Application, name: str) -> None:
    client = signed_in(PersonFactory())

    assert client.get(url(application, name)).status_code == 404
    assert client.post(url(application, name)).status_code == 404
