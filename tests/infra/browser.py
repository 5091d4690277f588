"""Which Chromium plays the browser tests."""

from __future__ import annotations

import os
from pathlib import Path


def chromium() -> str | None:
    """The path of Chromium (``$SVE_CHROMIUM``, else Debian's), or None when there is none."""
    for path in (os.environ.get("SVE_CHROMIUM", ""), "/usr/bin/chromium"):
        if path and Path(path).is_file():
            return path
    return None
