from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.installation import other_problems, own_problems


class Command(BaseCommand):
    help = "Say in sentences what is wrong with this installation; exit 1 when something is."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        problems = list(own_problems())
        # A database that does not answer, or lacks tables, cannot be asked about the rest.
        problems += [] if problems else list(other_problems())
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("The installation is in order.")
