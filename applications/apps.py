from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        """Load what registers itself."""
        from applications import deliveries, panels, receivers, verify  # noqa: F401  these register
        from applications.web import dossier_panels  # noqa: F401  and so does this
