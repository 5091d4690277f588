"""`manage.py export_round ROUND FILE.pb`: the ballots of a decided round in Pabulib format."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from assessment.domain import publishing
from assessment.domain.allocation_text import outcome_of, problem_of
from assessment.domain.frozen import rules_of
from assessment.domain.pabulib_round import pabulib_of_round
from assessment.domain.queries.published import is_public
from assessment.domain.tally import latest
from assessment.models import BallotBox, Ranking, VoteOption, VoteRound
from timeline import clock

DECIDED = (VoteRound.State.DECIDED, VoteRound.State.UNLINKED)


class Command(BaseCommand):
    help = (
        "Write a decided round as a Pabulib file: options, amounts and single ballots, without "
        "keys or receipts, shuffled, under random numbers. Refused where a list of ballots could "
        "point at people: every panel needs a hundred, and ten where they keep to one region."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", type=UUID, metavar="ROUND", help="the uid of the round")
        parser.add_argument("file", type=Path, metavar="FILE.pb")

    def handle(self, *args: Any, **options: Any) -> None:
        round_ = VoteRound.objects.filter(uid=options["round"]).first()
        if round_ is None:
            raise CommandError("Deze stemronde is er niet.")
        if round_.state not in DECIDED:
            raise CommandError("De uitslag van deze stemronde staat nog niet vast.")
        rows = BallotBox.objects.filter(round=round_)
        ballots = latest(rows.values_list("ballot_key", "revision", "panel__name", "choices"))
        regions = {str(row.uid): row.region for row in VoteOption.objects.filter(round=round_)}
        if not publishing.may_list(ballots, regions):
            raise CommandError(
                "De stembiljetten worden niet uitgeschreven: met minder dan "
                f"{publishing.LISTED_FROM} biljetten in een panel (of minder dan {publishing.FEW} "
                "die bij één regio blijven) is te herleiden wie wat koos."
            )
        text = _text_of(round_, ballots)
        options["file"].write_text(text, encoding="utf-8")
        self.stdout.write(f"{options['file']}: {len(ballots)} stembiljetten")
        if not is_public(round_):
            self.stderr.write("Nog niet alle brieven zijn verstuurd: maak dit nog niet openbaar.")


def _text_of(round_: VoteRound, ballots: list[tuple[str, str]]) -> str:
    ranking = Ranking.objects.get(round=round_)
    begun, ended = clock.day(round_.opens_at), clock.day(round_.ends_at)
    dice = SystemRandom()
    dice.shuffle(ballots)
    return pabulib_of_round(
        rules_of(round_),
        problem_of(ranking.inputs),
        outcome_of(ranking.outcome),
        ballots,
        words={
            "description": round_.title,
            "unit": round_.call.revision.regulation.authority.name,
            "instance": str(ended.year),
            "date_begin": f"{begun:%d.%m.%Y}",
            "date_end": f"{ended:%d.%m.%Y}",
        },
        titles={str(row.uid): row.title for row in VoteOption.objects.filter(round=round_)},
        numbers=dice.sample(range(10**9, 10**10), len(ballots)),
    )
