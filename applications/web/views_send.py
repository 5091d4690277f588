"""Look everything over, sign, send in; and what one sees then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from accounts.access import SIGNED_IN, Request, entry
from applications.answers import answers_of, content_hash, sent_under
from applications.domain import coaching
from applications.domain.queries import card
from applications.domain.queries import form as reads
from applications.domain.queries.texts import offer_for
from applications.domain.signing import Signer, sign, signable_text, signers
from applications.domain.submission import Invalid, TooLate, submit
from applications.models import Application, Snapshot
from applications.panels import first_gate
from applications.web import finding
from applications.web.forms import PREFIX
from applications.web.views_card import photo_address
from applications.web.views_form import saved_address
from regeling.definition import DistributionRule, PartyKind, RouteStep
from regeling.eligibility import Reason, check
from timeline import clock
from timeline.refusal import Refused


class SendForm(forms.Form):
    """The signature of whoever sends, where the regulation asks hers; and what she has seen."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agree = forms.BooleanField(
        label=_lazy("Ik onderteken deze aanvraag. Ik heb haar gelezen en alles klopt."),
        error_messages={"required": _lazy("Zet een vinkje om te ondertekenen.")},
    )

    def __init__(self, *, signs: bool, **settings: Any) -> None:
        super().__init__(**settings)
        if not signs:
            del self.fields["agree"]


@entry(SIGNED_IN)
def summary(request: Request, uid: UUID) -> HttpResponse:
    """Everything on one page: what is still missing, who signs, what the letter would look like."""
    application = finding.own(request, uid)
    if not finding.is_draft(application):
        return redirect("portal:dossier", uid)
    return _draw(request, application, _form(request, application))


@require_POST
@entry(SIGNED_IN)
def send(request: Request, uid: UUID) -> HttpResponse:
    """Sign where that is asked, and send in. A second click ends on the same receipt."""
    application = finding.own(request, uid)
    if not finding.is_draft(application):
        return redirect("applications:receipt", uid)
    form = _form(request, application, data=request.POST)
    if not form.is_valid():
        return _draw(request, application, form, status=422)
    try:
        _sign_and_submit(request, application, form)
    except TooLate as refusal:
        return _late(request, application, form, refusal)
    except Invalid:
        return _draw(request, application, form, status=422)
    except Refused as refusal:
        application = finding.own(request, uid)
        if not finding.is_draft(application):  # the other click was first
            return redirect("applications:receipt", uid)
        fresh = _form(request, application)  # the present version, the refusal above it
        return _draw(request, application, fresh, status=refusal.status, refusal=refusal)
    return redirect("applications:receipt", uid)


@entry(SIGNED_IN)
def receipt(request: Request, uid: UUID) -> HttpResponse:
    """The receipt: number, date and time, place where order counts, and what happens next."""
    application = finding.own(request, uid)
    if finding.is_draft(application):
        return redirect("applications:summary", uid)
    context = {
        "title": _("Wij hebben uw aanvraag ontvangen"),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "late": application.state == "late",
        "waiting": [each for each in signers(application) if each.status != "signed"],
        "in_order": application.call.distribution_rule == DistributionRule.RECEIPT,
    }
    return render(request, "applications/receipt.html", context)


@entry(SIGNED_IN)
def sent(request: Request, uid: UUID, number: int) -> HttpResponseBase:
    """What was sent in, as it was sent: for whoever may see the dossier, once a gate is passed."""
    application = finding.seen(request, uid)
    gate = first_gate(application, request.person.pk) if request.person else None
    if gate:
        return HttpResponseRedirect(gate)
    snapshot = application.snapshots.select_related("made_by").filter(number=number).first()
    if snapshot is None:
        raise Http404
    shown = card.card_in(application, snapshot)
    is_first = snapshot.kind == Snapshot.Kind.SUBMISSION
    context = {
        "title": _("De aanvraag") if is_first else _("De aanvraag met aanvulling"),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "definition": sent_under(application, snapshot).definition,
        "snapshot": snapshot,
        "parts": reads.parts(application, snapshot, check=False),
        "card": shown,
        "photo_url": photo_address(application, shown.photo) if shown else "",
    }
    return render(request, "applications/sent.html", context)


def _form(request: Request, application: Application, data: Any | None = None) -> SendForm:
    must = any(each.status != "signed" for each in _her_lead(request, application))
    return SendForm(
        signs=must,
        data=data,
        initial={
            "version": application.version,
            "seen": content_hash(signable_text(application)),
        },
    )


def _her_lead(request: Request, application: Application) -> list[Signer]:
    """The lead's place to sign, if this person can sign there and has not yet."""
    lead = signers(application)[0]
    if request.person is None:
        return []
    person_id = request.person.pk
    signed = application.signatures.filter(
        person_id=person_id, party_id=lead.party_id, voided_at=None, signed_at__isnull=False
    )
    return [lead] if person_id in lead.people and not signed.exists() else []


def _sign_and_submit(request: Request, application: Application, form: SendForm) -> None:
    if "agree" in form.fields:
        for signer in _her_lead(request, application):
            sign(
                application_id=application.pk,
                party_id=signer.party_id,
                actor=request.actor,
                seen_hash=form.cleaned_data["seen"],
            )
    submit(
        application_id=application.pk,
        actor=request.actor,
        seen_version=form.cleaned_data["version"],
        although_late=request.POST.get("late") == "yes",
    )


def _draw(
    request: Request,
    application: Application,
    form: SendForm,
    *,
    status: int = 200,
    refusal: Refused | None = None,
) -> HttpResponse:
    parts = reads.parts(application)
    open_ends = [
        {
            "label": row.question.label,
            "sentence": part.problems[row.question.code],
            "url": _step_url(application, part.step.code, row.question.code),
        }
        for part in parts
        for row in part.rows
        if row.question.code in part.problems
    ]
    open_ends += [_open_end_of_card(application, each) for each in card.problems(application)]
    need, shown = signers(application), card.card_now(application)
    context = {
        "title": _("Controleren en indienen"),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "offer": offer_for(application),
        "definition": application.revision.definition,
        "parts": parts,
        "open_ends": open_ends,
        "card": shown if card.asks_card(application) else None,
        "photo_url": photo_address(application, shown.photo),
        "doubts": _doubts(application),
        "signers": need,
        "others_wait": [each for each in need[1:] if each.status != "signed"],
        "lead_waits": need[0].status != "signed" and "agree" not in form.fields,
        "is_group": application.party.kind == PartyKind.GROUP.value,
        "coaching": application.revision.definition.has(RouteStep.COACHING)
        and bool(coaching.brokers_for(application)),
        "not_yet": clock.now() < application.call.opens_at,
        "is_late": application.call.closes_at is not None
        and clock.now() >= application.call.closes_at,
        "form": form,
        "refusal": refusal,
        "saved": saved_address(request, application),
    }
    return render(request, "applications/summary.html", context, status=status)


def _doubts(application: Application) -> tuple[Reason, ...]:
    """Rules of the regulation that these answers do not meet: told before sending, never a bar."""
    answers = reads.with_files(application, answers_of(application))
    facts = reads.facts_of(application)
    return check(application.revision.definition, answers, facts).refusals


def _open_end_of_card(application: Application, problem: card.CardProblem) -> dict[str, str]:
    address = reverse("applications:card", args=[application.uid])
    return {
        "label": _("Zo zien stemmers uw initiatief"),
        "sentence": problem.sentence,
        "url": f"{address}?controle=1#id_{problem.field}",
    }


def _step_url(application: Application, step: str, question: str) -> str:
    address = reverse("applications:step", args=[application.uid, step])
    return f"{address}?controle=1#id_{PREFIX}-{question}"


def _late(
    request: Request, application: Application, form: SendForm, refusal: TooLate
) -> HttpResponse:
    """By how much it is late; keep the draft, or send it all the same."""
    context = {
        "title": _("De openstelling is gesloten"),
        "lead": refusal.sentence,
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "posted": form.data,
    }
    return render(request, "applications/late.html", context, status=refusal.status)
