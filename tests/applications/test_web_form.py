"""The form of a draft without a script: nothing typed is lost, nobody is overwritten."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from applications.answers import answers_of
from applications.domain import drafts
from applications.models import Application
from tests.applications.pages import hidden, post_step, signed_in, step_url, text
from tests.factories.applications import (
    IBAN,
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
    sign_all,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def client(person: Person) -> Client:
    return signed_in(person)


def answers(application: Application) -> dict[str, Any]:
    application.refresh_from_db()
    return answers_of(application)


@pytest.mark.parametrize(
    ("step", "field", "typed", "sentence"),
    [
        ("idee", "v-titel", "ab", "Vertel iets meer: minstens 3 tekens"),
        ("idee", "v-titel", "a" * 61, "hoogstens 60 tekens"),
        ("idee", "v-titel", "regel\x07", "een teken in dat niet te tonen is"),
        ("idee", "v-beschrijving", "te kort", "minstens 20 tekens"),
        ("idee", "v-activiteit", "zwemmen", "Kies een van de antwoorden"),
        ("waar-en-wanneer", "v-gemeente", "Almelo", "Kies een van de antwoorden"),
        ("waar-en-wanneer", "v-startdatum", "31-2-2027", "Deze datum bestaat niet"),
        ("waar-en-wanneer", "v-startdatum", "1-1-1990", "Deze datum is te vroeg"),
        ("waar-en-wanneer", "v-deelnemers", "veel", "Vul een heel getal in"),
        ("waar-en-wanneer", "v-deelnemers", "0", "Dit is te laag"),
        ("waar-en-wanneer", "v-vergunning", "misschien", "Kies ja of nee"),
        ("geld", "v-bedrag", "duizend", "Vul een bedrag in"),
        ("geld", "v-bedrag", "2.000,01", "Dit is te veel: hoogstens € 2.000"),
        ("geld", "v-iban", "NL00ABNA0417164300", "Dit rekeningnummer klopt niet"),
        ("geld", "v-begroting-costs-1-amount", "12", "regel 1: zet erbij waar het bedrag voor is"),
        ("geld", "v-begroting-costs-1-label", "Tafels", "regel 1: vul een bedrag in"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    client: Client, person: Person, step: str, field: str, typed: str, sentence: str
) -> None:
    application = draft(person=person, filled=False)

    page = post_step(client, application.uid, step, {field: typed})

    assert page.status_code == 422
    assert sentence in text(page)
    assert "Er gaat nog iets niet goed" in text(page)
    if field not in ("v-activiteit", "v-gemeente", "v-vergunning"):  # a choice has no own words
        assert typed in text(page)


def test_the_other_answers_of_a_page_with_a_mistake_are_saved(
    client: Client, person: Person
) -> None:
    application = draft(person=person, filled=False)

    post_step(client, application.uid, "geld", {"v-bedrag": "1.000", "v-iban": "onzin"})

    assert answers(application) == {"bedrag": 100_000}
    assert application.amount_asked == 100_000


def test_an_open_question_does_not_stop_the_way_on(client: Client, person: Person) -> None:
    application = draft(person=person, filled=False)

    page = post_step(client, application.uid, "idee", {"v-titel": "Lange tafel"})

    assert page["Location"].startswith(step_url(application.uid, "waar-en-wanneer"))
    told = client.get(reverse("applications:summary", args=[application.uid]))
    assert "Wat gaat u doen?" in text(told)
    assert "Vul hier iets in" in text(told)


def test_a_budget_that_does_not_balance_is_told_with_the_difference(
    client: Client, person: Person
) -> None:
    application = draft(person=person, filled=False)

    page = post_step(
        client,
        application.uid,
        "geld",
        {
            "v-begroting-costs-1-label": "Tafels",
            "v-begroting-costs-1-amount": "1.300",
            "v-bedrag": "1.000",
        },
    )

    assert page.status_code == 422
    assert "Er ontbreekt nog € 300." in text(page)
    assert answers(application)["begroting"]["costs"] == [{"label": "Tafels", "cents": 130_000}]


def test_one_more_line_keeps_what_was_typed(client: Client, person: Person) -> None:
    application = draft(person=person, filled=False)
    typed = {f"v-begroting-costs-{n}-label": f"Post {n}" for n in (1, 2, 3)}

    page = post_step(client, application.uid, "geld", typed, go="line:begroting-costs")

    assert 'name="v-begroting-costs-4-label"' in text(page)
    for label in typed.values():
        assert f'value="{label}"' in text(page)


def test_a_question_that_an_answer_brings_along_is_shown_at_once(
    client: Client, person: Person
) -> None:
    application = draft(person=person, filled=False)
    address = step_url(application.uid, "waar-en-wanneer")
    assert 'data-question="vergunning-stand" hidden' in text(client.get(address))

    page = post_step(client, application.uid, "waar-en-wanneer", {"v-vergunning": "ja"})

    assert page["Location"].startswith(address)
    shown = text(client.get(page["Location"]))
    assert 'data-question="vergunning-stand" hidden' not in shown
    assert "Door uw antwoord is er een vraag bij gekomen" in shown


def test_an_account_number_is_kept_apart_and_never_drawn(client: Client, person: Person) -> None:
    application = draft(person=person, filled=False)

    post_step(client, application.uid, "geld", {"v-iban": IBAN})

    kept = answers(application)["iban"]
    assert set(kept) == {"uid", "last4"}
    assert IBAN not in application.draft
    page = text(client.get(step_url(application.uid, "geld")))
    assert "eindigt op 4300" in page
    assert IBAN not in page
    post_step(client, application.uid, "geld", {"v-iban": ""})
    assert answers(application)["iban"] == kept


def test_two_tabs_that_write_different_questions_both_keep_their_words(
    client: Client, person: Person
) -> None:
    application = draft(person=person, answers={"titel": "Eerst", "plaats": "Heeten"})
    old = hidden(client.get(step_url(application.uid, "idee")), "version")
    shown = {"v-titel": "Eerst", "v-beschrijving": answers(application)["beschrijving"]}

    post_step(client, application.uid, "idee", {**shown, "v-titel": "Eén"}, version=old)
    second = {**shown, "v-beschrijving": "Een heel andere beschrijving."}
    page = post_step(client, application.uid, "idee", second, version=old)

    assert page.status_code == 302
    assert answers(application)["titel"] == "Eén"
    assert answers(application)["beschrijving"] == "Een heel andere beschrijving."


def test_two_tabs_that_write_the_same_question_are_told(client: Client, person: Person) -> None:
    application = draft(person=person, answers={"titel": "Eerst"})
    old = hidden(client.get(step_url(application.uid, "idee")), "version")
    post_step(client, application.uid, "idee", {"v-titel": "Van het ene venster"}, version=old)

    page = post_step(
        client, application.uid, "idee", {"v-titel": "Van het andere venster"}, version=old
    )

    assert page.status_code == 409
    assert "in een ander venster of door een ander beantwoord" in text(page)
    assert "Van het andere venster" in text(page)
    assert answers(application)["titel"] == "Van het ene venster"
    again = {"v-titel": "Van het andere venster"}
    post_step(client, application.uid, "idee", again, version=hidden(page, "version"))
    assert answers(application)["titel"] == "Van het andere venster"


def autosave(client: Client, application: Application, **data: str) -> Any:
    return client.post(reverse("applications:autosave", args=[application.uid, "idee"]), data)


def test_autosave_tells_the_time_and_the_next_version(client: Client, person: Person) -> None:
    application = draft(person=person, filled=False)
    seen = hidden(client.get(step_url(application.uid, "idee")), "version")

    first = autosave(client, application, **{"v-titel": "Lange ta", "version": seen}).json()
    second = autosave(
        client, application, **{"v-titel": "Lange tafel", "version": first["version"]}
    )

    assert first["message"].startswith("Opgeslagen om ")
    assert second.status_code == 200
    assert answers(application)["titel"] == "Lange tafel"


def test_autosave_tells_what_it_could_not_read(client: Client, person: Person) -> None:
    application = draft(person=person, filled=False)
    address = reverse("applications:autosave", args=[application.uid, "geld"])

    told = client.post(address, {"v-bedrag": "veel"}).json()

    assert "Nog niet goed: Hoeveel vraagt u aan?" in told["message"]


def test_autosave_from_a_stale_tab_saves_nothing_and_says_so(
    client: Client, person: Person
) -> None:
    application = draft(person=person, answers={"titel": "Eerst"})
    seen = hidden(client.get(step_url(application.uid, "idee")), "version")
    drafts.save(application_id=application.pk, changes={"titel": "Elders"}, actor=as_actor(person))

    told = autosave(client, application, **{"v-titel": "Hier", "version": seen})

    assert told.status_code == 409
    assert "in een ander venster veranderd" in told.json()["message"]
    assert answers(application)["titel"] == "Elders"


def test_a_stale_tab_does_not_lose_sight_of_what_it_has_not_seen(
    client: Client, person: Person
) -> None:
    """Saving one question must not make the page believe that it saw the others' new answers."""
    application = draft(person=person, answers={"titel": "Eerst"})
    seen = hidden(client.get(step_url(application.uid, "idee")), "version")
    drafts.save(application_id=application.pk, changes={"titel": "Elders"}, actor=as_actor(person))
    kept = {"v-titel": "Eerst", "v-beschrijving": "Nieuw geschreven in dit venster."}
    told = autosave(client, application, **kept, version=seen)
    assert told.status_code == 200

    again = autosave(
        client, application, **{**kept, "v-titel": "Hier"}, version=told.json()["version"]
    )

    assert again.status_code == 409
    assert answers(application)["titel"] == "Elders"


@pytest.mark.parametrize("broken", ["", "{}", "[1]", '{"seen": {"titel": 1}, "hidden": 3}', "1"])
def test_a_broken_version_is_a_page_that_saw_nothing(
    client: Client, person: Person, broken: str
) -> None:
    application = draft(person=person, answers={"titel": "Eerst"})

    page = post_step(client, application.uid, "idee", {"v-titel": "Anders"}, version=broken)

    assert page.status_code == 409
    assert answers(application)["titel"] == "Eerst"


def test_which_questions_are_asked_is_told_without_saving(client: Client, person: Person) -> None:
    application = draft(person=person, filled=False)
    address = reverse("applications:questions", args=[application.uid, "waar-en-wanneer"])

    assert client.post(address, {"v-vergunning": "nee"}).json() == {"hidden": ["vergunning-stand"]}
    assert client.post(address, {"v-vergunning": "ja"}).json() == {"hidden": []}
    assert answers(application) == {}


def test_a_tab_that_was_open_when_the_application_was_sent_keeps_its_words(
    client: Client, person: Person
) -> None:
    application = submitted(person=person)

    page = client.post(step_url(application.uid, "idee"), {"v-titel": "Nog iets", "go": "next"})
    saved = autosave(client, application, **{"v-titel": "Nog iets"})

    assert page.status_code == saved.status_code == 409
    assert "Nog iets" in text(page)
    assert "al ingediend" in text(page)
    assert "al ingediend" in saved.json()["message"]
    assert answers(application)["titel"] != "Nog iets"


def test_a_changed_answer_warns_beforehand_that_signatures_lapse(
    client: Client, person: Person
) -> None:
    call = open_example_call()
    application = draft(call, person=person, party=group_of(person, PersonFactory()))
    sign_all(application)

    page = text(client.get(step_url(application.uid, "idee")))

    assert "moet iedereen opnieuw tekenen" in page


@pytest.mark.parametrize("name", ["step", "autosave", "questions"])
def test_a_stranger_finds_nothing(person: Person, name: str) -> None:
    application = draft(person=person)
    address = reverse(f"applications:{name}", args=[application.uid, "idee"])
    stranger = signed_in(PersonFactory())

    assert stranger.post(address, {"v-titel": "Van mij"}).status_code == 404
    assert Client().post(address)["Location"].startswith("/toegang/")
    assert answers(application)["titel"] != "Van mij"


def test_a_step_that_the_form_does_not_have_is_not_found(client: Client, person: Person) -> None:
    application = draft(person=person)

    assert client.get(step_url(application.uid, "geheim")).status_code == 404


def test_the_hidden_field_is_json_about_this_step_only(client: Client, person: Person) -> None:
    application = draft(person=person)

    seen = json.loads(hidden(client.get(step_url(application.uid, "bijlagen")), "version"))

    assert set(seen["seen"]) == {"bijlage", "opmerking"}
