"""Pictures made anew from their pixels, so that nothing of where and when they were taken stays.

A telephone writes the place, the moment and its owner into a photo. None of that is asked for.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from timeline.refusal import Refused

MOST_PIXELS = 50_000_000
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
NOT_A_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
)
SETTINGS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "PNG": {}}


def opened(upload: File[bytes], *, field: str) -> Image.Image:
    """The picture, upright, as bare pixels; its size is looked at before it is unpacked.

    Refuses (with ``field``) more than 50 million pixels, and what is no JPG or PNG.
    """
    upload.seek(0)
    try:
        with Image.open(upload, formats=list(FORMATS.values())) as source:
            if source.width * source.height > MOST_PIXELS:
                raise Refused(
                    _("Deze foto heeft te veel beeldpunten. Maak haar eerst kleiner."),
                    field=field,
                    code="pixels",
                )
            upright = ImageOps.exif_transpose(source)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except NOT_A_PICTURE as error:
        raise Refused(
            _("Deze foto kunnen wij niet lezen. Kies een JPG of PNG."), field=field, code="kind"
        ) from error


def bare(picture: Image.Image, kind: str) -> bytes:
    """The picture as a file of ``kind`` (JPEG, PNG) with only its pixels: what stood beside them
    (place, camera, comments) is left out. What is see-through becomes white in a JPEG."""
    solid = kind == "JPEG" or picture.mode == "RGB"
    copy = Image.new("RGB" if solid else "RGBA", picture.size, "white" if solid else (0, 0, 0, 0))
    if solid and picture.mode == "RGBA":
        copy.paste(picture, mask=picture.getchannel("A"))
    else:
        copy.paste(picture)
    kept = io.BytesIO()
    copy.save(kept, kind, **SETTINGS[kind])
    return kept.getvalue()


def without_metadata(upload: File[bytes], media_type: str) -> bytes:
    """The same picture, of the same kind, without what its file told beside the pixels."""
    return bare(opened(upload, field="file"), FORMATS[media_type])
