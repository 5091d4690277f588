"""The pages of regulations: plain words, the check, and opening a call."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.domain.grants import grant
from accounts.models import Person
from accounts.roles import Role
from regeling.api.serializers import CallSerializer
from regeling.domain.ledger import Booking, reserve
from regeling.domain.queries.calls import total_of
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, open_example_call, revision_of, with_role
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = pytest.mark.django_db

DURING = datetime(2023, 4, 1, 12, tzinfo=UTC)
AFTER = datetime(2023, 4, 18, 22, tzinfo=UTC)
SLUG = "krachtvansalland-cheque-2023"


@pytest.fixture
def call() -> Call:
    return open_example_call(SLUG, present=False)


def set_apart(call: Call, cents: int) -> None:
    """Reserve money, as a fixed ranking or a complete application does."""
    booking = Booking(call.pk, uuid.uuid4(), region="", activity="")
    with transaction.atomic():
        reserve(booking=booking, cents=cents, day=clock.today(), actor=SYSTEM)


def page(client: Client, name: str, slug: str = SLUG, **query: str) -> str:
    answer = client.get(reverse(f"regeling:{name}", args=[slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestRegulation:
    def test_explains_itself_and_says_what_is_left(self, client: Client, call: Call) -> None:
        with clock.playing("", DURING):
            text = page(client, "regulation")
        assert (
            "<li>een groep van minstens twee inwoners. Iedereen in de groep ondertekent.</li>"
            in text
        )
        assert "€\u00a025.000" in text
        assert "18 april 2023" in text
        assert reverse("applications:start", args=[SLUG]) in text

    def test_a_ranking_is_not_given_away_by_what_is_left(self, client: Client, call: Call) -> None:
        ceiling = total_of(call)
        set_apart(call, 20_000_00)
        assert total_of(call).free == ceiling.free - 20_000_00
        assert "<dt>Nog over</dt><dd>€\u00a025.000</dd>" in page(client, "regulation")
        shown = CallSerializer(call).data["ceilings"]
        assert [each["free"] for each in shown] == [25_000_00]

    def test_by_order_of_receipt_what_is_left_is_told_at_once(self, client: Client) -> None:
        call = open_example_call("handgeld-vechtdal-2022", present=False)
        set_apart(call, 3_000_00)
        text = page(client, "regulation", call.slug)
        assert "<dt>Nog over</dt><dd>€\u00a022.000</dd>" in text

    def test_says_what_was_assumed(self, client: Client, call: Call) -> None:
        text = page(client, "regulation")
        assert "Hoe de streek koos, is niet gevonden." in text

    def test_after_closing_there_is_no_way_in(self, client: Client, call: Call) -> None:
        with clock.playing("", AFTER):
            text = page(client, "regulation")
        assert "Gesloten" in text
        assert reverse("applications:start", args=[SLUG]) not in text

    def test_a_regulation_without_a_call_can_be_read(self, client: Client) -> None:
        revision_of("groene-salland-cheque")
        text = page(client, "regulation", "groene-salland-cheque")
        assert "Voor deze regeling is nu geen openstelling." in text

    def test_an_unknown_address_is_not_found(self, client: Client) -> None:
        assert client.get("/regelingen/bestaat-niet/").status_code == 404

    def test_the_list_costs_the_same_for_one_and_for_three(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        revision_of(SLUG)
        client.get(reverse("regeling:regulations"))
        with django_assert_num_queries(2):
            client.get(reverse("regeling:regulations"))
        revision_of("groene-salland-cheque")
        revision_of("voorbeeld-buurtkracht")
        with django_assert_num_queries(2):
            text = client.get(reverse("regeling:regulations")).content.decode()
        assert text.count("sve-card-title") == 3


class TestCheck:
    def test_nothing_filled_in_is_no_answer(self, client: Client, call: Call) -> None:
        assert "Vul in wat u weet" in page(client, "check")

    def test_a_yes_names_what_is_right(self, client: Client, call: Call) -> None:
        answers = {"applicant": "groep", "persons": "4", "gemeente": "Raalte"}
        text = page(client, "check", **answers, bedrag="750", nieuw="yes")
        assert "Tot nu toe kan het" in text
        assert "U bent met vier inwoners." in text
        assert "Raalte hoort bij Salland." in text

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"applicant": "groep", "persons": "1"}, "nog één inwoner erbij"),
            ({"gemeente": "Een andere gemeente"}, "Een andere gemeente hoort daar niet bij"),
            ({"bedrag": "1200"}, "€\u00a0200 minder dus"),
            ({"nieuw": "no"}, "De cheque is voor iets nieuws"),
        ],
    )
    def test_a_no_says_what_would_help(
        self, client: Client, call: Call, answers: dict[str, str], sentence: str
    ) -> None:
        text = page(client, "check", **answers)
        assert "Zo kan het nog niet" in text
        assert sentence in text

    def test_a_wrong_entry_is_told_at_its_field(self, client: Client, call: Call) -> None:
        text = page(client, "check", bedrag="veel")
        assert "Voer een geheel getal in" in text or "Geef een geheel getal" in text
        assert "Zo kan het nog niet" not in text

    def test_answers_go_along_into_the_form(self, client: Client, call: Call) -> None:
        page(client, "check", applicant="inwoner", gemeente="Raalte", bedrag="750", nieuw="yes")
        assert client.session["check_answers"] == {
            "slug": SLUG,
            "answers": {
                "applicant": "inwoner",
                "persons": None,
                "organisations": None,
                "gemeente": "Raalte",
                "bedrag": 75_000,
                "nieuw": True,
            },
        }

    def test_answers_that_cannot_be_are_not_carried_along(self, client: Client, call: Call) -> None:
        page(client, "check", gemeente="Een andere gemeente", bedrag="1200")
        carried = client.session["check_answers"]["answers"]
        assert "gemeente" not in carried
        assert "bedrag" not in carried


class TestOpening:
    @pytest.fixture
    def administrator(self, client: Client, call: Call) -> Person:
        person = with_role(PersonFactory(), Role.ADMINISTRATOR, call)
        sign_in(client, person)
        return person

    def test_the_list_shows_calls_and_their_money(
        self, client: Client, administrator: Person
    ) -> None:
        text = client.get(reverse("regeling:calls")).content.decode()
        assert "€\u00a025.000" in text
        assert "alleen als voorbeeld of test" in text

    def test_the_list_costs_the_same_for_one_and_for_three(
        self, client: Client, administrator: Person
    ) -> None:
        address = reverse("regeling:calls")
        client.get(address)
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        for slug in ("samen-voor-elkaar-2017", "voorbeeld-buurtkracht"):
            open_example_call(slug, present=False)
        with CaptureQueriesContext(connection) as three:
            text = client.get(address).content.decode()
        assert text.count("<tr>") == 4
        assert len(three) == len(one) <= 11

    def test_an_example_is_opened_in_the_present(
        self, client: Client, administrator: Person
    ) -> None:
        answer = client.post(
            reverse("regeling:open_call", args=[SLUG]),
            {
                "kind": "test",
                "title": "Oefenronde",
                "slug": "oefenronde",
                "window": "voorjaar-2023",
                "opens_on": "2026-12-01",
                "closes_on": "2026-12-21",
            },
        )
        assert answer.status_code == 302
        opened = Call.objects.get(slug="oefenronde")
        assert opened.kind == Call.Kind.TEST
        assert opened.opens_at == datetime(2026, 11, 30, 23, tzinfo=UTC)
        assert opened.closes_at == datetime(2026, 12, 21, 23, tzinfo=UTC)

    def test_a_real_call_on_assumptions_is_refused_with_the_reason(
        self, client: Client, administrator: Person
    ) -> None:
        answer = client.post(
            reverse("regeling:open_call", args=[SLUG]),
            {"kind": "real", "title": "Echt", "slug": "echt", "window": "voorjaar-2023"},
        )
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "Deze tekst rust op aannames." in text
        assert 'value="echt"' in text
        assert not Call.objects.filter(slug="echt").exists()

    def test_an_address_in_use_is_told_at_its_field(
        self, client: Client, administrator: Person
    ) -> None:
        answer = client.post(
            reverse("regeling:open_call", args=[SLUG]),
            {"kind": "example", "title": "Nog een", "slug": SLUG, "window": "voorjaar-2023"},
        )
        assert answer.status_code == 422
        assert "Dit adres is al in gebruik." in answer.content.decode()

    def test_what_is_unknown_is_named_before_anything_is_filled_in(
        self, client: Client, administrator: Person
    ) -> None:
        revision_of("krachtvansalland-cheque-2019")
        grant(
            person_id=administrator.pk,
            role=Role.ADMINISTRATOR,
            authority="overijssel",
            regulation="krachtvansalland-cheque-2019",
            actor=SYSTEM,
        )
        text = page(client, "open_call", "krachtvansalland-cheque-2019")
        assert "subsidieplafond: totaal: dag van bekendmaking" in text

    def test_another_authority_is_not_found(self, client: Client, administrator: Person) -> None:
        revision_of("voorbeeld-buurtkracht")
        answer = client.get(reverse("regeling:open_call", args=["voorbeeld-buurtkracht"]))
        assert answer.status_code == 404

    def test_a_resident_does_not_come_in(self, client: Client, call: Call) -> None:
        sign_in(client, PersonFactory())
        assert client.get(reverse("regeling:calls")).status_code == 403
