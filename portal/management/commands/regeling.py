"""`manage.py regeling`: everything that can be done with a regulation's text from a terminal."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment.commands_simulation import (
    add_forecast,
    add_simulate,
    run_forecast,
    run_simulate,
)
from regeling.definition import Definition
from regeling.definition.idle import idle
from regeling.definition.rule_checks import doubts
from regeling.definition.schema import schema
from regeling.definition.unused import unused
from regeling.delivered import files
from regeling.differences import differences
from regeling.domain.queries.named import NotFoundError, from_file, named
from regeling.domain.revisions import accept
from regeling.explain_text import as_text, pages
from regeling.gazette import Missing, gazette
from timeline.actor import SYSTEM
from timeline.refusal import Refused

NAMED = "a file, a slug (the text in force, else the delivered one) or slug@number"


class Command(BaseCommand):
    help = "Check, load, compare, explain and announce the texts of regulations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="say everything that is wrong; exit 1 if anything is")
        check.add_argument("files", nargs="+", type=Path, metavar="FILE")
        load = acts.add_parser("load", help="accept as revisions; the same text changes nothing")
        load.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="without: all delivered ones"
        )
        diff = acts.add_parser("diff", help="what changed, in words that an official understands")
        diff.add_argument("before", help=NAMED)
        diff.add_argument("after", help=NAMED)
        explain = acts.add_parser("explain", help="the whole regulation as plain Dutch text")
        explain.add_argument("text", nargs="?", help=NAMED)
        explain.add_argument(
            "--write", type=Path, metavar="FOLDER", help="a page for every delivered regulation"
        )
        announce = acts.add_parser(
            "gazette", help="the announcement, or the list of what is unknown"
        )
        announce.add_argument("text", help=NAMED)
        announce.add_argument("--window", default="", metavar="CODE", help="one period only")
        acts.add_parser("schema", help="the JSON Schema of the language, for an editor")
        add_simulate(acts.add_parser("simulate", help="a text over the applications of a call"))
        add_forecast(acts.add_parser("forecast", help="what a text would do in many rounds"))

    def handle(self, *args: Any, **options: Any) -> None:
        act: Callable[[dict[str, Any]], None] = getattr(self, f"_{options['act']}")
        act(options)

    def _check(self, options: dict[str, Any]) -> None:
        self._each(options["files"], self._check_one)

    def _load(self, options: dict[str, Any]) -> None:
        self._each(options["files"] or list(files()), self._load_one)

    def _each(self, paths: list[Path], act: Callable[[Path], bool]) -> None:
        """Every file has its turn, also after one that is wrong."""
        wrong = sum(not act(path) for path in paths)
        if wrong:
            raise CommandError(f"{wrong} van {len(paths)} niet in orde")

    def _check_one(self, path: Path) -> bool:
        definition = self._read(path)
        if definition is None:
            return False
        identity = definition.identity
        self.stdout.write(f"{path}: in orde: {identity.title}")
        for unknown in definition.unknown_needed():
            self.stdout.write(f"  een openstelling kan nog niet: {unknown} is onbekend")
        for note in idle(definition):
            self.stdout.write(f"  doet nog niets: {note.path}: {note.sentence}")
        for note in unused(definition):
            self.stdout.write(f"  wordt nergens gebruikt: {note.path}: {note.sentence}")
        for note in doubts(definition):
            self.stdout.write(f"  kijk dit na: {note.path}: {note.sentence}")
        for assumption in definition.assumptions:
            self.stdout.write(f"  aanname: {assumption.path}: {assumption.reason}")
        if definition.is_example_only:
            self.stdout.write("  alleen als voorbeeld of test te openen")
        return True

    def _load_one(self, path: Path) -> bool:
        if self._read(path) is None:
            return False
        try:
            revision = accept(source=path.read_text(encoding="utf-8"), file=str(path), actor=SYSTEM)
        except Refused as refusal:
            self.stderr.write(f"{path}: {refusal.sentence}")
            return False
        self.stdout.write(f"{revision.regulation.slug}: revisie {revision.number}")
        return True

    def _diff(self, options: dict[str, Any]) -> None:
        changes = differences(self._named(options["before"]), self._named(options["after"]))
        if not changes:
            self.stdout.write("Er is niets veranderd.")
        section = ""
        for change in changes:
            if change.section != section:
                section = change.section
                self.stdout.write(f"{section}")
            self.stdout.write(f"  {change.sentence}")
            if not change.is_short:
                for label, words in (("eerst", change.before), ("nu", change.after)):
                    if words:
                        self.stdout.write(f"    {label}: {words}")

    def _schema(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=2))

    def _explain(self, options: dict[str, Any]) -> None:
        folder = options["write"]
        if options["text"]:
            self.stdout.write(as_text(self._named(options["text"])))
        elif folder is None:
            raise CommandError("noem een regeling, of --write met een map")
        if folder is not None:
            for name, text in pages().items():
                (folder / name).write_text(text, encoding="utf-8")

    def _gazette(self, options: dict[str, Any]) -> None:
        """What is unknown is told on standard error, and is an error: nothing may be published."""
        try:
            found = gazette(self._named(options["text"]), window=options["window"])
        except KeyError as error:
            raise CommandError(f"de regeling heeft geen periode {options['window']}") from error
        if isinstance(found, Missing):
            for what in found.what:
                self.stderr.write(f"nog niet bekend: {what}")
            raise CommandError("er is nog niets bekend te maken")
        self.stdout.write(found.text)

    def _simulate(self, options: dict[str, Any]) -> None:
        run_simulate(options, self.stdout)

    def _forecast(self, options: dict[str, Any]) -> None:
        run_forecast(options, self.stdout)

    def _named(self, name: str) -> Definition:
        """The definition of a file, a slug or a revision of a slug."""
        try:
            return named(name)
        except NotFoundError as error:
            self._tell(error)
            raise CommandError(f"{name} is niet te lezen") from error

    def _read(self, path: Path) -> Definition | None:
        try:
            return from_file(path)
        except NotFoundError as error:
            self._tell(error)
        return None

    def _tell(self, error: NotFoundError) -> None:
        for line in error.lines:
            self.stderr.write(line)
