"""Files that come in with a question, and go out to whom they concern."""

from __future__ import annotations

import re
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext as _

from accounts.access import Request
from applications.domain import drafts
from applications.domain.files import store
from applications.models import Application, Attachment
from regeling.marking import file_name
from timeline.refusal import Refused, Unavailable

LONGEST_NAME = 120


def take(request: Request, application: Application, question: str, *, field: str) -> Attachment:
    """Check and keep the file that was posted in ``field``; the same file again gives the same row.

    Raises ``Refused`` without a file, or for one that is empty, too large or of the wrong kind.
    """
    upload = request.FILES.get(field)
    if upload is None:
        raise Refused(_("Kies eerst een bestand."), field=question, code="no_file")
    stored = store(upload, application_uid=str(application.uid))
    return drafts.attach(
        application_id=application.pk,
        question=question,
        name=plain_name(upload.name or ""),
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        path=stored.path,
        actor=request.actor,
    )


def plain_name(name: str) -> str:
    """A file name without folders or characters that mean something else; its ending stays."""
    base = re.split(r"[\\/]", name)[-1]
    plain = "".join(char for char in base if char.isprintable() and char not in '"<>|:*?').strip()
    path = PurePath(plain or "bestand")
    return f"{path.stem[:LONGEST_NAME]}{path.suffix[:12]}"


def send(row: Attachment) -> FileResponse:
    """The file as a download, never shown as a page of ours."""
    if not default_storage.exists(row.path):
        raise Unavailable(_("Dit bestand is op dit moment niet te openen."), code="file_missing")
    return FileResponse(
        default_storage.open(row.path),
        as_attachment=True,
        filename=file_name(row.application.call, row.name),
        content_type=row.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )
