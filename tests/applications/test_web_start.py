"""Starting: for whom, with what the check already asked, and never two drafts by accident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Group, Organisation
from applications.answers import answers_of
from applications.models import Application
from applications.web.carried import KEY
from tests.applications.pages import signed_in, text
from tests.factories.applications import (
    PersonFactory,
    draft,
    group_of,
    open_example_call,
    organisation_of,
)
from timeline import clock

pytestmark = pytest.mark.django_db


def url(slug: str) -> str:
    return reverse("applications:start", args=[slug])


def test_everybody_for_whom_she_may_apply_is_offered() -> None:
    call = open_example_call()
    person, other = PersonFactory(name="Jannie"), PersonFactory()
    group_of(person, other, name="De Buren")
    organisation_of(person, name="Stichting Plein")
    group_of(other, name="Een andere groep")

    page = text(signed_in(person).get(url(call.slug)))

    assert all(words in page for words in ("Mijzelf: Jannie", "De Buren", "Stichting Plein"))
    assert "Een andere groep" not in page


@pytest.mark.parametrize(
    ("choice", "data", "model"),
    [
        ("groep:nieuw-group", {"name": "De Buren"}, Group),
        (
            "organisatie:nieuw-organisation",
            {"name": "Stichting Plein", "kvk_number": "12345678", "function": "voorzitter"},
            Organisation,
        ),
    ],
)
def test_a_new_group_or_organisation_is_made_here(
    choice: str, data: dict[str, str], model: type[Group | Organisation]
) -> None:
    call, person = open_example_call(), PersonFactory()

    signed_in(person).post(url(call.slug), {"applicant": choice, **data})

    application = Application.objects.get()
    assert application.party == model.objects.get(name=data["name"]).party_ptr
    assert application.applicant_class == choice.partition(":")[0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Kies voor wie u aanvraagt"),
        ({"applicant": "inwoner:nieuw-person"}, "inwoner:nieuw-person is geen"),
        (
            {"applicant": "groep:nieuw-group", "name": " "},
            "Vul in hoe de groep of organisatie heet",
        ),
        (
            {"applicant": "organisatie:nieuw-organisation", "name": "Plein"},
            "Vul in wat u daar doet",
        ),
        (
            {
                "applicant": "organisatie:nieuw-organisation",
                "name": "Plein",
                "function": "lid",
                "kvk_number": "123",
            },
            "Een KvK-nummer heeft acht cijfers",
        ),
    ],
)
def test_a_wrong_choice_is_told_at_its_field(data: dict[str, str], sentence: str) -> None:
    call = open_example_call()

    page = signed_in(PersonFactory()).post(url(call.slug), data)

    assert page.status_code == 422
    assert sentence in text(page)
    assert not Application.objects.exists()


def test_an_organisation_that_is_known_already_is_told_and_nothing_is_lost() -> None:
    call = open_example_call()
    choice = {
        "applicant": "organisatie:nieuw-organisation",
        "name": "Plein",
        "function": "lid",
        "kvk_number": "12345678",
    }
    signed_in(PersonFactory()).post(url(call.slug), choice)

    page = signed_in(PersonFactory()).post(url(call.slug), choice)

    assert page.status_code == 422
    assert "Vraag een bestuurslid om u toe te laten" in text(page)
    assert 'value="Plein"' in text(page)


def test_nobody_applies_for_a_party_of_another() -> None:
    call, stranger = open_example_call(), PersonFactory()
    group = group_of(PersonFactory(), PersonFactory())

    page = signed_in(stranger).post(url(call.slug), {"applicant": f"groep:{group.uid}"})

    assert page.status_code == 422
    assert not Application.objects.exists()


def test_a_second_click_goes_on_with_the_same_draft() -> None:
    call, person = open_example_call(), PersonFactory()
    client, choice = signed_in(person), {"applicant": f"inwoner:{person.uid}"}

    first, second = (client.post(url(call.slug), choice) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1


def test_a_draft_that_was_worked_on_is_offered_and_left_alone() -> None:
    call, person = open_example_call(), PersonFactory()
    known = draft(call, person=person, answers={"titel": "Al begonnen"})
    client = signed_in(person)

    page = text(client.get(url(call.slug)))
    client.post(url(call.slug), {"applicant": f"inwoner:{person.uid}"})

    assert "Al begonnen" in page
    assert Application.objects.exclude(pk=known.pk).count() == 1


def carry(client: Client, slug: str, **answers: object) -> None:
    session = client.session
    session[KEY] = {"slug": slug, "answers": answers}
    session.save()


def test_what_the_check_asked_is_filled_in_and_used_once() -> None:
    call, person = open_example_call(), PersonFactory()
    client = signed_in(person)
    carry(
        client,
        call.slug,
        applicant="groep",
        municipality="Zuiderdam",
        amount_asked=75_000,
        vergunning=True,
        deelnemers=-4,
        onzin="x",
    )
    page = text(client.get(url(call.slug)))

    client.post(url(call.slug), {"applicant": f"inwoner:{person.uid}"})

    assert 'value="groep:nieuw-group" ' in page
    assert "3 antwoorden uit “Mag ik aanvragen?”" in page
    application = Application.objects.get()
    expected = {"gemeente": "Zuiderdam", "bedrag": 75_000, "vergunning": True}
    assert answers_of(application) == expected
    assert application.region == "zuid"
    assert KEY not in client.session


def test_answers_for_another_call_stay_where_they_are() -> None:
    call, person = open_example_call(), PersonFactory()
    client = signed_in(person)
    carry(client, "een-andere-openstelling", municipality="Zuiderdam")

    client.post(url(call.slug), {"applicant": f"inwoner:{person.uid}"})

    assert answers_of(Application.objects.get()) == {}


def test_a_closed_call_takes_no_new_drafts() -> None:
    now = clock.now()
    call = open_example_call(days=(now - timedelta(days=9), now - timedelta(days=1)))
    person = PersonFactory()
    client = signed_in(person)

    page = text(client.get(url(call.slug)))
    client.post(url(call.slug), {"applicant": f"inwoner:{person.uid}"})

    assert "Deze openstelling is gesloten" in page
    assert "Begin met de aanvraag" not in page
    assert not Application.objects.exists()


def test_before_the_opening_one_can_prepare() -> None:
    now = clock.now()
    call = open_example_call(days=(now + timedelta(days=9), now + timedelta(days=19)))

    page = text(signed_in(PersonFactory()).get(url(call.slug)))

    assert "U kunt uw aanvraag nu al klaarzetten" in page


def test_who_is_not_signed_in_comes_back_here_after_signing_in() -> None:
    call = open_example_call()

    page = Client().get(url(call.slug))

    assert page["Location"] == f"/toegang/login/?next={url(call.slug)}"


def test_an_unknown_call_is_not_found() -> None:
    assert signed_in(PersonFactory()).get(url("bestaat-niet")).status_code == 404


def test_a_ceiling_of_nothing_is_closed() -> None:
    call = open_example_call("by-vote", replace=("amount: 2500", "amount: 0"))
    person = PersonFactory()
    page = text(signed_in(person).get(reverse("regeling:regulation", args=[call.slug])))
    assert "Er is nu geen geld. Daarom kunt u niet aanvragen." in page
    assert "Begin uw aanvraag" not in page
    answer = signed_in(person).post(url(call.slug), {"applicant": f"inwoner:{person.uid}"})
    assert "het subsidieplafond is € 0" in text(answer)
    assert not Application.objects.exists()
