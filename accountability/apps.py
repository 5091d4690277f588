from __future__ import annotations

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "accountability"

    def ready(self) -> None:
        """Load what registers itself."""
        from accountability import (  # noqa: F401  these register
            deliveries,
            deliveries_evaluation,
            panels,
            receivers,
            verify,
        )
