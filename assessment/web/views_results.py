"""The results of a vote for everybody, at an address that stays: as a page and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from assessment.domain.queries import published as reads
from assessment.domain.queries.results import Results, address_of, call_of_results, results
from assessment.domain.small_cells import Cells
from assessment.models import VoteRound
from assessment.web.public import Public, found_or_404, page, public_page, ready
from documents import cells
from regeling.definition import Distribution
from regeling.explain_dividing import dividing
from regeling.marking import file_name, marked
from regeling.models import Call
from timeline import clock

CSV = "text/csv; charset=utf-8"

GROUNDS = {
    "refused_ceiling": lambda: _("Het geld was op"),
    "refused_sub_ceiling": lambda: _("Het geld voor dit gebied of thema was op"),
    "refused_stopped": lambda: _("Een eerder initiatief paste niet; de verdeling stopte daar"),
    "refused_support": lambda: _("Te weinig stemmen"),
    "refused_supporters": lambda: _("Te weinig mensen die ervoor kozen"),
    "refused_shares": lambda: _("De stemmers voor dit initiatief hadden te weinig geld over"),
    "refused_excluded": lambda: _("Een ander initiatief uit dezelfde groep kreeg het geld"),
    "refused_quorum": lambda: _("Er stemden te weinig mensen"),
    "departed_refusal": lambda: _("Er is afgeweken van de stemming"),
    "rejection": lambda: _("Afgewezen vóór de stemming"),
    "not_processed": lambda: _("Niet behandeld, want niet volledig"),
    "": lambda: _("Samengevoegd: andere redenen, elk voor minder dan drie mensen"),
}


@public_page
def results_page(request: HttpRequest, slug: str) -> Public:
    """What became of a call that voted; until every letter went out, that it will stand here."""
    call, round_ = found_or_404(call_of_results(slug))
    found_or_404(round_)
    if round_ is None or not reads.letters_out(round_):
        return Public(
            f"results {_language()} {slug} not yet",
            lambda: page(request, "assessment/public/results_later.html", _frame(call)),
        )
    return Public(
        f"results {_language()} {_stand(round_)}",
        lambda: page(request, "assessment/public/results.html", _results(round_)),
    )


@public_page
def results_csv(_request: HttpRequest, slug: str) -> Public:
    """The same figures as a table: UTF-8 with a mark, semicolons, decimal comma."""
    _call, round_ = found_or_404(call_of_results(slug))
    row = found_or_404(round_ if round_ and reads.letters_out(round_) else None)
    return Public(
        f"results csv {_stand(row)}",
        lambda: ready(_csv(results(row)), CSV, file_name(row.call, f"resultaten-{slug}.csv")),
    )


def _language() -> str:
    return translation.get_language() or "nl"


def _stand(round_: VoteRound) -> str:
    """Figures are those of one day, so all that can change is what is still booked on it."""
    return f"{round_.uid} {clock.now():%Y-%m-%d %H:%M}"


def _frame(call: Call) -> dict[str, object]:
    return {
        "title": _("Resultaten: %(title)s") % {"title": call.title},
        "eyebrow": call.revision.regulation.authority.name,
        "breadcrumbs": [
            (_("Start"), reverse("portal:home")),
            (_("Stemmingen"), reverse("assessment:public_rounds")),
        ],
        "call_kind": call.kind,
    }


def _results(round_: VoteRound) -> dict[str, object]:
    found = results(round_)
    definition = found.call.revision.definition
    divided = definition.distribution
    return {
        **_frame(found.call),
        "lead": stand_words(found),
        "found": found,
        "round": round_,
        "turnout": reads.told_turnout(round_),
        "dividing": list(dividing(divided, definition))
        if isinstance(divided, Distribution)
        else [],
        "grounds": [(GROUNDS.get(code, GROUNDS[""])(), number) for code, number in found.grounds],
        "tables": [
            (_("Per gemeente"), _("Gemeente"), _told(found.by_municipality)),
            (_("Per activiteit"), _("Activiteit"), _told(found.by_activity)),
        ],
        "slug": address_of(found.call),
    }


def stand_words(found: Results) -> str:
    """The day of the figures, and whether they can still change."""
    day = {"day": formats.date_format(found.as_of, "j F Y")}
    if not found.final:
        return _("Stand op %(day)s, voorlopig: de dag is nog niet om.") % day
    return _("Stand op %(day)s, zoals bekend aan het eind van die dag.") % day


def row_name(row: Cells) -> str:
    """What a row is called; joined ones name what lies in them."""
    names = ", ".join(name or _("onbekend") for name in row.names)
    return names if len(row.names) == 1 else _("Samengevoegd: %(names)s") % {"names": names}


def _told(rows: Iterable[Cells]) -> list[tuple[str, Cells]]:
    return [(row_name(row), row) for row in rows]


def _csv(found: Results) -> bytes:
    with translation.override("nl"):
        return (cells.MARK + "".join(_lines(found))).encode()


def _lines(found: Results) -> Iterable[str]:
    target = io.StringIO()
    written = csv.writer(target, delimiter=";", lineterminator="\r\n")
    written.writerow(
        ["cijfer", "van", "aantal", "euro", "stand_op", "definitief", "openstelling", "betekenis"]
    )
    frame = [found.as_of.isoformat(), "ja" if found.final else "voorlopig"]
    frame.append(marked(found.call, found.call.slug))
    for figure, of, number, cents, meaning in _figures(found):
        amount = "" if cents is None else f"{cents // 100},{cents % 100:02d}"
        written.writerow([figure, cells.text(of), number, amount, *frame, meaning])
    yield target.getvalue()


def _figures(found: Results) -> Iterable[tuple[str, str, int | str, int | None, str]]:
    yield ("beschikbaar", "totaal", "", found.available, MEANINGS["available"])
    for name, label in (("asked", "gevraagd"), ("awarded", "toegekend"), ("refused", "afgewezen")):
        each = getattr(found, name)
        yield (label, "totaal", each.number, each.cents, MEANINGS[name])
        for part, rows in (
            ("gemeente", found.by_municipality),
            ("activiteit", found.by_activity),
        ):
            for row in rows:
                cell = getattr(row, name)
                yield (label, f"{part}: {row_name(row)}", cell.number, cell.cents, MEANINGS[name])
    yield ("over", "totaal", "", found.left, MEANINGS["left"])
    for code, number in found.grounds:
        ground = GROUNDS.get(code, GROUNDS[""])()
        yield ("afgewezen", f"reden: {ground}", number, None, MEANINGS["refused"])
    for won in found.won:
        yield ("initiatief", won.option.title, 1, won.cents, MEANINGS["awarded"])


MEANINGS = {
    "available": "subsidieplafond zoals bekendgemaakt tot en met de dag van de stand",
    "asked": "ingediende aanvragen, met het laatst gevraagde bedrag",
    "awarded": "verleningen waarvan de brief is verstuurd; bedragen uit de boeken",
    "refused": "geheel afgewezen of niet behandelde aanvragen, met wat zij vroegen",
    "left": "beschikbaar min toegekend",
}
