"""The page "Wat past bij mijn idee?": places, answers, the broker, and what goes along."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.domain.grants import grant
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from regeling.domain.amending import amend_call
from regeling.domain.ledger import Booking, reserve
from regeling.domain.publishing import withdraw_revision
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    open_example_call,
    revision_of,
    with_role,
)
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = pytest.mark.django_db

BEFORE = datetime(2023, 3, 1, 12, tzinfo=UTC)
DURING = datetime(2023, 4, 1, 12, tzinfo=UTC)
AFTER = datetime(2023, 6, 1, 12, tzinfo=UTC)
SLUG = "krachtvansalland-cheque-2023"


@pytest.fixture
def call() -> Call:
    return open_example_call(SLUG, present=False)


def page(client: Client, when: datetime = DURING, **query: str) -> str:
    with clock.playing("", when):
        answer = client.get(reverse("regeling:fit"), query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhere:
    def test_a_village_gives_its_municipality_and_region(self, client: Client, call: Call) -> None:
        text = page(client, waar="luttenberg")
        assert "Luttenberg ligt in de gemeente Raalte." in text
        assert "Dat is in de regio Salland." in text
        assert "Raalte hoort bij Salland." not in text  # nothing is lacking, so nothing is told

    def test_a_place_in_two_municipalities_asks_which(self, client: Client, call: Call) -> None:
        text = page(client, waar="Haarle", bedrag="500")
        assert "Haarle ligt in meer dan één gemeente" in text
        assert "?waar=Haarle+%28Tubbergen%29&amp;bedrag=500" in text
        assert "Dit past" not in text

    def test_a_slip_of_the_pen_is_guessed(self, client: Client, call: Call) -> None:
        text = page(client, waar="Lutenberg")
        assert "Bedoelt u misschien" in text
        assert "Luttenberg (Raalte)" in text

    def test_a_place_that_nobody_knows_asks_for_the_municipality(
        self, client: Client, call: Call
    ) -> None:
        text = page(client, waar="Parijs")
        assert "Parijs kennen wij niet" in text
        assert "Vul de naam van uw gemeente in" in text

    def test_what_was_typed_is_shown_as_text(self, client: Client, call: Call) -> None:
        text = page(client, waar="<script>alert(1)</script>")
        assert "<script>alert" not in text
        assert escape("<script>alert(1)</script>") in text


class TestAnswers:
    def test_without_regulations_it_says_what_will_come(self, client: Client) -> None:
        assert "Nog geen regelingen" in page(client, waar="Raalte")

    def test_nothing_filled_in_is_no_answer(self, client: Client, call: Call) -> None:
        assert "Vul in wat u weet" in page(client)
        assert "Vul in wat u weet" in page(client, waar="", bedrag="")

    def test_it_fits(self, client: Client, call: Call) -> None:
        text = page(client, waar="Luttenberg", wie="group", personen="3", bedrag="750")
        assert "Dit past (1)" in text
        assert "Aanvragen kan tot en met 18 april 2023." in text
        assert reverse("regeling:fit_begin", args=[SLUG]) in text

    def test_it_nearly_fits_and_says_what_would_do(self, client: Client, call: Call) -> None:
        text = page(client, waar="Luttenberg", wie="group", personen="1", bedrag="1200")
        assert "Dit past bijna (1)" in text
        assert "Nu past er niets helemaal" in text
        assert "nog één inwoner erbij" in text
        assert "Eén persoon meer en €\u00a0200 minder vragen" in text

    def test_a_smallest_change_leads_to_a_yes(self, client: Client, call: Call) -> None:
        text = page(client, waar="Luttenberg", wie="group", personen="1", bedrag="750")
        query = {"applicant": "groep", "persons": "2", "gemeente": "Raalte", "bedrag": "750"}
        address = f"?{'&amp;'.join(f'{k}={v}' for k, v in query.items())}"
        assert address in text
        with clock.playing("", DURING):
            answer = client.get(reverse("regeling:check", args=[SLUG]), query).content.decode()
        assert "Tot nu toe kan het" in answer

    def test_what_opens_later_says_the_day(self, client: Client, call: Call) -> None:
        text = page(client, BEFORE, waar="Raalte", wie="person", bedrag="500")
        assert "Dit gaat later open (1)" in text
        assert "Aanvragen kan vanaf 9 maart 2023." in text

    def test_a_text_without_a_call_says_its_own_day(self, client: Client) -> None:
        revision_of(SLUG)
        text = page(client, BEFORE, waar="Raalte", wie="person", bedrag="500")
        assert "Volgens de regeling kunt u aanvragen vanaf 9 maart 2023." in text
        assert reverse("regeling:fit_begin", args=[SLUG]) not in text

    def test_what_is_closed_says_since_when(self, client: Client, call: Call) -> None:
        text = page(client, AFTER, waar="Raalte", wie="person", bedrag="500")
        assert "Hier kunt u nu niet terecht (1)" in text
        assert "Aanvragen kon tot en met 18 april 2023." in text

    def test_another_place_does_not_fit(self, client: Client, call: Call) -> None:
        text = page(client, waar="Zwolle", wie="person", bedrag="500")
        assert "Dit past niet (1)" in text
        assert "Zwolle hoort daar niet bij" in text
        assert "Zo past het wel" not in text

    def test_a_test_is_nobodys_offer(self, client: Client) -> None:
        with clock.playing("", BEFORE):
            open_example_call(SLUG, present=False, kind=Call.Kind.TEST)
        text = page(client, BEFORE, waar="Raalte", bedrag="500")
        assert "Volgens de regeling" in text

    def test_a_wrong_day_is_told_at_its_field(self, client: Client, call: Call) -> None:
        text = page(client, begin="2023-06-01", klaar="2023-05-01")
        assert "U bent klaar voordat u begint." in text
        assert "Wat wij vonden" not in text


def broker_of(call: Call, *, region: str = "") -> Person:
    with clock.playing("", BEFORE):
        return with_role(PersonFactory(name="Marieke Makelaar"), Role.BROKER, call, region=region)


class TestTexts:
    def test_what_was_withdrawn_is_no_offer(self, client: Client) -> None:
        revision = revision_of("groene-salland-cheque")
        revision_of(SLUG)
        title = revision.regulation.title
        assert title in page(client, clock.now(), waar="Raalte")
        writer = PersonFactory()
        authority = revision.regulation.authority.code
        grant(person_id=writer.pk, role=Role.ADMINISTRATOR, authority=authority, actor=SYSTEM)
        withdraw_revision(
            revision_id=revision.pk, from_at=None, reason="Het is af.", actor=as_actor(writer)
        )
        assert title not in page(client, clock.now(), waar="Raalte")

    def test_the_text_that_governs_an_open_call_answers(self, client: Client) -> None:
        call = open_example_call(SLUG)
        asked = {"waar": "Raalte", "wie": "person", "bedrag": "1200"}
        assert "Dit past bijna (1)" in page(client, clock.now(), **asked)
        higher = revision_of(SLUG, replace=("  maximum: 1000", "  maximum: 1500"))
        amend_call(call_id=call.pk, revision_id=higher.pk, actor=SYSTEM)
        assert "Dit past (1)" in page(client, clock.now(), **asked)
        client.get(reverse("regeling:fit_begin", args=[call.slug]), asked)
        assert client.session["check_answers"]["answers"]["bedrag"] == 120_000


class TestMoney:
    """EUR 0 is closed, and what is gone is gone: told in plain words."""

    def test_a_ceiling_of_nothing(self, client: Client) -> None:
        nothing = ("  - scope: total\n    amount: 25000", "  - scope: total\n    amount: 0")
        call = open_example_call(SLUG, present=False, replace=nothing)
        text = page(client, waar="Raalte", wie="person", bedrag="500")
        assert "Het subsidieplafond is €\u00a00." in text
        with clock.playing("", DURING):
            checked = client.get(reverse("regeling:check", args=[call.slug]), {"bedrag": "5"})
        assert "Het subsidieplafond is €\u00a00." in checked.content.decode()

    def test_money_that_is_divided(self, client: Client) -> None:
        call = open_example_call("handgeld-vechtdal-2022")
        booking = Booking(call.pk, uuid.uuid4(), region="", activity="")
        with transaction.atomic():
            reserve(booking=booking, cents=25_000_00, day=clock.today(), actor=SYSTEM)
        text = page(client, clock.now(), waar="Ommen", wie="person", bedrag="500")
        assert "Al het geld is verdeeld." in text


class TestBroker:
    def test_the_region_is_named_and_the_person_is_not(self, client: Client, call: Call) -> None:
        broker = broker_of(call)
        text = page(client, waar="Luttenberg", bedrag="5000")
        assert "4D-makelaar van Salland" in text
        assert broker.name not in text
        assert broker.email not in text

    def test_who_is_signed_in_reads_the_name(self, client: Client, call: Call) -> None:
        broker = broker_of(call)
        sign_in(client, PersonFactory())
        text = page(client, waar="Luttenberg", bedrag="5000")
        assert broker.name in text
        assert broker.email not in text

    def test_a_broker_of_another_region_is_not_hers(self, client: Client, call: Call) -> None:
        broker_of(call, region="elders")
        assert "Voor uw gemeente staat hier nog geen makelaar." in page(client, waar="Luttenberg")

    def test_she_can_ask_by_beginning_a_draft(self, client: Client, call: Call) -> None:
        broker_of(call)
        assert "Begin een aanvraag en vraag om hulp" in page(client, waar="Luttenberg")
        assert "Begin een aanvraag en vraag om hulp" not in page(client, AFTER, waar="Luttenberg")


class TestBegin:
    QUERY = {"waar": "Luttenberg", "wie": "group", "personen": "3", "bedrag": "750"}

    def test_the_answers_go_along_into_the_form(self, client: Client, call: Call) -> None:
        with clock.playing("", DURING):
            answer = client.get(reverse("regeling:fit_begin", args=[SLUG]), self.QUERY)
        assert answer["Location"] == reverse("applications:start", args=[SLUG])
        assert client.session["check_answers"] == {
            "slug": SLUG,
            "answers": {
                "gemeente": "Raalte",
                "plaats": "Luttenberg",
                "bedrag": 75_000,
                "applicant": "groep",
                "persons": 3,
                "organisations": 0,
            },
        }

    def test_what_the_form_would_refuse_stays_behind(self, client: Client, call: Call) -> None:
        with clock.playing("", DURING):
            client.get(reverse("regeling:fit_begin", args=[SLUG]), {**self.QUERY, "bedrag": "5000"})
        assert "bedrag" not in client.session["check_answers"]["answers"]

    def test_a_draft_begins_with_them(self, client: Client, call: Call) -> None:
        person = PersonFactory()
        sign_in(client, person)
        with clock.playing("", DURING):
            address = reverse("regeling:fit_begin", args=[SLUG])
            start = client.get(address, self.QUERY, follow=True)
        assert "3 antwoorden uit" in start.content.decode()

    def test_the_costs_stand_in_the_budget_of_the_draft(self, client: Client) -> None:
        call = open_example_call(SLUG)
        person = PersonFactory()
        sign_in(client, person)
        query = {"waar": "Luttenberg", "wie": "person", "bedrag": "750", "kosten": "900"}
        client.get(reverse("regeling:fit_begin", args=[call.slug]), query)
        start = reverse("applications:start", args=[call.slug])
        client.post(start, {"applicant": f"inwoner:{person.uid}"})
        draft = Application.objects.get(party=person)
        step = client.get(reverse("applications:step", args=[draft.uid, "geld"]))
        assert "Totale kosten" in step.content.decode()
        assert "900" in step.content.decode()

    @pytest.mark.parametrize("slug", ["bestaat-niet", "groene-salland-cheque"])
    def test_without_a_call_there_is_nothing_to_begin(
        self, client: Client, call: Call, slug: str
    ) -> None:
        revision_of("groene-salland-cheque")
        assert client.get(reverse("regeling:fit_begin", args=[slug])).status_code == 404

    def test_looking_keeps_nothing(self, client: Client, call: Call) -> None:
        page(client, **self.QUERY)
        assert "check_answers" not in client.session


def test_the_page_costs_the_same_for_one_and_for_three(client: Client, call: Call) -> None:
    page(client, waar="Raalte", bedrag="500")
    with CaptureQueriesContext(connection) as one:
        page(client, waar="Raalte", bedrag="500")
    for slug in ("samen-voor-elkaar-2017", "handgeld-vechtdal-2022"):
        open_example_call(slug, present=False)
    with CaptureQueriesContext(connection) as three:
        page(client, waar="Raalte", bedrag="500")
    assert len(three) == len(one) <= 12
