from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.people import STAFF
from config.demo.plan import address
from config.demo.play.engine import AlreadyPlaying, Stuck
from config.demo.play.present import play_present
from config.demo.play.round import play_round
from config.demo.play.writing import write_texts

ROUNDS = (
    ("krachtvansalland-cheque-2023", 54),
    ("samen-voor-elkaar-2017", 30),
    ("initiatieven-sociale-kwaliteit-noordwest-2019", 12),
)


class Command(BaseCommand):
    help = (
        "Fill in the examples that are missing or were broken off; a second time it does nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only-present", action="store_true", help="no finished rounds")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write("Voorbeeldpersonen (word een van hen op /demo/mensen/):")
        for each in STAFF:
            self.stdout.write(f"  {each.name}, {each.about} <{address(each.name)}>")
        try:
            play_present(say=self.stdout.write)
            for slug, applications in () if options["only_present"] else ROUNDS:
                play_round(slug=slug, applications=applications, seed=1, say=self.stdout.write)
            if not options["only_present"]:
                write_texts(say=self.stdout.write)
        except (AlreadyPlaying, ImproperlyConfigured, Stuck) as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write("De voorbeelden staan klaar.")
