"""The review, the proposal that follows, and the hearing before a refusal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import acts_for
from accounts.web.refusals import tell
from applications.models import Application, Involvement
from applications.states import State
from assessment.domain.amounts import calculation_of
from assessment.domain.hearings import (
    answer_hearing,
    ask_hearing,
    needs_hearing,
    reply_to_hearing,
)
from assessment.domain.proposals import draft_proposal, proposal_for
from assessment.domain.reviews import admit, advice_of, save_review, submit_review
from assessment.models import HearingRequest, Review
from assessment.web import finding
from assessment.web.forms import AnswerForm, ReplyForm, ReviewForm
from assessment.web.views import JUDGES
from assessment.web.workplaces import workplace
from documents.models import Decision
from regeling.definition import DistributionRule, RouteStep
from timeline.refusal import Refused


@entry(*JUDGES)
def review(request: Request, uid: UUID) -> HttpResponse:
    """One's own review; others' stand beside it once one's own is handed in."""
    application = finding.judged(request, uid)
    gate = finding.interest_first(request, application)
    if gate:
        return gate
    if application.state != State.IN_REVIEW:
        return HttpResponseRedirect(workplace(application))
    if not application.revision.definition.has(RouteStep.REVIEW):
        return HttpResponseRedirect(reverse("assessment:proposal", args=[uid]))
    own = (
        Review.objects.filter(application=application, reviewer=request.person)
        .prefetch_related("answers")
        .first()
    )
    if own and own.submitted_at:
        return _reviewed(request, application)
    hand_in = "hand_in" in request.POST
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        application=application,
        review=own,
        final=hand_in,
    )
    status = 200
    if form.is_valid():
        try:
            return _keep(request, application, form, hand_in=hand_in)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {
        **_frame(application, _("Beoordelen")),
        "form": form,
        "own": own,
        "coached": Involvement.objects.filter(
            application=application, person=request.person, kind=Involvement.Kind.COACH
        ).exists(),
        "content": finding.content(application),
        "calculation": calculation_of(application),
    }
    return render(request, "assessment/review.html", context, status=status)


@require_POST
@entry(*JUDGES)
def let_in(request: Request, uid: UUID) -> HttpResponse:
    """Let a positively reviewed application into the vote."""
    application = finding.judged(request, uid)
    admit(
        application_id=application.pk,
        actor=request.actor,
        seen_version=finding.version(request),
    )
    messages.success(request, _("De aanvraag mag naar de stemming."))
    return HttpResponseRedirect(reverse("assessment:worklist"))


@entry(*JUDGES)
def proposal(request: Request, uid: UUID) -> HttpResponse:
    """What follows for this application and why; with one press it becomes a draft decision."""
    application = finding.judged(request, uid)
    gate = finding.interest_first(request, application)
    if gate:
        return gate
    if request.method == "POST":
        decision = draft_proposal(
            application_id=application.pk,
            actor=request.actor,
            seen_version=finding.version(request),
        )
        return HttpResponseRedirect(reverse("documents:decision", args=[decision.uid]))
    context: dict[str, Any] = _frame(application, _("Voorstel"))
    context["panel"] = application.revision.definition.has(RouteStep.PANEL)
    context["by_receipt"] = application.call.distribution_rule == DistributionRule.RECEIPT
    try:
        found = proposal_for(application.pk)
        context["proposal"] = found
        context["kind"] = Decision.Kind(found.kind).label
    except Refused as refusal:
        context["not_yet"] = refusal
    return render(request, "assessment/proposal.html", context)


@entry(*JUDGES)
def hearing_staff(request: Request, uid: UUID) -> HttpResponse:
    """Ask the applicant what she thinks of our intent; later, say what we do with her answer."""
    application = finding.judged(request, uid)
    gate = finding.interest_first(request, application)
    if gate:
        return gate
    asked = HearingRequest.objects.filter(application=application).first()
    form = ReplyForm(request.POST if asked and request.method == "POST" else None)
    if request.method == "POST" and asked is None:
        ask_hearing(
            application_id=application.pk,
            actor=request.actor,
            seen_version=finding.version(request),
        )
        return HttpResponseRedirect(reverse("assessment:hearing_staff", args=[uid]))
    if form.is_valid():
        reply_to_hearing(
            application_id=application.pk,
            reply=form.cleaned_data["reply"],
            actor=request.actor,
        )
        return HttpResponseRedirect(reverse("assessment:proposal", args=[uid]))
    context = {**_frame(application, _("Zienswijze")), "hearing": asked, "form": form}
    return render(request, "assessment/hearing_staff.html", context)


@entry(SIGNED_IN)
def hearing(request: Request, uid: UUID) -> HttpResponse:
    """The applicant reads our intent and answers."""
    application = (
        Application.objects.filter(uid=uid, state=State.HEARING)
        .select_related("call", "party")
        .first()
    )
    if application is None or not acts_for(request.actor.person_id, application.party_id):
        raise Http404
    asked = HearingRequest.objects.get(application=application)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            answer_hearing(
                application_id=application.pk,
                answer=form.cleaned_data["answer"],
                actor=request.actor,
            )
            messages.success(request, _("Wij hebben uw reactie ontvangen."))
            return HttpResponseRedirect(reverse("portal:dossier", args=[uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": _("Uw reactie op ons voornemen"),
        "eyebrow": application.number,
        "lead": application.title,
        "breadcrumbs": [(_("Dossier"), reverse("portal:dossier", args=[uid]))],
        "call_kind": application.call.kind,
        "hearing": asked,
        "form": form,
    }
    return render(request, "assessment/hearing.html", context, status=status)


def _keep(
    request: Request, application: Application, form: ReviewForm, *, hand_in: bool
) -> HttpResponse:
    verb = submit_review if hand_in else save_review
    verb(
        application_id=application.pk,
        judgement=form.judgement(),
        actor=request.actor,
        seen_version=finding.version(request),
    )
    if not hand_in:
        messages.success(request, _("Uw beoordeling is bewaard."))
    return HttpResponseRedirect(reverse("assessment:review", args=[application.uid]))


def _reviewed(request: Request, application: Application) -> HttpResponse:
    """What the reviews say together, and what can be done with it."""
    advice = advice_of(application.pk)
    rows = Review.objects.filter(application=application, submitted_at__isnull=False)
    context = {
        **_frame(application, _("Beoordeeld")),
        "advice": advice,
        "reviews": list(
            rows.select_related("reviewer").prefetch_related("answers").order_by("submitted_at")
        ),
        "panel_follows": application.revision.definition.has(RouteStep.PANEL),
        "vote_follows": application.revision.definition.has(RouteStep.VOTE),
        "needs_hearing": bool(advice and not advice.positive) and needs_hearing(application.pk),
    }
    return render(request, "assessment/reviewed.html", context)


def _frame(application: Application, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "eyebrow": application.number,
        "lead": f"{application.title} · {application.party.name}",
        "breadcrumbs": [
            (_("Werkvoorraad"), reverse("assessment:worklist")),
            (_("Dossier"), reverse("portal:dossier", args=[application.uid])),
        ],
        "call_kind": application.call.kind,
        "application": application,
    }
