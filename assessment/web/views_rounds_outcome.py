"""After the count: division, lot, the second count, proposals for decisions, and unlinking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.web.refusals import tell
from applications.models import Application
from applications.states import State
from assessment.domain import lots, ranking
from assessment.domain.departures import only_advises
from assessment.domain.frozen import rules_of
from assessment.domain.peppers import files_of
from assessment.domain.proposals import draft_proposal
from assessment.domain.queries import departures as departed
from assessment.domain.queries import rounds as reads
from assessment.domain.unlinking import COPIES, unlink_round
from assessment.models import CountEntry, Lot, Ranking, VoteOption, VoteRound
from assessment.web import finding
from assessment.web.forms_rounds import CountForm, NumberForm, UnlinkForm
from assessment.web.round_frame import READS, RUNS, frame
from timeline.refusal import Refused

ELSEWHERE: dict[str, Promise] = {
    "keys_backup": _lazy("de reservekopie van de map met sleutels"),
    "wal_archive": _lazy("het archief van de schrijflogboeken van de database"),
    "base_backup": _lazy("volledige kopieën van de database uit de tijd van de stemming"),
    "logical_dump": _lazy("losse exports van de database uit de tijd van de stemming"),
    "letter_file": _lazy("het bestand met codes bij de drukker en bij wie het verstuurde"),
}


@entry(*READS)
def show_ranking(request: Request, uid: UUID) -> HttpResponse:
    """The outcome: who gets what and why; while equals stand open, who they are."""
    round_ = finding.vote_round(request, uid, READS)
    row = Ranking.objects.filter(round=round_).select_related("call__revision", "made_by").first()
    if row is None:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    fixed = row.state == Ranking.State.FIXED
    made_by_me = row.made_by_id == request.actor.person_id
    context = {
        **frame(round_, _("Rangschikking")),
        "shown": reads.shown(row),
        "fixed": fixed,
        "calculated": row.state == Ranking.State.CALCULATED,
        "made_by_me": made_by_me,
        "runs": finding.runs_rounds(request, round_.call),
        # Whoever counts a second time must find the hash herself.
        "hash": row.outcome_hash if fixed or made_by_me else "",
        "compared": list(
            CountEntry.objects.filter(round=round_).select_related("person").order_by("entered_at")
        ),
        "lot": Lot.objects.filter(round=round_)
        .select_related("entered_by", "confirmed_by")
        .first(),
        "departures": departed.departures_of_round(round_),
        "stale": not fixed and not departed.is_counted_in(row),
        "may_depart": not fixed and only_advises(round_) and finding.decides(request, round_.call),
        "to_draft": _to_draft(round_).count() if fixed else 0,
    }
    return render(request, "assessment/ranking.html", context)


@entry(*RUNS)
def second_count(request: Request, uid: UUID) -> HttpResponse:
    """Another official counts with the stand-alone script and types in what she found."""
    round_ = finding.vote_round(request, uid)
    row = Ranking.objects.filter(round=round_).select_related("made_by").first()
    if row is None or row.state == Ranking.State.FIXED:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    form = CountForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            ranking.confirm_outcome(
                round_id=round_.pk,
                outcome_hash=form.cleaned_data["outcome_hash"],
                actor=request.actor,
            )
            messages.success(request, _("Beide tellingen zijn gelijk. De uitslag ligt vast."))
            return HttpResponseRedirect(reverse("assessment:ranking", args=[uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {
        **frame(round_, _("Tweede telling")),
        "form": form,
        "mine": row.made_by_id == request.actor.person_id,
        "ready": row.state == Ranking.State.CALCULATED,
        "made_by": row.made_by,
    }
    return render(request, "assessment/second_count.html", context, status=status)


@require_POST
@entry(*RUNS)
def draft_all(request: Request, uid: UUID) -> HttpResponse:
    """Draft a decision for every ranked application; each succeeds or fails on its own."""
    round_ = finding.vote_round(request, uid)
    drafted = left = 0
    for application in _to_draft(round_):
        try:
            draft_proposal(application_id=application.pk, actor=request.actor)
            drafted += 1
        except Refused:
            left += 1
    messages.success(
        request,
        ngettext("%(n)s besluit klaargezet.", "%(n)s besluiten klaargezet.", drafted)
        % {"n": drafted},
    )
    if left:
        messages.warning(
            request,
            ngettext(
                "%(n)s aanvraag bleef liggen: zeg daar eerst of u een belang hebt.",
                "%(n)s aanvragen bleven liggen: zeg daar eerst of u een belang hebt.",
                left,
            )
            % {"n": left},
        )
    return HttpResponseRedirect(reverse("assessment:ranking", args=[uid]))


@entry(*RUNS)
def lot(request: Request, uid: UUID) -> HttpResponse:
    """Type in the drawn order, or the public number; another person's entry is never shown."""
    round_ = finding.vote_round(request, uid)
    if round_.state == VoteRound.State.CONCEPT:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    rules = rules_of(round_)
    if rules["lot"]["source"] == "public":
        return _by_number(request, round_, rules["lot"]["number"])
    options = list(VoteOption.objects.filter(round=round_).order_by("title", "pk"))
    given = {str(option.uid): request.POST.get(f"place_{option.uid}", "") for option in options}
    error, status = "", 200
    if request.method == "POST":
        try:
            drawn = lots.enter_lot(round_id=round_.pk, order=_order(given), actor=request.actor)
            return _entered(request, round_, drawn)
        except Refused as refusal:
            error, status = refusal.sentence, refusal.status
    context = {
        **frame(round_, _("Loting invoeren")),
        "options": [(option, given[str(option.uid)]) for option in options],
        "error": error,
        "entries": lots.entries(round_.pk),
    }
    return render(request, "assessment/lot.html", context, status=status)


@entry(*RUNS)
def unlink(request: Request, uid: UUID) -> HttpResponse:
    """Make the box anonymous for good, knowing which copies elsewhere must go as well."""
    round_ = finding.vote_round(request, uid)
    if round_.state != VoteRound.State.DECIDED:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    form = UnlinkForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            unlink_round(round_id=round_.pk, actor=request.actor)
            messages.success(
                request,
                _(
                    "Niemand kan meer van een code naar een stembiljet. Vernietig nu ook de "
                    "kopieën."
                ),
            )
            return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {
        **frame(round_, _("Stemcodes en stembiljetten ontkoppelen")),
        "form": form,
        "files": files_of(str(round_.uid)),
        "copies": [ELSEWHERE[code] for code in COPIES],
    }
    return render(request, "assessment/unlink.html", context, status=status)


def _by_number(request: Request, round_: VoteRound, name: str) -> HttpResponse:
    form = NumberForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            drawn = lots.enter_number(
                round_id=round_.pk, number=form.cleaned_data["number"], actor=request.actor
            )
            return _entered(request, round_, drawn)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {
        **frame(round_, _("Loting invoeren")),
        "form": form,
        "source": name,
        "entries": lots.entries(round_.pk),
    }
    return render(request, "assessment/lot.html", context, status=status)


def _entered(request: Request, round_: VoteRound, drawn: Lot | None) -> HttpResponse:
    messages.success(request, _told(drawn))
    return HttpResponseRedirect(reverse("assessment:round", args=[round_.uid]))


def _told(drawn: Lot | None) -> str:
    if drawn:
        return _("De loting ligt vast: twee mensen voerden hetzelfde in.")
    return _(
        "Uw invoer is bewaard. Nu voert iemand anders de loting in; is die dezelfde, dan ligt "
        "de loting vast."
    )


def _order(given: dict[str, str]) -> list[str]:
    """Options in order of the place that was typed; a place that is missing or used twice makes an
    order that is not over all options."""
    places: dict[int, str] = {}
    for uid, text in given.items():
        if text.strip().isdecimal():
            places[int(text)] = uid
    if sorted(places) != list(range(1, len(given) + 1)):
        return []
    return [places[number] for number in sorted(places)]


def _to_draft(round_: VoteRound) -> Any:
    options = VoteOption.objects.filter(round=round_).values("application_id")
    return Application.objects.filter(
        pk__in=options, state__in=[State.RANKED, State.RESERVE]
    ).order_by("pk")
