"""Payments: what is to be paid, enter one, confirm what a colleague entered, print the note."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accountability.domain import payments
from accountability.domain.queries import payments as reads
from accountability.domain.queries.ibans import iban_of
from accountability.models import Payment
from accountability.rules import READS_MONEY
from accountability.web.finding import person_id
from accountability.web.forms import PaymentForm, RefuseForm
from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.domain.numbers import reveal
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.models import Application
from documents.letters.wording import day, euro
from regeling.models import Call
from timeline import clock
from timeline.refusal import NotAllowed, Refused


@entry(*READS_MONEY)
def overview(request: Request) -> HttpResponse:
    """What is to be paid, what waits for a second person, and what was paid."""
    person, tests = person_id(request), "test" in request.GET
    page = Paginator(reads.to_pay(person, tests=tests), 25).get_page(request.GET.get("page"))
    context = {
        "title": _("Betalingen"),
        "lead": _("Wat te betalen is, met de laatste dag. De een voert in, de ander bevestigt."),
        "page": page,
        "rows": reads.rows_of(list(page)),
        "waiting": list(reads.waiting(person, tests=tests)[:100]),
        "made": list(reads.made(person, tests=tests)[:25]),
        "call_kind": Call.Kind.TEST if tests else "",
        "me": person,
        "pays": holds(person_id(request), Role.FINANCE),
    }
    return render(request, "accountability/payments.html", context)


@entry(Role.FINANCE)
def enter(request: Request, uid: UUID) -> HttpResponse:
    """Enter a payment that the bank made."""
    try:
        row = reads.one_to_pay(person_id(request), uid)
    except Application.DoesNotExist:
        raise Http404 from None
    initial = {"day": clock.today(), "cents": row.left, "reference": row.application.number}
    form = PaymentForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = payments.enter_payment(
                    application_id=row.application.pk, actor=request.actor, **form.cleaned_data
                )
                messages.success(request, _("Ingevoerd. Een collega bevestigt de betaling."))
                return HttpResponseRedirect(reverse("accountability:payment", args=[made.uid]))
            except Refused as refusal:
                tell(form, refusal)
                status = refusal.status
    context = {
        "title": _("Betaling invoeren"),
        "eyebrow": row.application.number,
        "lead": row.application.title,
        "breadcrumbs": _trail(),
        "row": row,
        "form": form,
        "call_kind": row.application.call.kind,
    }
    return render(request, "accountability/payment_form.html", context, status=status)


@entry(*READS_MONEY)
def payment(request: Request, uid: UUID) -> HttpResponse:
    """One payment: the second person confirms or refuses it."""
    return _payment(request, _find(request, uid))


@require_POST
@entry(Role.FINANCE)
def confirm(request: Request, uid: UUID) -> HttpResponse:
    """Confirm what a colleague entered."""
    row = _find(request, uid)
    payments.confirm_payment(payment_id=row.pk, actor=request.actor)
    messages.success(request, _("De betaling is bevestigd en geboekt."))
    return HttpResponseRedirect(reverse("accountability:payment", args=[row.uid]))


@require_POST
@entry(Role.FINANCE)
def refuse(request: Request, uid: UUID) -> HttpResponse:
    """Say that what a colleague entered is wrong."""
    row = _find(request, uid)
    form = RefuseForm(request.POST)
    if form.is_valid():
        payments.refuse_payment(
            payment_id=row.pk, reason=form.cleaned_data["reason"], actor=request.actor
        )
        messages.success(
            request, _("De betaling is teruggewezen. Zij kan opnieuw worden ingevoerd.")
        )
        return HttpResponseRedirect(reverse("accountability:payments"))
    return _payment(request, row, form=form, status=422)


@entry(*READS_MONEY)
def note(request: Request, uid: UUID) -> HttpResponse:
    """The payment note of one dossier, to print; the account by its last four."""
    return _note(request, _payable(request, uid), iban="")


@require_POST
@entry(Role.FINANCE)
def show_iban(request: Request, uid: UUID) -> HttpResponse:
    """The note with the whole account number, for whoever makes the payment; that is recorded."""
    row = _payable(request, uid)
    account = iban_of(row.application)
    if not account or not payments.may_pay(person_id(request), row.application):
        raise NotAllowed(_("Er is geen rekeningnummer om te tonen."))
    return _note(
        request, row, iban=reveal(uid=account["uid"], actor=request.actor, purpose="payment")
    )


def _payment(
    request: Request, row: Payment, *, form: RefuseForm | None = None, status: int = 200
) -> HttpResponse:
    second = (
        row.decided_at is None
        and row.entered_by_id != person_id(request)
        and payments.may_pay(person_id(request), row.application)
    )
    context = {
        "title": _("Betaling"),
        "eyebrow": row.application.number,
        "lead": row.application.title,
        "breadcrumbs": _trail(),
        "payment": row,
        "facts": _payment_facts(row),
        "second": second,
        "mine": row.entered_by_id == person_id(request),
        "form": form or RefuseForm(),
        "call_kind": row.application.call.kind,
    }
    return render(request, "accountability/payment.html", context, status=status)


def _note(request: Request, row: reads.ToPay, *, iban: str) -> HttpResponse:
    context = {
        "title": _("Betaalnota"),
        "eyebrow": row.application.number,
        "breadcrumbs": _trail(),
        "row": row,
        "facts": _note_facts(row, iban),
        "reveals": not iban and holds(person_id(request), Role.FINANCE) and bool(row.last4),
        "call_kind": row.application.call.kind,
    }
    response = render(request, "accountability/payment_note.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _payment_facts(row: Payment) -> list[tuple[str, str]]:
    facts = [
        (_("Ontvanger"), row.application.party.name),
        (_("Bedrag"), euro(row.cents)),
        (_("Betaald op"), day(row.day)),
        (_("Kenmerk"), row.reference),
        (_("Rekening"), _account(row.last4)),
        (_("Ingevoerd door"), row.entered_by.name),
    ]
    if row.decided_by is not None:
        said = _("Teruggewezen door") if row.refusal else _("Bevestigd door")
        facts.append((said, row.decided_by.name))
    return [*facts, (_("Reden"), row.refusal)] if row.refusal else facts


def _note_facts(row: reads.ToPay, iban: str) -> list[tuple[str, str]]:
    application = row.application
    authority = application.call.revision.regulation.authority
    facts = [
        (_("Van"), authority.bank_account_name or authority.name),
        (_("Aan"), application.party.name),
        (_("Rekening"), iban or _account(row.last4)),
        (_("Bedrag"), euro(row.left)),
        (_("Kenmerk"), application.number or ""),
        (_("Regeling"), application.call.title),
        (_("Gemaakt op"), day(clock.today())),
    ]
    return [*facts, (_("Betalen uiterlijk"), day(row.due_on))] if row.due_on else facts


def _account(last4: str) -> str:
    return _("eindigt op %(digits)s") % {"digits": last4} if last4 else _("niet opgegeven")


def _payable(request: Request, uid: UUID) -> reads.ToPay:
    try:
        return reads.one_to_pay(person_id(request), uid)
    except Application.DoesNotExist:
        raise Http404 from None


def _find(request: Request, uid: UUID) -> Payment:
    try:
        return reads.find(person_id(request), uid)
    except Payment.DoesNotExist:
        raise Http404 from None


def _trail() -> list[tuple[str, str]]:
    return [(_("Betalingen"), reverse("accountability:payments"))]
