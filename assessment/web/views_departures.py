"""Departing from vote or advice: first see what it does to the others; and the list of a call."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.models import Application
from applications.rules import visible
from applications.web.parsing import amount_text
from assessment.domain import departures as verbs
from assessment.domain.allocation_model import MoreFixedThanThereIs
from assessment.domain.queries import departures as reads
from assessment.domain.queries.panels import panel_outcome
from assessment.models import Departure, VoteOption, VoteRound
from assessment.web import finding
from assessment.web.forms_rounds import DepartForm
from assessment.web.round_frame import READS, frame
from documents import cells
from regeling.marking import file_name
from regeling.models import Call
from timeline.refusal import Refused

DECIDES = (Role.DECISION_MAKER,)


@entry(*DECIDES)
def depart(request: Request, uid: UUID) -> HttpResponse:
    """Another outcome for one application: typed, looked at beside the present one, then kept."""
    application = _found(request, uid)
    round_ = verbs.round_of(application.pk)
    form = DepartForm(request.POST if request.method == "POST" else None)
    refusal = _not_now(request, application, round_)
    effect: list[reads.Compared] = []
    status = 200
    if refusal is None and form.is_valid():
        try:
            if request.POST.get("go") == "save":
                return _kept(request, application, round_, form)
            effect = _effect(application, round_, form.cleaned_data["amount"])
        except Refused as wrong:
            _tell(form, wrong)
            status = wrong.status
    elif form.is_bound:
        status = 422 if refusal is None else refusal.status
    context = {
        **_frame(application, round_),
        "application": application,
        "form": form,
        "not_now": refusal,
        "effect": effect,
        "looked": form.is_bound and form.is_valid(),
        "seen_hash": verbs.seen_of(round_) if round_ else "",
        "most": verbs.most_for(application, round_),
        "advice": None if round_ else panel_outcome(application.pk),
        "standing": verbs.standing(application.pk),
    }
    return render(request, "assessment/depart.html", context, status=status)


@require_POST
@entry(*DECIDES)
def take_back(request: Request, uid: UUID) -> HttpResponse:
    """Take a departure back."""
    row = Departure.objects.filter(uid=uid).select_related("application").first()
    if row is None:
        raise Http404
    application = _found(request, row.application.uid)
    verbs.take_back(departure_id=row.pk, actor=request.actor)
    return HttpResponseRedirect(_after(application, row.round))


@entry(*READS)
def departures(request: Request, slug: str) -> HttpResponse:
    """The list "afgeweken van het advies" of a call, to read and to print."""
    call = _call(request, slug)
    context = {
        "title": _("Afgeweken van het advies"),
        "lead": call.title,
        "breadcrumbs": [(_("Stemrondes"), reverse("assessment:rounds"))],
        "call_kind": call.kind,
        "call": call,
        "lines": reads.departures_of_call(call),
    }
    return render(request, "assessment/departures.html", context)


@entry(*READS)
def departures_csv(request: Request, slug: str) -> HttpResponse:
    """The same list for a spreadsheet; amounts in cents."""
    call = _call(request, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = file_name(call, f"afgeweken-{call.slug}.csv")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    table = csv.writer(response, delimiter=";")
    table.writerow(
        ["dossier", "initiatief", "advies_cent", "besluit_cent", "reden", "door", "datum"]
    )
    for line in reads.departures_of_call(call):
        advised = "" if line.advised is None else line.advised
        row = line.application
        words = [cells.text(each) for each in (row.title, line.reason, line.by)]
        table.writerow(
            [row.number, words[0], advised, line.cents, words[1], words[2], line.on.isoformat()]
        )
    return response


def _kept(
    request: Request, application: Application, round_: VoteRound | None, form: DepartForm
) -> HttpResponse:
    verbs.depart(
        application_id=application.pk,
        cents=form.cleaned_data["amount"],
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        seen_hash=request.POST.get("seen_hash", "") if round_ else None,
    )
    return HttpResponseRedirect(_after(application, round_))


def _effect(application: Application, round_: VoteRound | None, cents: int) -> list[reads.Compared]:
    """What it would do to the others; nothing where nobody else is ranked beside it."""
    most = verbs.most_for(application, round_)
    if cents > most:
        raise Refused(
            _("Dit is meer dan de regeling geeft: hoogstens %(most)s euro.")
            % {"most": amount_text(most)},
            field="cents",
        )
    if round_ is None:
        return []
    option = VoteOption.objects.get(round=round_, application=application)
    try:
        return reads.compare(round_, {str(option.uid): cents})
    except MoreFixedThanThereIs as wrong:
        raise Refused(
            _("Dit past samen met andere afwijkingen niet onder het plafond."),
            article="Awb 4:25",
            field="cents",
        ) from wrong


def _tell(form: DepartForm, refusal: Refused) -> None:
    """The verb speaks of cents where the form asks an amount."""
    if refusal.field == "cents":
        form.add_error("amount", refusal.sentence)
    else:
        tell(form, refusal)


def _not_now(
    request: Request, application: Application, round_: VoteRound | None
) -> Refused | None:
    """Why nothing can be departed from here, if so; asked before anybody types."""
    try:
        verbs.refuse_who_does_not_decide(application, request.actor)
        verbs.refuse_late(application, round_)
        verbs.refuse_binding(application, round_)
    except Refused as refusal:
        return refusal
    return None


def _found(request: Request, uid: UUID) -> Application:
    row = (
        visible(request.actor.person_id)
        .filter(uid=uid)
        .select_related("call__revision__regulation__authority", "revision", "party")
        .first()
    )
    if row is None or not finding.decides(request, row.call):
        raise Http404
    return row


def _call(request: Request, slug: str) -> Call:
    call = Call.objects.filter(slug=slug).select_related("revision__regulation__authority").first()
    if call is None:
        raise Http404
    regulation = call.revision.regulation
    if not holds(
        request.actor.person_id,
        *READS,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    ):
        raise Http404
    return call


def _frame(application: Application, round_: VoteRound | None) -> dict[str, Any]:
    title = _("Afwijken van de stemming") if round_ else _("Afwijken van het advies")
    if round_ is not None:
        return frame(round_, title, lead=application.title)
    return {
        "title": title,
        "eyebrow": application.number,
        "lead": application.title,
        "breadcrumbs": [
            (application.number or "", reverse("portal:dossier", args=[application.uid]))
        ],
        "call_kind": application.call.kind,
    }


def _after(application: Application, round_: VoteRound | None) -> str:
    if round_ is not None:
        return reverse("assessment:ranking", args=[round_.uid])
    return reverse("portal:dossier", args=[application.uid])
