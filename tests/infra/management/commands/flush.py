from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from tests.infra.flush import flush


class Command(BaseCommand):
    help = "Empty the test database: the only flush that lifts the triggers that keep rows."
    # Django's own flush has these; here they change nothing.
    stealth_options = ("reset_sequences", "allow_cascade", "inhibit_post_migrate")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-input", action="store_false", dest="interactive")
        parser.add_argument("--database", default="default")

    def handle(self, *args: Any, **options: Any) -> None:
        flush(connections[options["database"]])
