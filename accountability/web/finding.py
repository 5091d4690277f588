"""Find what a page of this room is about; for a stranger it does not exist (404)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.domain.queries import settlements
from accounts.access import Request
from applications.models import Application
from applications.panels import first_gate


def person_id(request: Request) -> int | None:
    """The key of whoever asks; None for nobody."""
    return request.person.pk if request.person else None


def judged(request: Request, uid: UUID) -> Application | HttpResponseRedirect:
    """A dossier that this person may judge (404 for others), or the gate that comes before it."""
    try:
        application = settlements.find(person_id(request), uid)
    except Application.DoesNotExist:
        raise Http404 from None
    return gate(request, application) or application


def gate(request: Request, application: Application) -> HttpResponseRedirect | None:
    """Where somebody goes before she may read this dossier, for example to state her interest."""
    address = first_gate(application, request.person.pk) if request.person else None
    return HttpResponseRedirect(address) if address else None


def dossier_url(application: Application) -> str:
    return reverse("portal:dossier", args=[application.uid])


def trail(application: Application) -> list[tuple[str, str]]:
    """The breadcrumb to the dossier."""
    return [(application.number or _("Dossier"), dossier_url(application))]
