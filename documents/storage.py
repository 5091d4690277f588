"""The files of letters: written once under their hash, read back as they were written."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from timeline.canon import sha256

ROOT = "letters"


def keep(*, kind: str, cause: str, content: bytes) -> str:
    """Write a letter under ``letters/kind/cause/hash.pdf`` and return that path.

    Skips what is there already. A file that a killed worker left half written does not have the
    hash that it is called by, and is written again.
    """
    digest = sha256(content)
    path = f"{folder(kind=kind, cause=cause)}/{digest}.pdf"
    if default_storage.exists(path):
        if read_hash(path) == digest:
            return path
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))


def drop_others(*, kind: str, cause: str, path: str) -> None:
    """Remove what an earlier attempt for the same letter left: dated on a day that went by."""
    place = folder(kind=kind, cause=cause)
    _, names = default_storage.listdir(place)
    for name in names:
        if f"{place}/{name}" != path:
            default_storage.delete(f"{place}/{name}")


def folder(*, kind: str, cause: str) -> str:
    return f"{ROOT}/{kind}/{cause}"


def read(path: str) -> bytes:
    """The bytes of a stored letter. Raises FileNotFoundError when it is gone."""
    with default_storage.open(path) as file:
        return bytes(file.read())


def read_hash(path: str) -> str:
    """The hash of the bytes that lie there now."""
    return sha256(read(path))
