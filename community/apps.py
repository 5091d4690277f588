from __future__ import annotations

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        """Load what registers itself."""
        from community import deliveries, panels, receivers, verify  # noqa: F401  these register
