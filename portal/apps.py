"""The portal as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Templates, static files and pages that belong to no single room."""

    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from portal import deliveries, verify  # noqa: F401  these register
