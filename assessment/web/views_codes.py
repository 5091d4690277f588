"""The letters with codes: made once, shown once, as sheets for the printer or as a file."""

from __future__ import annotations

import csv
from urllib.parse import quote
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from assessment.domain import rights
from assessment.domain.frozen import rules_of
from assessment.domain.queries.ballots import numbered
from assessment.domain.rights import Printed
from assessment.models import VoteRound
from assessment.web import finding, wording
from assessment.web.voting import unkept
from documents import cells
from regeling.marking import file_name


@require_POST
@entry(Role.ASSESSOR)
def print_codes(request: Request, uid: UUID) -> HttpResponse:
    """Make the codes of the letters and give them once: a page that prints one letter a sheet, or
    (``form`` is "csv") a file for a printer. They are kept nowhere."""
    round_ = finding.vote_round(request, uid)
    lines = rights.print_codes(round_id=round_.pk, actor=request.actor)
    if request.POST.get("form") == "csv":
        return unkept(_file(round_, lines))
    rules = rules_of(round_)
    context = {
        "title": _("Brieven met codes"),
        "lead": _("Druk deze pagina nu af. Zij komt niet terug: de codes worden niet bewaard."),
        "call_kind": round_.call.kind,
        "round": round_,
        "vote": rules["vote"],
        "own_text": rules["own_text"],
        "how_to": " ".join(wording.how_to(rules["vote"])),
        "options": numbered(round_),
        "address": settings.SITE_URL + reverse("assessment:vote"),
        "authority": round_.call.revision.regulation.authority,
        "lines": [(line, square(line.shown)) for line in lines],
    }
    return unkept(render(request, "assessment/paper/letters.html", context))


def square(code: str) -> str:
    """The picture (a data address) that opens the voting page with this code in it.

    The code stands behind "#": browsers keep that part to themselves, so it reaches no log.
    """
    made = segno.make(settings.SITE_URL + address(code), error="m", micro=False)
    return str(made.svg_data_uri(scale=4, border=2))


def address(code: str) -> str:
    """The path of the voting page that holds a code."""
    return f"{reverse('assessment:vote')}#{quote(code)}"


def _file(round_: VoteRound, lines: list[Printed]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = file_name(round_.call, f"codes-{round_.uid}.csv")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    table = csv.writer(response, delimiter=";")
    table.writerow([_("naam"), _("kenmerk"), _("code"), _("adres voor de QR-code")])
    for line in lines:
        table.writerow(
            [
                cells.text(line.name),
                line.reference,
                line.shown,
                settings.SITE_URL + address(line.shown),
            ]
        )
    return response
