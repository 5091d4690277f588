"""The smallest changes beside a no, as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from regeling.definition import Definition
from regeling.nearest import Proposal
from regeling.web.forms import as_query, asks


class Way(NamedTuple):
    """A proposal in words, and the address of the check with the change made, if it can ask it."""

    sentence: str
    url: str


def ways(slug: str, definition: Definition, proposals: Iterable[Proposal]) -> list[Way]:
    """What could be different, smallest first."""
    return [Way(_capital(each.sentence), _url(slug, definition, each)) for each in proposals]


def check_url(slug: str, query: dict[str, str] | None) -> str:
    """The check of a regulation, filled in, at its answer."""
    address = reverse("regeling:check", args=[slug])
    return f"{address}?{urlencode(query)}#uitkomst" if query else address


def _url(slug: str, definition: Definition, proposal: Proposal) -> str:
    if not {change.name for change in proposal.changes} <= asks(definition):
        return ""  # a day to wait for, or what only the form asks
    query = as_query(definition, proposal.answers, proposal.facts)
    return check_url(slug, query) if query else ""


def _capital(text: str) -> str:
    if text.startswith("één"):
        return f"Eén{text[3:]}"  # a capital carries no accent
    return text[:1].upper() + text[1:]
