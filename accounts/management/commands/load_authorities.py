from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.domain.authorities import SHIPPED, load
from timeline.refusal import Refused


class Command(BaseCommand):
    help = "Make or bring up to date the authorities in a YAML file (default: those we ship)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            rows = load(source=options["file"].read_text(encoding="utf-8"))
        except (OSError, Refused) as failure:
            raise CommandError(f"{options['file']}: {failure}") from failure
        if options["verbosity"]:
            self.stdout.write(", ".join(row.code for row in rows))
