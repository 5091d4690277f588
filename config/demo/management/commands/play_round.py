from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.play.engine import AlreadyPlaying, Stuck
from config.demo.play.outcome import folder, table
from config.demo.play.round import play_round

FULL = {"krachtvansalland-cheque-2023": 54}
OTHERS = 30


class Command(BaseCommand):
    help = "Play a whole example round through the verbs of the pages, on a clock of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regeling", default="krachtvansalland-cheque-2023", metavar="SLUG")
        parser.add_argument("--applications", type=int, default=0, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *_args: Any, **options: Any) -> None:
        slug = options["regeling"]
        try:
            play = play_round(
                slug=slug,
                applications=options["applications"] or FULL.get(slug, OTHERS),
                seed=options["seed"],
                say=self.stdout.write,
            )
            for line in table(play):
                self.stdout.write(line)
            self.stdout.write(f"brieven en cijfers: {folder(play)}")
        except (AlreadyPlaying, ImproperlyConfigured, Stuck) as failure:
            raise CommandError(str(failure)) from failure
