"""One text for one value: what is hashed, chained and stored for ever."""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID


def canonical(value: Any) -> str:
    """Return the canonical JSON text of ``value``: sorted keys, NFC, no white space.

    Takes dicts with text keys, lists, tuples, text, int, bool, None, dates, aware moments and
    UUIDs. Raises ``ValueError`` for floats (a figure that cannot be exact), naive moments, NUL and
    lone surrogates (which PostgreSQL refuses and SQLite stores).
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    match value:
        case None | bool():
            return value
        case float():
            raise ValueError("a float has no canonical text; use cents or a string")
        case str():
            return _text(value)
        case int():
            return int(value)
        case datetime():
            return moment_text(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case dict():
            return {_key(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise ValueError(f"{type(value).__name__} has no canonical text")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise ValueError("keys are text")
    return _text(key)


def _text(text: str) -> str:
    normal = unicodedata.normalize("NFC", str(text))
    if "\x00" in normal or any("\ud800" <= char <= "\udfff" for char in normal):
        raise ValueError("text holds a character that cannot be stored")
    return normal


def moment_text(moment: datetime) -> str:
    """An aware moment as UTC text with microseconds, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(content: str | bytes) -> str:
    """Hex SHA-256 of text (UTF-8) or bytes."""
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def new_salt() -> str:
    """128 random bits as hex; lies in the row that holds the personal data, never in an event."""
    return secrets.token_hex(16)


def salted_hash(salt: str, content: str) -> str:
    """Hash of personal data for an event: worthless once the salt is destroyed with its row."""
    return sha256(f"{salt}|{content}")
