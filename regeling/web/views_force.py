"""Published texts: reading one, withdrawing one, and letting one govern a call that is open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from accounts.web.refusals import tell
from regeling.definition.labels import path_words
from regeling.differences import differences
from regeling.domain.amending import amend_call, changed_ceilings, fixed_changes
from regeling.domain.publishing import withdraw_revision
from regeling.domain.queries.calls import is_open
from regeling.domain.queries.governing import coming, governing, in_force
from regeling.explain import explain
from regeling.models import Call, Regulation, Revision
from regeling.web.forms_life import WithdrawText
from regeling.web.views_life import seen_in
from timeline import clock
from timeline.refusal import Refused


@entry(PUBLIC)
def revision(request: Request, slug: str, number: int) -> HttpResponse:
    """One published text in plain words, with the days between which it was in force."""
    rows = Revision.objects.filter(regulation__slug=slug, publication__isnull=False)
    found = rows.select_related("regulation__authority", "publication", "withdrawal").filter(
        number=number
    )
    text = found.first()
    if text is None:
        raise Http404
    others = rows.select_related("publication").order_by("-publication__in_force_at", "-number")
    now = clock.now()
    current = in_force(text.regulation_id, at=now)
    withdrawal = getattr(text, "withdrawal", None)
    context = {
        "title": _("Tekst %(number)s van %(title)s")
        % {"number": number, "title": text.definition.identity.title},
        "eyebrow": text.regulation.authority.name,
        "breadcrumbs": [
            (_("Start"), reverse("portal:home")),
            (_("Regelingen"), reverse("regeling:regulations")),
            (text.regulation.title, reverse("regeling:regulation", args=[slug])),
        ],
        "call_kind": str(Call.Kind.EXAMPLE) if text.example_only else "",
        "text": text,
        "publication": text.publication,
        "withdrawal": withdrawal,
        "is_current": current == text,
        "is_coming": text.publication.in_force_at > now,
        "sections": explain(text.definition),
        "others": [row for row in others if row.pk != text.pk],
        "reasons": text.publication.concept.reasons.select_related("finding").order_by("path")
        if text.publication.concept
        else [],
    }
    return render(request, "regeling/life/revision.html", context)


@entry(Role.ADMINISTRATOR)
def withdraw(request: Request, slug: str) -> HttpResponse:
    """Take back a published text from a day on, with the reason."""
    regulation = _regulation(request, slug)
    texts = _withdrawable(regulation)
    form = WithdrawText(texts, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = next(
                each for each in texts if str(each.number) == form.cleaned_data["revision"]
            )
            try:
                withdraw_revision(
                    revision_id=chosen.pk,
                    from_at=form.from_at(),
                    reason=form.cleaned_data["reason"],
                    actor=request.actor,
                )
            except Refused as refusal:
                status = refusal.status
                tell(form, refusal)
            else:
                messages.success(request, _("De tekst is ingetrokken."))
                return redirect("regeling:revision", slug, chosen.number)
    now = clock.now()
    calls = Call.objects.filter(revision__regulation=regulation).order_by("-opens_at", "-pk")
    context = _frame(regulation, _("Regeling intrekken")) | {
        "form": form,
        "texts": texts,
        "open_calls": [call for call in calls if is_open(call, now)],
    }
    return render(request, "regeling/life/withdraw.html", context, status=status)


@entry(Role.ADMINISTRATOR)
def amend(request: Request, slug: str) -> HttpResponse:
    """Let the text in force govern a call that is open, after reading what that changes."""
    call = Call.objects.filter(slug=slug).select_related("revision__regulation__authority").first()
    if call is None:
        raise Http404
    regulation = _regulation(request, call.revision.regulation.slug)
    refusal: Refused | None = None
    newest = in_force(regulation.pk, at=clock.now())
    if request.method == "POST" and newest is not None:
        try:
            amend_call(
                call_id=call.pk,
                revision_id=newest.pk,
                actor=request.actor,
                seen=seen_in(request),
            )
        except Refused as raised:
            refusal = raised
        else:
            messages.success(request, _("De nieuwe tekst geldt nu voor deze openstelling."))
            return redirect("regeling:amend", slug)
    now_governs = governing(call)
    context = _frame(regulation, _("Openstelling wijzigen")) | {
        "eyebrow": call.title,
        "call": call,
        "governs": now_governs,
        "newest": newest if newest != now_governs else None,
        "amendments": call.amendments.select_related("before", "after").order_by("-number"),
        "number": call.amendments.count(),
        "refusal": refusal,
        **_what_changes(call, now_governs, newest),
    }
    return render(
        request, "regeling/life/amend.html", context, status=refusal.status if refusal else 200
    )


def _what_changes(call: Call, before: Revision, after: Revision | None) -> dict[str, Any]:
    """What the newer text would change in the call, for the page."""
    if after is None or after == before:
        return {}
    old, new = before.definition, after.definition
    fixed = fixed_changes(old, new, call.window)
    changes = [] if fixed else changed_ceilings(call, old, new)
    return {
        "changes": differences(old, new),
        "fixed": [path_words(path) for path in fixed],
        "ceilings": [
            {"row": row, "after": row.amount + cents, "up": cents > 0} for row, cents in changes
        ],
        "rule": after.publication.transitional_rule,
    }


def _regulation(request: Request, slug: str) -> Regulation:
    """The regulation for its administrator; 404 for everybody else."""
    found = Regulation.objects.filter(slug=slug).select_related("authority").first()
    person_id = request.person.pk if request.person else None
    if found is None or not holds(
        person_id, Role.ADMINISTRATOR, authority=found.authority.code, regulation=slug
    ):
        raise Http404
    return found


def _withdrawable(regulation: Regulation) -> list[Revision]:
    """The text in force and those that are coming, as far as nobody withdrew them."""
    now = clock.now()
    first = in_force(regulation.pk, at=now)
    found = [*([first] if first else []), *coming(regulation.pk, at=now)]
    return [each for each in found if getattr(each, "withdrawal", None) is None]


def _frame(regulation: Regulation, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "eyebrow": regulation.title,
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (_("Regelingen maken"), reverse("regeling:concepts")),
        ],
        "regulation": regulation,
    }
