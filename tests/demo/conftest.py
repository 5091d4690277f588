"""What every test of the demo has: a post box that keeps what is mailed."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def post_box(settings: Any) -> None:
    """Codes reach a voter by mail, and the play reads them there."""
    settings.EMAIL_BACKEND = "config.demo.mail.PostBox"
