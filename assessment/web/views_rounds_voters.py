"""Who may vote: members one by one or by list, letters, profiles; and a code that was lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.web.refusals import tell
from assessment.domain import electorate, rights, rounds
from assessment.domain.member_lists import add_members
from assessment.domain.queries import rounds as reads
from assessment.models import PanelMember, VoteRight, VoteRound
from assessment.web import finding
from assessment.web.forms_rounds import LettersForm, ListForm, MemberForm, PanelForm
from assessment.web.round_frame import RUNS, frame
from timeline.refusal import Conflict, Refused

PER_PAGE = 50


@entry(*RUNS)
def voters(request: Request, uid: UUID) -> HttpResponse:
    """The people on the list and the letters; four ways to add some, until the round opens."""
    round_ = finding.vote_round(request, uid)
    if round_.state != VoteRound.State.CONCEPT:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    what = request.POST.get("what", "")
    forms = _forms(request, round_, what)
    status = 200
    if request.method == "POST":
        if what not in forms:
            raise Http404
        form = forms[what]
        if form.is_valid():
            try:
                messages.success(request, ADD[what](request, form.cleaned_data))
                return HttpResponseRedirect(reverse("assessment:voters", args=[uid]))
            except Refused as refusal:
                tell(form, refusal)
                status = refusal.status
        else:
            status = 422
    members = PanelMember.objects.filter(panel__round=round_).select_related("panel")
    page = Paginator(members.order_by("panel__name", "name", "pk"), PER_PAGE)
    context = {
        **frame(round_, _("Wie mogen er stemmen?")),
        "panels": reads.panels_of(round_),
        "page": page.get_page(request.GET.get("page")),
        "forms": forms,
        "letters": VoteRight.objects.filter(round=round_, member=None).count(),
    }
    return render(request, "assessment/voters.html", context, status=status)


@require_POST
@entry(*RUNS)
def drop_member(request: Request, uid: UUID, member: UUID) -> HttpResponse:
    """Take somebody off the list of voters."""
    round_ = finding.vote_round(request, uid)
    row = PanelMember.objects.filter(uid=member, panel__round=round_).first()
    if row is None:
        raise Http404
    rounds.remove_member(member_id=row.pk, actor=request.actor)
    return HttpResponseRedirect(reverse("assessment:voters", args=[uid]))


@require_POST
@entry(*RUNS)
def drop_letters(request: Request, uid: UUID) -> HttpResponse:
    """Take back all letters, to start again."""
    round_ = finding.vote_round(request, uid)
    electorate.drop_rights(round_id=round_.pk, actor=request.actor)
    return HttpResponseRedirect(reverse("assessment:voters", args=[uid]))


@entry(*RUNS)
def lost_code(request: Request, uid: UUID) -> HttpResponse:
    """Find the right of who lost her code, by name or by the number of her letter."""
    round_ = finding.vote_round(request, uid)
    words = request.GET.get("zoek", "")[:100]
    context = {
        **frame(round_, _("Code kwijt")),
        "words": words,
        "found": reads.rights_found(round_, words),
        "to_print": reads.to_print(round_),
    }
    return render(request, "assessment/lost_code.html", context)


@require_POST
@entry(*RUNS)
def replace(request: Request, uid: UUID, right: UUID) -> HttpResponse:
    """A new code for who lost hers."""
    round_ = finding.vote_round(request, uid)
    row = VoteRight.objects.filter(pk=right, round=round_).first()
    if row is None:
        raise Http404
    try:
        rights.replace_right(right_id=str(right), actor=request.actor)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("De oude code werkt niet meer. Er komt een nieuwe."))
    return HttpResponseRedirect(reverse("assessment:lost_code", args=[uid]))


def _member(request: Request, given: dict[str, Any]) -> str:
    rounds.add_member(
        panel_id=given["panel"].pk,
        name=given["name"],
        email=given["email"],
        actor=request.actor,
    )
    return _("%(name)s mag stemmen.") % {"name": given["name"]}


def _list(request: Request, given: dict[str, Any]) -> str:
    added = add_members(panel_id=given["panel"].pk, people=given["voters"], actor=request.actor)
    told = [
        ngettext("%(n)s mens toegevoegd.", "%(n)s mensen toegevoegd.", added.added)
        % {"n": added.added}
    ]
    if added.known:
        told.append(
            ngettext("%(n)s stond er al op.", "%(n)s stonden er al op.", added.known)
            % {"n": added.known}
        )
    if added.judges:
        told.append(
            ngettext(
                "%(n)s behandelt aanvragen bij deze regeling en stemt niet mee.",
                "%(n)s behandelen aanvragen bij deze regeling en stemmen niet mee.",
                added.judges,
            )
            % {"n": added.judges}
        )
    return " ".join(told)


def _letters(request: Request, given: dict[str, Any]) -> str:
    number = electorate.make_rights(
        panel_id=given["panel"].pk, number=given["number"], actor=request.actor
    )
    return _("Er zijn nu %(n)s brieven.") % {"n": number}


def _profiles(request: Request, given: dict[str, Any]) -> str:
    number = electorate.add_profiles(panel_id=given["panel"].pk, actor=request.actor)
    return ngettext(
        "%(n)s mens met een profiel toegevoegd.", "%(n)s mensen met een profiel toegevoegd.", number
    ) % {"n": number}


ADD: dict[str, Callable[[Request, dict[str, Any]], str]] = {
    "member": _member,
    "list": _list,
    "letters": _letters,
    "profiles": _profiles,
}


def _forms(request: Request, round_: VoteRound, what: str) -> dict[str, PanelForm]:
    """The four forms; the one that was posted holds what was typed."""
    panels = list(round_.panels.order_by("name", "pk"))
    kinds = {
        "member": MemberForm,
        "list": ListForm,
        "letters": LettersForm,
        "profiles": PanelForm,
    }
    return {
        name: kind(
            request.POST if name == what else None,
            files=request.FILES if name == what else None,
            panels=panels,
            prefix=name,
        )
        for name, kind in kinds.items()
    }
