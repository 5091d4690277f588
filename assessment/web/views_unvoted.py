"""A ranking without a vote: what will be ranked, by which rule, and freezing it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from assessment.domain.queries.rounds import rules_in_words
from assessment.domain.unvoted import Candidate, candidates, freeze_reviewed, ranks_unvoted, waiting
from assessment.models import VoteRound
from assessment.web import finding
from assessment.web.round_frame import RUNS
from regeling.models import Call
from timeline.refusal import Refused


@entry(*RUNS)
def prepare(request: Request, slug: str) -> HttpResponse:
    """Look over what will be frozen; then freeze it and go on to the division."""
    call = Call.objects.filter(slug=slug).select_related("revision__regulation__authority").first()
    if call is None or not ranks_unvoted(call.revision.definition):
        raise Http404
    if not finding.runs_rounds(request, call):
        raise Http404
    made = VoteRound.objects.filter(call=call).first()
    if made:
        return HttpResponseRedirect(reverse("assessment:round", args=[made.uid]))
    error, status = "", 200
    if request.method == "POST":
        try:
            round_ = freeze_reviewed(call_id=call.pk, actor=request.actor)
            return HttpResponseRedirect(reverse("assessment:round", args=[round_.uid]))
        except Refused as refusal:
            error, status = refusal.sentence, refusal.status
    found: list[Candidate] = candidates(call)
    context = {
        "title": _("Rangschikken"),
        "eyebrow": call.title,
        "lead": _("Kijk na wat er wordt vastgezet. Daarna verandert er niets meer aan."),
        "breadcrumbs": [(_("Stemrondes"), reverse("assessment:rounds"))],
        "call_kind": call.kind,
        "error": error,
        "candidates": found,
        "waiting": waiting(call),
        "divided": rules_in_words(call)[1],
    }
    return render(request, "assessment/ranking_new.html", context, status=status)
