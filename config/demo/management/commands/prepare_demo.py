from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make the demo's database ready for its first page: tables, authorities, regulations."
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_authorities", verbosity=0)
        call_command("regeling", "load", verbosity=0)
