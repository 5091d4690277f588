"""A letter as HTML: one template, as a whole page for the PDF and as a part of a web page."""

import datetime as dt
from functools import cache
from pathlib import Path

from django.template.base import Template
from django.template.context import Context
from django.template.loader import get_template

from documents.letters.model import Letter

STYLE = Path(__file__).parent.parent / "static" / "documents" / "letter.css"
PAGE_STYLE = Path(__file__).parent / "page.css"


@cache
def _template(name: str) -> Template:
    return get_template(f"documents/{name}").template  # type: ignore[attr-defined]  # of Django's engine


def whole_page(letter: Letter, *, made_on: dt.date) -> str:
    """The HTML page that becomes the PDF; `made_on` is the day in its metadata."""
    return _template("letter.html").render(
        Context({"letter": letter, "made_on": made_on.isoformat(), "title": "h1", "heading": "h2"})
    )


def part_of_page(letter: Letter) -> str:
    """The letter inside a web page: its subject is a heading of level 2 there."""
    return _template("letter_body.html").render(
        Context({"letter": letter, "title": "h2", "heading": "h3"})
    )
