"""What this room adds to the dossier page, and the gate before it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from applications.guards import may_judge
from applications.models import Application
from applications.panels import Action, Panel, gate, panel
from applications.states import BEFORE_SUBMISSION, State
from assessment.domain.assigning import FINISHED
from assessment.domain.departures import decides, standing
from assessment.domain.interests import may_open
from assessment.domain.municipal import told_answers
from assessment.domain.queries.panels import panel_outcome
from assessment.domain.queries.worklist import why_assigned
from assessment.models import AgendaItem, Assignment, HearingRequest, Review
from assessment.web.meeting_page import OUTCOMES
from assessment.web.workplaces import work_on, workplace


@gate("interest_statement")
def interest_statement(application: Application, person_id: int) -> str | None:
    """Who judges says first whether she has an interest (Awb 2:4)."""
    if application.state in BEFORE_SUBMISSION or application.state in FINISHED:
        return None
    if not may_judge(application, person_id) or may_open(application.pk, person_id):
        return None
    return reverse("assessment:interest", args=[application.uid])


@panel("assessment", 20)
def judging(application: Application, person_id: int) -> Panel | None:
    """For who judges: whose it is, why, and the next work."""
    if application.state in BEFORE_SUBMISSION or not may_judge(application, person_id):
        return None
    assignment = (
        Assignment.objects.filter(application=application, until=None)
        .select_related("assessor")
        .first()
    )
    work = work_on(application)
    actions = (Action(work, workplace(application), primary=True),) if work else ()
    return Panel(
        title=_("Behandeling"),
        template="assessment/parts/judging.html",
        context={
            "assignment": assignment,
            "why": why_assigned(assignment.reason) if assignment else "",
        },
        actions=actions,
    )


@panel("committee", 25)
def committee(application: Application, person_id: int) -> Panel | None:
    """For who judges: the meetings that treat this dossier, and what the municipality says."""
    if application.state in BEFORE_SUBMISSION or not may_judge(application, person_id):
        return None
    items = list(
        AgendaItem.objects.filter(application=application)
        .select_related("meeting")
        .order_by("meeting__held_on", "pk")
    )
    told = told_answers(application.pk)
    if not items and told is None:
        return None
    return Panel(
        title=_("Commissie en gemeente"),
        template="assessment/parts/committee.html",
        context={"items": [(item, OUTCOMES[item.outcome]) for item in items], "told": told},
    )


@panel("departure", 26)
def departure(application: Application, person_id: int) -> Panel | None:
    """For who decides: a panel advised, and she may depart from that (or did)."""
    if application.state != State.IN_REVIEW or not decides(application, person_id):
        return None
    outcome = panel_outcome(application.pk)
    if outcome is None or outcome.decides:
        return None
    made = standing(application.pk)
    label = _("Bekijk de afwijking") if made else _("Wijk af van het advies")
    address = reverse("assessment:depart", args=[application.uid])
    return Panel(
        title=_("Advies van %(name)s") % {"name": outcome.name},
        template="assessment/parts/advised.html",
        context={"outcome": outcome, "departure": made},
        actions=(Action(label, address),),
    )


@panel("four_d", 30)
def four_d(application: Application, person_id: int) -> Panel | None:
    """What the conversation brought, for the initiator: four short texts and an offer, no score."""
    if not acts_for(person_id, application.party_id):
        return None
    reviews = [
        review
        for review in Review.objects.filter(
            application=application, submitted_at__isnull=False
        ).order_by("submitted_at", "pk")
        if any((review.durven, review.delen, review.denken, review.doen, review.offer))
    ]
    if not reviews:
        return None
    return Panel(
        title=_("Wij dachten met u mee"),
        template="assessment/parts/four_d.html",
        context={"reviews": reviews},
    )


@panel("hearing", 10)
def hearing(application: Application, person_id: int) -> Panel | None:
    """For the applicant: our intent, and room to answer."""
    if application.state != State.HEARING or not acts_for(person_id, application.party_id):
        return None
    request = HearingRequest.objects.filter(application=application).first()
    if request is None:
        return None
    address = reverse("assessment:hearing", args=[application.uid])
    return Panel(
        title=_("Wij horen graag uw reactie"),
        template="assessment/parts/hearing.html",
        context={"hearing": request},
        actions=() if request.answer else (Action(_("Geef uw reactie"), address, primary=True),),
    )
