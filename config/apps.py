from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from config import checks, deliveries  # noqa: F401  these register
        from config.http import auth_schema  # noqa: F401  named in the OpenAPI description
