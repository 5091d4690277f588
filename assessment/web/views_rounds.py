"""Running a vote round: prepare, open, print codes, close, count, rank, draw the lot, propose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.models import Application
from applications.rules import judgeable
from applications.states import State
from assessment.domain import closing, lots, ranking, rights, rounds
from assessment.domain.proposals import draft_proposal
from assessment.domain.queries import rounds as reads
from assessment.domain.queries.worklist import calls_of
from assessment.domain.reasons import sentence
from assessment.models import Lot, PanelMember, Ranking, VoteOption, VoteRight, VoteRound
from assessment.web import finding
from assessment.web.forms import MemberForm, RoundForm
from regeling.models import Call
from timeline.refusal import Refused

RUNS = (Role.ASSESSOR,)
READS = (Role.ASSESSOR, Role.AUDITOR)
ACTS = {
    "open": rounds.open_round,
    "close": closing.close_round,
    "count": closing.count_round,
    "rank": ranking.rank_round,
}


@entry(*READS)
def overview(request: Request) -> HttpResponse:
    """The rounds that there are, and the calls that can have one."""
    calls = reads.calls_that_vote(calls_of(judgeable(request.actor.person_id)))
    found = list(reads.rounds_of(request.actor.person_id))
    busy = {round_.call_id for round_ in found if round_.state not in ("decided", "unlinked")}
    context = {
        "title": _("Stemrondes"),
        "lead": _("Klaarzetten, openen, tellen en rangschikken."),
        "rounds": found,
        "calls": [call for call in calls if call.pk not in busy],
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
    context = {
        "title": _("Nieuwe stemronde"),
        "lead": call.title,
        "breadcrumbs": [(_("Stemrondes"), reverse("assessment:rounds"))],
        "call_kind": call.kind,
        "form": form,
        "vote": rounds.vote_of(call),
    }
    return render(request, "assessment/round_new.html", context, status=status)


@entry(*READS)
def show(request: Request, uid: UUID) -> HttpResponse:
    """One round: what it is about, who may vote, and what can be done now."""
    round_ = finding.vote_round(request, uid)
    form = MemberForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            rounds.add_member(
                panel_id=round_.panels.get().pk, actor=request.actor, **form.cleaned_data
            )
            return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    return render(request, "assessment/round.html", _round(round_, form), status=status)


@require_POST
@entry(*RUNS)
def act(request: Request, uid: UUID, what: str) -> HttpResponse:
    """Open, close, count or rank a round."""
    round_ = finding.vote_round(request, uid)
    if what not in ACTS:
        raise Http404
    ACTS[what](round_id=round_.pk, actor=request.actor)
    target = "assessment:ranking" if what == "rank" else "assessment:round"
    return HttpResponseRedirect(reverse(target, args=[uid]))


@require_POST
@entry(*RUNS)
def drop_member(request: Request, uid: UUID, member: UUID) -> HttpResponse:
    """Take somebody off the list of voters."""
    round_ = finding.vote_round(request, uid)
    row = PanelMember.objects.filter(uid=member, panel__round=round_).first()
    if row is None:
        raise Http404
    rounds.remove_member(member_id=row.pk, actor=request.actor)
    return HttpResponseRedirect(reverse("assessment:round", args=[uid]))


@require_POST
@entry(*RUNS)
def print_codes(request: Request, uid: UUID) -> HttpResponse:
    """The list of codes for who has no e-mail address: shown once, kept nowhere."""
    round_ = finding.vote_round(request, uid)
    context = {
        "title": _("Codes voor op papier"),
        "lead": _("Druk deze lijst nu af. Zij komt niet terug: de codes worden niet bewaard."),
        "call_kind": round_.call.kind,
        "round": round_,
        "lines": rights.print_codes(round_id=round_.pk, actor=request.actor),
    }
    response = render(request, "assessment/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@entry(*RUNS)
def replace(request: Request, uid: UUID, right: UUID) -> HttpResponse:
    """A new code for who lost hers."""
    round_ = finding.vote_round(request, uid)
    if not VoteRight.objects.filter(pk=right, round=round_).exists():
        raise Http404
    rights.replace_right(right_id=str(right), actor=request.actor)
    messages.success(request, _("De oude code werkt niet meer. Er komt een nieuwe."))
    return HttpResponseRedirect(reverse("assessment:round", args=[uid]))


@entry(*READS)
def show_ranking(request: Request, uid: UUID) -> HttpResponse:
    """The outcome: who gets what and why; while equals stand open, who they are."""
    round_ = finding.vote_round(request, uid)
    row = Ranking.objects.filter(round=round_).select_related("call__revision").first()
    if row is None:
        return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    seen = reads.shown(row)
    context = {
        **_frame(round_, _("Rangschikking")),
        "shown": seen,
        "lines": [
            (
                line,
                sentence(line.ranked) if line.ranked else "",
                State(line.ranked.application.state).label if line.ranked else "",
            )
            for line in seen.lines
        ],
        "lot": Lot.objects.filter(round=round_)
        .select_related("entered_by", "confirmed_by")
        .first(),
        "to_draft": _to_draft(round_).count(),
    }
    return render(request, "assessment/ranking.html", context)


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
    """Type in the drawn order; another person's entry is never shown."""
    round_ = finding.vote_round(request, uid)
    options = list(VoteOption.objects.filter(round=round_).order_by("title", "pk"))
    given = {str(option.uid): request.POST.get(f"place_{option.uid}", "") for option in options}
    error = ""
    status = 200
    if request.method == "POST":
        try:
            drawn = lots.enter_lot(round_id=round_.pk, order=_order(given), actor=request.actor)
        except Refused as refusal:
            error, status = refusal.sentence, refusal.status
        else:
            messages.success(request, _told(drawn))
            return HttpResponseRedirect(reverse("assessment:round", args=[uid]))
    context = {
        **_frame(round_, _("Loting invoeren")),
        "options": [(option, given[str(option.uid)]) for option in options],
        "error": error,
        "entries": lots.entries(round_.pk),
    }
    return render(request, "assessment/lot.html", context, status=status)


def _told(drawn: Lot | None) -> str:
    if drawn:
        return _("De loting ligt vast: twee mensen voerden dezelfde volgorde in.")
    return _(
        "Uw invoer is bewaard. Nu voert iemand anders de volgorde in; is die dezelfde, dan ligt "
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


def _round(round_: VoteRound, form: MemberForm) -> dict[str, Any]:
    concept = round_.state == VoteRound.State.CONCEPT
    vote_rights = (
        VoteRight.objects.filter(round=round_, status__in=["issued", "voted"])
        .select_related("member")
        .order_by("member__name", "pk")
    )
    return {
        **_frame(round_, round_.title),
        "form": form,
        "concept": concept,
        "state_label": STATES[round_.state](),
        "rules": reads.rules_of(round_),
        "vote": rounds.vote_of(round_.call),
        "waiting": reads.waiting_options(round_.call) if concept else [],
        "options": [] if concept else list(round_.options.order_by("title", "pk")),
        "members": list(PanelMember.objects.filter(panel__round=round_).order_by("name", "pk"))
        if concept
        else [],
        "rights": [] if concept else list(vote_rights),
        "to_print": vote_rights.filter(channel="letter", register_key="", status="issued").count(),
        "turnout": [] if concept else reads.told_turnout(round_),
        "batches": list(round_.batches.order_by("seq")),
        "ranking": Ranking.objects.filter(round=round_).first(),
        "lot_rule": "lot" in reads.rules_of(round_).get("ties", []),
    }


STATES = {
    "concept": lambda: _("In voorbereiding"),
    "open": lambda: _("Open"),
    "closed": lambda: _("Gesloten en verzegeld"),
    "counted": lambda: _("Geteld"),
    "decided": lambda: _("Rangschikking ligt vast"),
    "unlinked": lambda: _("Afgesloten"),
}


def _frame(round_: VoteRound, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "eyebrow": _("Stemronde"),
        "lead": round_.call.title if title != round_.call.title else "",
        "breadcrumbs": [
            (_("Stemrondes"), reverse("assessment:rounds")),
            *(
                []
                if title == round_.title
                else [(round_.title, reverse("assessment:round", args=[round_.uid]))]
            ),
        ],
        "call_kind": round_.call.kind,
        "round": round_,
    }
