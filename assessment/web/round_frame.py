"""What every page of a vote round has around it, and who may open it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.roles import Role
from assessment.domain.queries.rounds import DECIDERS
from assessment.models import VoteRound

RUNS = (Role.ASSESSOR,)
READS = DECIDERS
STATES: dict[str, Promise] = {
    "concept": _lazy("In voorbereiding"),
    "open": _lazy("Open"),
    "closed": _lazy("Gesloten en verzegeld"),
    "counted": _lazy("Geteld"),
    "decided": _lazy("Rangschikking ligt vast"),
    "unlinked": _lazy("Ontkoppeld"),
}


def frame(round_: VoteRound, title: str, lead: str = "") -> dict[str, Any]:
    """Title, lead, breadcrumbs and banner of a page of this round."""
    own_page = title == round_.title
    here = [] if own_page else [(round_.title, reverse("assessment:round", args=[round_.uid]))]
    return {
        "title": title,
        "eyebrow": _("Stemronde") if round_.votes else _("Rangschikking"),
        "lead": lead or (round_.call.title if title != round_.call.title else ""),
        "breadcrumbs": [(_("Stemrondes"), reverse("assessment:rounds")), *here],
        "call_kind": round_.call.kind,
        "round": round_,
    }
