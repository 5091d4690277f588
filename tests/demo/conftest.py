"""What every test of the demo has: a post box that keeps what is mailed, and its own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_place(settings: Any, tmp_path: Path) -> None:
    """Codes reach a voter by mail, and the play reads them there; no letters of other tests."""
    settings.EMAIL_BACKEND = "config.demo.mail.PostBox"
    settings.MEDIA_ROOT = tmp_path / "media"
