"""Every stored letter is still the file and the text that were recorded."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import default_storage

from documents import storage
from documents.models import Decision, Document
from regeling.models import LeftFile
from timeline.canon import sha256
from timeline.models import Event
from timeline.verify import Finding, check


@check("letters")
def letters() -> Iterator[Finding]:
    """Re-hash every file and its facts; name what is missing, changed or not known."""
    told = {
        event.facts["document"]: event.facts
        for event in Event.objects.filter(type="documents.letter_sent").iterator(chunk_size=1000)
    }
    known = set()
    for row in Document.objects.iterator(chunk_size=500):
        known.add(row.path)
        place = f"letter {row.path}"
        yield from _file(row, place)
        if sha256(row.facts) != row.facts_sha256:
            yield Finding(place, "the facts are not those from which the letter was made")
        event = told.get(str(row.uid))
        if event is None or event["sha256"] != row.sha256:
            yield Finding(place, "no event names this letter and hash")
    known |= set(LeftFile.objects.values_list("path", flat=True))  # on their way out
    for path in sorted(set(_stored()) - known):
        yield Finding(f"letter {path}", "a file that no letter names")


@check("decisions")
def decisions() -> Iterator[Finding]:
    """A signed decision holds what was signed, and an announced one has its letter."""
    signed = {
        event.facts["decision"]: event.facts["hash"]
        for event in Event.objects.filter(type="documents.decision_signed").iterator(
            chunk_size=1000
        )
    }
    rows = Decision.objects.exclude(hash="").select_related("application", "document")
    for row in rows.iterator(chunk_size=500):
        place = f"decision {row.uid} of {row.application.number}"
        if sha256(row.snapshot) != row.hash:
            yield Finding(place, "the snapshot is not the one that was signed")
        if signed.get(str(row.uid)) != row.hash:
            yield Finding(place, "no signature names this snapshot")
        if row.state == Decision.State.ANNOUNCED and not hasattr(row, "document"):
            yield Finding(place, "was announced, but there is no letter")


def _file(row: Document, place: str) -> Iterator[Finding]:
    try:
        digest = storage.read_hash(row.path)
    except FileNotFoundError:
        yield Finding(place, "the file is missing")
        return
    if digest != (row.sealed_sha256 or row.sha256):
        yield Finding(place, "the file is not the one that was stored")


def _stored(folder: str = storage.ROOT) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _stored(f"{folder}/{name}")
