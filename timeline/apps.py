from __future__ import annotations

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "timeline"

    def ready(self) -> None:
        """Load what registers itself."""
        from timeline import receivers, verify  # noqa: F401  these register
