"""Record a payment: one person of finance enters it, a second confirms (four eyes).

Until payment runs exist, the bank does the paying and this room the bookkeeping.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accountability.domain.queries.ibans import iban_of
from accountability.models import Payment
from accounts.domain.grants import holds
from accounts.domain.people import acts_for
from accounts.roles import Role
from applications.models import Application, CashEntry
from regeling.words import euro_words
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused


def enter_payment(
    *, application_id: int, cents: int, day: date, reference: str, actor: Actor
) -> Payment:
    """Enter a payment of ``cents`` that the bank made on ``day``; a colleague confirms it.

    Refuses more than is still to pay, a day in the future or before the decision, a payment without
    reference, and a second one while the first waits.
    """
    with transaction.atomic():
        application = _locked(application_id)
        _refuse_stranger(application, actor)
        _refuse_input(cents, day, reference)
        _refuse_too_much(application, cents)
        _refuse_too_early(application, day)
        try:
            with transaction.atomic():
                return Payment.objects.create(
                    application=application,
                    cents=cents,
                    day=day,
                    reference=reference.strip(),
                    last4=iban_of(application).get("last4", ""),
                    entered_by_id=actor.person_id,
                    entered_at=clock.now(),
                )
        except IntegrityError:
            raise Conflict(
                _("Er wacht al een betaling van dit dossier op een tweede persoon."), code="open"
            ) from None


def confirm_payment(*, payment_id: int, actor: Actor) -> Payment:
    """Confirm what a colleague entered: it becomes a cash entry and counts. Once.

    Refuses the one who entered it, and more than is still to pay.
    """
    with transaction.atomic():
        payment, application = _waiting(payment_id, actor)
        if payment.entry_id is not None:
            return payment
        _refuse_decided(payment)
        _refuse_too_much(application, payment.cents)
        event = record(
            stream=("application", str(application.uid)),
            type="accountability.payment_made",
            facts={
                "payment": str(payment.uid),
                "cents": payment.cents,
                "day": payment.day,
            },
            actor=actor,
            counts_for=payment.day,
        )
        payment.entry = CashEntry.objects.create(
            application=application,
            kind=CashEntry.Kind.PAID,
            cents=payment.cents,
            day=payment.day,
            book_year=payment.day.year,
            booked_at=event.recorded_at,
            reference=payment.reference,
            entered_by_id=payment.entered_by_id,
            confirmed_by_id=actor.person_id,
        )
        payment.decided_by_id = actor.person_id
        payment.decided_at = event.recorded_at
        payment.save()
        return payment


def refuse_payment(*, payment_id: int, reason: str, actor: Actor) -> Payment:
    """Say that what a colleague entered is wrong; nothing is booked and it can be entered again."""
    if not reason.strip():
        raise Refused(_("Schrijf op wat er niet klopt."), field="reason")
    with transaction.atomic():
        payment, _application = _waiting(payment_id, actor)
        _refuse_decided(payment)
        payment.decided_by_id = actor.person_id
        payment.decided_at = clock.now()
        payment.refusal = reason.strip()
        payment.save()
        return payment


def sums(application_id: int) -> dict[str, int]:
    """Cents per kind of cash of one application; a kind without entries is 0."""
    rows = CashEntry.objects.filter(application_id=application_id).values_list("kind")
    totals = dict.fromkeys(CashEntry.Kind.values, 0)
    return totals | dict(rows.annotate(total=Sum("cents")))


def may_pay(person_id: int | None, application: Application) -> bool:
    """Does this person handle the money of this dossier, and is it not her own?"""
    regulation = application.call.revision.regulation
    return holds(
        person_id,
        Role.FINANCE,
        authority=regulation.authority.code,
        regulation=regulation.slug,
        region=application.region,
    ) and not acts_for(person_id, application.party_id)


def _locked(application_id: int) -> Application:
    return lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "call__revision__regulation__authority", "revision"
        )
    )


def _waiting(payment_id: int, actor: Actor) -> tuple[Payment, Application]:
    application_id = Payment.objects.values_list("application_id", flat=True).get(pk=payment_id)
    application = _locked(application_id)
    _refuse_stranger(application, actor)
    payment = lock_one(Payment.objects.filter(pk=payment_id))
    if payment.entered_by_id == actor.person_id:
        raise NotAllowed(
            _("U heeft deze betaling zelf ingevoerd. Een collega bevestigt haar."),
            code="two_people",
        )
    return payment, application


def _refuse_decided(payment: Payment) -> None:
    if payment.decided_at is not None:
        raise Conflict(_("Over deze betaling is al beslist."), code="decided")


def _refuse_stranger(application: Application, actor: Actor) -> None:
    if not may_pay(actor.person_id, application):
        raise NotAllowed(_("Alleen financiën kan een betaling vastleggen."))


def _refuse_input(cents: int, day: date, reference: str) -> None:
    if cents <= 0:
        raise Refused(_("Vul een bedrag boven nul in."), field="cents")
    if day > clock.today():
        raise Refused(_("Deze dag ligt in de toekomst."), field="day")
    if not reference.strip():
        raise Refused(_("Vul het kenmerk van de betaling in."), field="reference")
    if len(reference.strip()) > 80:
        raise Refused(_("Het kenmerk is hooguit 80 tekens."), field="reference")


def _refuse_too_much(application: Application, cents: int) -> None:
    totals = sums(application.pk)
    left = totals["payable"] - totals["paid"]
    if cents > left:
        raise Refused(
            _("Er is nog %(left)s te betalen.") % {"left": euro_words(max(left, 0))},
            field="cents",
            code="too_much",
        )


def _refuse_too_early(application: Application, day: date) -> None:
    first = CashEntry.objects.filter(application=application, kind=CashEntry.Kind.PAYABLE)
    since = first.order_by("day").values_list("day", flat=True).first()
    if since is not None and day < since:
        raise Refused(
            _("Op deze dag was er nog niets te betalen."), article="Awb 4:87", field="day"
        )
