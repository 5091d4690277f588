"""Letters as their readers see them: as a page, as the stored file, as a preview."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from accounts.roles import Role
from applications.domain.queries.dossier import find
from applications.models import Application
from documents import storage
from documents.domain.queries import decisions as reads
from documents.facts import facts_from, preview_award
from documents.letters import compose
from documents.models import Document
from documents.rendering.html import part_of_page
from regeling.marking import file_name

STAFF = (Role.DECISION_MAKER, Role.ASSESSOR, Role.BROKER, Role.FINANCE, Role.AUDITOR)


def letter_html(text: str) -> str:
    """The letter of stored facts as a part of a page; every value in it is escaped."""
    return mark_safe(part_of_page(compose(facts_from(text))))  # noqa: S308  # our own template


@entry(SIGNED_IN)
def document(request: Request, uid: UUID) -> HttpResponse:
    """A letter that was sent, to read on the screen, for whom it concerns (404 for others)."""
    row = _find(request, uid)
    application = row.application
    context = {
        "title": row.subject,
        "eyebrow": application.number,
        "breadcrumbs": [
            (_("Dossier"), reverse("portal:dossier", args=[application.uid])),
        ],
        "document": row,
        "letter": letter_html(row.facts),
        "call_kind": application.call.kind,
    }
    return render(request, "documents/document.html", context)


@entry(SIGNED_IN)
def pdf(request: Request, uid: UUID) -> HttpResponse:
    """The stored original, byte for byte, for whom it concerns (404 for others)."""
    row = _find(request, uid)
    name = file_name(row.application.call, f"{row.application.number}-{row.kind}.pdf")
    response = HttpResponse(storage.read(row.path), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@entry(SIGNED_IN)
def preview(request: Request, uid: UUID) -> HttpResponse:
    """ "Zo ziet uw brief eruit als het lukt", for who may see the application."""
    try:
        application = find(request.person.pk if request.person else None, uid)
    except Application.DoesNotExist:
        raise Http404 from None
    context = {
        "title": _("Zo ziet uw brief eruit als het lukt"),
        "lead": _("Dit is een voorbeeld met uw eigen gegevens. Er is nog niets besloten."),
        "breadcrumbs": [(_("Dossier"), reverse("portal:dossier", args=[application.uid]))],
        "letter": mark_safe(preview_award(application.pk)),  # noqa: S308  # our own template
        "call_kind": application.call.kind,
    }
    return render(request, "documents/preview.html", context)


@entry(*STAFF)
def by_post(request: Request) -> HttpResponse:
    """Letters that go out on paper, for who handles those dossiers."""
    person_id = request.person.pk if request.person else None
    context = {
        "title": _("Brieven per post"),
        "lead": _(
            "Deze aanvragers hebben geen e-mailadres. Print de brief en verstuur hem op de dag die "
            "erop staat."
        ),
        "documents": list(reads.by_post(person_id)[:200]),
    }
    return render(request, "documents/by_post.html", context)


def _find(request: Request, uid: UUID) -> Document:
    try:
        return reads.letter(request.person.pk if request.person else None, uid)
    except Document.DoesNotExist:
        raise Http404 from None
