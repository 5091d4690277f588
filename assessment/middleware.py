"""The voting pages never learn who is signed in, nor do the public pages of a vote."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# The voter's pages, and what everybody may read of a round: the same for all, so cacheable.
WITHOUT_SESSION = ("/stemmen/", "/stemmingen/", "/resultaten/")


class VotingWithoutSession:
    """Take the session off a request to a voting page before anything looks at it, and off the
    public pages of a round.

    Stands before the session middleware. A ballot comes in with a code and nothing else: no session
    is read or written, so neither the code nor the choice can end up beside a login.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(WITHOUT_SESSION):
            for name in (settings.SESSION_COOKIE_NAME, "messages"):
                request.COOKIES.pop(name, None)
        return self.get_response(request)
