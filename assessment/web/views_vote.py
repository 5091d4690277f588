"""The voter's pages: code, ballot paper, check, receipt. The code travels in the body of a POST
only, so it is in no address, history, title or log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.domain.casting import UnknownCode, cast, find_round
from assessment.domain.codes import display
from assessment.domain.queries.ballots import Paper, paper
from assessment.web.voting import voting_page
from timeline.refusal import Refused


@voting_page
def vote(request: HttpRequest) -> HttpResponse:
    """Where a voter types her code."""
    return _ask_code(request)


@voting_page
def ballot(request: HttpRequest) -> HttpResponse:
    """The ballot paper of the round in which the code votes."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("assessment:vote"))
    found = find_round(request.POST.get("code", ""))
    if found is None:
        return _ask_code(request, UnknownCode())
    return _show_paper(request, paper(*found), found[1])


@voting_page
def confirm(request: HttpRequest) -> HttpResponse:
    """What the voter chose, before it is cast; "change" leads back with everything as it was."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("assessment:vote"))
    found = find_round(request.POST.get("code", ""))
    if found is None:
        return _ask_code(request, UnknownCode())
    round_, code = found
    sheet = paper(round_, code)
    chosen = request.POST.getlist("choices")
    if request.POST.get("change") or not _fits(sheet, chosen):
        changing = bool(request.POST.get("change"))
        return _show_paper(request, sheet, code, "" if changing else _number(sheet, chosen))
    context = {
        "title": _("Klopt dit?"),
        "lead": _("Uw stem telt pas als u op de knop drukt. Daarna kunt u niets meer wijzigen."),
        "chosen": [option for option in sheet.options if str(option.uid) in chosen],
        "code": code,
        "call_kind": round_.call.kind,
    }
    return render(request, "assessment/vote/confirm.html", context)


@voting_page
def cast_vote(request: HttpRequest) -> HttpResponse:
    """Cast, and show the receipt. The same ballot again shows the same receipt."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("assessment:vote"))
    code, chosen = request.POST.get("code", ""), request.POST.getlist("choices")
    found = find_round(code)
    if found is None:
        return _ask_code(request, UnknownCode())
    round_, code = found
    try:
        receipt = cast(round_uid=str(round_.uid), code=code, options=chosen)
    except UnknownCode as unknown:
        return _ask_code(request, unknown)
    except Refused as refusal:
        if refusal.field == "choices":
            return _show_paper(request, paper(round_, code), code, refusal.sentence)
        return _ask_code(request, refusal)
    context = {
        "title": _("Uw stem is uitgebracht"),
        "lead": _("Bedankt dat u meebeslist."),
        "receipt": receipt.text,
        "round": round_,
        "call_kind": round_.call.kind,
    }
    return render(request, "assessment/vote/receipt.html", context)


def _ask_code(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Stemmen"),
        "lead": _("Vul de code in uit uw brief of e-mail. U hebt geen account nodig."),
        "error": refusal.sentence if refusal else "",
        "wrong_code": isinstance(refusal, UnknownCode),
    }
    status = refusal.status if refusal else 200
    return render(request, "assessment/vote/code.html", context, status=status)


def _show_paper(request: HttpRequest, sheet: Paper, code: str, error: str = "") -> HttpResponse:
    context = {
        "title": _("Uw stembiljet"),
        "lead": sheet.round.title,
        "paper": sheet,
        "code": code,
        "shown_code": display(code),
        "chosen": request.POST.getlist("choices"),
        "error": error,
        "call_kind": sheet.round.call.kind,
    }
    status = 422 if error else 200
    return render(request, "assessment/vote/ballot.html", context, status=status)


def _fits(sheet: Paper, chosen: list[str]) -> bool:
    known = {str(option.uid) for option in sheet.options}
    return (
        sheet.minimum <= len(chosen) <= sheet.maximum
        and len(set(chosen)) == len(chosen)
        and set(chosen) <= known
    )


def _number(sheet: Paper, chosen: list[str]) -> str:
    return _("Kies %(least)s tot %(most)s initiatieven. U koos er %(n)s.") % {
        "least": sheet.minimum,
        "most": sheet.maximum,
        "n": len(chosen),
    }
