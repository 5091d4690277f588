"""The decisions of a round together: make a batch, look, sign, follow, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from accounts.web.refusals import tell
from documents.domain.batches import create_batch, move_batch, sign_batch, take_back_batch
from documents.domain.queries import decisions as reads
from documents.domain.queries.batches import Sum, batch_hash, overview
from documents.models import Decision, DecisionBatch
from documents.web.forms import BatchForm, MomentForm, ReasonForm
from regeling.models import Ceiling
from regeling.terms import next_announcement
from timeline import clock
from timeline.refusal import Refused

READS = (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER, Role.AUDITOR, Role.FINANCE)
State = Decision.State


@entry(Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
def new(request: Request, slug: str) -> HttpResponse:
    """Put the proposals of a call together."""
    seen = reads.visible_decisions(_person(request))
    proposals = reads.to_sign(seen).filter(application__call__slug=slug)
    first = proposals.first()
    if first is None:
        raise Http404
    call = first.application.call
    form = BatchForm(request.POST or None, proposals=proposals, initial={"title": call.title})
    status = 200
    if form.is_valid():
        try:
            made = create_batch(
                call_id=call.pk,
                title=form.cleaned_data["title"],
                decision_ids=[row.pk for row in form.cleaned_data["decisions"]],
                actor=request.actor,
            )
            return HttpResponseRedirect(reverse("documents:batch", args=[made.uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": _("Nieuwe stapel besluiten"),
        "lead": call.title,
        "breadcrumbs": [(_("Besluiten"), reverse("documents:decisions"))],
        "form": form,
        "submit": _("Maak de stapel"),
        "call_kind": call.kind,
    }
    return render(request, "documents/form.html", context, status=status)


@entry(*READS)
def batch(request: Request, uid: UUID) -> HttpResponse:
    """The whole batch: sums against each ceiling, first what deserves a look, then the rest."""
    row = _find(request, uid)
    view = overview(row.pk)
    open_ = view.states.get(State.PROPOSED, 0)
    context = {
        "title": row.title,
        "lead": row.call.title,
        "breadcrumbs": [(_("Besluiten"), reverse("documents:decisions"))],
        "view": view,
        "batch": view.batch,
        "sums": [(_ceiling_name(view.batch, each), each) for each in view.sums],
        "figures": _figures(view.states, view.size),
        "open": open_,
        "seen_hash": batch_hash(row.pk) if open_ else "",
        "announce_at": row.announce_at or next_announcement(clock.now()),
        "may_sign": _may_sign(request),
        "running": bool(row.signed_by_id and open_ and not row.taken_back_by_id),
        "call_kind": row.call.kind,
    }
    return render(request, "documents/batch.html", context)


@entry(*READS)
def progress(request: Request, uid: UUID) -> HttpResponse:
    """How many items of the batch are done: the part of the page that asks again."""
    row = _find(request, uid)
    view = overview(row.pk)
    return render(request, "documents/batch_progress.html", {"view": view, "batch": row})


@entry(Role.DECISION_MAKER)
@require_POST
def put_signature(request: Request, uid: UUID) -> HttpResponse:
    """Sign what the page showed; the worker signs item by item."""
    row = _find(request, uid)
    sign_batch(batch_id=row.pk, actor=request.actor, seen_hash=request.POST.get("seen_hash", ""))
    return _to(row)


@entry(Role.DECISION_MAKER)
def moment(request: Request, uid: UUID) -> HttpResponse:
    """Choose when the letters of the batch go out."""
    row = _find(request, uid)
    start = row.announce_at or next_announcement(clock.now())
    form = MomentForm(request.POST or None, initial=MomentForm.initial_of(start))

    def act(given: dict[str, Any]) -> None:
        move_batch(batch_id=row.pk, announce_at=given["moment"], actor=request.actor)

    return _with_form(request, row, form, _("Wanneer gaan de brieven uit?"), _("Opslaan"), act)


@entry(Role.DECISION_MAKER)
def withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back everything that has not gone out."""
    row = _find(request, uid)
    form = ReasonForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        take_back_batch(batch_id=row.pk, actor=request.actor, reason=given["reason"])

    return _with_form(request, row, form, _("Stapel terugnemen"), _("Alles terugnemen"), act)


def _with_form(
    request: Request, row: DecisionBatch, form: forms.Form, title: str, submit: str, act: Any
) -> HttpResponse:
    status = 200
    if form.is_valid():
        try:
            act(form.cleaned_data)
            return _to(row)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    address = reverse("documents:batch", args=[row.uid])
    context = {
        "title": title,
        "lead": row.title,
        "breadcrumbs": [(row.title, address)],
        "form": form,
        "submit": submit,
        "cancel_url": address,
        "call_kind": row.call.kind,
    }
    return render(request, "documents/form.html", context, status=status)


def _figures(states: dict[str, int], size: int) -> list[dict[str, object]]:
    found = [
        {"label": State(state).label, "value": states[state]}
        for state in State
        if states.get(state)
    ]
    return [{"label": _("Besluiten"), "value": size}, *found]


def _ceiling_name(batch: DecisionBatch, each: Sum) -> str:
    definition = batch.call.revision.definition
    if each.scope == Ceiling.Scope.TOTAL:
        return _("Hele plafond")
    names = {region.code: region.name for region in definition.territory.regions}
    names |= {activity.code: activity.name for activity in definition.activities}
    return names.get(each.code, each.code)


def _may_sign(request: Request) -> bool:
    """A page offers the button to who has the role; whether the mandate fits is the verb's."""
    return holds(_person(request), Role.DECISION_MAKER)


def _find(request: Request, uid: UUID) -> DecisionBatch:
    seen = reads.visible_decisions(_person(request))
    row = reads.batches(seen).select_related("call__revision").filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _person(request: Request) -> int | None:
    return request.person.pk if request.person else None


def _to(row: DecisionBatch) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("documents:batch", args=[row.uid]))
