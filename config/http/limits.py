"""How often a token, or an address without one, may ask. Counted on the machine's time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from config.models import ApiToken

if TYPE_CHECKING:  # the framework's views load this module through the settings
    from rest_framework.views import APIView


class TokenLimit(SimpleRateThrottle):
    """So many requests for each token."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return f"limit-token-{request.auth.pk}" if isinstance(request.auth, ApiToken) else None


class AddressLimit(SimpleRateThrottle):
    """Fewer for an address that shows none."""

    scope = "address"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if isinstance(request.auth, ApiToken):
            return None
        return f"limit-address-{self.get_ident(request)}"
