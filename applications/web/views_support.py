"""The public page of an initiative on which people say that they support it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PUBLIC, SIGNED_IN, Request, entry
from accounts.domain.people import acts_for
from applications.domain import support as verbs
from applications.domain.photos import open_photo
from applications.domain.queries import supported
from applications.models import Application, Support
from regeling.marking import file_name


@entry(PUBLIC)
def show(request: Request, uid: UUID) -> HttpResponse:
    """The card, how many people support it, how many are needed, and the button."""
    application = _found(uid)
    card = supported.public_card(application)
    person = request.person
    context = {
        "title": card.title,
        "eyebrow": application.call.title,
        "lead": _("Steunt u dit initiatief? Dan kijken wij ernaar als er genoeg steun is."),
        "call_kind": application.call.kind,
        "application": application,
        "card": card,
        "photo_url": reverse("applications:support_photo", args=[uid]) if card.photo else "",
        "gate": verbs.gate_of(application),
        "signed_in": person is not None,
        "own": person is not None and acts_for(person.pk, application.party_id),
        "mine": Support.objects.filter(application=application, person=person).exists()
        if person
        else False,
    }
    return render(request, "applications/support.html", context)


@require_POST
@entry(SIGNED_IN)
def give(request: Request, uid: UUID) -> HttpResponse:
    """Support it, or with "back" no longer."""
    application = _found(uid)
    act = verbs.take_back if request.POST.get("what") == "back" else verbs.support
    act(application_id=application.pk, actor=request.actor)
    return redirect("applications:support", uid)


@entry(PUBLIC)
def photo(request: Request, uid: UUID) -> HttpResponseBase:
    """The photo on the card of an initiative that asks support."""
    application = _found(uid)
    card = supported.public_card(application)
    if not card.photo:
        raise Http404
    return FileResponse(
        open_photo(card.photo),
        filename=file_name(application.call, f"{card.photo}.jpg"),
        content_type="image/jpeg",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=300"},
    )


def _found(uid: UUID) -> Application:
    try:
        return supported.find(uid)
    except Application.DoesNotExist:
        raise Http404 from None
