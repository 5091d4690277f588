"""The steps of voting, the same at home and at the desk. The code travels in the body of a POST
only, so it is in no address, history, title or log."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.domain import codes, marks
from assessment.domain.casting import Receipt, UnknownCode, cast
from assessment.domain.frozen import rules_of
from assessment.domain.looking import Found, look_up, present
from assessment.domain.paper_entry import cast_at_desk
from assessment.domain.queries.ballots import Paper, paper
from assessment.domain.stewards import refuse_stranger
from assessment.models import VoteRound
from assessment.web import booth as booths
from assessment.web import marking
from assessment.web.booth import Booth
from assessment.web.held import held
from assessment.web.marking import Given
from timeline.refusal import NotAllowed, Refused

OPEN = "open"
SLOT = "ONTVANGSTBEWIJS"  # stands where the receipt comes in a page that is held


class SlipOfThePen(Refused):
    """The check character does not fit: told at once, and no guess."""

    def __init__(self) -> None:
        super().__init__(
            _("Er zit een tikfout in deze code. Kijk hem letter voor letter na."),
            field="code",
            code="slip",
        )


def ballot(request: HttpRequest, booth: Booth) -> HttpResponse:
    """The ballot paper of the round in which the code votes, or what comes before it."""
    found = find(request, booth)
    if isinstance(found, HttpResponse):
        return found
    if found.voted and not request.POST.get("again"):
        return status(request, booth, found)
    sheet = _sheet(request, found)
    if sheet.rules["own_text"] and not request.POST.get("own_asked"):
        return booths.ask_own(request, booth, found, sheet)
    look_back = request.POST.get("fill") and booth.clerk is None
    form = _before(found, sheet) if look_back else _form(request, sheet)
    return booths.show_paper(request, booth, found, sheet, form)


def confirm(request: HttpRequest, booth: Booth) -> HttpResponse:
    """What the voter chose, before it is cast."""
    found = find(request, booth)
    if isinstance(found, HttpResponse):
        return found
    sheet = _sheet(request, found)
    form = _form(request, sheet)
    error = marking.problem(sheet, form)
    if error:
        return booths.show_paper(request, booth, found, sheet, form, error)
    own = set(booths.own_of(request))
    context = {
        **booths.frame(booth, found),
        "title": _("Klopt dit?"),
        "lead": _("Uw stem telt pas als u op de knop drukt."),
        "change": sheet.rules["change"],
        "chosen": booths.chosen(sheet, form),
        "total": booths.total(sheet, form),
        "back_to": booths.first_chosen(sheet, form),
        "own": [card.option for card in sheet.cards if card.uid in own],
        "hidden": booths.hidden(request, booth, found) + _fields(sheet, form),
    }
    return render(request, "assessment/vote/confirm.html", context)


def cast_vote(request: HttpRequest, booth: Booth) -> HttpResponse:
    """Cast, and show the receipt. The same ballot again shows the same receipt.

    Only when the verb refuses is the round looked up once more, to say why.
    """
    uid = request.POST.get("round", "")
    round_ = held(("round", uid), lambda: _round(uid))
    if round_ is None:
        found = find(request, booth)
        if isinstance(found, HttpResponse):
            return found
        round_ = found.round
    vote = rules_of(round_)["vote"]
    form = marking.given(vote, request.POST, {})
    try:
        if form.wrong:
            raise marks.BadBallot("unread")
        receipt = _cast(request, booth, round_, form)
    except marks.BadBallot as bad:
        return _show_again(request, booth, bad)
    except Refused as refusal:
        return _told(request, booth, refusal)
    return _receipt(request, booth, round_, receipt.text)


def _receipt(request: HttpRequest, booth: Booth, round_: VoteRound, receipt: str) -> HttpResponse:
    """The page with a receipt. All of it but the receipt itself is the same for every voter."""

    def page() -> str:
        context = {
            "title": _("Uw stem is uitgebracht"),
            "lead": _("Bedankt dat u meebeslist."),
            "booth": booth,
            "urls": booth.urls,
            "results": booths.results(round_),
            "receipt": SLOT,
            "round": round_,
            "change": rules_of(round_)["change"],
            "call_kind": round_.call.kind,
        }
        return render_to_string("assessment/vote/receipt.html", context, request)

    plain = booth.clerk is None and not request.META.get("QUERY_STRING")
    text = held(("receipt", round_.pk, get_language()), page) if plain else page()
    return HttpResponse(text.replace(SLOT, receipt))


def status(
    request: HttpRequest, booth: Booth, found: Found, refusal: Refused | None = None
) -> HttpResponse:
    """What became of a vote: that it was cast, and only when she asks for it, what she chose."""
    there = (
        present(round_uid=str(found.round.uid), code=found.code)
        if found.voted and found.round.state != VoteRound.State.UNLINKED
        else None
    )
    sheet = _sheet(request, found)
    shown = None
    # At the desk nobody looks back: what was chosen is not the clerk's to see.
    if there and there.choices and booth.clerk is None and request.POST.get("show"):
        shown = booths.chosen(sheet, marking.filled(sheet.vote, marks.read(there.choices)))
    context = {
        **booths.frame(booth, found),
        "title": _("Uw stem"),
        "lead": found.round.title,
        "found": found,
        "there": there,
        "shown": shown,
        "change": sheet.rules["change"],
        "error": refusal.sentence if refusal else "",
    }
    return render(
        request, "assessment/vote/status.html", context, status=refusal.status if refusal else 200
    )


def find(request: HttpRequest, booth: Booth, *, any_phase: bool = False) -> Found | HttpResponse:
    """The round and the right behind the code in the form, or the page that says why not."""
    typed = request.POST.get("code", "")
    try:
        if codes.read(typed) is None:
            raise SlipOfThePen if typed.strip() else UnknownCode
        found = look_up(typed, address=address_of(request))
        if found is None:
            raise UnknownCode
        _refuse_stranger(booth, found.round)
    except Refused as refusal:
        return booths.ask_code(request, booth, refusal)
    if found.phase != OPEN and not any_phase:
        return booths.no_vote_now(request, booth, found)
    return found


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, behind as many proxies as the installation trusts."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies and len(told) >= proxies:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _cast(request: HttpRequest, booth: Booth, round_: VoteRound, form: Given) -> Receipt:
    code, own = request.POST.get("code", ""), booths.own_of(request)
    if booth.clerk is None:
        return cast(
            round_uid=str(round_.uid),
            code=code,
            marks=form.marks,
            own=own,
            address=address_of(request),
        )
    _refuse_stranger(booth, round_)
    return cast_at_desk(
        round_uid=str(round_.uid),
        code=code,
        marks=form.marks,
        own=own,
        proxy=booth.proxy,
        actor=booth.clerk,
    )


def _show_again(request: HttpRequest, booth: Booth, bad: marks.BadBallot) -> HttpResponse:
    """The paper as it was filled in, with what is wrong."""
    found = find(request, booth)
    if isinstance(found, HttpResponse):
        return found
    sheet = _sheet(request, found)
    form = _form(request, sheet)
    error = marking.problem(sheet, form) or marking.sentence(sheet.vote, bad, sheet.names)
    return booths.show_paper(request, booth, found, sheet, form, error)


def _told(request: HttpRequest, booth: Booth, refusal: Refused) -> HttpResponse:
    """Why a ballot was not taken: the page that fits the reason."""
    if isinstance(refusal, UnknownCode) or refusal.status == 429:
        return booths.ask_code(request, booth, refusal)
    found = find(request, booth, any_phase=True)
    if isinstance(found, HttpResponse):
        return found
    if found.phase != OPEN:
        return booths.no_vote_now(request, booth, found)
    return status(request, booth, found, refusal)


def _refuse_stranger(booth: Booth, round_: VoteRound) -> None:
    """At the desk a clerk helps only in rounds of her own; others are unknown to her."""
    if booth.clerk is None:
        return
    try:
        refuse_stranger(round_.call, booth.clerk)
    except NotAllowed:
        raise UnknownCode from None


def _round(uid: str) -> VoteRound | None:
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    rounds = VoteRound.objects.exclude(state=VoteRound.State.CONCEPT)
    return rounds.filter(uid=wanted).select_related("call").first()


def _sheet(request: HttpRequest, found: Found) -> Paper:
    return paper(found.round, found.code, booths.own_of(request))


def _form(request: HttpRequest, sheet: Paper) -> Given:
    return marking.given(sheet.vote, request.POST, sheet.names)


def _before(found: Found, sheet: Paper) -> Given:
    """The ballot that was cast before, as a form."""
    there = present(round_uid=str(found.round.uid), code=found.code)
    return marking.filled(sheet.vote, marks.read(there.choices))


def _fields(sheet: Paper, form: Given) -> list[tuple[str, str]]:
    """The marks of a form as hidden fields of the next one."""
    if sheet.vote["kind"] in marking.TICKED:
        return [("choices", uid) for uid in form.marks]
    return [(f"mark_{uid}", text) for uid, text in form.fields.items()]
