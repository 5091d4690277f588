"""How the money of a round was divided, step by step, for everybody; and the minutes as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assessment import minutes, printing
from assessment.domain.queries.counting import calculation_of_round, count_of_round
from assessment.domain.queries.published import letters_out, public_round, told_turnout
from assessment.domain.queries.results import address_of
from assessment.models import VoteRound
from assessment.web.public import Public, found_or_404, page, public_page, ready
from regeling.marking import file_name

PDF = "application/pdf"


@public_page
def calculation(request: HttpRequest, uid: UUID) -> Public:
    """The division of a round, from the moment that every letter went out."""
    row = _told(uid)
    return Public(
        f"calculation {translation.get_language()} {row.uid}",
        lambda: page(request, "assessment/public/calculation.html", _calculation(row)),
    )


@public_page
def minutes_file(_request: HttpRequest, uid: UUID) -> Public:
    """The minutes of vote and count as they were printed when the outcome was fixed."""
    row = _told(uid)
    printed = found_or_404(minutes.printed(row))
    return Public(
        f"minutes {printed.sha256}",
        lambda: ready(printing.read(printed.path), PDF, file_name(row.call, "proces-verbaal.pdf")),
    )


def _told(uid: UUID) -> VoteRound:
    row = public_round(uid)
    if row is None or not letters_out(row):
        raise Http404
    return row


def _calculation(row: VoteRound) -> dict[str, object]:
    made, ranking = calculation_of_round(row)
    return {
        "title": _("Zo is het berekend"),
        "lead": row.title,
        "eyebrow": row.call.revision.regulation.authority.name,
        "breadcrumbs": [
            (_("Start"), reverse("portal:home")),
            (_("Stemmingen"), reverse("assessment:public_rounds")),
            (row.title, reverse("assessment:public_round", args=[row.uid])),
        ],
        "call_kind": row.call.kind,
        "round": row,
        "made": made,
        "ranking": ranking,
        "counted": count_of_round(row),
        "turnout": told_turnout(row),
        "minutes": minutes.printed(row),
        "slug": address_of(row.call),
    }
