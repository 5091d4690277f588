"""Looking after a test call: its link, its testers, the mail that was not sent, its removal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from accounts.web.refusals import tell
from portal.domain.removing import Going, remove_test_call, what_goes
from regeling.domain.testing import dismiss_tester, invite_tester, open_test
from regeling.domain.texts import may_write
from regeling.leaving import meta
from regeling.models import Call, Concept, KeptMail, Tester
from timeline.refusal import Refused

PER_PAGE = 25
ARRANGES = (Role.DRAFTER, Role.ADMINISTRATOR)


class TesterForm(forms.Form):
    """Who joins a test."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres waarmee deze persoon inlogt"), max_length=254
    )


@entry(*ARRANGES)
def test_call(request: Request, slug: str) -> HttpResponse:
    """One test call: where it stands, who joins, and what it would have mailed."""
    call = _call(request, slug)
    form = TesterForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                invite_tester(
                    call_id=call.pk, email=form.cleaned_data["email"], actor=request.actor
                )
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(
                    request, _("Deze persoon kan meedoen. Stuur zelf de link: wij mailen niets.")
                )
                return redirect("portal:test_call", slug=slug)
    mails = KeptMail.objects.filter(call=call).order_by("-pk")
    context = {
        **_frame(call),
        "title": call.title,
        "lead": _("Doorloop de hele regeling. Niets telt mee, en er gaat geen e-mail weg."),
        "call": call,
        "form": form,
        "testers": Tester.objects.filter(call=call).order_by("email"),
        "page": Paginator(mails, PER_PAGE).get_page(request.GET.get("page")),
        "start": request.build_absolute_uri(reverse("regeling:regulation", args=[call.slug])),
        "removes": _may_remove(request, call),
    }
    return render(request, "portal/test_call.html", context, status=status)


@require_POST
@entry(*ARRANGES)
def dismiss(request: Request, slug: str, key: int) -> HttpResponse:
    """Somebody no longer joins."""
    call = _call(request, slug)
    dismiss_tester(call_id=call.pk, tester_id=key, actor=request.actor)
    messages.success(request, _("Deze persoon doet niet meer mee."))
    return redirect("portal:test_call", slug=slug)


@entry(*ARRANGES)
def kept_mail(request: Request, slug: str, key: int) -> HttpResponse:
    """One message as it would have been sent."""
    call = _call(request, slug)
    row = KeptMail.objects.filter(call=call, pk=key).first()
    if row is None:
        raise Http404
    context = {
        **_frame(call),
        "title": row.subject,
        "lead": _("Zo had deze e-mail eruitgezien. Hij is niet verstuurd."),
        "breadcrumbs": [
            *_crumbs(),
            (call.title, reverse("portal:test_call", args=[slug])),
        ],
        "mail": row,
    }
    return render(request, "portal/kept_mail.html", context)


@entry(Role.ADMINISTRATOR)
def remove(request: Request, slug: str) -> HttpResponse:
    """What goes with a test call; confirmed once, it goes."""
    call = _call(request, slug)
    if not _may_remove(request, call):
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            remove_test_call(
                call_id=call.pk,
                actor=request.actor,
                seen=int(seen) if seen.isdecimal() and len(seen) < 12 else -1,
            )
        except Refused as raised:
            if raised.code == "gone":  # the other click of two took it away
                return redirect("regeling:calls")
            refusal = raised
        else:
            messages.success(request, _("De test is weg, met alles wat erbij hoorde."))
            return redirect("regeling:calls")
    going = what_goes(call_id=call.pk)
    context = {
        **_frame(call),
        "title": _("Test weghalen"),
        "lead": call.title,
        "breadcrumbs": [
            *_crumbs(),
            (call.title, reverse("portal:test_call", args=[slug])),
        ],
        "call": call,
        "facts": counted(going),
        "going": going,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "portal/remove_test_call.html", context, status=status)


@entry(*ARRANGES)
def open_on_concept(request: Request, uid: UUID) -> HttpResponse:
    """Open a test on a concept as it is written now, or go on with one that is there."""
    concept = Concept.objects.select_related("authority").filter(uid=uid).first()
    if concept is None or not may_write(
        request.actor.person_id, authority=concept.authority.code, slug=concept.slug
    ):
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            call = open_test(concept_id=concept.pk, actor=request.actor)
        except Refused as raised:
            refusal = raised
        else:
            messages.success(request, _("De test staat open, vier weken lang."))
            return HttpResponseRedirect(reverse("portal:test_call", args=[call.slug]))
    there = Call.objects.filter(
        kind=Call.Kind.TEST, revision__regulation__slug=concept.slug
    ).order_by("-opens_at", "-pk")
    context = {
        "title": _("Proberen met een test"),
        "eyebrow": concept.title,
        "lead": _("U doorloopt de hele regeling zoals de tekst nu is. Niets ervan telt."),
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (concept.title, reverse("regeling:concept", args=[concept.uid])),
        ],
        "refusal": refusal,
        "calls": there,
    }
    status = refusal.status if refusal else 200
    return render(request, "portal/open_test.html", context, status=status)


NAMES: dict[str, Callable[[], str]] = {
    "applications.application": lambda: _("Dossiers"),
    "applications.snapshot": lambda: _("Verstuurde aanvragen en aanvullingen"),
    "applications.attachment": lambda: _("Bijlagen"),
    "applications.signature": lambda: _("Ondertekeningen"),
    "applications.cashentry": lambda: _("Te betalen en betaalde bedragen"),
    "regeling.posting": lambda: _("Boekingen op het plafond"),
    "documents.decision": lambda: _("Besluiten"),
    "documents.document": lambda: _("Brieven"),
    "assessment.review": lambda: _("Beoordelingen"),
    "assessment.voteround": lambda: _("Stemrondes"),
    "assessment.ballotbox": lambda: _("Stembiljetten"),
    "assessment.voteright": lambda: _("Stemrechten"),
    "assessment.meeting": lambda: _("Vergaderingen"),
    "accountability.report": lambda: _("Verslagen"),
    "accountability.payment": lambda: _("Betalingen"),
    "regeling.keptmail": lambda: _("Bewaarde e-mails"),
    "regeling.tester": lambda: _("Uitgenodigde testers"),
}


def counted(going: Going) -> list[tuple[str, int]]:
    """What goes, in words: the kinds that people know, all else together, and the files."""
    numbers = Counter({meta(each).label_lower: len(keys) for each, keys in going.rows.items()})
    told = [(name(), numbers[label]) for label, name in NAMES.items() if numbers[label]]
    # The call itself is what the page is about.
    rest = going.total - sum(number for _name, number in told) - 1
    return [*told, (_("Andere gegevens"), rest), (_("Bestanden"), len(going.files))]


def _call(request: Request, slug: str) -> Call:
    """A test call of an authority for which this person works; 404 for all else."""
    calls = Call.objects.select_related("revision__regulation__authority")
    call = calls.filter(slug=slug, kind=Call.Kind.TEST).first()
    if call is None:
        raise Http404
    regulation = call.revision.regulation
    if not may_write(
        request.actor.person_id, authority=regulation.authority.code, slug=regulation.slug
    ):
        raise Http404
    return call


def _may_remove(request: Request, call: Call) -> bool:
    regulation = call.revision.regulation
    return holds(
        request.actor.person_id,
        Role.ADMINISTRATOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    )


def _frame(call: Call) -> dict[str, object]:
    return {
        "eyebrow": call.revision.regulation.title,
        "breadcrumbs": _crumbs(),
        "call_kind": call.kind,
    }


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Start"), reverse("portal:start")), (_("Openstellingen"), reverse("regeling:calls"))]
