"""What everybody can read: regulations in plain words, and "Mag ik aanvragen?"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, Request, entry
from regeling.answers import Answers, values_of
from regeling.definition import Definition, Window, listed
from regeling.definition.expression import Value
from regeling.domain.queries.calls import Found, at, is_open, newest_revisions, total_of
from regeling.domain.queries.offers import of_call
from regeling.eligibility import Outcome
from regeling.explain import Section, explain
from regeling.matching import barrier_of, still_asked
from regeling.meetings import Meeting, next_meeting
from regeling.models import Call
from regeling.nearest import Proposal, nearest, outcome_of
from regeling.web.changes import ways
from regeling.web.forms import CheckForm
from regeling.web.kept import keep
from regeling.web.standing import standing, words_of
from timeline import clock

INSTANT = timedelta(microseconds=1)


FOLDED = ("form", "letters", "law", "figures")
"""Sections that a page shows when asked: what not everybody reads before she begins."""


@entry(PUBLIC)
def regulations(request: Request) -> HttpResponse:
    """All regulations, with what each is for."""
    now = clock.now()
    rows = [
        {
            "title": revision.regulation.title,
            "url": reverse("regeling:regulation", args=[revision.regulation.slug]),
            "text": revision.definition.identity.summary,
            "kicker": revision.regulation.authority.name,
            "meta": ", ".join(words_of(revision, now=now)),
        }
        for revision in newest_revisions(now=now)
    ]
    context = {
        "title": _("Regelingen"),
        "lead": _("Waarvoor er geld is, voor wie, en hoe het wordt verdeeld."),
        "breadcrumbs": [(_("Start"), reverse("portal:home"))],
        "rows": rows,
    }
    return render(request, "regeling/regulations.html", context)


@entry(PUBLIC)
def regulation(request: Request, slug: str) -> HttpResponse:
    """One regulation in plain words, by the slug of a call or of the regulation itself."""
    found = _found(slug, request.person.pk if request.person else None)
    call, definition = found.call, found.revision.definition
    total = total_of(call) if call else None
    no_money = bool(total and not total.amount)  # a ceiling of nothing closes (4:25)
    context = {
        "title": call.title if call else found.regulation.title,
        "eyebrow": found.regulation.authority.name,
        "lead": definition.identity.summary,
        "breadcrumbs": _crumbs(),
        "call_kind": call.kind if call else _example(found),
        "call": call,
        "call_state": "closed" if no_money else _state(call),
        "no_money": no_money,
        "total": total,
        "last_day": clock.day(call.closes_at - INSTANT) if call and call.closes_at else None,
        "meeting": _meeting(definition, call),
        "standing": standing(found, now=clock.now()),
        "sections": _sections(definition, call),
        "folded": FOLDED,
        "assumptions": definition.assumptions,
        "sources": definition.identity.sources,
        "check_url": reverse("regeling:check", args=[slug]),
        "start_url": "" if no_money else _start_url(call),
    }
    return render(request, "regeling/regulation.html", context)


@entry(PUBLIC)
def check_first(request: Request, slug: str) -> HttpResponse:
    """Answer "Mag ik aanvragen?" without an account; the answers go along into the form."""
    found = _found(slug, request.person.pk if request.person else None)
    definition, call = found.revision.definition, found.call
    form = CheckForm(definition, request.GET or None)
    outcome: Outcome | None = None
    answers: dict[str, Any] = {}
    facts: dict[str, Value | None] = {}
    could_be: tuple[Proposal, ...] = ()
    if form.is_bound and form.is_valid():
        answers, facts = form.answers(), form.facts()
        if call and _state(call) == "coming":
            facts["received_on"] = clock.day(call.opens_at)
        outcome = outcome_of(definition, answers, facts, only_before=True)
        last_day = clock.day(call.closes_at - INSTANT) if call and call.closes_at else None
        could_be = nearest(definition, answers, facts, only_before=True, last_day=last_day)
        if call:
            keep(request, call, definition, answers, facts)
    context = {
        "title": _("Mag ik aanvragen?"),
        "eyebrow": call.title if call else found.regulation.title,
        "lead": _("U hebt geen account nodig. Wat u invult, nemen wij mee als u gaat aanvragen."),
        "breadcrumbs": [
            *_crumbs(),
            (found.regulation.title, reverse("regeling:regulation", args=[slug])),
        ],
        "call_kind": call.kind if call else _example(found),
        "form": form,
        "outcome": outcome,
        "barrier": _barrier(found, answers, facts),
        "asks": still_asked(definition, outcome) if outcome else (),
        "ways": ways(slug, definition, could_be),
        "answered": bool(outcome and not outcome.undecided),
        "call": call,
        "call_state": _state(call),
        "start_url": _start_url(call),
    }
    return render(request, "regeling/check.html", context)


def _found(slug: str, person_id: int | None) -> Found:
    found = at(slug, now=clock.now(), person_id=person_id)
    if found is None:
        raise Http404
    return found


def _barrier(found: Found, answers: Answers, facts: Mapping[str, Value | None]) -> str:
    """Why nobody can get anything now, where the money is gone or there never was any."""
    if found.call is None or not is_open(found.call, clock.now()):
        return ""  # the page says already when it opens, or that it closed
    values = values_of(found.revision.definition, answers, facts)
    return barrier_of(of_call(found.call, found.revision), values)


def _sections(definition: Definition, call: Call | None) -> list[Section]:
    """The explanation; without its days where a call has days of its own."""
    window = _window(definition, call)
    own_days = call and not (
        window and (window.opens_at, window.closes_at) == (call.opens_at, call.closes_at)
    )
    return [each for each in explain(definition) if not (own_days and each.code == "when")]


def _window(definition: Definition, call: Call | None) -> Window | None:
    return next((w for w in listed(definition.windows) if call and w.code == call.window), None)


def _meeting(definition: Definition, call: Call | None) -> Meeting | None:
    """The meeting that an application of today is in time for; only while the call is open."""
    window = _window(definition, call)
    if call is None or window is None or not is_open(call, clock.now()):
        return None
    return next_meeting(window, clock.today())


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Start"), reverse("portal:home")),
        (_("Regelingen"), reverse("regeling:regulations")),
    ]


def _example(found: Found) -> str:
    return str(Call.Kind.EXAMPLE) if found.revision.example_only else ""


def _state(call: Call | None) -> str:
    """One of "open", "coming", "closed", or "" where nothing is opened."""
    if call is None:
        return ""
    now = clock.now()
    if is_open(call, now):
        return "open"
    return "coming" if now < call.opens_at else "closed"


def _start_url(call: Call | None) -> str:
    """Where the form begins; only while the call is open."""
    if call is None or not is_open(call, clock.now()):
        return ""
    return reverse("applications:start", args=[call.slug])
