"""Rows of this room that stay as they were written."""

from __future__ import annotations

from timeline.triggers import Immutable

TRIGGERS: list[Immutable] = []
