from __future__ import annotations

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "accountability"

    def ready(self) -> None:
        """Load what registers itself."""
        from accountability import deliveries, panels, receivers, verify  # noqa: F401  register
