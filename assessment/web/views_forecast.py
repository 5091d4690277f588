"""Look ahead at a regulation before anybody applies: chance, money, work and days."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from assessment.domain.award_words import money
from assessment.domain.forecast.outlook import Outlook, Spread, outlook
from assessment.domain.queries.simulated import told_calls
from assessment.domain.queries.trying import (
    READERS,
    WrongText,
    definition_at,
    subject_at,
    subjects_for,
    texts_for,
)
from assessment.domain.simulation.cases import CannotSimulate
from assessment.web.forms_forecast import OutlookForm


@entry(*READERS)
def trials(request: Request) -> HttpResponse:
    """Everything that can be tried: rounds that are over, and regulations to look ahead at."""
    person_id = request.actor.person_id
    context = {
        "title": _("Proef en vooruitblik"),
        "lead": _("Probeer een andere tekst op een eerdere ronde, of kijk vooruit."),
        "breadcrumbs": [(_("Start"), reverse("portal:start"))],
        "calls": told_calls(person_id),
        "subjects": subjects_for(person_id),
    }
    return render(request, "assessment/trials.html", context)


@entry(*READERS)
def forecast(request: Request, slug: str) -> HttpResponse:
    """Rounds that might be, of one text or two beside each other; nothing is saved."""
    subject = subject_at(slug, request.actor.person_id)
    if subject is None:
        raise Http404
    texts = texts_for(request.actor.person_id, authority=subject.authority, slug=slug)
    asked = request.GET if "text" in request.GET else None
    form = OutlookForm(asked, texts=texts, own=subject.own)
    context = {
        "title": _("Vooruitblik"),
        "lead": subject.title,
        "breadcrumbs": [(_("Proef en vooruitblik"), reverse("assessment:trials"))],
        "form": form,
    }
    if not form.is_bound:
        return render(request, "assessment/forecast.html", context)
    found = _found(form)
    if isinstance(found, str):
        return render(
            request, "assessment/forecast.html", {**context, "refusal": found}, status=422
        )
    context |= {
        "found": found,
        "heads": [_head(each, number) for number, each in enumerate(found)],
        "figures": _figures(found),
        "charts": [(_head(each, n), _chart(each)) for n, each in enumerate(found)],
    }
    return render(request, "assessment/forecast.html", context)


def _found(form: OutlookForm) -> list[Outlook] | str:
    """The outlooks that were asked for, or why there are none."""
    if not form.is_valid():
        return _("Nog niet alles is goed ingevuld.")
    keys = [form.cleaned_data["text"], form.cleaned_data["against"]]
    try:
        return [
            outlook(
                definition_at(key),
                form.assumptions,
                seed=form.cleaned_data["seed"],
                changes=form.changes,
            )
            for key in keys
            if key
        ]
    except WrongText as wrong:
        return wrong.sentence
    except CannotSimulate as impossible:
        return str(impossible)


def _head(each: Outlook, number: int) -> str:
    """What a column is called; two texts of one regulation are told apart by their order."""
    return each.title if number == 0 else _("Daarnaast: %(title)s") % {"title": each.title}


def _figures(found: list[Outlook]) -> list[tuple[str, list[str]]]:
    """Label and a cell for each outlook."""
    return [
        (_("Kans dat een loting beslist"), [_chance(each) for each in found]),
        (_("Gevraagd"), [_spread(each.asked, euros=True) for each in found]),
        (_("Toegekend"), [_spread(each.granted, euros=True) for each in found]),
        (_("Blijft over"), [_spread(each.left, euros=True) for each in found]),
        (_("Krijgen geld"), [_spread(each.funded, euros=False) for each in found]),
        (
            _("Te weinig stemmers"),
            [
                _("in %(n)s van de %(all)s rondes") % {"n": each.few, "all": each.rounds}
                for each in found
            ],
        ),
    ]


def _chance(each: Outlook) -> str:
    thousandths = each.lot_per_thousand
    words = f"{thousandths // 10},{thousandths % 10}%"
    return words if each.draws else _("%(chance)s, en de tekst loot niet") % {"chance": words}


def _spread(figure: Spread, *, euros: bool) -> str:
    show = money if euros else str
    return _("%(mean)s (meestal %(low)s tot %(high)s)") % {
        "mean": show(figure.mean),
        "low": show(figure.p10),
        "high": show(figure.p90),
    }


def _chart(each: Outlook) -> list[tuple[str, int]]:
    """Minutes of work for one broker by week, on average."""
    return [(_("Week %(n)s") % {"n": week.number + 1}, week.minutes.mean) for week in each.weeks]
