"""Papers and minutes as PDF: for workers, not for web pages.

The same press, fonts and style as letters, so that the file is PDF/A-3a and PDF/UA-1 with its
facts attached.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from documents.rendering import fonts, pdf
from documents.rendering.text import printable
from timeline.canon import sha256

ROOT = "meetings"


def print_page(
    template: str, context: dict[str, Any], *, facts: dict[str, Any], day: date
) -> pdf.Rendered:
    """The PDF of a whole HTML page (a template, in Dutch), with ``facts`` attached as JSON.

    Text that the fonts cannot print is replaced by words first.
    """
    with translation.override("nl"):
        page = render_to_string(template, {**_printable(context), "made_on": day.isoformat()})
    attached = json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1)
    content = pdf.press().print(page, attached=attached, day=day)
    return pdf.Rendered(content, sha256(content), pdf.fingerprint())


def keep(folder: str, content: bytes) -> str:
    """Write a file under ``meetings/folder/hash.pdf``, once, and return that path."""
    digest = sha256(content)
    path = f"{ROOT}/{folder}/{digest}.pdf"
    if default_storage.exists(path):
        if sha256(read(path)) == digest:
            return path
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))


def read(path: str) -> bytes:
    """The bytes of a stored file. Raises FileNotFoundError when it is gone."""
    with default_storage.open(path) as file:
        return bytes(file.read())


def _printable(value: Any) -> Any:
    match value:
        case str():
            return printable(value, fonts.coverage())[0]
        case dict():
            return {key: _printable(item) for key, item in value.items()}
        case list() | tuple():
            return [_printable(item) for item in value]
    return value
