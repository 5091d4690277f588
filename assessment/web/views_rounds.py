"""A vote round from concept to outcome: prepare, look over, open, close, count, rank."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.web.refusals import tell
from applications.rules import judgeable
from assessment.domain import closing, ranking, rounds
from assessment.domain.frozen import rules_of
from assessment.domain.lots import entries
from assessment.domain.queries import rounds as reads
from assessment.domain.queries.departures import standing_in
from assessment.domain.queries.worklist import calls_of
from assessment.models import Lot, Ranking, VoteRound
from assessment.web import finding
from assessment.web.forms_rounds import RoundForm
from assessment.web.round_frame import READS, RUNS, STATES, frame
from regeling.models import Call
from timeline import clock
from timeline.refusal import Refused

ACTS = {
    "close": closing.close_round,
    "count": closing.count_round,
    "rank": ranking.rank_round,
}
LONGEST_GROUP = 80


@entry(*READS)
def overview(request: Request) -> HttpResponse:
    """The rounds that there are, and the calls that can have one."""
    there = calls_of(judgeable(request.actor.person_id))
    calls = reads.calls_that_vote(there)
    found = list(reads.rounds_of(request.actor.person_id, READS))
    busy = {round_.call_id for round_ in found if round_.state not in ("decided", "unlinked")}
    done = {round_.call_id for round_ in found} - reads.calls_with_options(calls)
    context = {
        "title": _("Stemrondes"),
        "lead": _("Klaarzetten, openen, tellen en rangschikken."),
        "rounds": [(round_, STATES[round_.state]) for round_ in found],
        "calls": [
            call
            for call in calls
            if call.pk not in busy | done and finding.runs_rounds(request, call)
        ],
        "unvoted": [
            call
            for call in reads.calls_to_rank(there, ranked={round_.call_id for round_ in found})
            if finding.runs_rounds(request, call)
        ],
    }
    return render(request, "assessment/rounds.html", context)


@entry(*RUNS)
def new(request: Request, slug: str) -> HttpResponse:
    """Prepare a round; its days follow the regulation, or are chosen for an example."""
    call = Call.objects.filter(slug=slug).select_related("revision__regulation__authority").first()
    if call is None or not finding.runs_rounds(request, call):
        raise Http404
    form = (
        RoundForm(request.POST if request.method == "POST" else None)
        if call.kind != Call.Kind.REAL
        else None
    )
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        days = (form.cleaned_data["opens_at"], form.cleaned_data["closes_at"]) if form else None
        try:
            made = rounds.make_round(call_id=call.pk, actor=request.actor, days=days)
            return HttpResponseRedirect(reverse("assessment:round", args=[made.uid]))
        except Refused as refusal:
            if form is None:
                raise
            tell(form, refusal)
            status = refusal.status
    chosen, divided = reads.rules_in_words(call)
    context = {
        "title": _("Nieuwe stemronde"),
        "lead": call.title,
        "breadcrumbs": [(_("Stemrondes"), reverse("assessment:rounds"))],
        "call_kind": call.kind,
        "form": form,
        "chosen": chosen,
        "divided": divided,
    }
    return render(request, "assessment/round_new.html", context, status=status)


@entry(*READS)
def show(request: Request, uid: UUID) -> HttpResponse:
    """One round: how far it is, and what can be done now."""
    round_ = finding.vote_round(request, uid, READS)
    context = {
        **frame(round_, round_.title),
        "state_label": _("Staat even stil") if round_.paused_at else STATES[round_.state],
        "runs": finding.runs_rounds(request, round_.call),
        "panels": reads.panels_of(round_),
        **_now(round_),
    }
    template = "assessment/round.html" if round_.votes else "assessment/round_unvoted.html"
    return render(request, template, context)


@entry(*RUNS)
def opening(request: Request, uid: UUID) -> HttpResponse:
    """Everything that will be frozen, in words; then open."""
    round_ = finding.vote_round(request, uid)
    if round_.state != VoteRound.State.CONCEPT:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    waiting = reads.waiting_options(round_.call)
    given = {row.pk: request.POST.get(f"group_{row.uid}", "").strip() for row in waiting}
    error, status = "", 200
    if request.method == "POST":
        groups = {pk: name[:LONGEST_GROUP] for pk, name in given.items() if name}
        try:
            rounds.open_round(round_id=round_.pk, actor=request.actor, groups=groups)
            return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
        except Refused as refusal:
            error, status = refusal.sentence, refusal.status
    chosen, divided = reads.rules_in_words(round_.call)
    vote = rounds.vote_of(round_.call)
    context = {
        **frame(round_, _("Controleren en openen")),
        "error": error,
        "waiting": [(row, given[row.pk]) for row in waiting],
        "panels": reads.panels_of(round_),
        "chosen": chosen,
        "divided": divided,
        "own_text": vote.own_text,
    }
    return render(request, "assessment/round_open.html", context, status=status)


@require_POST
@entry(*RUNS)
def act(request: Request, uid: UUID, what: str) -> HttpResponse:
    """Close, count or rank a round."""
    round_ = finding.vote_round(request, uid)
    if what not in ACTS:
        raise Http404
    ACTS[what](round_id=round_.pk, actor=request.actor)
    target = "assessment:ranking" if what == "rank" else "assessment:round"
    return HttpResponseRedirect(reverse(target, args=[uid]))


def _now(round_: VoteRound) -> dict[str, Any]:
    """What belongs to the state in which a round is."""
    if round_.state == VoteRound.State.CONCEPT:
        return {"concept": True, "waiting": reads.waiting_options(round_.call)}
    rules = rules_of(round_)
    found: dict[str, Any] = {
        "rules": rules,
        "options": list(
            round_.options.select_related("withdrawal__person").order_by("title", "pk")
        ),
        "batches": list(round_.batches.order_by("seq")),
        "extensions": list(round_.extensions.select_related("person").order_by("ends_at")),
    }
    if round_.state == VoteRound.State.OPEN:
        return {
            **found,
            "to_print": reads.to_print(round_),
            "alarm": reads.alarm(round_),
            "over": clock.now() >= round_.ends_at,
        }
    return {**found, **_after(round_, rules)}


def _after(round_: VoteRound, rules: dict[str, Any]) -> dict[str, Any]:
    """What is told once a round is closed."""
    award = rules["award"]
    return {
        "invariants": reads.invariants(round_),
        "ranking": Ranking.objects.filter(round=round_).select_related("made_by").first(),
        "lot": Lot.objects.filter(round=round_).first(),
        "lot_rule": award["rule"] == "lottery" or "lot" in award["ties"],
        "lot_entries": entries(round_.pk),
        "departures": standing_in(round_.call).filter(round=round_).count(),
    }
