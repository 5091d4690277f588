"""What may still be done to an open vote, each time with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.web.refusals import tell
from assessment.domain import running
from assessment.models import VoteOption, VoteRound
from assessment.web import finding
from assessment.web.forms_rounds import ExtendForm, ReasonForm
from assessment.web.round_frame import RUNS, frame
from timeline.refusal import Refused


@entry(*RUNS)
def extend(request: Request, uid: UUID) -> HttpResponse:
    """Let the vote last longer."""
    round_ = finding.vote_round(request, uid)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    return _acted(
        request,
        round_,
        form,
        running.extend_round,
        title=_("Stemming verlengen"),
        said=_(
            "Iedereen kan dan langer stemmen. Stemmers zien de nieuwe sluiting en lezen de reden."
        ),
        button=_("Verleng de stemming"),
    )


@entry(*RUNS)
def pause(request: Request, uid: UUID) -> HttpResponse:
    """Take no ballots for now."""
    round_ = finding.vote_round(request, uid)
    return _acted(
        request,
        round_,
        ReasonForm(request.POST if request.method == "POST" else None),
        running.pause_round,
        title=_("Stemming stilzetten"),
        said=_("Niemand kan dan stemmen, tot u de stemming hervat. Stemmers lezen de reden."),
        button=_("Zet de stemming stil"),
    )


@entry(*RUNS)
def resume(request: Request, uid: UUID) -> HttpResponse:
    """Take ballots again."""
    round_ = finding.vote_round(request, uid)
    return _acted(
        request,
        round_,
        ReasonForm(request.POST if request.method == "POST" else None),
        running.resume_round,
        title=_("Stemming hervatten"),
        said=_("Wij kijken eerst of gebruikte stemrechten en stembiljetten nog gelijk zijn."),
        button=_("Hervat de stemming"),
    )


@entry(*RUNS)
def withdraw(request: Request, uid: UUID, option: UUID) -> HttpResponse:
    """Take an initiative out of the vote."""
    round_ = finding.vote_round(request, uid)
    row = VoteOption.objects.filter(round=round_, uid=option).first()
    if row is None:
        raise Http404
    return _acted(
        request,
        round_,
        ReasonForm(request.POST if request.method == "POST" else None),
        running.withdraw_option,
        title=_("Initiatief uit de stemming halen"),
        said=_(
            "“%(title)s” krijgt dan geen geld. Stembiljetten waarop het staat, blijven geldig. "
            "Dit kan niet terug."
        )
        % {"title": row.title},
        button=_("Haal dit initiatief uit de stemming"),
        subject={"option_id": row.pk},
    )


def _acted(
    request: Request,
    round_: VoteRound,
    form: ReasonForm,
    verb: Any,
    *,
    title: str,
    said: str,
    button: str,
    subject: dict[str, int] | None = None,
) -> HttpResponse:
    """One act with a reason: the form, or back to the round once it was done."""
    status = 200
    if form.is_valid():
        try:
            verb(**(subject or {"round_id": round_.pk}), **form.cleaned_data, actor=request.actor)
            return HttpResponseRedirect(reverse("assessment:round", args=[round_.uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {
        **frame(round_, title, lead=said),
        "form": form,
        "button": button,
        "cancel": reverse("assessment:round", args=[round_.uid]),
    }
    return render(request, "assessment/round_act.html", context, status=status)
