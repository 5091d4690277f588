"""`manage.py regeling check FILE…` and `manage.py regeling load [FILE…]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from regeling.definition import Definition, DefinitionError, parse
from regeling.delivered import files
from regeling.domain.revisions import accept
from timeline.actor import SYSTEM
from timeline.refusal import Refused


class Command(BaseCommand):
    help = "Check the definitions of regulations, or accept them as revisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="say everything that is wrong; exit 1 if anything is")
        check.add_argument("files", nargs="+", type=Path, metavar="FILE")
        load = acts.add_parser("load", help="accept as revisions; the same text changes nothing")
        load.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="without: all delivered ones"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen: list[Path] = options["files"] or list(files())
        act = self._check if options["act"] == "check" else self._load
        wrong = sum(not act(path) for path in chosen)
        if wrong:
            raise CommandError(f"{wrong} van {len(chosen)} niet in orde")

    def _check(self, path: Path) -> bool:
        definition = self._read(path)
        if definition is None:
            return False
        identity = definition.identity
        self.stdout.write(f"{path}: in orde: {identity.title}")
        for unknown in definition.unknown_needed():
            self.stdout.write(f"  een openstelling kan nog niet: {unknown} is onbekend")
        for assumption in definition.assumptions:
            self.stdout.write(f"  aanname: {assumption.path}: {assumption.reason}")
        if definition.is_example_only:
            self.stdout.write("  alleen als voorbeeld of test te openen")
        return True

    def _load(self, path: Path) -> bool:
        if self._read(path) is None:
            return False
        try:
            revision = accept(source=path.read_text(encoding="utf-8"), file=str(path), actor=SYSTEM)
        except Refused as refusal:
            self.stderr.write(f"{path}: {refusal.sentence}")
            return False
        self.stdout.write(f"{revision.regulation.slug}: revisie {revision.number}")
        return True

    def _read(self, path: Path) -> Definition | None:
        try:
            return parse(path.read_text(encoding="utf-8"), file=str(path))
        except OSError as error:
            self.stderr.write(f"{path}: {error.strerror}")
        except UnicodeDecodeError:
            self.stderr.write(f"{path}: dit bestand is geen tekst in UTF-8")
        except DefinitionError as error:
            for line in error.lines:
                self.stderr.write(line)
        return None
