"""Pages and files for everybody: no account, no cookie, kept as ready bytes, the same for all."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import parse_etags

from accounts.access import PUBLIC
from timeline.canon import sha256

P = ParamSpec("P")
T = TypeVar("T")
KEPT_BY_BROWSERS = 10  # seconds
LARGEST = 2_000_000  # bytes of one answer that is worth keeping
MOST = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: bytes with their type and their fingerprint; ``name`` where it is a file."""

    content: bytes
    content_type: str
    etag: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Public:
    """A page as a view describes it.

    ``key`` names everything the content depends on (so two answers with one key are the same), and
    ``make`` makes it when no process did before.
    """

    key: str
    make: Callable[[], Answer]


class Shelf:
    """What this process knows of public pages: which key an address has now, and ready answers.

    Beyond the settings' few seconds an address is looked up again. Safe between threads.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.keys: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self.answers: OrderedDict[str, Answer] = OrderedDict()

    def at(self, address: str) -> Answer | None:
        """The answer for an address that was looked up a moment ago."""
        held = getattr(settings, "PUBLIC_PAGES_HELD", 5)
        with self.lock:
            since, key = self.keys.get(address, (0.0, ""))
            fresh = key and time.monotonic() - since < held
            return self.answers.get(key) if fresh else None

    def get(self, address: str, page: Public) -> Answer:
        """The answer of ``page``, made only when there is none under its key."""
        with self.lock:
            known = self.answers.get(page.key)
        answer = known or page.make()
        if len(answer.content) <= LARGEST:
            with self.lock:
                self.keys[address] = (time.monotonic(), page.key)
                self.answers[page.key] = answer
                for store in (self.keys, self.answers):
                    while len(store) > MOST:
                        store.popitem(last=False)
        return answer


shelf = Shelf()


def public_page(
    view: Callable[Concatenate[HttpRequest, P], Public],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page or file that anyone may read and any cache may keep.

    Nobody is looked at: who is signed in, and what stands behind a question mark, changes nothing.
    The fingerprint is that of the content alone, so headers tell no more than the page does.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        address = f"{translation.get_language()} {request.path}"
        answer = shelf.at(address)
        if answer is None:
            _forget_visitor(request)
            answer = shelf.get(address, view(request, *args, **kwargs))
        return _sent(request, answer)

    guarded.entry = (PUBLIC,)  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> Answer:
    """A rendered page, as everybody gets it."""
    text = render_to_string(template, {"call_kind": "", "demo_bar": "", **context}, request)
    return ready(text.encode(), "text/html; charset=utf-8")


def ready(content: bytes, content_type: str, name: str = "") -> Answer:
    """Bytes with their fingerprint."""
    return Answer(content, content_type, f'"{sha256(content)[:32]}"', name)


def found_or_404(row: T | None) -> T:
    """The row, or the answer that there is nothing here."""
    if row is None:
        raise Http404
    return row


def _forget_visitor(request: Any) -> None:
    request.user, request.person = AnonymousUser(), None
    request.roles = frozenset()
    request.META["QUERY_STRING"] = ""


def _sent(request: HttpRequest, answer: Answer) -> HttpResponse:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if answer.etag in known or f"W/{answer.etag}" in known or known == ["*"]:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(answer.content, content_type=answer.content_type)
        if answer.name:
            response["Content-Disposition"] = f'attachment; filename="{answer.name}"'
    response["ETag"] = answer.etag
    response["Cache-Control"] = f"public, max-age={KEPT_BY_BROWSERS}"
    return response
