"""The demo's pages: the tour, other people's shoes, the post box and the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from config.demo import people
from config.demo.models import RoundPlay, SentMail
from config.demo.progress import WANTED, progress
from tests.factories.applications import AuthorityFactory, PersonFactory
from timeline import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> None:
    AuthorityFactory(code="overijssel")
    people.make_staff("overijssel")


def sent(to: str = "a@voorbeeld.example", subject: str = "Hallo", number: int = 1) -> SentMail:
    return SentMail.objects.create(
        message_id=f"<{number}>", to=to, subject=subject, body="Regel", sent_at=clock.now()
    )


def test_the_tour_tells_what_is_not_there_yet(client: Client) -> None:
    answer = client.get("/demo/")

    assert answer.status_code == 200
    assert [stop.number for stop in answer.context["stops"]] == list(range(1, 9))
    assert answer.content.decode().count("Wordt nog klaargezet.") == 8


def test_a_step_that_is_not_there_yet_leads_back(client: Client) -> None:
    answer = client.post("/demo/stap/3/", follow=True)

    assert answer.redirect_chain[-1][0] == "/demo/"
    assert "nog klaargezet" in answer.content.decode()


def test_stepping_into_shoes_brings_the_second_factor_along(client: Client, staff: None) -> None:
    person = people.staff(Role.ASSESSOR)[0]

    answer = client.post(f"/demo/word/{person.uid}/", {"next": "/demo/mensen/"})

    assert answer.headers["Location"] == "/demo/mensen/"
    assert client.get(reverse("assessment:worklist")).status_code == 200


def test_every_example_person_with_an_account_is_listed(client: Client, staff: None) -> None:
    page = client.get("/demo/mensen/").content.decode()

    assert all(each.name in page for each in people.STAFF)


def test_nobody_steps_into_the_shoes_of_a_real_person(client: Client) -> None:
    real: Person = PersonFactory(email="jannie@gemeente.example.org")

    assert client.post(f"/demo/word/{real.uid}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_shoes_can_be_taken_off(client: Client, staff: None) -> None:
    client.post(f"/demo/word/{people.staff(Role.AUDITOR)[0].uid}/")

    client.post("/demo/uit/", {"next": "//elsewhere.example/"}).headers["Location"]

    assert "_auth_user_id" not in client.session


def test_a_link_elsewhere_is_not_followed(client: Client) -> None:
    answer = client.post("/demo/uit/", {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/demo/"


def test_the_post_box_shows_messages_and_finds_them(client: Client) -> None:
    sent(number=1)
    found = sent(to="b@voorbeeld.example", subject="Uw code om te stemmen", number=2)

    everything = client.get("/demo/postvak/").content.decode()
    one = client.get("/demo/postvak/", {"to": "b@", "words": "code"})
    letter = client.get(f"/demo/postvak/{found.pk}/").content.decode()

    assert "Hallo" in everything
    assert "Uw code" in everything
    assert [row.pk for row in one.context["page"].object_list] == [found.pk]
    assert "b@voorbeeld.example" in letter


@pytest.mark.parametrize("messages", [1, 3])
def test_the_post_box_asks_as_much_for_three_as_for_one(
    client: Client, messages: int, django_assert_max_num_queries: object
) -> None:
    for number in range(messages):
        sent(number=number)

    with django_assert_max_num_queries(3):  # type: ignore[operator]  # a fixture without a type
        client.get("/demo/postvak/")


@pytest.mark.parametrize(("span", "least"), [("uur", 1 / 24), ("dag", 1), ("week", 7)])
def test_the_bar_moves_the_clock(client: Client, span: str, least: float) -> None:
    before = clock.now()

    answer = client.post("/demo/klok/", {"span": span, "next": "/"})

    assert answer.headers["Location"] == "/"
    assert clock.now() - before >= timedelta(days=least)


@pytest.mark.parametrize("day", ["2001-01-01", "gisteren", ""])
def test_the_bar_moves_it_never_back(client: Client, day: str) -> None:
    before = clock.now()

    answer = client.post("/demo/klok/", {"to": day}, follow=True)

    assert clock.now() - before < timedelta(minutes=5)
    page = answer.content.decode()
    assert "dag die nog komt" in page or "De klok gaat alleen vooruit" in page


def test_progress_counts_what_is_wanted(client: Client) -> None:
    for wanted in WANTED:
        RoundPlay.objects.create(
            track=wanted.track, title="Proef", plan="{}", done=9, finished_at=clock.now()
        )

    assert progress().done == progress().total
    RoundPlay.objects.filter(track=WANTED[0].track).update(finished_at=None)
    assert progress().total - progress().done > 0
    assert "Proef" in client.get("/demo/voortgang/").content.decode()
