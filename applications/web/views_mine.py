"""Mijn dossiers, and the ends of one: withdraw it, or throw a draft away."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from accounts.web.refusals import tell
from applications.domain import drafts
from applications.domain.queries import mine as reads
from applications.domain.submission import withdraw as withdraw_it
from applications.models import Application
from applications.states import BEFORE_SUBMISSION, WITHDRAWABLE, State
from applications.web import finding
from timeline.refusal import Refused

PER_PAGE = 20


class Confirm(forms.Form):
    """The version that somebody saw when she decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@entry(SIGNED_IN)
def mine(request: Request) -> HttpResponse:
    """The dossiers of this person, her groups and her organisations, a page at a time."""
    if request.person is None:
        raise Http404
    page = Paginator(reads.dossiers(request.person.pk), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Mijn dossiers"),
        "lead": _("Alles wat u aanvroeg of aan het schrijven bent, ook met anderen samen."),
        "breadcrumbs": [],
        "page": page,
        "drafts": BEFORE_SUBMISSION,
    }
    return render(request, "applications/mine.html", context)


@entry(SIGNED_IN)
def withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Ask whether she is sure, and withdraw the application."""
    application = finding.own(request, uid)
    if application.state == State.WITHDRAWN:
        return redirect("portal:dossier", uid)
    form = _confirm(request, application)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_it(
                application_id=application.pk,
                actor=request.actor,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Uw aanvraag is ingetrokken. U krijgt een bevestiging."))
            return redirect("portal:dossier", uid)
    context = {
        "title": _("Aanvraag intrekken"),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "possible": application.state in WITHDRAWABLE,
        "form": form,
    }
    return render(request, "applications/withdraw.html", context, status=status)


@entry(SIGNED_IN)
def discard(request: Request, uid: UUID) -> HttpResponse:
    """Ask whether she is sure, and throw a draft away that nobody else has seen."""
    application = finding.own(request, uid)
    if not finding.is_draft(application):
        return redirect("applications:withdraw", uid)
    form = _confirm(request, application)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            drafts.discard(application_id=application.pk, actor=request.actor)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Het concept is weggegooid."))
            return redirect("applications:mine")
    context = {
        "title": _("Concept weggooien"),
        "eyebrow": finding.name(application),
        "lead": _(
            "Alles wat u hebt ingevuld en alle bestanden verdwijnen. Dat is niet terug te draaien."
        ),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "form": form,
    }
    return render(request, "applications/discard.html", context, status=status)


def _confirm(request: Request, application: Application) -> Confirm:
    data = request.POST if request.method == "POST" else None
    return Confirm(data=data, initial={"version": application.version})
