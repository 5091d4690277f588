"""Mijn organisatie: an organisation or a group with its members, dossiers and duties."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import acts_for, change_details, invite, make_organisation
from accounts.domain.queries import memberships
from accounts.models import Party
from accounts.web.forms import Invite, NewOrganisation, OrganisationDetails
from accounts.web.refusals import tell
from accounts.web.versions import refuse_stale, stamp
from applications.models import Application
from timeline.refusal import Refused

DETAILS = ("name", "email", "phone", "street", "postcode", "place")
PER_PAGE = 20


@entry(SIGNED_IN)
def parties(request: Request) -> HttpResponse:
    """The organisations and groups for which this person acts."""
    context = {
        "title": _("Mijn organisatie"),
        "lead": _("Verenigingen, stichtingen en groepen waarvoor u optreedt."),
        "parties": memberships.of_person(_person(request)),
    }
    return render(request, "portal/parties.html", context)


@entry(SIGNED_IN)
def party(request: Request, uid: UUID) -> HttpResponse:
    """One of them: who belongs to it, which dossiers it has; a member lets a new one in (POST)."""
    found = _mine(request, uid)
    form = Invite(request.POST or None, party=found)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            invite(party_id=found.pk, actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(
                request,
                _("De uitnodiging gaat naar %(email)s.") % {"email": form.cleaned_data["email"]},
            )
            return redirect("portal:party", uid=uid)
    dossiers = Application.objects.filter(party=found).select_related("call").order_by("-saved_at")
    context = {
        "title": found.name,
        "breadcrumbs": [(_("Mijn organisatie"), reverse("portal:parties"))],
        "party": found,
        "members": memberships.members(found),
        "waiting": memberships.waiting(found),
        "page": Paginator(dossiers, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
    }
    return render(request, "portal/party.html", context, status=status)


@entry(SIGNED_IN)
def new_party(request: Request) -> HttpResponse:
    """Register an organisation; whoever does so is its first member and may sign."""
    form = NewOrganisation(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = make_organisation(founder_id=_person(request), **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("De organisatie staat erin."))
            return redirect("portal:party", uid=made.uid)
    context = {
        "title": _("Organisatie aanmelden"),
        "lead": _("Daarna kunt u namens de organisatie subsidie aanvragen en anderen toelaten."),
        "breadcrumbs": [(_("Mijn organisatie"), reverse("portal:parties"))],
        "form": form,
    }
    return render(request, "portal/party_form.html", context, status=status)


@entry(SIGNED_IN)
def details(request: Request, uid: UUID) -> HttpResponse:
    """Change name and address of an organisation; a stale copy is told (409)."""
    found = _mine(request, uid)
    form = OrganisationDetails(
        request.POST or None, initial={name: getattr(found, name) for name in DETAILS}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            refuse_stale(found, DETAILS, request.POST.get("version", ""))
            change_details(party_id=found.pk, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("De gegevens zijn opgeslagen."))
            return redirect("portal:party", uid=uid)
    context = {
        "title": _("Gegevens wijzigen"),
        "breadcrumbs": [
            (_("Mijn organisatie"), reverse("portal:parties")),
            (found.name, reverse("portal:party", kwargs={"uid": uid})),
        ],
        "form": form,
        "version": stamp(found, DETAILS),
    }
    return render(request, "portal/party_form.html", context, status=status)


def _person(request: Request) -> int:
    if request.person is None:
        raise Http404
    return request.person.pk


def _mine(request: Request, uid: UUID) -> Party:
    """The party, if this person acts for it and it is not herself; else 404."""
    person_id = _person(request)
    found = Party.objects.filter(uid=uid).exclude(kind=Party.Kind.PERSON).first()
    if found is None or not acts_for(person_id, found.pk):
        raise Http404
    return found
