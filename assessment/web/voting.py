"""The door of the voting pages: everybody may enter, and nobody is asked who she is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from accounts.access import PUBLIC

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
FileView = Callable[Concatenate[HttpRequest, P], FileResponse]


def voting_page(view: View[P]) -> View[P]:
    """A page that needs a code and nothing else.

    No token against forged requests: such a request rides on what a browser sends by itself, and
    here nothing is; a forger would need the code, and with it could vote anyway. Nothing is kept
    by browsers or proxies, and nothing is told to the next site. A button named ``taal`` shows the
    page in another language, with everything that was filled in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        wanted = request.POST.get("taal", "")
        known = wanted in dict(settings.LANGUAGES)
        if known:
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted
        response = unkept(view(request, *args, **kwargs))
        if known:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, samesite="Lax")
        return response

    guarded.entry = (PUBLIC,)  # type: ignore[attr-defined]  # read by the test of all routes
    return csrf_exempt(guarded)


def open_file(view: FileView[P]) -> FileView[P]:
    """A file for everybody, the same for all: kept by browsers and proxies, without any cookie."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> FileResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    guarded.entry = (PUBLIC,)  # type: ignore[attr-defined]  # read by the test of all routes
    return csrf_exempt(guarded)


def unkept(response: HttpResponse) -> HttpResponse:
    """Let nothing of an answer stay in a browser or on the way, nor reach the next site."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
