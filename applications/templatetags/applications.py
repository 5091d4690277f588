"""Helps for the pages of applications: `{% load applications %}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from applications.domain.queries.form import Row
from applications.web.show import shown
from regeling.definition import Definition

register = template.Library()


@register.filter
def at(found: Mapping[str, Sequence[Any]] | str, code: str) -> Sequence[Any]:
    """What stands under a code; nothing where there is none, or where a page has none at all."""
    return found.get(code, ()) if isinstance(found, Mapping) else ()


@register.filter
def sentence_at(found: Mapping[str, str], code: str) -> str:
    """The sentence under a code; empty where there is none."""
    return found.get(code, "")


@register.filter
def answered(answer: str) -> str:
    """What became of a remark, in words."""
    words = {"taken": _("overgenomen"), "left": _("zo gelaten")}
    return words.get(answer, _("nog niet beantwoord"))


@register.inclusion_tag("applications/parts/answer.html")
def answer(row: Row, definition: Definition) -> dict[str, Any]:
    """An answer as people read it, by the kind of its question."""
    return {"row": row, "shown": shown(definition, row), "kind": row.question.kind.value}
