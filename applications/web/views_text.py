"""Which text of the regulation governs a dossier, and the choice that a draft has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from applications.domain.queries import form as reads
from applications.domain.queries.form import Row
from applications.domain.queries.texts import (
    kept_answers,
    may_return,
    offer_for,
)
from applications.domain.texts import choose_text
from applications.models import Application
from applications.moving import Beside, carried
from applications.web import finding
from applications.web.show import shown
from regeling.answers import validate
from regeling.definition import Definition, Question
from regeling.differences import differences
from regeling.models import CallAmendment, Revision
from timeline.refusal import Refused


@entry(SIGNED_IN)
def text(request: Request, uid: UUID) -> HttpResponse:
    """The newer text with what changed, the choice by one button, and the answers that are kept."""
    application = finding.own(request, uid)
    if not finding.is_draft(application):
        return redirect("portal:dossier", uid)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            _choose(request, application)
        except Refused as raised:
            refusal = raised
            application = finding.own(request, uid)
        else:
            messages.success(request, _("U werkt nu met de andere tekst. Geen antwoord is weg."))
            return redirect("applications:text", uid)
    offer, back = offer_for(application), may_return(application)
    now = application.revision.definition
    context = {
        "title": _("De regeling is veranderd") if offer else _("De tekst van de regeling"),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "refusal": refusal,
        "offer": offer,
        "changes": differences(now, offer.after.definition) if offer else (),
        "new_questions": _unanswered(application, offer.after.definition) if offer else (),
        "back": back,
        "back_changes": differences(now, back.definition) if back else (),
        "kept": _kept(application),
        "go_on": reverse("applications:form", args=[uid]),
    }
    return render(
        request, "applications/text.html", context, status=refusal.status if refusal else 200
    )


def _choose(request: Request, application: Application) -> None:
    offer, back = offer_for(application), may_return(application)
    chosen = request.POST.get("tekst", "")
    found = {"nieuw": offer.after if offer else None, "terug": back}.get(chosen)
    if found is None:
        raise Refused(_("Deze tekst kunt u voor deze aanvraag niet kiezen."), code="text")
    version = request.POST.get("version", "")
    choose_text(
        application_id=application.pk,
        revision_id=found.pk,
        seen_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        actor=request.actor,
    )


def _unanswered(application: Application, after: Definition) -> list[str]:
    """What the newer text still asks of her, in the words of its questions."""
    before = application.revision.definition
    answers = reads.with_files(application, reads.answers_of(application))
    known = {question.code for question in before.form.questions}
    there = {code: value for code, value in answers.items() if code in known}
    problems = validate(
        after, carried(there, before, after), final=True, facts=reads.facts_of(application)
    )
    labels = {question.code: question.label for question in after.form.questions}
    return list(
        dict.fromkeys(labels[each.question] for each in problems if each.question in labels)
    )


def _kept(application: Application) -> list[dict[str, Any]]:
    """The answers that are not asked now, with the questions as they were asked."""
    found = kept_answers(application)
    texts = _texts(application) if found else []
    rows = []
    for each in found:
        definition, question = _asked_as(each, texts)
        if question is not None and definition is not None:
            row = Row(question, each.answer)
            rows.append({"row": row, "kind": str(question.kind), "shown": shown(definition, row)})
    return rows


def _asked_as(each: Beside, texts: list[Revision]) -> tuple[Definition | None, Question | None]:
    for row in texts:
        question = row.definition.form.question(each.code)
        if question is not None and question.kind == each.kind:
            return row.definition, question
    return None, None


def _texts(application: Application) -> list[Revision]:
    """Every text that governed the call at some time, newest first."""
    rows = CallAmendment.objects.filter(call=application.call_id).select_related("before", "after")
    found = [text for row in rows.order_by("-number") for text in (row.after, row.before)]
    return [*found, application.call.revision]
