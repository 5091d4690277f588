"""The pages of payments and the monitor: four eyes, one account number, figures and files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accountability.models import Payment
from accounts.domain.grants import grant
from accounts.models import Grant
from accounts.roles import Role
from tests.accountability.pages import as_, errors, fill, url
from tests.factories.accountability import (
    decided,
    entered,
    office,
)
from tests.factories.applications import IBAN, PersonFactory, revision_of, with_role
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event

pytestmark = pytest.mark.django_db


def test_a_payment_is_entered_by_one_and_confirmed_by_another() -> None:
    at = office()
    application = decided(at, asked=100_000)
    payer, controller = as_(at.payer), as_(at.controller)
    address = url("enter_payment", application.uid)
    assert IBAN[-4:] in payer.get(url("payments")).content.decode()
    wrong = {"day": "morgen", "cents": "1.000,01", "reference": ""}
    assert errors(payer.post(address, wrong).content.decode()) == ["day", "reference"]
    today = clock.today().isoformat()
    right = {"day": today, "cents": "1.000,01", "reference": "B-1"}
    assert errors(payer.post(address, right).content.decode()) == ["cents"]
    payer.post(address, {**right, "cents": "1.000"})
    payment = Payment.objects.get()
    assert "Een collega bevestigt haar" in payer.get(url("payment", payment.uid)).content.decode()
    assert payer.post(url("confirm_payment", payment.uid)).status_code == 403

    controller.post(url("confirm_payment", payment.uid))

    payment.refresh_from_db()
    assert payment.entry is not None
    assert "Niets te betalen" in payer.get(url("payments")).content.decode()


def test_a_payment_that_is_wrong_goes_back_with_a_reason() -> None:
    at = office()
    payment = entered(at, decided(at, asked=100_000), 100_000)
    controller = as_(at.controller)
    address = url("refuse_payment", payment.uid)

    assert errors(controller.post(address, {"reason": ""}).content.decode()) == ["reason"]
    controller.post(address, {"reason": "Verkeerd bedrag"})

    payment.refresh_from_db()
    assert payment.refusal == "Verkeerd bedrag"
    assert payment.entry is None


def test_the_note_shows_the_whole_account_only_when_asked_and_that_is_recorded() -> None:
    at = office()
    application = decided(at, asked=100_000)
    note, whole = url("payment_note", application.uid), url("show_iban", application.uid)
    payer = as_(at.payer)
    plain = payer.get(note)
    assert IBAN not in plain.content.decode()
    assert f"eindigt op {IBAN[-4:]}" in plain.content.decode()
    assert as_(at.auditor).post(whole).status_code == 403
    assert not Event.objects.filter(type="accounts.number_revealed").exists()

    shown = payer.post(whole)

    assert IBAN in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    assert Event.objects.get(type="accounts.number_revealed").facts == {"purpose": "payment"}


def test_the_monitor_is_a_page_and_three_files() -> None:
    at = office()
    decided(at, asked=100_000)
    client = as_(at.auditor)
    content = client.get(url("monitor")).content.decode()
    assert "Buurtfonds Voorbeeldstad" in content
    assert "Voorlopig" in content
    query = {"regulation": "with-report", "as_of": clock.today().isoformat()}

    for kind, start in (
        ("csv", b"\xef\xbb\xbfRegeling;"),
        ("machine", b"regulation,"),
        ("xlsx", b"PK"),
    ):
        file = client.get(url("monitor_file", kind), query)
        assert file.status_code == 200
        assert "attachment" in file["Content-Disposition"]
        assert file.getvalue().startswith(start)
    assert client.get(url("monitor_file", "exe"), query).status_code == 404
    listing = client.get(url("dossiers"), {"regulation": "with-report"}).getvalue()
    assert listing.count(b"\n") == 2
    tomorrow = clock.today() + timedelta(days=1)
    late = client.get(url("monitor"), {**query, "as_of": tomorrow.isoformat()})
    assert late.status_code == 422
    assert errors(late.content.decode()) == ["as_of"]
    nonsense = client.get(url("monitor"), {"regulation": "x", "as_of": "gisteren"})
    assert errors(nonsense.content.decode()) == ["regulation", "as_of"]


def test_a_day_is_closed_by_finance_from_the_page() -> None:
    at = office()
    address = url("close_day", "with-report")
    payer = as_(at.payer)
    today = payer.post(address, {"day": clock.today().isoformat()}, follow=True)
    assert "nog niet voorbij" in today.content.decode()
    assert as_(at.auditor).post(address, {"day": "2026-01-01"}).status_code == 403
    day = clock.today()
    with clock.playing("", clock.moment(day + timedelta(days=1), "12:00")):
        closed = payer.post(address, {"day": day.isoformat()}, follow=True)
        assert "Definitief" in closed.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_a_monitor_takes_the_same_queries_whatever_it_counts(
    rows: int, django_assert_num_queries: Any
) -> None:
    at = office()
    fill(at, "payments", rows)
    client = as_(at.auditor)
    client.get(url("monitor"))

    with django_assert_num_queries(30):
        content = client.get(url("monitor")).content.decode()

    assert f"€\u00a0{rows}.000" in content


def test_a_first_visit_shows_no_error_before_anything_was_asked() -> None:
    at = office()
    revision_of("every-kind")
    grant(person_id=at.auditor.pk, role=Role.AUDITOR, authority="voorbeeldstad", actor=SYSTEM)
    nobody = with_role(PersonFactory(), Role.AUDITOR, at.call)
    Grant.objects.filter(person=nobody).update(regulation="every-kind")

    first = as_(at.auditor).get(url("monitor"))
    empty = as_(nobody).get(url("monitor"))

    assert first.status_code == empty.status_code == 200
    assert "Buurtfonds Voorbeeldstad" in first.content.decode()
    assert "Nog geen regeling" in empty.content.decode()
