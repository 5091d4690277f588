"""Test money stands in no list, export or figure beside real or example money."""

from __future__ import annotations

import pytest
from django.test import Client

from accountability.domain.days import close_day
from accountability.domain.monitor import monitor
from accountability.domain.queries import payments as reads
from accountability.domain.queries.dossiers import dossier_list
from applications.models import Application
from tests.accounts.signing_in import sign_in
from tests.factories.accountability import Office, entered, office, paid, settled
from tests.factories.applications import as_actor
from timeline import clock
from timeline.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def both() -> tuple[Office, Application, Application]:
    """One subsidy to pay in an example call and one in a test of the same regulation."""
    example = office(call_slug="voorbeeld")
    test = office(kind="test", call_slug="test-buurtfonds-1")
    return example, settled(example), settled(test)


def test_lists_of_payments(both: tuple[Office, Application, Application], client: Client) -> None:
    at, real, test = both
    person = at.payer.pk
    assert list(reads.to_pay(person)) == [real]
    assert list(reads.to_pay(person, tests=True)) == [test]
    entered(at, real, 1_000)
    entered(at, test, 2_000)
    assert [row.application for row in reads.waiting(person)] == [real]
    sign_in(client, at.payer)
    shown = client.get("/betalingen/").content.decode()
    assert str(real.number) in shown
    assert str(test.number) not in shown
    shown = client.get("/betalingen/?test=ja").content.decode()
    assert "TEST" in shown
    assert str(test.number) in shown
    assert client.get(f"/betalingen/dossier/{test.uid}/nota/").status_code == 200


def test_the_list_of_dossiers(both: tuple[Office, Application, Application]) -> None:
    at, real, test = both
    assert [row[0] for row in dossier_list(at.auditor.pk)] == [real.number]
    assert [row[0] for row in dossier_list(at.auditor.pk, tests=True)] == [test.number]


def test_figures(both: tuple[Office, Application, Application]) -> None:
    at, real, _test = both
    paid(at, real, 1_000)
    made = monitor(
        regulation_id=at.call.revision.regulation_id, as_of=clock.today(), known_on=clock.today()
    )
    assert made.kind == "example"
    assert made.figures.total.applied.number == 1


def test_a_regulation_of_tests_only_has_no_figures() -> None:
    at = office(kind="test")
    settled(at)
    key = at.call.revision.regulation_id
    with pytest.raises(Refused, match="niets opengesteld"):
        monitor(regulation_id=key, as_of=clock.today())
    assert monitor(regulation_id=key, as_of=clock.today(), call_id=at.call.pk).kind == "test"
    with pytest.raises(Refused):
        close_day(regulation_id=key, day=clock.today(), actor=as_actor(at.payer))
