"""Who may enter a page. Every view says so; a view that says nothing is a failing test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.domain.grants import holds
from accounts.domain.people import actor_for, person_of
from accounts.models import Person, User
from timeline.actor import Actor

PUBLIC = "public"
SIGNED_IN = "signed_in"

P = ParamSpec("P")


class Request(HttpRequest):
    """A request that passed an entry: who it is, and as whom she acts."""

    person: Person | None
    actor: Actor
    user: User


View = Callable[Concatenate[Request, P], HttpResponseBase]
ANONYMOUS = Actor(uid="anonymous")


def entry(
    *who: str,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let in PUBLIC, SIGNED_IN, or whoever holds one of the named roles anywhere.

    This is the door of the page; whether the thing behind it is hers is asked by the view itself
    (``may_see``), and the answer to a stranger is 404. Sets ``request.person`` and
    ``request.actor``.
    """
    if not who:
        raise ValueError("say who may enter")

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request.person = request.actor = None
            if PUBLIC not in who and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.is_authenticated:
                request.person = person_of(request.user)
                request.actor = actor_for(request.person)
            else:
                request.actor = ANONYMOUS
            roles = [name for name in who if name not in (PUBLIC, SIGNED_IN)]
            if roles and len(roles) == len(who) and not holds(request.person.pk, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.entry = who  # type: ignore[attr-defined]  # read by the test that walks all routes
        return guarded

    return decorate
