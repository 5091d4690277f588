"""TEST on what leaves a page: the name of a file, and a word in a table."""

from __future__ import annotations

from regeling.models import Call

WORD = "TEST"


def file_name(call: Call, name: str) -> str:
    """The name under which a file of a call is handed out; a test's begins with TEST."""
    return f"{WORD}-{name}" if call.kind == Call.Kind.TEST else name


def marked(call: Call, text: str) -> str:
    """A text in an export, with TEST before it where its call is a test."""
    return f"{WORD} {text}" if call.kind == Call.Kind.TEST else text
