from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.links import links
from assessment.models import VoteRound


class Command(BaseCommand):
    help = "Look in every table for anything that leads from a right to vote to a sealed ballot."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="uid of the vote round")

    def handle(self, *_args: Any, **options: Any) -> None:
        round_ = VoteRound.objects.filter(uid=options["round"]).first()
        if round_ is None:
            raise CommandError("there is no such round")
        found = list(links(round_))
        for each in found:
            self.stdout.write(f"{each.place}: {each.sentence}")
        if found:
            raise CommandError(f"{len(found)} possible links")
        self.stdout.write("No link was found.")
