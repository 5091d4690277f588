"""Upload a file at once, and open one that concerns you."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import SIGNED_IN, Request, entry
from applications.domain import drafts
from applications.domain.queries import form as reads
from applications.models import Application, Attachment
from applications.panels import first_gate
from applications.web import files, finding
from timeline.refusal import Refused


@require_POST
@entry(SIGNED_IN)
def upload(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Take one file for a question while the rest of the page stays as it is.

    Answers with the list of files as a fragment, or JSON with a sentence.
    """
    application = finding.own(request, uid)
    if reads.question_of(application, code) is None:
        raise Http404
    try:
        files.take(request, application, code, field="file")
    except Refused as refusal:
        return JsonResponse({"message": refusal.sentence}, status=refusal.status)
    return _list(request, application, code)


@require_POST
@entry(SIGNED_IN)
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a file away; the answer is the list that remains."""
    row = _mine(request, uid)
    drafts.remove_attachment(attachment_id=row.pk, actor=request.actor)
    return _list(request, row.application, row.question)


@entry(SIGNED_IN)
def file(request: Request, uid: UUID) -> HttpResponseBase:
    """A file, for whoever may see its dossier (404 for anybody else), once a gate is passed."""
    row = _row(uid)
    application = finding.seen(request, row.application.uid)
    if row.removed_at and not reads.was_sent(row):
        raise Http404
    gate = first_gate(application, request.person.pk) if request.person else None
    return HttpResponseRedirect(gate) if gate else files.send(row)


def _row(uid: UUID) -> Attachment:
    row = Attachment.objects.select_related("application").filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _mine(request: Request, uid: UUID) -> Attachment:
    row = _row(uid)
    finding.own(request, row.application.uid)
    return row


def _list(request: Request, application: Application, code: str) -> HttpResponse:
    question = reads.question_of(application, code)
    rows = reads.files_of(application).get(code, ())
    context = {
        "attachments": rows,
        "question": question,
        "room": question is not None and len(rows) < question.most_files,
    }
    return render(request, "applications/widgets/file_list.html", context)
