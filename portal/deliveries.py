"""What follows at the front door: files of a test call that was removed go as well."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet

from accountability.models import Photo
from applications.domain.photos import path_of
from applications.models import Attachment, PublicCard, Snapshot
from assessment.domain.peppers import destroy_secret
from assessment.models import MeetingPaper, VoteOption
from documents.models import Document
from regeling.models import LeftFile
from timeline.deliveries import handles
from timeline.models import Event

PATHS: tuple[type[Model], ...] = (Attachment, Document, MeetingPaper, Photo)
PHOTOS = path_of("")  # folder and ending of the photos of cards, around their hash


@handles("portal.take_files_away", "regeling.test_call_removed")
def take_files_away(event: Event) -> None:
    """Delete the files and keys that rows of the call named, unless another row names them too."""
    for row in LeftFile.objects.order_by("pk"):
        if not is_named(row.path):
            default_storage.delete(row.path)
        row.delete()
    for uid in event.facts["rounds"]:
        destroy_secret(uid)


def is_named(path: str) -> bool:
    """Does a row that is still there name this file?"""
    if any(QuerySet(each).filter(path=path).exists() for each in PATHS):
        return True
    start, end = PHOTOS.split(".")
    sha256 = path.removeprefix(start).removesuffix(f".{end}")
    return path == path_of(sha256) and (
        PublicCard.objects.filter(photo=sha256).exists()
        or VoteOption.objects.filter(photo=sha256).exists()
        or Snapshot.objects.filter(text__contains=sha256).exists()
    )
