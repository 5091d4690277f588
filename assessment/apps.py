from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        """Load what registers itself."""
        from assessment import (  # noqa: F401  these register
            deliveries,
            deliveries_boxes,
            deliveries_meetings,
            deliveries_minutes,
            panels,
            receivers,
            verify,
            verify_meetings,
            verify_minutes,
        )
