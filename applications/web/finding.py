"""Find the dossier that a page is about; what is not hers does not exist for a stranger."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request
from accounts.domain.people import acts_for
from applications.domain.queries import dossier
from applications.models import Application
from applications.states import BEFORE_SUBMISSION


def seen(request: Request, uid: UUID) -> Application:
    """A dossier that this person may see; 404 for everybody else."""
    try:
        return dossier.find(request.person.pk if request.person else None, uid)
    except Application.DoesNotExist:
        raise Http404 from None


def own(request: Request, uid: UUID) -> Application:
    """A dossier of this person, her group or her organisation; 404 for everybody else."""
    application = seen(request, uid)
    if not acts_for(request.person.pk if request.person else None, application.party_id):
        raise Http404
    return application


def is_draft(application: Application) -> bool:
    return application.state in BEFORE_SUBMISSION


def trail(application: Application) -> list[tuple[str, str]]:
    """The breadcrumbs of a page about a dossier."""
    crumbs = [(_("Mijn dossiers"), reverse("applications:mine"))]
    if not is_draft(application):
        title = application.number or application.title
        crumbs.append((title, reverse("portal:dossier", args=[application.uid])))
    return crumbs


def name(application: Application) -> str:
    """What a page calls the application: its title, or that it has none yet."""
    return application.title or _("Aanvraag zonder naam")
