from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from applications.diagram import page


class Command(BaseCommand):
    help = "Draw the lifecycle of an application into docs/lifecycle.md."

    def handle(self, *_args: Any, **_options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "lifecycle.md"
        path.write_text(page())
        self.stdout.write(f"{path.name} drawn")
