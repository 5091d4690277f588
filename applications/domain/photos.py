"""The photos of public cards: kept under the hash of their bytes, and opened again."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from applications.domain.files import LARGEST, Stored
from applications.domain.pictures import bare, opened
from applications.models import PublicCard, Snapshot
from timeline.refusal import Refused, Unavailable

LONGEST_SIDE = 1600  # pixels: enough for a card on any screen


def store_photo(upload: File[bytes]) -> Stored:
    """Keep the photo of a public card under the hash of its new bytes: a JPEG without metadata.

    Refuses (field "photo") what is empty, larger than 10 MB, of more than 50 million pixels, or no
    JPG or PNG.
    """
    if not 0 < (upload.size or 0) <= LARGEST:
        raise Refused(
            _("Kies een foto van hooguit 10 MB. Deze is leeg of te groot."),
            field="photo",
            code="size",
        )
    picture = opened(upload, field="photo")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    data = bare(picture, "JPEG")
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    return Stored(sha256, path, len(data), "image/jpeg")


def open_photo(sha256: str) -> File[bytes]:
    """The stored photo of a card, always a JPEG; the caller asks who may see it.

    Raises ``Unavailable`` when the file is not there.
    """
    path = path_of(sha256)
    if not default_storage.exists(path):
        raise Unavailable(_("Deze foto is op dit moment niet te openen."), code="file_missing")
    return default_storage.open(path)


def forget_photo(sha256: str) -> None:
    """Remove the file of a photo that was taken off, unless a card or what was sent names it."""
    if not sha256 or PublicCard.objects.filter(photo=sha256).exists():
        return
    if not Snapshot.objects.filter(text__contains=sha256).exists():
        default_storage.delete(path_of(sha256))


def path_of(sha256: str) -> str:
    """Where the photo with this hash lies in the storage."""
    return f"cards/{sha256}.jpg"
