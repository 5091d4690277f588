"""The page after signing in: what do I have to do?"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from portal import navigation
from portal.domain.queries import duties


@entry(SIGNED_IN)
def start(request: Request) -> HttpResponse:
    """What waits for this person, soonest first, and the places of work of her roles."""
    person = request.person
    if person is None:
        raise Http404
    roles: frozenset[str] = request.roles  # type: ignore[attr-defined]  # set by the middleware
    context = {
        "title": _("Wat moet ik doen?"),
        "eyebrow": _("Dag %(name)s") % {"name": person.name},
        "duties": [*duties.of_staff(person, roles), *duties.of_person(person)],
        "invitations": duties.invitations(person),
        "places": navigation.places(roles),
    }
    return render(request, "portal/start.html", context)
