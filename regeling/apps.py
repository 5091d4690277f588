from __future__ import annotations

from django.apps import AppConfig


class RegelingConfig(AppConfig):
    name = "regeling"

    def ready(self) -> None:
        """Load what registers itself."""
        from regeling import deliveries, leaving, receivers, verify  # noqa: F401  these register
