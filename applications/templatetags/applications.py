"""Helps for the pages of applications: `{% load applications %}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from applications.domain.queries.form import Row
from applications.web.show import shown
from regeling.definition import Definition

register = template.Library()


@register.filter
def at(found: Mapping[str, Sequence[Any]], code: str) -> Sequence[Any]:
    """What stands under a code; nothing where there is none."""
    return found.get(code, ())


@register.inclusion_tag("applications/parts/answer.html")
def answer(row: Row, definition: Definition) -> dict[str, Any]:
    """An answer as people read it, by the kind of its question."""
    return {"row": row, "shown": shown(definition, row), "kind": row.question.kind.value}
