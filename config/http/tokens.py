"""Bearer tokens with scopes. A token acts for one person and can do no more than she can."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import Person
from config.models import ApiToken
from timeline import clock
from timeline.canon import sha256

if TYPE_CHECKING:  # the framework's views load this module through the settings
    from rest_framework.views import APIView


def make_token(*, person_id: int, name: str, scopes: tuple[str, ...], days: int = 90) -> str:
    """Make a token and return it: the only time that it can be read."""
    unknown = set(scopes) - set(ApiToken.Scope.values)
    if unknown or not scopes:
        raise ValueError(f"no such scope: {', '.join(sorted(unknown)) or '(none)'}")
    token = secrets.token_urlsafe(32)
    now = clock.machine_now()
    ApiToken.objects.create(
        person_id=person_id,
        name=name,
        token_hash=sha256(token),
        scopes=" ".join(sorted(set(scopes))),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``; no session and no cookie opens the interface for programs."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        kind, _, token = get_authorization_header(request).partition(b" ")
        if kind.lower() != b"bearer":
            return None
        row = (
            ApiToken.objects.select_related("person__user")
            .filter(
                token_hash=sha256(token.strip()),
                revoked_at=None,
                expires_at__gt=clock.machine_now(),
            )
            .first()
        )
        if row is None or (row.person.user is not None and not row.person.user.is_active):
            raise AuthenticationFailed("Dit token is onbekend of verlopen.")
        return row.person, row

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasScope(BasePermission):
    """Reading needs ``read``, writing ``write``; a view may name another scope."""

    message = "Dit token heeft daar geen recht toe."

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        own = getattr(view, "scope", "")
        needed = own or ("read" if request.method in ("GET", "HEAD", "OPTIONS") else "write")
        return needed in token.scope_set
