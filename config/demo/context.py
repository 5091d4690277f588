"""What every page of the demo has: the bar, and how far the example rounds are."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from config.demo.progress import Progress, progress
from timeline import clock


def demo(request: HttpRequest) -> dict[str, Any]:
    """Context processor: nothing is asked of the database before a template asks for it."""

    @cache
    def how_far() -> dict[str, Any] | None:
        return shown(progress())

    return {
        "demo_bar": "demo/bar.html",
        "demo_now": clock.now,
        "demo_path": request.get_full_path() if request.method == "GET" else "/",
        "demo_progress": how_far,
    }


def shown(far: Progress) -> dict[str, Any] | None:
    """The progress as the home page shows it; None when everything is there."""
    if far.done >= far.total:
        return None
    return {
        "label": far.label,
        "done": far.done,
        "total": far.total,
        "poll": reverse("demo:progress"),
    }
