"""The monitor as a page and as files, the list of dossiers, and closing a day."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accountability.domain.days import close_day
from accountability.domain.figures import Row
from accountability.domain.monitor import Monitor, monitor
from accountability.domain.queries.dossiers import dossier_list, headings
from accountability.exports.dossiers_csv import dossiers_csv
from accountability.exports.monitor_csv import monitor_csv
from accountability.exports.monitor_xlsx import write_monitor
from accountability.models import DayClosing
from accountability.rules import READS_MONEY, regulations_of
from accountability.web.finding import person_id
from accountability.web.forms import CloseForm, MonitorForm
from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from accounts.web.refusals import tell
from documents.letters.wording import euro
from regeling.models import Call, Regulation
from timeline import clock
from timeline.refusal import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@entry(*READS_MONEY)
def overview(request: Request) -> HttpResponse:
    """The figures of a regulation as of a day, with a chart and a table."""
    form = _form(request)
    made, status = None, 200
    if form.is_valid():
        try:
            made = _made(form)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {
        "title": _("Monitor"),
        "lead": _("Wat er van het geld werd: per een dag, zoals bekend op een dag."),
        "filter_form": form,
        "form": form,
        "monitor": made,
        **(_shown(request, made, form) if made else {}),
    }
    return render(request, "accountability/monitor.html", context, status=status)


@entry(*READS_MONEY)
def file(request: Request, kind: str) -> HttpResponseBase:
    """The same figures as a file: csv (for people), machine (for programs) or xlsx."""
    form = _form(request)
    if kind not in ("csv", "machine", "xlsx") or not form.is_valid():
        raise Http404
    made = _made(form)
    stem = f"monitor-{made.regulation}-{made.as_of.isoformat()}-{made.known_on.isoformat()}"
    if kind == "xlsx":
        book = io.BytesIO()
        write_monitor(made, book)
        return _download(HttpResponse(book.getvalue(), content_type=XLSX), f"{stem}.xlsx")
    blocks = monitor_csv(made, machine=kind == "machine")
    return _download(StreamingHttpResponse(blocks, content_type="text/csv"), f"{stem}.csv")


@entry(*READS_MONEY, Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
def dossiers(request: Request) -> HttpResponseBase:
    """The submitted dossiers that this person may see, as CSV with 25 columns."""
    slug = request.GET.get("regulation", "")
    regulation = Regulation.objects.filter(slug=slug).first()
    if slug and regulation is None:
        raise Http404
    tests = "test" in request.GET
    rows = dossier_list(
        person_id(request), regulation_id=regulation.pk if regulation else None, tests=tests
    )
    blocks = dossiers_csv(rows, headings())
    return _download(
        StreamingHttpResponse(blocks, content_type="text/csv"),
        f"{'TEST-' if tests else ''}dossiers-{clock.today().isoformat()}.csv",
    )


@require_POST
@entry(Role.FINANCE)
def close(request: Request, slug: str) -> HttpResponse:
    """Close a day of a regulation: its figures are fixed from then on."""
    regulation = regulations_of(person_id(request)).filter(slug=slug).first()
    if regulation is None:
        raise Http404
    form = CloseForm(request.POST)
    address = f"{reverse('accountability:monitor')}?regulation={slug}"
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["day"])))
        return HttpResponseRedirect(f"{address}&as_of={clock.today().isoformat()}")
    day = form.cleaned_data["day"]
    try:
        close_day(regulation_id=regulation.pk, day=day, actor=request.actor)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(f"{address}&as_of={clock.today().isoformat()}")
    messages.success(request, _("De dag is afgesloten. Deze cijfers veranderen niet meer."))
    return HttpResponseRedirect(f"{address}&as_of={day.isoformat()}&known_on={day.isoformat()}")


def _form(request: Request) -> MonitorForm:
    """What was asked, or at a first visit today's figures of the first regulation with a call."""
    opened = Call.objects.filter(revision__regulation=OuterRef("pk"), opened_at__lte=clock.now())
    opened = opened.exclude(kind=Call.Kind.TEST)
    regulations = regulations_of(person_id(request)).filter(Exists(opened))
    if request.GET:
        return MonitorForm(request.GET, regulations=regulations)
    first = regulations.first()
    if first is None:
        return MonitorForm(regulations=regulations)
    today = clock.today().isoformat()
    return MonitorForm({"regulation": first.slug, "as_of": today}, regulations=regulations)


def _made(form: MonitorForm) -> Monitor:
    return monitor(
        regulation_id=form.cleaned_data["regulation"].pk,
        as_of=form.cleaned_data["as_of"],
        known_on=form.cleaned_data["known_on"],
    )


def _shown(request: Request, made: Monitor, form: MonitorForm) -> dict[str, Any]:
    regulation = form.cleaned_data["regulation"]
    figures, total = made.figures, made.figures.total
    closes = holds(
        person_id(request),
        Role.FINANCE,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    )
    closings = DayClosing.objects.filter(regulation=regulation)
    return {
        "heads": list(_shown_words().values()),
        "rows": [_line(row) for row in figures.rows],
        "total": _line(total),
        "place": _("Regio") if made.by == "region" else _("Gemeente"),
        "chart": [(row.label, row.awarded.cents) for row in figures.rows],
        "parts": [
            (_("Vrij"), euro(figures.free)),
            (_("Gereserveerd"), euro(total.reserved.cents)),
            (_("Verleend, nog niet vastgesteld"), euro(total.open.cents)),
            (_("Vastgesteld"), euro(total.settled.cents)),
            (_("Vervallen"), euro(total.lapsed.cents)),
        ],
        "query": request.GET.urlencode()
        or f"regulation={regulation.slug}&as_of={made.as_of.isoformat()}",
        "regulation": regulation,
        "closes": closes,
        "close_form": CloseForm(),
        "closed": closings.order_by("-day")[:5],
        "call_kind": made.kind,
    }


def _shown_words() -> dict[str, str]:
    """The measures on the page, with their headings; the files have all of them."""
    return {
        "applied": _("Aangevraagd"),
        "awarded": _("Verleend"),
        "settled": _("Vastgesteld"),
        "released": _("Vrijgevallen"),
        "rejected": _("Afgewezen"),
        "paid": _("Betaald"),
    }


def _line(row: Row) -> dict[str, Any]:
    return {"label": row.label, "sums": [getattr(row, name) for name in _shown_words()]}


def _download(response: Any, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
