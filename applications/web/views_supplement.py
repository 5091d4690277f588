"""Hand in what was asked: a new version of the application beside the first (Awb 4:5, 4:15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from applications.answers import answers_of
from applications.domain import drafts
from applications.domain.queries import asked as asking
from applications.domain.queries import form as reads
from applications.domain.signing import missing_signers
from applications.domain.submission import CARD, Invalid, supplement
from applications.models import Application, Attachment
from applications.states import State
from applications.web import files, finding
from applications.web.budget import with_line
from applications.web.forms import PREFIX, Posted, StepForm, read
from applications.web.saving import with_stored_numbers
from regeling.definition import FormStep
from timeline.refusal import Refused


@dataclass(frozen=True, slots=True)
class Page:
    """The supplement of one application; ``step`` holds the questions that are drawn."""

    request: Request
    application: Application
    step: FormStep
    version: int


@entry(SIGNED_IN)
def form(request: Request, uid: UUID) -> HttpResponse:
    """What is asked, by when, and room to answer it; every other answer can be changed as well."""
    application = finding.own(request, uid)
    if application.state != State.AWAITING_SUPPLEMENT:
        return redirect("portal:dossier", uid)
    everything = "alles" in request.GET
    step = _step(application, everything=everything)
    if request.method != "POST":
        return _draw(Page(request, application, step, application.version), told={})
    version = request.POST.get("version", "")
    page = Page(request, application, step, int(version) if version.isdigit() else 0)
    posted = read(application.revision.definition, step, request.POST)
    action, _sep, argument = request.POST.get("go", "send").partition(":")
    if action in _WORK:
        return _WORK[action](page, posted, argument)
    if posted.unreadable:
        return _draw(page, told=posted.unreadable, posted=posted, status=422)
    return _send(page, posted)


def _send(page: Page, posted: Posted) -> HttpResponse:
    application = page.application
    try:
        supplement(
            application_id=application.pk,
            changes=with_stored_numbers(application, posted.answers),
            actor=page.request.actor,
            seen_version=page.version,
        )
    except Invalid as invalid:
        told = dict(reversed(invalid.problems))
        for name, sentence in invalid.problems:
            if name.startswith(f"{CARD}:"):
                messages.error(page.request, sentence)
                del told[name]
        elsewhere = told.keys() - {question.code for question in page.step.questions}
        if elsewhere:
            whole = _step(application, everything=True)
            page = Page(page.request, application, whole, page.version)
        return _draw(page, told=told, posted=posted, status=invalid.status)
    except Refused as refusal:
        messages.error(page.request, refusal.sentence)
        return _draw(page, told={}, posted=posted, status=refusal.status)
    messages.success(page.request, _("Uw aanvulling is ontvangen. Onze beslistermijn loopt weer."))
    return redirect("portal:dossier", application.uid)


def _add_line(page: Page, posted: Posted, argument: str) -> HttpResponse:
    code, _sep, half = argument.rpartition("-")
    typed = posted.raw.get(code) or answers_of(page.application).get(code)
    return _draw(page, told={}, posted=posted, lines={code: with_line(typed, half)})


def _upload(page: Page, posted: Posted, argument: str) -> HttpResponse:
    try:
        files.take(page.request, page.application, argument, field=f"{PREFIX}-{argument}")
    except Refused as refusal:
        told = {argument: refusal.sentence}
        return _draw(page, told=told, posted=posted, status=refusal.status)
    return _draw(page, told={}, posted=posted)


def _remove(page: Page, posted: Posted, argument: str) -> HttpResponse:
    row = Attachment.objects.filter(application=page.application, uid=argument).first()
    if row is None:
        raise Http404
    drafts.remove_attachment(attachment_id=row.pk, actor=page.request.actor)
    return _draw(page, told={}, posted=posted)


_WORK = {"line": _add_line, "upload": _upload, "remove": _remove}


def _step(application: Application, *, everything: bool) -> FormStep:
    """The asked questions as one step, in the order of the form; all of them when she wishes."""
    wanted = set(asking.questions(application))
    there = [row.question for part in reads.parts(application, check=False) for row in part.rows]
    chosen = tuple(q for q in there if everything or q.code in wanted)
    return FormStep(code="aanvulling", title=_("Aanvulling"), questions=chosen)


def _draw(
    page: Page,
    *,
    told: dict[str, str],
    posted: Posted | None = None,
    lines: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    application, definition = page.application, page.application.revision.definition
    answers = {**answers_of(application), **(posted.raw if posted else {}), **(lines or {})}
    everything = len(page.step.questions) > len(asking.questions(application))
    context = {
        "title": _("Aanvulling sturen"),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "request_for": asking.request(application),
        "unsigned": missing_signers(application),
        "form": StepForm(
            definition, page.step, answers, files=reads.files_of(application), told=told
        ),
        "version": page.version,
        "everything": everything,
        "card_asked": asking.wants_card(application),
        "files_address": reverse("applications:upload", args=[application.uid, "CODE"]),
    }
    return render(page.request, "applications/supplement.html", context, status=status)
