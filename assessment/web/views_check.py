"""The completeness check: item by item, then one request or "everything is there"."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.web.refusals import tell
from applications.domain.queries import asked
from applications.domain.queries.card import card_of
from applications.models import Application
from applications.states import State
from assessment.domain import completeness as verbs
from assessment.domain.items import labels
from assessment.models import CompletenessItem
from assessment.web import finding
from assessment.web.forms import ItemsForm
from assessment.web.views import JUDGES
from assessment.web.workplaces import workplace
from regeling.definition import known
from regeling.terms import repair_term
from timeline import clock
from timeline.refusal import Refused

Kind, Status = CompletenessItem.Kind, CompletenessItem.Status


@entry(*JUDGES)
def completeness(request: Request, uid: UUID) -> HttpResponse:
    """The items, what was answered, and what can be done now."""
    application = finding.judged(request, uid)
    gate = finding.interest_first(request, application)
    if gate:
        return gate
    if application.state == State.SUBMITTED:
        return _page(request, application, None)
    if application.state != State.COMPLETENESS_CHECK:
        return HttpResponseRedirect(workplace(application))
    items, names = _items(application)
    form = ItemsForm(
        request.POST if request.method == "POST" else None,
        items=[item for item in items if item.kind != Kind.SIGNATURE],
        labels=names,
    )
    status = 200
    everything = "all_present" in request.POST
    if everything or form.is_valid():
        present = {item.pk: (str(Status.PRESENT), "") for item in form.items}
        try:
            verbs.mark_items(
                application_id=application.pk,
                marks=present if everything else form.marks(),
                actor=request.actor,
                seen_version=finding.version(request),
            )
            return HttpResponseRedirect(reverse("assessment:completeness", args=[uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    return _page(request, application, form, status)


@require_POST
@entry(*JUDGES)
def start(request: Request, uid: UUID) -> HttpResponse:
    """Begin the check."""
    application = finding.judged(request, uid)
    verbs.start_check(
        application_id=application.pk,
        actor=request.actor,
        seen_version=finding.version(request),
    )
    return HttpResponseRedirect(reverse("assessment:completeness", args=[uid]))


@require_POST
@entry(*JUDGES)
def ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask for what is missing, in one letter."""
    application = finding.judged(request, uid)
    verbs.ask_supplement(
        application_id=application.pk,
        actor=request.actor,
        seen_version=finding.version(request),
    )
    return HttpResponseRedirect(reverse("portal:dossier", args=[uid]))


@require_POST
@entry(*JUDGES)
def finish(request: Request, uid: UUID) -> HttpResponse:
    """Everything is there."""
    application = finding.judged(request, uid)
    moved = verbs.complete(
        application_id=application.pk,
        actor=request.actor,
        seen_version=finding.version(request),
    )
    return HttpResponseRedirect(workplace(moved))


@require_POST
@entry(*JUDGES)
def resume(request: Request, uid: UUID) -> HttpResponse:
    """Go on without the supplement that did not come."""
    application = finding.judged(request, uid)
    moved = verbs.resume_check(
        application_id=application.pk,
        actor=request.actor,
        seen_version=finding.version(request),
    )
    return HttpResponseRedirect(workplace(moved))


def _page(
    request: Request, application: Application, form: ItemsForm | None, status: int = 200
) -> HttpResponse:
    items, names = _items(application)
    statuses = {item.status for item in items}
    content = finding.content(application)
    answers = {row["code"]: row["text"] for part in content for row in part["rows"]}
    shown = card_of(application.pk)
    if shown:
        answers[asked.CARD] = " · ".join(filter(None, (shown.text, shown.name, shown.photo_text)))
    context = {
        "title": _("Is de aanvraag volledig?"),
        "eyebrow": application.number,
        "lead": f"{application.title} · {application.party.name}",
        "breadcrumbs": [(_("Werkvoorraad"), reverse("assessment:worklist"))],
        "call_kind": application.call.kind,
        "application": application,
        "form": form,
        "signatures": [
            (names[item.pk], item.status == Status.PRESENT)
            for item in items
            if item.kind == Kind.SIGNATURE
        ],
        "items": form.drawn(answers) if form else [],
        "content": content,
        "ready": bool(items) and Status.OPEN not in statuses,
        "missing": Status.MISSING in statuses,
        "repair_by": _repair_by(application),
    }
    return render(request, "assessment/completeness.html", context, status=status)


def _items(application: Application) -> tuple[list[CompletenessItem], dict[int, str]]:
    items = list(CompletenessItem.objects.filter(application=application).order_by("pk"))
    return items, labels(application, items)


def _repair_by(application: Application) -> object:
    """The last day if the supplement were asked today, with its reason."""
    weeks = known(application.revision.definition.terms.repair_weeks, "terms.repair_weeks")
    return repair_term(asked_on=clock.today(), weeks=weeks)
