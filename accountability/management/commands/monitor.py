from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accountability.domain.monitor import monitor
from accountability.exports.monitor_csv import monitor_csv
from accountability.exports.monitor_xlsx import write_monitor
from regeling.models import Call, Regulation
from timeline.refusal import Refused


class Command(BaseCommand):
    help = (
        "Write the monitor of a regulation as of a day: applied, awarded, settled, released, "
        "rejected, paid. It reconciles, or is not made (exit 1, naming the difference)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("regeling", help="slug of the regulation")
        parser.add_argument("--as-of", type=date.fromisoformat, required=True, metavar="DATE")
        parser.add_argument("--known-on", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--call", default="", help="slug of one call; without it all of them")
        parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
        parser.add_argument(
            "--machine", action="store_true", help="CSV for programs: commas, points, codes"
        )
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        try:
            made = monitor(
                regulation_id=_regulation(options["regeling"]),
                as_of=options["as_of"],
                known_on=options["known_on"],
                call_id=_call(options["regeling"], options["call"]),
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        # Written aside and put in place: a file that is there is whole.
        aside = output.with_name(f"{output.name}.part")
        with aside.open("wb") as file:
            if options["format"] == "xlsx":
                write_monitor(made, file)
            else:
                file.writelines(monitor_csv(made, machine=options["machine"]))
        aside.replace(output)
        known = made.known_on.isoformat()
        stand = "definitief" if made.final else "voorlopig"
        self.stdout.write(f"{output} (per {made.as_of.isoformat()}, bekend op {known}, {stand})")


def _regulation(slug: str) -> int:
    known = Regulation.objects.filter(slug=slug).first()
    if known is None:
        there = ", ".join(Regulation.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"Er is geen regeling {slug}. Wel: {there or 'nog geen enkele'}.")
    return known.pk


def _call(regulation: str, slug: str) -> int | None:
    if not slug:
        return None
    call = Call.objects.filter(slug=slug, revision__regulation__slug=regulation).first()
    if call is None:
        raise CommandError(f"Deze regeling heeft geen openstelling {slug}.")
    return call.pk
