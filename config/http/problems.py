"""Errors as problem+json (RFC 9457): status, title, detail, and the field where there is one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from config.http.camel import camel
from timeline.refusal import Refused

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    409: "Conflict",
    412: "Precondition Failed",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    428: "Precondition Required",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


MEDIA_TYPE = "application/problem+json"


class ProblemRenderer(JSONRenderer):
    """Renders the body of an error under its own media type."""

    media_type = MEDIA_TYPE


def problem(status: int, detail: str, **more: Any) -> Response:
    """An answer with a problem in it; ``more`` holds code, article and invalidParams."""
    body = {"status": status, "title": TITLES.get(status, "Error"), "detail": detail}
    body.update({name: value for name, value in more.items() if value})
    response = Response(body, status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals and errors of the framework into problems; anything else stays an error."""
    answer = _answer(error)
    if answer is not None:
        request = context.get("request")
        if request is not None:
            request.accepted_renderer = ProblemRenderer()
            request.accepted_media_type = ProblemRenderer.media_type
    return answer


def _answer(error: Exception) -> Response | None:
    match error:
        case Refused():
            listed = getattr(error, "problems", None) or (
                [(error.field, error.sentence)] if error.field else []
            )
            named = [{"name": camel(name), "reason": reason} for name, reason in listed]
            return problem(
                error.status,
                error.sentence,
                code=error.code,
                article=error.article,
                invalidParams=named,
            )
        case exceptions.ValidationError():
            named = [{"name": camel(name), "reason": why} for name, why in _flat(error.detail)]
            return problem(400, "De invoer klopt niet.", code="invalid", invalidParams=named)
        case exceptions.Throttled():
            answer = problem(429, str(error.detail), code="throttled")
            answer["Retry-After"] = str(int(getattr(error, "wait", None) or 60) + 1)
            return answer
        case exceptions.APIException():
            return problem(error.status_code, str(error.detail), code=error.default_code)
        case Http404() | ObjectDoesNotExist():
            return problem(404, "Dit is niet gevonden.", code="not_found")
        case PermissionDenied():
            return problem(403, "Dit mag u niet.", code="not_allowed")
    return None


def _flat(detail: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(detail, dict):
        return [
            pair
            for name, inner in detail.items()
            for pair in _flat(inner, f"{path}.{name}" if path else str(name))
        ]
    if isinstance(detail, list):
        return [pair for inner in detail for pair in _flat(inner, path)]
    return [(path, str(detail))]
