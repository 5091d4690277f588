"""Names on the wire are lowerCamelCase, in the code snake_case; free content keeps its own keys."""

from __future__ import annotations

import re
from typing import Any

from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer

# Answers to a regulation's own questions are keyed by the codes of its definition.
FREE = frozenset({"answers"})
_BOUNDARY = re.compile(r"(?<=[a-z0-9])([A-Z])")


def camel(name: str) -> str:
    """ "amount_asked" becomes "amountAsked"."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def snake(name: str) -> str:
    """ "amountAsked" becomes "amount_asked"."""
    return _BOUNDARY.sub(lambda found: "_" + found[1].lower(), name)


def renamed(value: Any, how: Any) -> Any:
    """The same value with its keys renamed, except inside free content."""
    if isinstance(value, dict):
        return {
            how(key): inner if how(key) in FREE else renamed(inner, how)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [renamed(inner, how) for inner in value]
    return value


class CamelRenderer(JSONRenderer):
    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        content: bytes = super().render(renamed(data, camel), *args, **kwargs)
        return content


class CamelParser(JSONParser):
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        return renamed(super().parse(*args, **kwargs), snake)
