"""What every page must stand in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from accounts.models import Person

Inside = Callable[[Person], Page]
"""The fixture ``inside``: a page on which a person is signed in."""
WIDTHS = (320, 1280)


def faultless(page: Page, what: str) -> None:
    """Nothing to find for axe and no sideways scrolling, on a telephone and on a screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found: Any = Axe().run(page).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"]) for each in found]
        assert not told, (what, width, told)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (what, width)
