"""The door of the voting pages: everybody may enter, and nobody is asked who she is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from accounts.access import PUBLIC

View = Callable[[HttpRequest], HttpResponse]


def voting_page(view: View) -> View:
    """A page that needs a code and nothing else.

    No token against forged requests: such a request rides on what a browser sends by itself, and
    here nothing is; a forger would need the code, and with it could vote anyway. Nothing is kept
    by browsers or proxies, and nothing is told to the next site.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        return response

    guarded.entry = (PUBLIC,)  # type: ignore[attr-defined]  # read by the test of all routes
    return csrf_exempt(guarded)
