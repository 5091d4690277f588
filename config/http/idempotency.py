"""An unsafe request with an ``Idempotency-Key`` is done once; a repeat gets the same answer."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from config.http.problems import MEDIA_TYPE, TITLES
from config.models import RepeatableRequest
from timeline import clock
from timeline.canon import sha256

HEADER = "Idempotency-Key"
LONGEST = 200
SAFE = ("GET", "HEAD", "OPTIONS")


class IdempotencyMiddleware:
    """Answers a repeated request to the interface for programs from what was stored.

    Same key and body: the same answer, marked ``Idempotent-Replay``. Same key, other body: 422. The
    first still being handled: 409. A key belongs to the credentials that it came with. Answers of
    401, 429 and from 500 up are not kept: the request was not done, and the key stays free.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not request.path.startswith("/api/") or request.method in SAFE or not key:
            return self.get_response(request)
        if len(key) > LONGEST:
            return _problem(400, f"{HEADER} is te lang (hooguit {LONGEST} tekens).")
        owner = sha256(request.headers.get("Authorization", ""))
        digest = sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body)
        mine = RepeatableRequest.objects.filter(owner=owner, key=key)
        try:
            with transaction.atomic():
                RepeatableRequest.objects.create(
                    owner=owner, key=key, request_hash=digest, made_at=clock.machine_now()
                )
        except IntegrityError:
            return _again(mine.get(), digest)
        return self._first(request, mine.get())

    def _first(self, request: HttpRequest, row: RepeatableRequest) -> HttpResponse:
        status = 500
        try:
            response = self.get_response(request)
            status = response.status_code
        finally:
            if status in (401, 429) or status >= 500:
                row.delete()
        if row.pk is not None:
            RepeatableRequest.objects.filter(pk=row.pk).update(
                status=status,
                body=response.content.decode(),
                media_type=response.headers.get("Content-Type", "application/json"),
            )
        return response


def _again(row: RepeatableRequest, digest: str) -> HttpResponse:
    if row.request_hash != digest:
        return _problem(422, "Deze sleutel hoort bij een ander verzoek.")
    if row.status is None:
        return _problem(409, "Dit verzoek wordt al verwerkt. Vraag het over een paar tellen weer.")
    response = HttpResponse(row.body, status=row.status, content_type=row.media_type)
    response["Idempotent-Replay"] = "true"
    return response


def _problem(status: int, detail: str) -> HttpResponse:
    body = {"status": status, "title": TITLES[status], "detail": detail}
    return HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
