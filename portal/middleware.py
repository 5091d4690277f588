"""What a visitor sees when a verb refuses and the page did not say so itself."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timeline.refusal import Refused


class Refusals:
    """Turn a refusal that no view caught into a page with its sentence and its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Answer a ``Refused``; anything else goes on as the error that it is."""
        return self.told(request, failure) if isinstance(failure, Refused) else None

    def told(self, request: HttpRequest, failure: Refused) -> HttpResponse:
        """The page of a refusal."""
        heading = _("Iemand was u voor") if failure.status == 409 else _("Dit kan nu niet")
        context = {"title": heading, "sentence": failure.sentence, "article": failure.article}
        return render(request, "portal/refused.html", context, status=failure.status)
