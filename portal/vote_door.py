"""The short way to the pages of a vote: they never learn who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal.middleware import Refusals
from timeline.refusal import Refused

PLACES = ("/stemmen/", "/stemmingen/", "/resultaten/")


class VoteDoor:
    """Answer the pages of voters and of the public vote before anything asks who somebody is.

    Stands behind the security headers and before sessions, sign-in and messages: on these pages
    there is no session to read or write, so neither a code nor a choice can end up beside a login.
    It is also the quick way: in the last hour of a vote everybody comes at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.refusals = Refusals(get_response)
        self.short: Callable[..., HttpResponse] = convert_exception_to_response(self._answer)  # type: ignore[assignment]  # ours never waits

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PLACES):
            return self.short(request)
        return self.get_response(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)  # no such page, or only its last slash is missing
        request.resolver_match = match
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Refused as refusal:
            response = self.refusals.told(request, refusal)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
