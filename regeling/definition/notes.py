"""What a person should know about a definition that is not wrong."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """A remark: where in the definition, and a Dutch sentence."""

    path: str
    sentence: str
