"""The duty of a second factor: whoever judges, decides or pays shows one in this session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.domain.grants import current
from accounts.roles import STAFF

# What somebody needs to sign in, to leave, to choose a language, and what machines ask.
OPEN_ROUTES = frozenset({"set_language", "portal:live", "portal:ready", "accounts:second_factor"})
OPEN_PREFIXES = ("account_", "mfa_", "socialaccount_", "openid_connect_")


class SecondFactor:
    """Lead staff without a second factor in this session to the page where they show or make one.

    Sets ``request.roles`` (every role that the visitor holds anywhere; empty for a stranger), so
    that the menu need not ask again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer with a redirect where the second factor is missing; let all else through."""
        request.roles = frozenset()
        if not request.user.is_authenticated:
            return None
        held = current().filter(person__user_id=request.user.pk)
        request.roles = frozenset(held.values_list("role", flat=True))
        if not request.roles & STAFF or shown(request) or _open(request):
            return None
        return HttpResponseRedirect(where_to_show(request))


def shown(request: HttpRequest) -> bool:
    """Has a second factor been shown in this session (code app, recovery code or passkey)?"""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def where_to_show(request: HttpRequest) -> str:
    """The address where this visitor shows her second factor, or makes one first."""
    kinds = set(
        Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    )
    back = urlencode({"next": request.get_full_path()})
    if Authenticator.Type.TOTP in kinds:
        return f"{reverse('mfa_reauthenticate')}?{back}"
    if Authenticator.Type.WEBAUTHN in kinds:
        return f"{reverse('mfa_reauthenticate_webauthn')}?{back}"
    return f"{reverse('accounts:second_factor')}?{back}"


def _open(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.url_name is None:
        return False
    return match.view_name in OPEN_ROUTES or match.url_name.startswith(OPEN_PREFIXES)
