"""Where a ballot is filled in: at home with a code, or at the desk with a clerk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.domain.codes import display
from assessment.domain.looking import Found
from assessment.domain.queries.ballots import Card, Paper
from assessment.models import VoteOption, VoteRound
from assessment.web import wording
from assessment.web.marking import LISTED, SEGMENTS, Given
from timeline.actor import Actor
from timeline.refusal import Refused

MANY = 8
"""From so many options on, what they say is folded away and can be filtered."""


@dataclass(frozen=True, slots=True)
class Booth:
    """The addresses of one way to vote; ``clerk`` is who helps at the desk."""

    home: str
    ballot: str
    confirm: str
    cast: str
    check: str
    next: str
    clerk: Actor | None = None
    proxy: bool = False

    @property
    def urls(self) -> dict[str, str]:
        """The addresses of the steps, for templates."""
        names = ("home", "ballot", "confirm", "cast", "check", "next")
        return {name: reverse(f"assessment:{getattr(self, name)}") for name in names}


AT_HOME = Booth("vote", "ballot", "confirm_vote", "cast_vote", "check_vote", "next_voter")


@dataclass(frozen=True, slots=True)
class Line:
    """One option as the form draws it: ``value`` as it was filled in, ``choices`` to pick from."""

    card: Card
    value: str
    wrong: str
    hidden: bool
    choices: tuple[tuple[str, str], ...]


def ask_code(
    request: HttpRequest, booth: Booth, refusal: Refused | None = None, **more: Any
) -> HttpResponse:
    """The page on which one types a code, with what was wrong about the last one."""
    context: dict[str, Any] = {
        "title": _("Stemloket") if booth.clerk else _("Stemmen"),
        "lead": _("U helpt iemand bij het stemmen. De kiezer kiest zelf op dit scherm.")
        if booth.clerk
        else _("Vul de code in uit uw brief of e-mail. U hebt geen account nodig."),
        "booth": booth,
        "urls": booth.urls,
        "target": booth.urls["ballot"],
        "submit": _("Naar het stembiljet"),
        "error": refusal.sentence if refusal else "",
        "wrong_code": refusal is not None and refusal.field == "code",
        "wait_minutes": -(-getattr(refusal, "wait", 0) // 60),
        "here": booth.urls["check" if more.get("checking") else "home"],
        "proxy": booth.proxy,
        **more,
    }
    response = render(request, "assessment/vote/code.html", context)
    if refusal is not None:
        response.status_code = refusal.status
        if hasattr(refusal, "wait"):
            response["Retry-After"] = str(refusal.wait)
    return response


def results(round_: VoteRound) -> str:
    """The address of the public page of a round."""
    return reverse("assessment:public_round", args=[round_.uid])


def no_vote_now(request: HttpRequest, booth: Booth, found: Found) -> HttpResponse:
    """Not begun, paused or over: what is the matter, until when, and what happens next."""
    titles = {
        "not_begun": _("De stemming is nog niet begonnen"),
        "paused": _("De stemming ligt even stil"),
        "closed": _("De stemming is gesloten"),
    }
    context = {
        **frame(booth, found),
        "title": titles[found.phase],
        "lead": found.round.title,
        "phase": found.phase,
    }
    return render(request, "assessment/vote/not_now.html", context)


def ask_own(request: HttpRequest, booth: Booth, found: Found, sheet: Paper) -> HttpResponse:
    """The first step: which initiatives are the voter's own."""
    context = {
        **frame(booth, found),
        "title": _("Doet u zelf mee?"),
        "lead": found.round.title,
        "own_text": sheet.rules["own_text"],
        "cards": sorted(sheet.cards, key=lambda card: card.option.title.casefold()),
        "own": own_of(request) or list(found.own),
        "hidden": hidden(request, booth, found, own=False),
    }
    return render(request, "assessment/vote/own.html", context)


def show_paper(
    request: HttpRequest, booth: Booth, found: Found, sheet: Paper, form: Given, error: str = ""
) -> HttpResponse:
    """The ballot paper, filled in as far as it was."""
    place, theme = request.POST.get("plaats", ""), request.POST.get("thema", "")
    lines = [
        Line(
            card,
            form.fields.get(card.uid, ""),
            form.wrong.get(card.uid, ""),
            bool((place and card.option.place != place) or (theme and card.theme != theme)),
            choices(sheet.vote),
        )
        for card in sheet.cards
    ]
    context = {
        **frame(booth, found),
        "title": _("Uw stembiljet"),
        "lead": found.round.title,
        "paper": sheet,
        "vote": sheet.vote,
        "how_to": wording.how_to(sheet.vote),
        "running": wording.running(sheet.vote),
        "most": wording.most(sheet.vote),
        "total": wording.total(sheet.vote, sheet.amounts, form.marks, _title(sheet, form)),
        "lines": lines,
        "segmented": sheet.vote["kind"] in ("points", "score")
        and 0 < len(choices(sheet.vote)) <= SEGMENTS + 1,
        "shown": sum(not line.hidden for line in lines),
        "many": len(lines) >= MANY,
        "place": place,
        "theme": theme,
        "error": error,
        "error_at": _error_at(lines),
        "hidden": hidden(request, booth, found),
    }
    return render(request, "assessment/vote/ballot.html", context, status=422 if error else 200)


def frame(booth: Booth, found: Found) -> dict[str, Any]:
    """What every page of a voter with a code knows."""
    return {
        "booth": booth,
        "urls": booth.urls,
        "results": results(found.round),
        "round": found.round,
        "code": found.code,
        "shown_code": display(found.code),
        "call_kind": found.round.call.kind,
    }


def hidden(
    request: HttpRequest, booth: Booth, found: Found, *, own: bool = True
) -> list[tuple[str, str]]:
    """What goes along from step to step in the body of the form, nowhere else."""
    fields = [("code", found.code), ("round", str(found.round.uid))]
    if booth.proxy:
        fields.append(("proxy", "1"))
    if request.POST.get("again"):
        fields.append(("again", "1"))
    if own and request.POST.get("own_asked"):
        fields += [("own_asked", "1"), *(("own", uid) for uid in own_of(request))]
    return fields


def own_of(request: HttpRequest) -> list[str]:
    """The options that the voter ticked as her own on the first step."""
    return request.POST.getlist("own")


def choices(vote: Any) -> tuple[tuple[str, str], ...]:
    """The values to pick from for one option, as value and words; none where one types."""
    match vote["kind"]:
        case "points" if vote["most_per_option"] < LISTED:
            return tuple((str(n) if n else "", str(n)) for n in range(vote["most_per_option"] + 1))
        case "score" if vote["highest"] - vote["lowest"] < LISTED:
            scale = [(str(n), str(n)) for n in range(vote["lowest"], vote["highest"] + 1)]
            # A nought counts as nothing where it is the lowest: one button for both.
            return tuple(scale) if vote["lowest"] == 0 else (("", _("geen")), *scale)
        case "ranking":
            places = [(str(n), _("Plaats %(n)s") % {"n": n}) for n in range(1, vote["maximum"] + 1)]
            return (("", _("Geen plaats")), *places)
    return ()


def chosen(sheet: Paper, form: Given) -> list[dict[str, Any]]:
    """What a form chose, as the page of checking tells it: best first."""
    by_uid: dict[str, VoteOption] = {card.uid: card.option for card in sheet.cards}
    if isinstance(form.marks, dict):
        marks = sorted(
            ((uid, n) for uid, n in form.marks.items() if n or sheet.vote["lowest"] < 0),
            key=lambda pair: (-pair[1], by_uid[pair[0]].title),
        )
    else:
        marks = [(uid, place) for place, uid in enumerate(form.marks, start=1)]
        if sheet.vote["kind"] != "ranking":
            marks.sort(key=lambda pair: by_uid[pair[0]].title)
    return [{"option": by_uid[uid], "got": wording.told(sheet.vote, mark)} for uid, mark in marks]


def first_chosen(sheet: Paper, form: Given) -> str:
    """The field on the paper to which "change" leads back: the first that was filled in."""
    numbers = (n for n, card in enumerate(sheet.cards, start=1) if card.uid in form.fields)
    return f"keuze-{next(numbers, 1)}"


def total(sheet: Paper, form: Given) -> str:
    """The running total of a form in words."""
    return wording.total(sheet.vote, sheet.amounts, form.marks, _title(sheet, form))


def _title(sheet: Paper, form: Given) -> str:
    titles = [card.option.title for card in sheet.cards if card.uid in form.fields]
    return titles[0] if titles else ""


def _error_at(lines: list[Line]) -> str:
    """The field to which an error leads: the first that is wrong, else the first that is open."""
    for asked in (lambda line: line.wrong, lambda line: not line.card.closed):
        for number, line in enumerate(lines, start=1):
            if asked(line):
                return f"keuze-{number}"
    return ""
