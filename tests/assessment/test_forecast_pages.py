"""Looking ahead on a page: figures, work, days and assumptions, alone and beside another text."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, open_example_call, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return open_example_call("by-vote")


def ask(client: Client, call: Call, **given: str) -> Any:
    asked = {"text": f"revision:{call.revision_id}", "applications": "12", "voters": "30"}
    more = {"brokers": "2", "rounds": "10", "seed": "1"}
    page = reverse("assessment:forecast", args=[call.revision.regulation.slug])
    return client.get(page, {**asked, **more, **given} if given else {})


def plain(page: Any) -> str:
    return " ".join(str(page.text).replace("\xa0", " ").split())


def test_what_to_expect(client: Client, call: Call) -> None:
    sign_in(client, with_role(PersonFactory(), Role.ADMINISTRATOR, call))
    assert "Hoeveel aanvragen verwacht u?" in plain(ask(client, call))
    shown = plain(ask(client, call, seed="3"))
    assert "Gespeeld: 10 rondes, met getal 3." in shown
    assert "Kans dat een loting beslist" in shown
    assert '19 april 2026</th><td class="sve-trying-day--closed">zondag</td>' in shown
    assert "Er komen 12 aanvragen." in shown
    again = plain(ask(client, call, seed="3"))
    assert again.partition("<h2>")[2] == shown.partition("<h2>")[2]


def test_two_texts_beside_each_other(client: Client, call: Call) -> None:
    other = open_example_call("every-kind", call_slug="other")
    person = with_role(PersonFactory(), Role.AUDITOR, call)
    sign_in(client, with_role(person, Role.AUDITOR, other))
    shown = plain(ask(client, call, against=f"revision:{other.revision_id}"))
    assert "Daarnaast: Buurtbijdrage Voorbeeldstad" in shown
    assert "Aannames: Dorpscheque Voorbeeldstad" in shown


def test_what_is_missing_is_said(client: Client, call: Call) -> None:
    sign_in(client, with_role(PersonFactory(), Role.DRAFTER, call))
    answer = ask(client, call, voters="")
    assert answer.status_code == 422
    assert "Zeg ook hoeveel mensen er stemmen." in plain(answer)
    assert ask(client, call, applications="0").status_code == 422


def test_nobody_else(client: Client, call: Call) -> None:
    sign_in(client, with_role(PersonFactory(), Role.ASSESSOR, call))
    assert ask(client, call).status_code == 403
    other = open_example_call("every-kind", call_slug="other")
    sign_in(client, with_role(PersonFactory(), Role.AUDITOR, other))
    assert ask(client, call).status_code == 404
    page = plain(client.get(reverse("assessment:trials")))
    assert "Buurtbijdrage Voorbeeldstad" in page
    assert "Dorpscheque Voorbeeldstad" not in page


def test_the_list_asks_no_more_for_more(
    client: Client, call: Call, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = with_role(PersonFactory(), Role.ADMINISTRATOR, call)
    for slug in ("every-kind", "by-panel", "with-report"):
        with_role(person, Role.ADMINISTRATOR, open_example_call(slug, call_slug=slug))
    sign_in(client, person)
    with django_assert_max_num_queries(20):
        shown = plain(client.get(reverse("assessment:trials")))
    assert shown.count("/vooruitblik/") == 4
