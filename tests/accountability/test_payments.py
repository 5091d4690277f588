"""A payment has two people, never exceeds what is due, and is written once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accountability.domain import payments
from accountability.domain.queries import payments as reads
from accountability.models import Payment
from accounts.models import Person
from accounts.roles import Role
from applications.models import CashEntry
from tests.factories.accountability import decided, entered, office, paid, settled
from tests.factories.applications import IBAN, PersonFactory, as_actor, with_role
from timeline import clock
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.both
def test_what_one_enters_another_confirms_and_then_it_counts() -> None:
    at = office()
    application = decided(at, asked=100_000)
    payment = entered(at, application, 100_000)
    assert payments.sums(application.pk)["paid"] == 0

    payments.confirm_payment(payment_id=payment.pk, actor=as_actor(at.controller))
    payments.confirm_payment(payment_id=payment.pk, actor=as_actor(at.controller))

    entry = CashEntry.objects.get(kind="paid")
    assert (entry.cents, entry.entered_by_id) == (100_000, at.payer.pk)
    assert entry.confirmed_by_id == at.controller.pk
    event = Event.objects.get(type="accountability.payment_made")
    assert event.facts["cents"] == 100_000
    assert entry.booked_at == event.recorded_at


def test_nobody_confirms_or_refuses_her_own_payment() -> None:
    at = office()
    payment = entered(at, decided(at, asked=100_000), 100_000)

    for act in (
        lambda: payments.confirm_payment(payment_id=payment.pk, actor=as_actor(at.payer)),
        lambda: payments.refuse_payment(
            payment_id=payment.pk, reason="x", actor=as_actor(at.payer)
        ),
    ):
        with pytest.raises(NotAllowed, match="collega"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(
            decided_by=at.payer, decided_at=clock.now(), refusal="buiten het werkwoord om"
        )


def test_never_more_is_paid_than_is_due() -> None:
    at = office()
    application = decided(at)
    with pytest.raises(Refused, match=r"2\.400") as refusal:
        entered(at, application, 240_001)
    assert refusal.value.field == "cents"
    paid(at, application, 200_000)
    entered(at, application, 40_000)
    with pytest.raises(Conflict, match="wacht al"):
        entered(at, application, 40_000)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cents": 0}, "cents"),
        ({"day": timedelta(days=1)}, "day"),
        ({"day": timedelta(days=-1)}, "day"),
        ({"reference": " "}, "reference"),
        ({"reference": "x" * 81}, "reference"),
    ],
)
def test_a_wrong_payment_is_refused_at_its_field(change: dict[str, object], field: str) -> None:
    at = office()
    application = decided(at, asked=100_000)
    given = {"cents": 100, "day": timedelta(0), "reference": "BANK-1", **change}
    given["day"] = clock.today() + given["day"]  # type: ignore[operator]  # a timedelta

    with pytest.raises(Refused) as refusal:
        payments.enter_payment(
            application_id=application.pk,
            actor=as_actor(at.payer),
            **given,  # type: ignore[arg-type]  # as parametrised
        )

    assert refusal.value.field == field
    assert not Payment.objects.exists()


def test_a_refused_payment_books_nothing_and_can_be_entered_again() -> None:
    at = office()
    application = decided(at, asked=100_000)
    payment = entered(at, application, 100_000)

    payments.refuse_payment(
        payment_id=payment.pk, reason="Verkeerde rekening", actor=as_actor(at.controller)
    )

    assert payments.sums(application.pk)["paid"] == 0
    with pytest.raises(Conflict):
        payments.confirm_payment(payment_id=payment.pk, actor=as_actor(at.controller))
    paid(at, application, 100_000)
    assert payments.sums(application.pk)["paid"] == 100_000


@pytest.mark.both
def test_a_payment_stays_as_it_was_entered_and_decided() -> None:
    at = office()
    paid(at, decided(at, asked=100_000), 100_000)

    for change in ({"cents": 1}, {"refusal": "toch niet"}):
        with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
            Payment.objects.update(**change)


def test_only_finance_pays_and_never_her_own_dossier() -> None:
    at = office()
    own = with_role(PersonFactory(), Role.FINANCE, at.call)
    application = decided(at, asked=100_000, person=own)
    elsewhere = with_role(PersonFactory(), Role.FINANCE, at.call, region="zuid")

    for person in (own, elsewhere, at.assessor, at.auditor, PersonFactory()):
        with pytest.raises(NotAllowed):
            payments.enter_payment(
                application_id=application.pk,
                cents=1,
                day=clock.today(),
                reference="x",
                actor=as_actor(person),
            )


def test_the_list_says_what_is_left_until_when_and_to_which_account() -> None:
    at = office()
    first, second = decided(at, asked=100_000), decided(at)
    paid(at, second, 40_000)
    entered(at, second, 100)

    rows = reads.rows_of(list(reads.to_pay(at.payer.pk)))

    told = {row.application.pk: row for row in rows}
    assert (told[first.pk].left, told[second.pk].left) == (100_000, 200_000)
    assert told[first.pk].due_on is not None
    assert told[first.pk].due_on >= clock.today() + timedelta(weeks=6)
    assert {row.last4 for row in rows} == {IBAN[-4:]}
    assert told[second.pk].waiting is not None
    assert not list(reads.to_pay(at.assessor.pk))
    paid(at, first, 100_000)
    assert [row.pk for row in reads.to_pay(at.auditor.pk)] == [second.pk]


def test_the_rest_of_a_settled_subsidy_is_paid_too() -> None:
    at = office()
    application = settled(at)

    paid(at, application, 300_000)

    assert not reads.to_pay(at.payer.pk).exists()


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_writes_the_entry() -> None:
    at = office()
    payment = entered(at, decided(at, asked=100_000), 100_000)
    third = with_role(PersonFactory(), Role.FINANCE, at.call)
    start = Barrier(2)

    def confirm(person: Person) -> None:
        start.wait()
        try:
            payments.confirm_payment(payment_id=payment.pk, actor=as_actor(person))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(confirm, person) for person in (at.controller, third)]:
            done.result()

    assert CashEntry.objects.filter(kind="paid").count() == 1
    assert Event.objects.filter(type="accountability.payment_made").count() == 1
