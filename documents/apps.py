from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Load what registers itself."""
        from documents import deliveries, panels, receivers, verify  # noqa: F401  these register
