"""The voter's pages: code, ballot paper, check, receipt, and what became of a vote."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.domain.photos import open_photo
from assessment.domain.looking import present
from assessment.models import VoteOption
from assessment.web import steps
from assessment.web.booth import AT_HOME, ask_code
from assessment.web.voting import open_file, voting_page
from regeling.marking import file_name


@voting_page
def vote(request: HttpRequest) -> HttpResponse:
    """Where a voter types her code."""
    if request.GET:
        return _to_start()  # whatever was written behind the address goes no further
    return ask_code(request, AT_HOME)


@voting_page
def next_voter(request: HttpRequest) -> HttpResponse:
    """To the code of who votes next on this device, of which the browser forgets what it kept.

    A page of its own, because a browser takes its time for that.
    """
    response = _to_start()
    # Pages that wait behind the back button go with it.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@voting_page
def ballot(request: HttpRequest) -> HttpResponse:
    """The ballot paper of the round in which the code votes."""
    return steps.ballot(request, AT_HOME) if request.method == "POST" else _to_start()


@voting_page
def confirm(request: HttpRequest) -> HttpResponse:
    """What the voter chose, before it is cast."""
    return steps.confirm(request, AT_HOME) if request.method == "POST" else _to_start()


@voting_page
def cast_vote(request: HttpRequest) -> HttpResponse:
    """Cast, and show the receipt."""
    return steps.cast_vote(request, AT_HOME) if request.method == "POST" else _to_start()


@voting_page
def check(request: HttpRequest) -> HttpResponse:
    """ "Controleer mijn stem": with her code a voter sees what became of it."""
    if request.GET:
        return HttpResponseRedirect(reverse("assessment:check_vote"))
    words: dict[str, Any] = {
        "title": _("Controleer uw stem"),
        "lead": _("Met uw code ziet u of uw stem binnen is."),
        "target": reverse("assessment:check_vote"),
        "submit": _("Controleer"),
        "checking": True,
    }
    if request.method != "POST" or "code" not in request.POST:
        return ask_code(request, AT_HOME, **words)
    found = steps.find(request, AT_HOME, any_phase=True)
    if isinstance(found, HttpResponse):
        return found
    return steps.status(request, AT_HOME, found)


@voting_page
def proof(request: HttpRequest) -> HttpResponse:
    """The proof that a vote is in the sealed box, as a file. Its name says nothing of the code."""
    if request.method != "POST":
        return _to_start()
    found = steps.find(request, AT_HOME, any_phase=True)
    if isinstance(found, HttpResponse):
        return found
    if not found.voted:
        return steps.status(request, AT_HOME, found)
    there = present(round_uid=str(found.round.uid), code=found.code)
    response = HttpResponse(
        json.dumps(there.proof, indent=2, ensure_ascii=False), content_type="application/json"
    )
    name = file_name(found.round.call, f"{_('bewijs-van-mijn-stem')}.json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@open_file
def photo(request: HttpRequest, uid: UUID) -> FileResponse:
    """The picture of an option; the applicant agreed that everybody may see it."""
    stored = VoteOption.objects.filter(uid=uid).values_list("photo", flat=True).first()
    if not stored:
        raise Http404
    return FileResponse(open_photo(stored), content_type="image/jpeg")


def _to_start() -> HttpResponse:
    return HttpResponseRedirect(reverse("assessment:vote"))
