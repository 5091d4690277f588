"""Paper ballots: piles that two people enter without seeing each other's work."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from assessment.domain import paper_entry
from assessment.domain.frozen import rules_of
from assessment.domain.marks import BadBallot
from assessment.domain.queries.ballots import numbered
from assessment.models import PaperBatch, PaperEntry, VoteRound
from assessment.web import finding, marking, wording
from assessment.web.paper_marks import example, typed
from assessment.web.voting import unkept
from timeline.refusal import Refused

ENTERS = (Role.ASSESSOR,)


class PileForm(forms.Form):
    """A pile that was counted by hand."""

    name = forms.CharField(
        label=gettext_lazy("Naam van de stapel"),
        max_length=100,
        help_text=gettext_lazy("Bijvoorbeeld: bibliotheek, 12 mei."),
    )
    forms = forms.IntegerField(
        label=gettext_lazy("Hoeveel formulieren?"),
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Tel ze eerst met de hand."),
    )


@entry(*ENTERS)
def piles(request: Request, uid: UUID) -> HttpResponse:
    """The piles of a round, and a new one."""
    round_ = _running(request, uid)
    form = PileForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            batch = paper_entry.make_batch(
                round_id=round_.pk, actor=request.actor, **form.cleaned_data
            )
            return HttpResponseRedirect(reverse("assessment:pile", args=[uid, batch.uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        **_frame(round_, _("Stemmen op papier")),
        "form": form,
        "piles": [
            (batch, batch.cast + batch.rejected)
            for batch in round_.paper_batches.order_by("made_at", "pk")
        ],
    }
    return render(request, "assessment/paper/piles.html", context, status=status)


@sensitive_post_parameters()
@entry(*ENTERS)
def pile(request: Request, uid: UUID, batch: UUID) -> HttpResponse:
    """Type the forms of a pile: the code, and the numbers of what was chosen."""
    round_ = _running(request, uid)
    row = _batch(round_, batch)
    error: tuple[str, str] = ("", "")
    status = 200
    if request.method == "POST":
        try:
            _enter(request, round_, row)
            return HttpResponseRedirect(reverse("assessment:pile", args=[uid, batch]))
        except Refused as refusal:
            error, status = (refusal.sentence, _field(refusal)), refusal.status
    return unkept(_typing(request, round_, row, error, status))


@require_POST
@entry(*ENTERS)
def reject(request: Request, uid: UUID, batch: UUID) -> HttpResponse:
    """A form without a code that can be read counts as rejected."""
    row = _batch(_running(request, uid), batch)
    paper_entry.reject_form(batch_id=row.pk, actor=request.actor)
    messages.success(request, _("Eén formulier zonder leesbare code is afgekeurd."))
    return HttpResponseRedirect(reverse("assessment:pile", args=[uid, batch]))


@require_POST
@entry(*ENTERS)
def close(request: Request, uid: UUID, batch: UUID) -> HttpResponse:
    """Close a pile of which every form is done."""
    row = _batch(_running(request, uid), batch)
    paper_entry.close_batch(batch_id=row.pk, actor=request.actor)
    messages.success(request, _("De stapel is gesloten. Bewaar de formulieren verzegeld."))
    return HttpResponseRedirect(reverse("assessment:paper", args=[uid]))


def _enter(request: Request, round_: VoteRound, batch: PaperBatch) -> None:
    """Hand one form to the verb, and tell what became of it. Never what stood on it."""
    vote, options = rules_of(round_)["vote"], numbered(round_)
    blank = request.POST.get("blank") == "1"
    marks = None if blank else typed(vote, options, request.POST.get("typed", ""))
    try:
        became = paper_entry.enter_form(
            batch_id=batch.pk,
            code=request.POST.get("code", ""),
            marks=marks,
            actor=request.actor,
        )
    except BadBallot as bad:
        names = {card.uid: card.option.title for _number, card in options}
        raise Refused(marking.sentence(vote, bad, names), field="typed", code=bad.code) from bad
    told = {
        "first": (messages.SUCCESS, _("Eén keer getypt. Nu typt een ander dit formulier.")),
        "cast": (messages.SUCCESS, _("Twee keer hetzelfde getypt. De stem is uitgebracht.")),
        "rejected": (messages.SUCCESS, _("Twee keer leeg of onleesbaar. Afgekeurd.")),
        "mismatch": (
            messages.WARNING,
            _("Dit is anders dan wat eerder is getypt. Een derde persoon typt dit formulier."),
        ),
        "voted_already": (
            messages.WARNING,
            _("Met deze code is al gestemd. Het formulier telt niet en is afgekeurd."),
        ),
    }
    messages.add_message(request, *told[became])


def _typing(
    request: Request, round_: VoteRound, batch: PaperBatch, error: tuple[str, str], status: int
) -> HttpResponse:
    vote = rules_of(round_)["vote"]
    batch.refresh_from_db()
    once = PaperEntry.objects.filter(batch=batch)
    context = {
        **_frame(round_, batch.name),
        "batch": batch,
        "done": batch.cast + batch.rejected,
        "once": once.aggregate(n=Count("entry_key", distinct=True))["n"],
        "mine": once.filter(person=request.person).count(),
        "how_to": " ".join(wording.how_to(vote)),
        "example": example(vote),
        "options": numbered(round_),
        "error": error[0],
        "error_field": error[1],
        "code": request.POST.get("code", ""),
        "typed": request.POST.get("typed", ""),
        "blank": request.POST.get("blank", ""),
    }
    context["breadcrumbs"] += [
        (_("Stemmen op papier"), reverse("assessment:paper", args=[round_.uid]))
    ]
    return render(request, "assessment/paper/pile.html", context, status=status)


def _field(refusal: Refused) -> str:
    return refusal.field if refusal.field in ("code", "typed") else ""


def _running(request: Request, uid: UUID) -> VoteRound:
    round_ = finding.vote_round(request, uid)
    if round_.state == VoteRound.State.CONCEPT:
        raise Http404
    return round_


def _batch(round_: VoteRound, uid: UUID) -> PaperBatch:
    row = PaperBatch.objects.filter(round=round_, uid=uid).first()
    if row is None:
        raise Http404
    return row


def _frame(round_: VoteRound, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "eyebrow": _("Stemronde"),
        "lead": round_.title,
        "breadcrumbs": [
            (_("Stemrondes"), reverse("assessment:rounds")),
            (round_.title, reverse("assessment:round", args=[round_.uid])),
        ],
        "call_kind": round_.call.kind,
        "round": round_,
    }
