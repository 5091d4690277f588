"""For the people who guard a vote: signals to look at, and the sealed box for who counts again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from assessment.domain import stewards
from assessment.domain.publishing import packed
from assessment.domain.queries import published
from assessment.domain.queries.fraud import signals
from assessment.web import finding
from regeling.marking import file_name
from timeline.canon import sha256
from timeline.refusal import Conflict

READS = (Role.ASSESSOR, Role.AUDITOR)


@entry(*READS)
def report(request: Request, uid: UUID) -> HttpResponse:
    """What may point at fraud in a round, for people to weigh. It excludes nothing and nobody."""
    round_ = finding.vote_round(request, uid)
    context = {
        "title": _("Signalen"),
        "eyebrow": _("Stemronde"),
        "lead": _(
            "Dit zijn tellingen die opvallen kunnen. Er volgt niets vanzelf uit: mensen kijken "
            "ernaar voordat de uitslag vaststaat."
        ),
        "breadcrumbs": [
            (_("Stemrondes"), reverse("assessment:rounds")),
            (round_.title, reverse("assessment:round", args=[round_.uid])),
        ],
        "call_kind": round_.call.kind,
        "round": round_,
        "sealed": round_.state in published.SEALED,
        "signals": signals(round_),
    }
    return render(request, "assessment/public/signals.html", context)


@require_POST
@entry(*READS)
def box_file(request: Request, uid: UUID) -> HttpResponse:
    """The sealed box with its leaves and nonces, for a second count, an audit or an objection.

    Confidential: it goes to no cache, and the stream of the round keeps who took it and its hash.
    """
    round_ = finding.vote_round(request, uid)
    if round_.state not in published.SEALED:
        raise Conflict(_("De stembus gaat pas open als de stemming is gesloten."), code="state")
    content = packed(published.confidential_files(round_))
    with transaction.atomic():
        stewards.tell(round_, "box_downloaded", request.actor, sha256=sha256(content))
    response = HttpResponse(content, content_type="application/zip")
    name = file_name(round_.call, "stembus-vertrouwelijk.zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
