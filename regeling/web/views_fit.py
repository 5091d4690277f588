"""The check that starts from the person, "Wat past bij mijn idee?", without an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, Request, entry
from regeling.definition import RouteStep
from regeling.domain.queries.brokers import desks
from regeling.domain.queries.calls import newest_revisions
from regeling.domain.queries.offers import offers
from regeling.matching import Idea, Match, Offer, Standing, State, match, matches
from regeling.models import Call
from regeling.places import Located, Place, atlas_of
from regeling.web.changes import Way, check_url, ways
from regeling.web.forms import as_query
from regeling.web.forms_fit import NAMES, FitForm
from regeling.web.kept import keep
from regeling.words import day_words, joined
from timeline import clock

MOST_ASKED = 3
"""Open questions of one regulation that a card names; the check of the regulation asks them all."""


class Row(NamedTuple):
    """One regulation on the page: its answer, where to go on, and what is told of it."""

    match: Match
    url: str
    begin_url: str
    when: str
    asks: tuple[str, ...]
    ways: list[Way]


class Group(NamedTuple):
    """Regulations that answer alike. `code` is that of the standing."""

    code: str
    title: str
    lead: str
    rows: list[Row]


@entry(PUBLIC)
def fit(request: Request) -> HttpResponse:
    """Say where, with whom, for what and how much, and read which regulations fit."""
    found = offers()
    atlas = atlas_of(offer.definition for offer in found)
    form = FitForm(_kinds(found), request.GET if any(request.GET.values()) else None)
    context: dict[str, Any] = {
        "title": _("Wat past bij mijn idee?"),
        "lead": _(
            "Vertel kort wat u wilt. U ziet meteen welke regelingen passen, en wat er bij de andere"
            " aan scheelt. U hebt geen account nodig."
        ),
        "breadcrumbs": [
            (_("Start"), reverse("portal:home")),
            (_("Regelingen"), reverse("regeling:regulations")),
        ],
        "form": form,
        "names": atlas.labels,
        "names_id": NAMES,
        "none_yet": not found,
    }
    if found and form.is_bound and form.is_valid():
        context["shown"] = True
        located = atlas.find(form.cleaned_data["waar"])
        if form.cleaned_data["waar"] and located.place is None:
            context |= _which(request, located)
        else:
            context |= _answer(request, form.idea(located), found)
    return render(request, "regeling/fit.html", context)


@entry(PUBLIC)
def begin(request: Request, slug: str) -> HttpResponse:
    """Take along what was told, in the words of this call's form, and begin an application."""
    found = offers()
    offer = next((each for each in found if each.slug == slug and each.called), None)
    if offer is None:
        raise Http404
    form = FitForm(_kinds(found), request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('regeling:fit')}?{request.GET.urlencode()}")
    located = atlas_of(each.definition for each in found).find(form.cleaned_data["waar"])
    answered = match(form.idea(located), offer, clock.today())
    call = Call.objects.get(slug=slug)
    keep(request, call, offer.definition, answered.answers, answered.facts)
    return redirect("applications:start", slug)


def _kinds(found: Iterable[Offer]) -> tuple[str, ...]:
    """The kinds of activities that regulations name, each once."""
    names = {each.name.casefold(): each.name for o in found for each in o.definition.activities}
    return tuple(names[key] for key in sorted(names))


def _which(request: Request, located: Located) -> dict[str, Any]:
    """A name that is none, or two: the places that can be meant, each with its address."""
    places = located.places or located.near
    return {
        "which": [(place.label, _again(request, place)) for place in places],
        "which_of_two": bool(located.places),
        "typed": request.GET.get("waar", ""),
    }


def _again(request: Request, place: Place) -> str:
    query = request.GET.copy()
    query["waar"] = place.label
    return f"?{query.urlencode()}"


def _answer(request: Request, idea: Idea, found: list[Offer]) -> dict[str, Any]:
    answered = matches(idea, found, clock.today())
    rows = [_row(request, each) for each in answered]
    groups = [
        Group(code, title, lead, [row for row in rows if row.match.standing is code])
        for code, title, lead in _groups()
    ]
    return {
        "idea": idea,
        "regions": joined(_regions(idea.municipality, found)),
        "groups": [each for each in groups if each.rows and each.code != Standing.NOT],
        "not_for": next((each for each in groups if each.rows and each.code == Standing.NOT), None),
        "fits": any(each.standing is Standing.FITS for each in answered),
        "desks": desks(idea.municipality, newest_revisions()) if idea.municipality else [],
        "with_names": request.person is not None,
        "coached": _coached(request, answered, idea),
    }


def _groups() -> list[tuple[Standing, str, str]]:
    return [
        (
            Standing.FITS,
            _("Dit past"),
            _(
                "U kunt nu aanvragen. Of u het geld krijgt, hangt af van de beoordeling en van"
                " hoeveel geld er is."
            ),
        ),
        (
            Standing.NEARLY,
            _("Dit past bijna"),
            _("Met een verandering past uw idee hier ook. Wat het minst scheelt, staat vooraan."),
        ),
        (Standing.LATER, _("Dit gaat later open"), _("U kunt zich nu al voorbereiden.")),
        (
            Standing.CLOSED,
            _("Hier kunt u nu niet terecht"),
            _("Uw idee past hier wel, of bijna. Nu is er geen geld of is het dicht."),
        ),
        (Standing.NOT, _("Dit past niet"), ""),
    ]


def _row(request: Request, answered: Match) -> Row:
    offer = answered.offer
    query = as_query(offer.definition, answered.answers, answered.facts)
    can_begin = offer.called and offer.state in (State.OPEN, State.COMING) and not answered.barrier
    return Row(
        match=answered,
        url=check_url(offer.slug, query),
        begin_url=_begin_url(request, offer.slug) if can_begin else "",
        when=_when(offer, answered),
        asks=answered.asks[:MOST_ASKED],
        ways=ways(offer.slug, offer.definition, answered.proposals),
    )


def _begin_url(request: Request, slug: str) -> str:
    return f"{reverse('regeling:fit_begin', args=[slug])}?{urlencode(request.GET)}"


def _when(offer: Offer, answered: Match) -> str:
    """Until when, from when, or why not now."""
    if answered.barrier:
        return answered.barrier
    if offer.state is State.COMING and offer.opens_on:
        first = {"day": day_words(offer.opens_on)}
        if offer.called:
            return _("Aanvragen kan vanaf %(day)s.") % first
        return _("Volgens de regeling kunt u aanvragen vanaf %(day)s.") % first
    if offer.last_day:
        return _("Aanvragen kan tot en met %(day)s.") % {"day": day_words(offer.last_day)}
    return _("Aanvragen kan zolang er geld is.")


def _regions(municipality: str, found: Iterable[Offer]) -> list[str]:
    """What regulations call the region of a municipality: Raalte is in Salland."""
    regions = [each.definition.territory.region_of(municipality) for each in found]
    return list(dict.fromkeys(region.name for region in regions if region))


def _coached(request: Request, answered: Iterable[Match], idea: Idea) -> str:
    """Where to begin a draft with which the broker can read along; empty where there is none."""
    for each in answered:
        definition = each.offer.definition
        here = idea.municipality in definition.territory.all_municipalities
        open_or_soon = each.offer.called and each.offer.state in (State.OPEN, State.COMING)
        if here and open_or_soon and definition.has(RouteStep.COACHING):
            return _begin_url(request, each.offer.slug)
    return ""
