"""Write ``verify_round.py``, the script with which anyone checks a vote round."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from assessment.domain.script.build import script


class Command(BaseCommand):
    help = "Write the stand-alone script that checks a vote round. The same version: same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="where to write it, such as verify_round.py")

    def handle(self, *args: Any, **options: Any) -> None:
        Path(options["file"]).write_text(script(), encoding="utf-8")
        self.stdout.write(options["file"])
