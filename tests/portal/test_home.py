"""The home page and the other pages that need no account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.domain.queries import calls
from tests.factories.applications import open_example_call
from timeline import clock

Count = Callable[[int], AbstractContextManager[Any]]
pytestmark = pytest.mark.django_db


def test_the_home_page_tells_what_is_left_and_until_when(client: Client) -> None:
    call = open_example_call()
    assert call.closes_at
    page = client.get(reverse("portal:home")).content.decode()
    assert call.title in page
    assert "over van €" in page
    last = call.closes_at - timedelta(microseconds=1)
    assert f"tot en met {clock.day(last).day} " in page


def test_a_call_is_open_from_its_first_moment_and_no_longer_at_its_last() -> None:
    call = open_example_call()
    assert call.closes_at
    assert [each.slug for each in calls.open_now(call.opens_at)] == [call.slug]
    assert [each.slug for each in calls.open_now(call.closes_at)] == []
    assert [each.slug for each in calls.closed(call.closes_at)] == [call.slug]
    assert [each.slug for each in calls.coming(call.opens_at - timedelta(seconds=1))] == [call.slug]


def test_without_open_calls_the_page_says_what_one_can_do(client: Client) -> None:
    assert "Er staat nu niets open" in client.get(reverse("portal:home")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_home_page_asks_as_much_for_three_calls_as_for_one(
    client: Client, django_assert_num_queries: Count, number: int
) -> None:
    for place in range(number):
        open_example_call(call_slug=f"call-{place}")
    with django_assert_num_queries(4):  # clock, open, coming, closed
        client.get(reverse("portal:home"))


@pytest.mark.parametrize("route", ["how", "accessibility", "privacy"])
def test_pages_that_anybody_may_read(client: Client, route: str) -> None:
    answer = client.get(reverse(f"portal:{route}"))
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].count("'self'")


def test_machines_hear_whether_the_site_lives_and_works(client: Client) -> None:
    assert client.get(reverse("portal:live")).json() == {"status": "ok"}
    assert client.get(reverse("portal:ready")).json() == {"status": "ok"}
    assert b"Contact: mailto:" in client.get(reverse("portal:security")).content


def test_a_page_that_is_not_there_says_so_in_plain_dutch(client: Client) -> None:
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


def test_the_page_comes_in_english_when_asked(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()


def test_the_page_for_our_own_failure_needs_nothing_that_may_be_broken() -> None:
    page = render_to_string("500.html")
    assert "Het ligt niet aan u" in page
    assert "{%" not in page


def test_an_installation_brings_its_own_token_file(client: Client, settings: Settings) -> None:
    settings.THEME_CSS = "elders/theme.css"
    page = client.get(reverse("portal:how")).content.decode()
    assert 'href="/static/elders/theme.css"' in page
    assert "portal/theme.css" not in page
