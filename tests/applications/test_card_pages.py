"""The page of the public card: words kept, seen as a voter sees it, agreed to, without a script."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from applications.domain.queries import asked
from applications.domain.queries.card import card_of
from applications.models import Application, PublicCard
from assessment.domain.completeness import ask_supplement, mark_items, start_check
from assessment.domain.interests import state_interest
from assessment.models import CompletenessItem
from tests.applications.pages import hidden, signed_in, text
from tests.applications.test_card import card_call, photographed, send
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    sign_all,
    submitted,
    with_card,
    with_role,
)

pytestmark = pytest.mark.django_db
WORDS = {"text": "Wij eten samen.", "chosen_name": "De buurt"}


def url(name: str, application: Application, *args: Any) -> str:
    return reverse(f"applications:{name}", args=[application.uid, *args])


def post(client: Client, application: Application, data: dict[str, Any], **given: str) -> Any:
    """Post the card as its page does, by default after having just seen it."""
    page = client.get(url("card", application))
    seen = {"version": hidden(page, "version"), "seen_card": hidden(page, "seen_card")}
    return client.post(url("card", application), {**seen, "go": "save", **data, **given})


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def application(person: Person) -> Application:
    """A draft of which everything is filled in except the card."""
    made = draft(card_call(), person=person)
    PublicCard.objects.all().delete()
    return made


def test_from_empty_to_agreed_without_a_script(application: Application, person: Person) -> None:
    client = signed_in(person)
    assert client.get(url("form", application))["Location"] == url("card", application)

    saved = post(client, application, WORDS)
    shown = text(client.get(saved["Location"]))
    assert "Wij eten samen." in shown
    assert "Van De buurt" in shown
    assert "Voorbeeldstad · € 1.000" in shown
    agreed = post(client, application, {**WORDS, "agree": "on"}, go="next")

    assert agreed["Location"] == url("summary", application)
    assert f"{person.name} ging akkoord op" in text(client.get(url("card", application)))
    assert "Wij eten samen." in text(client.get(url("summary", application)))


def test_one_cannot_agree_to_words_that_were_not_shown(
    application: Application, person: Person
) -> None:
    page = post(signed_in(person), application, {**WORDS, "agree": "on"}, go="next")

    assert page.status_code == 422
    assert "De kaart is veranderd nadat u haar zag" in text(page)
    row = PublicCard.objects.get()
    assert (row.text, row.agreed_at) == ("Wij eten samen.", None)


def test_what_is_missing_is_told_at_its_field(application: Application, person: Person) -> None:
    client = signed_in(person)

    page = post(client, application, {"text": "", "chosen_name": "De buurt"}, go="next")

    assert page.status_code == 422
    assert 'href="#id_text"' in page.content.decode()
    assert PublicCard.objects.get().chosen_name == "De buurt"


def test_the_summary_says_that_the_card_is_missing(
    application: Application, person: Person
) -> None:
    client = signed_in(person)

    body = client.get(url("summary", application)).content.decode()

    assert f"{url('card', application)}?controle=1#id_text" in body
    assert "Aanvraag indienen" not in body
    asked = text(client.get(f"{url('card', application)}?controle=1"))
    assert "Schrijf wat stemmers over uw initiatief lezen." in asked


def test_sending_without_a_card_shows_where_it_stands(
    application: Application, person: Person
) -> None:
    sign_all(application)
    client = signed_in(person)
    summary = client.get(url("summary", application))
    assert summary.status_code == 200

    page = client.post(
        url("send", application), {"version": application.version, "seen": "x", "agree": "on"}
    )

    assert page.status_code == 422
    assert url("card", application) in page.content.decode()


def test_a_photo_comes_with_words_and_consent(application: Application, person: Person) -> None:
    client = signed_in(person)
    upload = {"photo": SimpleUploadedFile("plein.jpg", photographed())}

    post(client, application, {**WORDS, **upload})
    row = PublicCard.objects.get()
    shown = client.get(url("card", application)).content.decode()
    picture = url("card_photo", application, row.photo)
    told = text(post(client, application, WORDS | {"photo_text": ""}, go="next"))
    post(client, application, WORDS | {"photo_text": "Een tafel", "photo_consent": "on"}, go="save")

    assert f'src="{picture}"' in shown
    assert "Schrijf wat er op de foto te zien is." in told
    assert "Zet een vinkje als iedereen op de foto het goed vindt" in told
    row.refresh_from_db()
    assert (row.photo_text, row.photo_consent) == ("Een tafel", True)
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.getvalue().startswith(b"\xff\xd8")
    post(client, application, WORDS, go="remove_photo")
    row.refresh_from_db()
    assert (row.photo, row.photo_text, row.photo_consent) == ("", "", False)
    assert client.get(picture).status_code == 404


def test_a_wrong_photo_keeps_the_words(application: Application, person: Person) -> None:
    upload = {"photo": SimpleUploadedFile("plein.jpg", b"geen foto")}

    page = post(signed_in(person), application, {**WORDS, **upload})

    assert page.status_code == 422
    assert "Deze foto kunnen wij niet lezen" in text(page)
    assert PublicCard.objects.get().text == "Wij eten samen."


def test_hints_are_shown_and_do_not_bar(application: Application, person: Person) -> None:
    client = signed_in(person)
    words = WORDS | {"text": "Bel Piet Jansen: 0572-123456"}
    post(client, application, words)

    shown = text(client.get(url("card", application)))
    done = post(client, application, {**words, "agree": "on"}, go="next")

    assert "“0572-123456” lijkt een telefoonnummer" in shown
    assert "“Bel Piet Jansen” lijkt de naam van iemand anders" in shown
    assert done["Location"] == url("summary", application)


def test_another_tab_keeps_its_words(application: Application, person: Person) -> None:
    client = signed_in(person)
    seen = hidden(client.get(url("card", application)), "version")
    post(client, application, WORDS)

    page = post(client, application, WORDS | {"text": "Uit de andere tab"}, version=seen)

    assert page.status_code == 409
    assert "Uit de andere tab" in text(page)
    assert "intussen in een ander venster" in text(page)
    assert PublicCard.objects.get().text == "Wij eten samen."


def test_a_tab_left_open_after_sending_saves_nothing(
    application: Application, person: Person
) -> None:
    client = signed_in(person)
    page = client.get(url("card", application))
    seen = {"version": hidden(page, "version"), "seen_card": hidden(page, "seen_card")}
    with_card(application, person=person)
    send(application, person)

    late = client.post(url("card", application), {**seen, "go": "save", "text": "Te laat typte ik"})

    assert late.status_code == 409
    assert "De kaart ligt vast" in text(late)
    assert "Te laat typte ik" in text(late)
    assert client.get(url("card", application))["Location"] == reverse(
        "portal:dossier", args=[application.uid]
    )


def test_strangers_see_neither_card_nor_photo(application: Application, person: Person) -> None:
    upload = {"photo": SimpleUploadedFile("plein.jpg", photographed())}
    post(signed_in(person), application, {**WORDS, **upload})
    photo = PublicCard.objects.get().photo

    for client in (signed_in(PersonFactory()), Client()):
        assert client.get(url("card", application)).status_code in (302, 404)
        answer = client.get(url("card_photo", application, photo))
        assert answer.status_code in (302, 404)


def test_staff_read_the_card_in_what_was_sent(person: Person) -> None:
    call = card_call()
    application = submitted(call, person=person)
    assessor = with_role(PersonFactory(), Role.ASSESSOR, call)

    client = signed_in(assessor)
    page = client.get(url("sent", application, 1), follow=True)

    assert "Wij eten samen aan een lange tafel." in text(page) or "belang" in text(page)
    own = signed_in(person).get(url("sent", application, 1))
    assert "Wij eten samen aan een lange tafel." in text(own)


def test_a_regulation_without_a_card_has_no_page(person: Person) -> None:
    application = draft(open_example_call("by-vote"), person=person)

    assert signed_in(person).get(url("card", application)).status_code == 404


def test_the_last_step_leads_to_the_card(application: Application, person: Person) -> None:
    client = signed_in(person)
    page = client.get(url("step", application, "idee"))

    assert "Zo zien stemmers uw initiatief" in text(page)
    moved = client.post(
        url("step", application, "idee"), {"version": hidden(page, "version"), "go": "card:"}
    )
    assert moved["Location"].startswith(url("card", application))


def test_a_supplement_can_ask_for_the_card(person: Person) -> None:
    call = card_call()
    application = submitted(call, person=person)
    assessor = as_actor(with_role(PersonFactory(), Role.ASSESSOR, call))
    act: dict[str, Any] = {"application_id": application.pk, "actor": assessor}
    state_interest(has_interest=False, **act)
    start_check(**act)
    item = CompletenessItem.objects.get(application=application, code=asked.CARD)
    others = CompletenessItem.objects.filter(application=application).exclude(pk=item.pk)
    marks = {row.pk: ("present", "") for row in others}
    mark_items(marks={**marks, item.pk: ("missing", "De foto toont iets anders.")}, **act)
    ask_supplement(**act)
    client = signed_in(person)

    assert "De kaart voor stemmers" in text(client.get(url("supplement", application)))
    post(client, application, WORDS)
    version = hidden(client.get(url("supplement", application)), "version")
    too_soon = client.post(url("supplement", application), {"version": version, "go": "send"})
    done = post(client, application, {**WORDS, "agree": "on"}, go="next")
    sent = client.post(url("supplement", application), {"version": version, "go": "send"})

    assert "Bekijk uw kaart en ga ermee akkoord." in text(too_soon)
    assert done["Location"] == url("supplement", application)
    assert sent.status_code == 302
    card = card_of(application.pk)
    assert card is not None
    assert (card.text, card.name) == ("Wij eten samen.", "De buurt")
