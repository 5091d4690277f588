"""Decisions one by one: draft, propose, read, sign, take back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.guards import may_judge
from applications.models import Application
from applications.rules import judgeable
from documents.basis import Basis, basis_from
from documents.domain.drafting import (
    change_draft,
    draft_decision,
    kind_of_award,
    propose,
    send_back,
)
from documents.domain.queries import decisions as reads
from documents.domain.queries.batches import looks
from documents.domain.signing import move_announcement, refuse_signer, sign
from documents.domain.taking_back import take_back
from documents.facts import decision_facts, facts_hash, facts_text
from documents.letters.facts import Amount, Reason
from documents.letters.wording import day, euro
from documents.models import Decision
from documents.web.forms import ChangeForm, DraftForm, MomentForm, ReasonForm
from documents.web.views_letters import letter_html
from regeling.terms import next_announcement
from timeline import clock
from timeline.refusal import Refused

PREPARES = (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
READS = (*PREPARES, Role.AUDITOR, Role.FINANCE)
State = Decision.State


@entry(*READS)
def decisions(request: Request) -> HttpResponse:
    """What waits for a signature, what is being prepared, what goes out."""
    seen = reads.visible_decisions(_person(request))
    proposals = list(reads.to_sign(seen)[:200])
    batches: list[Any] = list(reads.batches(seen)[:100])  # rows with the counts beside them
    calls = {row.application.call.slug: row.application.call for row in proposals}
    context = {
        "title": _("Besluiten"),
        "lead": _("Wat op een handtekening wacht, staat bovenaan."),
        "proposals": proposals,
        "calls": list(calls.values()),
        "batches_to_sign": [row for row in batches if row.to_sign],
        "batches_to_send": [row for row in batches if row.to_send and not row.to_sign],
        "batches_sent": [row for row in batches if not row.to_send and not row.to_sign],
        "drafts": list(reads.in_preparation(seen)[:200]),
        "waiting": list(reads.waiting(seen)[:200]),
    }
    return render(request, "documents/decisions.html", context)


@entry(*PREPARES)
def new(request: Request, uid: UUID) -> HttpResponse:
    """Draft a decision about one application by hand."""
    application = judgeable(_person(request)).filter(uid=uid).select_related("revision").first()
    if application is None:
        raise Http404
    form = DraftForm(request.POST or None, application=application)
    status = 200
    if form.is_valid():
        try:
            decision = _draft(request, application, form.cleaned_data)
            return HttpResponseRedirect(reverse("documents:decision", args=[decision.uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": _("Besluit voorbereiden"),
        "eyebrow": application.number,
        "lead": application.title,
        "breadcrumbs": [(_("Dossier"), reverse("portal:dossier", args=[application.uid]))],
        "form": form,
        "application": application,
        "call_kind": application.call.kind,
    }
    return render(request, "documents/form.html", context, status=status)


@entry(*READS)
def decision(request: Request, uid: UUID) -> HttpResponse:
    """One decision with its letter, and what this person can do with it."""
    row = _find(request, uid)
    facts = decision_facts(row)
    frozen = row.snapshot or facts_text(facts)
    basis = basis_from(row.basis)
    context = {
        "title": row.get_kind_display(),
        "eyebrow": row.application.number,
        "lead": f"{row.application.title} · {row.application.party.name}",
        "breadcrumbs": [
            (_("Besluiten"), reverse("documents:decisions")),
            (_("Dossier"), reverse("portal:dossier", args=[row.application.uid])),
        ],
        "decision": row,
        "looks": looks(row),
        "basis": basis,
        "letter": letter_html(frozen),
        "seen_hash": facts_hash(facts),
        "facts": _details(row),
        "call_kind": row.application.call.kind,
        "may_change": row.state in (State.DRAFT, State.PROPOSED)
        and may_judge(row.application, _person(request)),
        "why_not": _why_not(request, row),
        "announce_at": row.announce_at or next_announcement(clock.now()),
        "reason_form": ReasonForm(),
    }
    return render(request, "documents/decision.html", context)


@entry(*PREPARES)
def change(request: Request, uid: UUID) -> HttpResponse:
    """Change the amount or the words of a draft."""
    row = _find(request, uid)
    form = ChangeForm(request.POST or None, decision=row)
    status = 200
    if form.is_valid():
        try:
            change_draft(
                decision_id=row.pk,
                actor=request.actor,
                seen_version=_version(request),
                amount_cents=form.cleaned_data.get("amount"),
                explanation=form.cleaned_data["explanation"],
            )
            return _to(row)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": _("Besluit wijzigen"),
        "eyebrow": row.application.number,
        "breadcrumbs": [(row.get_kind_display(), reverse("documents:decision", args=[row.uid]))],
        "form": form,
        "version": row.version,
        "call_kind": row.application.call.kind,
    }
    return render(request, "documents/form.html", context, status=status)


@entry(*PREPARES)
@require_POST
def offer(request: Request, uid: UUID) -> HttpResponse:
    """Offer a draft for signature."""
    row = _find(request, uid)
    propose(decision_id=row.pk, actor=request.actor, seen_version=_version(request))
    return _to(row)


@entry(Role.DECISION_MAKER)
@require_POST
def put_signature(request: Request, uid: UUID) -> HttpResponse:
    """Sign what the page showed."""
    row = _find(request, uid)
    sign(decision_id=row.pk, actor=request.actor, seen_hash=request.POST.get("seen_hash", ""))
    return _to(row)


@entry(*PREPARES)
def give_back(request: Request, uid: UUID) -> HttpResponse:
    """Give a proposal back to its drafter."""
    row = _find(request, uid)

    def act(reason: str) -> None:
        send_back(decision_id=row.pk, actor=request.actor, reason=reason)

    return _with_reason(request, row, _("Voorstel terugsturen"), _("Terugsturen"), act)


@entry(*PREPARES)
def withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take a decision back before anybody outside heard of it."""
    row = _find(request, uid)

    def act(reason: str) -> None:
        take_back(decision_id=row.pk, actor=request.actor, reason=reason)

    return _with_reason(request, row, _("Besluit terugnemen"), _("Terugnemen"), act)


@entry(Role.DECISION_MAKER)
def moment(request: Request, uid: UUID) -> HttpResponse:
    """Choose when the letter goes out."""
    row = _find(request, uid)
    start = row.announce_at or next_announcement(clock.now())
    form = MomentForm(request.POST or None, initial=MomentForm.initial_of(start))
    status = 200
    if form.is_valid():
        try:
            move_announcement(
                decision_id=row.pk, announce_at=form.cleaned_data["moment"], actor=request.actor
            )
            return _to(row)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": _("Wanneer gaat de brief uit?"),
        "eyebrow": row.application.number,
        "breadcrumbs": [(row.get_kind_display(), reverse("documents:decision", args=[row.uid]))],
        "form": form,
        "call_kind": row.application.call.kind,
    }
    return render(request, "documents/form.html", context, status=status)


def _draft(request: Request, application: Application, given: dict[str, Any]) -> Decision:
    award = given["outcome"] == "award"
    cents = given["amount"] if award else 0
    reason = Reason(sentence=given["reason"], article=given["article"])
    calculation = (
        Amount(label=_("Gevraagd"), cents=application.amount_asked),
        Amount(label=_("Toegekend"), cents=cents, part="outcome"),
    )
    return draft_decision(
        application_id=application.pk,
        kind=kind_of_award(application, cents) if award else Decision.Kind.REJECTION,
        amount_cents=cents,
        basis=Basis(
            reasons=(reason,) if given["reason"] else (),
            calculation=calculation if award else (),
        ),
        explanation=given["explanation"],
        actor=request.actor,
    )


def _with_reason(
    request: Request, row: Decision, title: str, submit: str, act: Any
) -> HttpResponse:
    form: forms.Form = ReasonForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
            return _to(row)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": title,
        "eyebrow": row.application.number,
        "lead": row.application.title,
        "breadcrumbs": [(row.get_kind_display(), reverse("documents:decision", args=[row.uid]))],
        "form": form,
        "submit": submit,
        "cancel_url": reverse("documents:decision", args=[row.uid]),
        "call_kind": row.application.call.kind,
    }
    return render(request, "documents/form.html", context, status=status)


def _why_not(request: Request, row: Decision) -> str:
    """Why this person cannot sign a proposal; empty when she can."""
    if row.state != State.PROPOSED:
        return ""
    try:
        refuse_signer(row, request.actor)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _details(row: Decision) -> list[tuple[str, str]]:
    pairs = [
        (_("Gevraagd"), euro(row.application.amount_asked)),
        (_("Bedrag"), euro(row.amount_cents) if row.amount_cents else ""),
        (_("Opgesteld door"), row.drafted_by.name if row.drafted_by else _("automatisch")),
        (_("Voorgesteld door"), row.proposed_by.name if row.proposed_by else ""),
        (_("Ondertekend door"), row.signed_by.name if row.signed_by else ""),
        (_("Brief gaat uit"), moment_words(row.announce_at)),
        (_("Teruggenomen omdat"), row.taken_back_reason),
    ]
    return [(label, value) for label, value in pairs if value]


def moment_words(at: datetime | None) -> str:
    """ "24 maart 2026 om 9.00 uur", on the clock of Amsterdam."""
    if at is None:
        return ""
    local = at.astimezone(clock.AMSTERDAM)
    return f"{day(local.date())} om {local.hour}.{local.minute:02} uur"


def _find(request: Request, uid: UUID) -> Decision:
    row = reads.visible_decisions(_person(request)).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _person(request: Request) -> int | None:
    return request.person.pk if request.person else None


def _version(request: Request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else 0


def _to(row: Decision) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("documents:decision", args=[row.uid]))
