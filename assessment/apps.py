from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        """Load what registers itself."""
        from assessment import deliveries, panels, receivers, verify  # noqa: F401  these register
