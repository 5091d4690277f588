"""Pages about oneself: details, the second key, an invitation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, SIGNED_IN, Request, entry
from accounts.domain.people import accept, change_details, decline
from accounts.domain.queries import memberships
from accounts.models import Invitation, OrganisationMember, Party, Person
from accounts.web.forms import Details
from accounts.web.refusals import tell
from accounts.web.versions import refuse_stale, stamp
from timeline.canon import sha256
from timeline.refusal import Refused

DETAILS = ("name", "phone", "street", "postcode", "place")


@entry(SIGNED_IN)
def mine(request: Request) -> HttpResponse:
    """My details; a stale copy is told, with what was filled in kept (409)."""
    person = _me(request)
    form = Details(request.POST or None, initial={name: getattr(person, name) for name in DETAILS})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            refuse_stale(person, DETAILS, request.POST.get("version", ""))
            change_details(party_id=person.pk, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Uw gegevens zijn opgeslagen."))
            return redirect("accounts:mine")
    context = {
        "title": _("Mijn gegevens"),
        "lead": _("Deze gegevens gebruiken wij voor uw aanvragen en voor onze brieven."),
        "form": form,
        "version": stamp(person, DETAILS),
        "person": person,
        "parties": memberships.of_person(person.pk),
    }
    return render(request, "accounts/mine.html", context, status=status)


@entry(SIGNED_IN)
def second_factor(request: Request) -> HttpResponse:
    """Where staff without a second key make one; `next` is kept for afterwards."""
    after = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, request.is_secure()):
        after = reverse("portal:start")
    context = {
        "title": _("Beveilig eerst uw account"),
        "lead": _(
            "U werkt met gegevens en geld van anderen. Daarom hebt u naast uw mail een tweede "
            "sleutel nodig. Dat stelt u één keer in."
        ),
        "after": after,
    }
    return render(request, "accounts/second_factor.html", context)


@entry(PUBLIC)
def invitation(request: Request, uid: UUID, token: str = "") -> HttpResponse:
    """Read an invitation, and answer it with one's own sign-in; a wrong link is a 404.

    It opens with the token of the mail, or for whoever is signed in with the invited address.
    """
    row = _invitation(request, uid, token)
    refusal = ""
    if request.method == "POST" and request.person is not None:
        try:
            return _answer(request, row)
        except Refused as refused:
            refusal = refused.sentence
    context: dict[str, Any] = {
        "title": _("U bent uitgenodigd"),
        "eyebrow": row.party.name,
        "invitation": row,
        "organisations": _organisations(request, row),
        "refusal": refusal,
        "here": request.path,
    }
    return render(request, "accounts/invitation.html", context, status=422 if refusal else 200)


def _answer(request: Request, row: Invitation) -> HttpResponse:
    person = _me(request)
    if request.POST.get("answer") == "accept":
        accept(
            invitation_id=row.pk,
            person_id=person.pk,
            actor=request.actor,
            party_id=_chosen(request, row),
        )
        messages.success(request, _("Welkom. U doet nu mee."))
        return redirect("portal:party", uid=row.party.uid)
    decline(invitation_id=row.pk, actor=request.actor)
    messages.success(request, _("U doet niet mee. Dat hebben we doorgegeven."))
    return redirect("portal:home")


def _organisations(request: Request, row: Invitation) -> list[Party]:
    """For whom she can also join a group: the organisations for which she may sign."""
    if request.person is None or row.party.kind != Party.Kind.GROUP:
        return []
    signs = OrganisationMember.objects.filter(person=request.person, may_sign=True, until=None)
    return list(Party.objects.filter(pk__in=signs.values("organisation_id")).order_by("name"))


def _chosen(request: Request, row: Invitation) -> int | None:
    named = request.POST.get("party", "")
    return next((p.pk for p in _organisations(request, row) if str(p.uid) == named), None)


def _invitation(request: Request, uid: UUID, token: str) -> Invitation:
    row = Invitation.objects.select_related("party", "invited_by").filter(uid=uid).first()
    if row is None:
        raise Http404
    by_address = request.user.is_authenticated and request.user.email.lower() == row.email.lower()
    by_token = bool(row.token_hash) and constant_time_compare(row.token_hash, sha256(token))
    if not (by_address or by_token):
        raise Http404
    return row


def _me(request: Request) -> Person:
    if request.person is None:
        raise Http404
    return request.person
