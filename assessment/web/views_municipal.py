"""For the contact of a municipality: what is asked of her, and her answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from assessment.domain import municipal
from assessment.domain.meetings_papers import plain_parts
from assessment.domain.queries.municipal import asked_of
from assessment.web.forms_meetings import MunicipalForm
from regeling.words import day_words, euro_words
from timeline import clock
from timeline.refusal import Refused


@entry(Role.MUNICIPAL_CONTACT)
def overview(request: Request) -> HttpResponse:
    """The applications in her municipality that wait for an answer, and those that were."""
    rows = asked_of(request.actor.person_id)
    today = clock.today()
    context = {
        "title": _("Vragen aan de gemeente"),
        "lead": _("Wat wij van uw gemeente willen weten over aanvragen van inwoners."),
        "waiting": [row for row in rows if row.waits and row.request.due_on >= today],
        "done": [row for row in rows if not row.waits or row.request.due_on < today],
    }
    return render(request, "assessment/municipal/list.html", context)


@entry(Role.MUNICIPAL_CONTACT)
def show(request: Request, uid: UUID) -> HttpResponse:
    """One application as the municipality needs it, and the questions. Nothing else of it."""
    found = next(
        (row for row in asked_of(request.actor.person_id, uid=uid) if row.request.uid == uid), None
    )
    if found is None:
        raise Http404
    asked = found.request
    open_now = clock.today() <= asked.due_on
    form = MunicipalForm(
        request.POST if request.method == "POST" else None,
        questions=municipal.questions_of(asked),
        known=municipal.latest(asked),
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            municipal.answer(request_id=asked.pk, answers=form.answers(), actor=request.actor)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Dank u wel. Uw antwoord is bewaard."))
            return HttpResponseRedirect(reverse("assessment:municipal"))
    application = asked.application
    context = {
        "title": application.title,
        "eyebrow": application.number,
        "lead": _("U kunt antwoorden, en uw antwoord veranderen, tot en met %(day)s.")
        % {"day": day_words(asked.due_on)},
        "breadcrumbs": [(_("Vragen aan de gemeente"), reverse("assessment:municipal"))],
        "call_kind": application.call.kind,
        "form": form,
        "open": open_now,
        "told": municipal.told_answers(application.pk),
        "history": list(asked.answers.select_related("person").order_by("answered_at", "pk")),
        "facts": [
            (_("Gemeente"), asked.municipality),
            (_("Regeling"), application.call.title),
            (_("Gevraagd"), euro_words(application.amount_asked)),
        ],
        "parts": plain_parts(application),
    }
    return render(request, "assessment/municipal/request.html", context, status=status)
