"""The OpenAPI description: names as on the wire, and the problems that can be answered."""

from __future__ import annotations

from typing import Any

from config.http.camel import camel
from config.http.problems import MEDIA_TYPE, TITLES

PROBLEM = {
    "type": "object",
    "description": "Wat er misging, in woorden (RFC 9457).",
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "article": {"type": "string"},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
                "required": ["name", "reason"],
            },
        },
    },
    "required": ["status", "title", "detail"],
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 200},
    "description": "Dezelfde sleutel en dezelfde inhoud geven hetzelfde antwoord.",
}
VERSION = {"description": "De volledige versie.", "schema": {"type": "string"}}


def finish(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """A hook of the schema generator: camelCase properties, problems, headers."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for schema in schemas.values():
        if "properties" in schema:
            schema["properties"] = {camel(k): v for k, v in schema["properties"].items()}
        if "required" in schema:
            schema["required"] = sorted(camel(name) for name in schema["required"])
    schemas["Problem"] = PROBLEM
    for operations in result["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return result


def _complete(method: str, operation: dict[str, Any]) -> None:
    unsafe = method not in ("get", "head", "options")
    has_input = unsafe or bool(operation.get("parameters"))
    statuses = [401, 403, 404, 406, 429]
    statuses += [400] if has_input else []
    statuses += [405, 409, 412, 415, 422, 428] if unsafe else []
    for status in statuses:
        operation["responses"].setdefault(str(status), _answer(status))
    for response in operation["responses"].values():
        response.setdefault("headers", {})["API-Version"] = VERSION
    if unsafe:
        operation.setdefault("parameters", []).append(KEY)


def _answer(status: int) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": reference}}}
