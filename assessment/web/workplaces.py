"""Where the work on a dossier in a state is done, and what that work is called."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.states import State

_WORK: dict[State, tuple[str, str | Promise]] = {
    State.SUBMITTED: ("assessment:completeness", _("Controleer of alles er is")),
    State.COMPLETENESS_CHECK: ("assessment:completeness", _("Controleer of alles er is")),
    State.IN_REVIEW: ("assessment:review", _("Beoordeel")),
    State.HEARING: ("assessment:hearing_staff", _("Bekijk de zienswijze")),
    State.LATE: ("assessment:proposal", _("Bekijk het voorstel")),
    State.AWAITING_SUPPLEMENT: ("assessment:proposal", _("Bekijk het voorstel")),
    State.RANKED: ("assessment:proposal", _("Bekijk het voorstel")),
    State.RESERVE: ("assessment:proposal", _("Bekijk het voorstel")),
}


def workplace(application: Application) -> str:
    """The address of the next work on an application; the dossier itself where there is none."""
    route = _WORK.get(State(application.state), ("portal:dossier", ""))[0]
    return reverse(route, args=[application.uid])


def work_on(application: Application) -> str:
    """What that work is called; empty where there is none."""
    return str(_WORK.get(State(application.state), ("", ""))[1])
