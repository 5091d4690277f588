"""Departing on pages: seen beside the present outcome first, then kept; the list of a call."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from assessment.models import Departure, Ranking
from tests.accounts.signing_in import sign_in
from tests.assessment.test_departures import away, decider, held_vote, of
from tests.factories.applications import PersonFactory, open_example_call, with_role
from tests.factories.assessment import Election

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def plain(page: Any) -> str:
    return str(page.text).replace("\xa0", " ")


def url(held: Election, number: int = 0) -> str:
    return reverse("assessment:depart", args=[of(held, number).uid])


def post(client: Client, held: Election, go: str, amount: str = "0", **given: str) -> Any:
    seen = {"seen_hash": Ranking.objects.get().outcome_hash, "reason": "Dit is al betaald."}
    with held.over():
        return client.post(url(held), {**seen, "amount": amount, "go": go, **given}, follow=True)


@pytest.fixture
def held() -> Election:
    return held_vote()


@pytest.fixture
def person(held: Election) -> Person:
    return decider(held)


def test_one_looks_first_and_keeps_it_then(client: Client, held: Election, person: Person) -> None:
    sign_in(client, person)
    ranking = reverse("assessment:ranking", args=[held.round.uid])
    assert url(held) in client.get(ranking).text

    looked = post(client, held, "look")
    assert not Departure.objects.exists()
    kept = post(client, held, "save")

    shown = plain(looked)
    assert "Wat dit betekent voor de anderen" in shown
    assert "<strong>verliest</strong> € 1.000" in shown
    assert "<strong>wint</strong> € 1.000" in shown
    assert Departure.objects.get().reason == "Dit is al betaald."
    assert "in plaats van € 1.000" in plain(kept)
    assert "Gerda Wolters" in kept.text
    assert "Er is afgeweken sinds deze berekening" in kept.text
    assert "Bij deze aanvraag is al afgeweken" in client.get(url(held)).text
    held.rank()
    assert "Er is afgeweken sinds deze berekening" not in client.get(ranking).text


def test_it_is_taken_back(client: Client, held: Election, person: Person) -> None:
    made = away(held, 0, 0, person)
    sign_in(client, person)

    with held.over():
        client.post(reverse("assessment:take_back_departure", args=[made.uid]))

    made.refresh_from_db()
    assert made.taken_back_at


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"amount": "niets"}, "Vul een bedrag in"),
        ({"amount": "1.001"}, "hoogstens 1.000 euro"),
        ({"amount": "0", "reason": ""}, "Schrijf op waarom u afwijkt."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(
    client: Client, held: Election, person: Person, given: dict[str, str], sentence: str
) -> None:
    sign_in(client, person)

    looked, kept = post(client, held, "look", **given), post(client, held, "save", **given)

    assert (looked.status_code, kept.status_code) == (422, 422)
    assert sentence in looked.text
    assert not Departure.objects.exists()


def test_an_outcome_that_changed_meanwhile_is_told(
    client: Client, held: Election, person: Person
) -> None:
    sign_in(client, person)

    page = post(client, held, "save", seen_hash="0" * 64)

    assert page.status_code == 409
    assert "veranderd sinds u deze pagina opende" in page.text
    assert "Dit is al betaald." in page.text


def test_where_the_vote_decides_the_page_says_so(client: Client) -> None:
    held = held_vote(replace=("", ""))
    sign_in(client, decider(held))

    page = client.get(url(held)).text

    assert "In deze regeling beslist de stemming" in page
    assert "<textarea" not in page
    assert url(held) not in client.get(reverse("assessment:ranking", args=[held.round.uid])).text


def test_strangers_find_nothing(client: Client, held: Election, person: Person) -> None:
    made = away(held, 0, 0, person)
    back = reverse("assessment:take_back_departure", args=[made.uid])
    lists = [
        reverse(f"assessment:{name}", args=[held.call.slug])
        for name in ("departures", "departures_csv")
    ]
    elsewhere = with_role(PersonFactory(), Role.DECISION_MAKER, open_example_call("every-kind"))
    sign_in(client, elsewhere)
    assert client.get(url(held)).status_code == 404
    assert client.post(back).status_code == 404
    assert {client.get(each).status_code for each in lists} == {404}
    sign_in(client, held.assessor)
    assert client.get(url(held)).status_code == 403
    assert client.post(back).status_code == 403
    sign_in(client, PersonFactory())
    assert {client.get(each).status_code for each in lists} == {403}


def test_the_list_of_a_call_reads_and_downloads(
    client: Client, held: Election, person: Person
) -> None:
    away(held, 0, 0, person, reason="=1+1 Al betaald.")
    sign_in(client, held.assessor)

    page = plain(client.get(reverse("assessment:departures", args=[held.call.slug])))
    file = client.get(reverse("assessment:departures_csv", args=[held.call.slug]))

    assert "Al betaald." in page
    assert "€ 1.000" in page
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1:6] == ["Initiatief 1", "100000", "0", "'=1+1 Al betaald.", "Gerda Wolters"]


def test_a_call_without_departures_says_so(client: Client, held: Election) -> None:
    sign_in(client, held.assessor)

    page = client.get(reverse("assessment:departures", args=[held.call.slug])).text

    assert "Bij geen enkele aanvraag is afgeweken" in page
