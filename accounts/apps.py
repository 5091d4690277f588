from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Load what registers itself."""
        from accounts import deliveries, receivers, verify  # noqa: F401  these register
