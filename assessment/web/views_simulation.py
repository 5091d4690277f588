"""Try a text on a round that is over: who would get what, and why, beside what it was."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Request, entry
from assessment.domain.queries.simulated import Past, call_at, is_told, past_round
from assessment.domain.queries.trying import (
    READERS,
    WrongText,
    definition_at,
    key_of,
    may_try,
    texts_for,
)
from assessment.domain.simulation.cases import CannotSimulate
from assessment.domain.simulation.compare import Pair, in_order
from assessment.domain.simulation.trial import Trial, attempt
from assessment.domain.simulation.words import Teller
from assessment.trial_csv import rows_of
from assessment.web.forms_simulation import TrialForm
from documents import cells
from regeling.answers import amount_asked
from regeling.definition import Distribution, DistributionRule
from regeling.models import Call

PAGE = 100
CHANGES = {
    "gains": lambda: _("krijgt nu wel geld"),
    "loses": lambda: _("krijgt niets meer"),
    "more": lambda: _("krijgt meer"),
    "less": lambda: _("krijgt minder"),
    "same": lambda: _("blijft gelijk"),
    "open": lambda: _("hangt af van een loting"),
}
LOOKS = {"gains": "awarded", "more": "awarded", "loses": "rejected", "less": "rejected"}
"""The state whose badge a change looks like; the words say what it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One application as the table shows it; amounts in cents."""

    pair: Pair
    now: str
    then: str
    change: str
    look: str
    asked: int


@entry(*READERS)
def simulation(request: Request, slug: str) -> HttpResponse:
    """The round by its own text beside another text, or other values; nothing is saved."""
    call = _call(request, slug)
    frame = {
        "title": _("Proef op een eerdere ronde"),
        "lead": call.title,
        "breadcrumbs": [(_("Start"), reverse("portal:start"))],
        "call_kind": call.kind,
        "call": call,
    }
    if not is_told(call):
        return render(request, "assessment/simulation.html", {**frame, "waits": True})
    form = _form(request, call)
    if not form.is_bound:
        return render(request, "assessment/simulation.html", {**frame, "form": form})
    made = _made(form, call)
    if isinstance(made, str):
        context = {**frame, "form": form, "refusal": made}
        return render(request, "assessment/simulation.html", context, status=422)
    past, trial = made
    page = Paginator(in_order(trial.found.pairs), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **frame,
        "form": form,
        "trial": trial,
        "page": page,
        "lines": list(_lines(trial, past, page)),
        "figures": _figures(trial),
        "chart": _chart(trial),
        "numbers": [(words(), trial.found.number(change)) for change, words in CHANGES.items()],
        "notes": _notes(trial),
        "csv_url": f"{reverse('assessment:simulation_csv', args=[slug])}?{query.urlencode()}",
    }
    return render(request, "assessment/simulation.html", context)


@entry(*READERS)
def simulation_csv(request: Request, slug: str) -> HttpResponse:
    """The same table for a spreadsheet: UTF-8 with a mark, semicolons, decimal comma."""
    call = _call(request, slug)
    form = _form(request, call)
    if not is_told(call) or not form.is_bound:
        raise Http404
    made = _made(form, call)
    if isinstance(made, str):
        return HttpResponse(made, status=422, content_type="text/plain; charset=utf-8")
    past, trial = made
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="proef-{call.slug}.csv"'
    response.write(cells.MARK)
    csv.writer(response, delimiter=";").writerows(rows_of(trial, past.call.revision.definition))
    return response


def _call(request: Request, slug: str) -> Call:
    call = call_at(slug)
    if call is None:
        raise Http404
    regulation = call.revision.regulation
    if not may_try(request.actor.person_id, regulation.authority.code, regulation.slug):
        raise Http404
    return call


def _form(request: Request, call: Call) -> TrialForm:
    regulation = call.revision.regulation
    texts = texts_for(
        request.actor.person_id,
        authority=regulation.authority.code,
        slug=regulation.slug,
        own=call.revision_id,
    )
    asked = request.GET if "text" in request.GET else None
    return TrialForm(asked, texts=texts, own=key_of(call.revision))


def _made(form: TrialForm, call: Call) -> tuple[Past, Trial] | str:
    """The trial that was asked for, or why there is none."""
    if not form.is_valid():
        return _("Nog niet alles is goed ingevuld.")
    own = call.revision.definition
    try:
        text = definition_at(form.cleaned_data["text"])
        rules = {_rule(own), _rule(text), form.changes.rule}
        past = past_round(call, ballots=DistributionRule.EQUAL_SHARES in rules)
        return past, attempt(
            own,
            past.stock,
            text=text,
            changes=form.changes,
            seed=form.cleaned_data["seed"],
            told=past.told,
        )
    except WrongText as wrong:
        problems = " ".join(f"{each.field}: {each.sentence}." for each in wrong.problems[:5])
        return f"{wrong.sentence} {problems}"
    except CannotSimulate as impossible:
        return str(impossible)


def _rule(definition: object) -> object:
    distribution = getattr(definition, "distribution", None)
    return distribution.rule if isinstance(distribution, Distribution) else None


def _lines(trial: Trial, past: Past, pairs: Iterable[Pair]) -> Iterator[Line]:
    titles = {case.uid: case.title for case in past.stock.cases}
    now = Teller(past.call.revision.definition, trial.now, titles)
    then = Teller(trial.text, trial.then, titles)
    for pair in pairs:
        yield Line(
            pair,
            now.sentence(pair.now),
            then.sentence(pair.then),
            CHANGES[pair.change](),
            LOOKS.get(pair.change, "draft"),
            pair.then.asked or pair.now.asked or _asked(past, pair),
        )


def _asked(past: Past, pair: Pair) -> int:
    """What was asked by who took no part, in cents."""
    return amount_asked(past.call.revision.definition, pair.now.case.answers) or 0


def _figures(trial: Trial) -> list[tuple[str, int, int, str]]:
    """Label, now, then, and whether it is an amount."""
    now, then = trial.found.now, trial.found.then
    return [
        (_("Aanvragen"), now.cases, then.cases, ""),
        (_("Doen mee in de verdeling"), now.eligible, then.eligible, ""),
        (_("Krijgen geld"), now.funded, then.funded, ""),
        (_("Te verdelen"), trial.now.ceilings["total"], trial.then.ceilings["total"], "euro"),
        (_("Toegekend"), now.granted, then.granted, "euro"),
        (_("Blijft over"), now.left, then.left, "euro"),
    ]


def _chart(trial: Trial) -> list[tuple[str, int]]:
    now, then = trial.found.now, trial.found.then
    return [
        (_("Toegekend, zoals het was"), now.granted),
        (_("Toegekend in de proef"), then.granted),
        (_("Over, zoals het was"), now.left),
        (_("Over in de proef"), then.left),
    ]


def _notes(trial: Trial) -> list[str]:
    """What to know before one concludes anything."""
    notes = []
    if trial.apart:
        notes.append(
            ngettext(
                "Bij %(n)s aanvraag was het besluit anders dan de eigen tekst geeft: daar is "
                "apart over beslist. De proef gaat uit van de tekst.",
                "Bij %(n)s aanvragen was het besluit anders dan de eigen tekst geeft: daar is "
                "apart over beslist. De proef gaat uit van de tekst.",
                len(trial.apart),
            )
            % {"n": len(trial.apart)}
        )
    more = trial.found.then.undecided - trial.found.now.undecided
    if more > 0:
        notes.append(
            ngettext(
                "Bij %(n)s aanvraag vraagt deze tekst iets wat toen niet is gevraagd. Wie dat "
                "betreft, valt daarop niet af.",
                "Bij %(n)s aanvragen vraagt deze tekst iets wat toen niet is gevraagd. Wie dat "
                "betreft, valt daarop niet af.",
                more,
            )
            % {"n": more}
        )
    if trial.then.is_open:
        notes.append(_("Gelijken beslissen over het geld. Vul een getal in voor de loting."))
    return notes
