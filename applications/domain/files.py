"""Bytes of an attachment: written once under their hash, before the row that names them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import filetype
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from applications.domain.pictures import FORMATS, without_metadata
from timeline.refusal import Refused

LARGEST = 10 * 1024 * 1024
ACCEPTED = {
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the bytes lie, and what they are."""

    sha256: str
    path: str
    size: int
    media_type: str


def store(upload: File[bytes], *, application_uid: str) -> Stored:
    """Check the content and write it; the same bytes again give the same place.

    Refuses (field "file") what is empty, larger than 10 MB, or not one of the accepted kinds by its
    content, whatever its name says. A picture is kept without what its file tells of place and
    camera.
    """
    size = upload.size or 0
    if size == 0:
        raise Refused(_("Dit bestand is leeg."), field="file", code="empty")
    if size > LARGEST:
        raise Refused(
            _("Dit bestand is te groot. Het mag hooguit 10 MB zijn."),
            field="file",
            code="too_large",
        )
    upload.seek(0)
    kind = filetype.guess(upload.read(8192))
    media_type = kind.mime if kind else ""
    if media_type not in ACCEPTED:
        raise Refused(
            _("Dit soort bestand kunnen wij niet lezen. Stuur een van deze: %(kinds)s.")
            % {"kinds": ", ".join(ACCEPTED.values())},
            field="file",
            code="kind",
        )
    if media_type in FORMATS:
        upload = ContentFile(without_metadata(upload, media_type))
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    path = f"attachments/{application_uid}/{digest.hexdigest()}"
    if not default_storage.exists(path):
        upload.seek(0)
        default_storage.save(path, upload)
    return Stored(digest.hexdigest(), path, upload.size or 0, media_type)
