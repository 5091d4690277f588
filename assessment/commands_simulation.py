"""What `manage.py regeling simulate` and `regeling forecast` do."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import CommandError

from applications.web.parsing import cents
from assessment.domain.forecast.assumptions import MINUTES, Assumptions
from assessment.domain.forecast.outlook import outlook
from assessment.domain.queries.simulated import call_at, is_told, past_round
from assessment.domain.simulation.cases import CannotSimulate, OverMaximum
from assessment.domain.simulation.change import Changes
from assessment.domain.simulation.files import WrongFile, read_file
from assessment.domain.simulation.trial import Trial, attempt
from assessment.forecast_text import told
from assessment.trial_csv import rows_of
from regeling.definition import (
    Definition,
    Distribution,
    DistributionRule,
    OnMisfit,
)
from regeling.domain.queries.named import NotFoundError, named
from regeling.words import euro_words


class Writes(Protocol):
    """Where a command writes: Django's own wrapper, or a text in a test."""

    def write(self, text: str, /) -> object: ...


def add_simulate(parser: ArgumentParser) -> None:
    """The arguments of `regeling simulate`."""
    parser.add_argument("text", metavar="SLUG|FILE", help="the text that is tried")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--call", metavar="SLUG", help="a call of which the letters are out")
    given.add_argument(
        "--cases", type=Path, metavar="FILE", help="applications: CSV or JSON (docs/simulate.md)"
    )
    parser.add_argument(
        "--against", metavar="SLUG|FILE", help="beside it: else the call's own text"
    )
    parser.add_argument("--voters", type=int, default=0, help="how many voted, with --cases")
    parser.add_argument("--seed", default="1", help="the number that a lot is drawn from")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the whole table")
    parser.add_argument(
        "--over-maximum",
        type=OverMaximum,
        choices=list(OverMaximum),
        default=OverMaximum.LOWERED,
        help="who asked more than another maximum would have asked it, or is refused",
    )
    _add_changes(parser)


def add_forecast(parser: ArgumentParser) -> None:
    """The arguments of `regeling forecast`."""
    parser.add_argument("text", metavar="SLUG|FILE")
    parser.add_argument("--applications", type=int, required=True)
    parser.add_argument("--voters", type=int, default=0)
    parser.add_argument("--against", metavar="SLUG|FILE", help="another text beside it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--brokers", type=int, default=2)
    parser.add_argument(
        "--minutes",
        action="append",
        default=[],
        type=_minutes,
        metavar="STEP=MINUTES",
        help=f"work at a step: {', '.join(MINUTES)}",
    )
    parser.add_argument("--json", action="store_true", help="everything, for another program")
    _add_changes(parser)


def _add_changes(parser: ArgumentParser) -> None:
    """Values that stand in for those of the text."""
    parser.add_argument("--ceiling", type=_amount, metavar="EUR")
    parser.add_argument("--maximum", type=_amount, metavar="EUR")
    parser.add_argument("--rule", type=DistributionRule, choices=list(DistributionRule))
    parser.add_argument("--on-misfit", type=OnMisfit, choices=list(OnMisfit))
    for name in ("--minimum-votes", "--minimum-percent", "--minimum-score"):
        parser.add_argument(name, type=int)


def run_simulate(options: dict[str, Any], stdout: Writes) -> None:
    """Try a text on a round, and print both outcomes. Raises ``CommandError``."""
    text = _text(options["text"])
    changes = _changes(options)
    own, stock, told = _round(options, text, changes)
    try:
        trial = attempt(own, stock, text=text, changes=changes, seed=options["seed"], told=told)
    except CannotSimulate as impossible:
        raise CommandError(str(impossible)) from impossible
    for line in _table(trial):
        stdout.write(line + "\n")
    if options["csv"]:
        with options["csv"].open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows_of(trial, own))
        stdout.write(f"{options['csv']}: {len(trial.found.pairs)} aanvragen\n")


def run_forecast(options: dict[str, Any], stdout: Writes) -> None:
    """Look ahead at one text, or at two beside each other. Raises ``CommandError``."""
    names = [options["text"], *([options["against"]] if options["against"] else [])]
    try:
        given = Assumptions(
            applications=options["applications"],
            voters=options["voters"],
            rounds=options["rounds"],
            brokers=options["brokers"],
            minutes={**MINUTES, **dict(options["minutes"])},
        )
        found = [
            outlook(_text(name), given, seed=options["seed"], changes=_changes(options))
            for name in names
        ]
    except ValueError as impossible:
        raise CommandError(str(impossible)) from impossible
    if options["json"]:
        stdout.write(json.dumps([asdict(each) for each in found], default=str, indent=1) + "\n")
        return
    for line in told(found):
        stdout.write(line + "\n")


def _text(name: str) -> Definition:
    """The definition of that name; what is wrong with it ends the command."""
    try:
        return named(name)
    except NotFoundError as error:
        raise CommandError("\n".join(error.lines)) from error


def _round(options: dict[str, Any], text: Definition, changes: Changes) -> tuple[Any, Any, Any]:
    """The text beside it, the round, and what people were told."""
    beside = _text(options["against"]) if options["against"] else None
    if options["cases"]:
        own = beside or text
        try:
            content = options["cases"].read_text(encoding="utf-8")
            return own, read_file(content, own, voters=options["voters"]), None
        except WrongFile as wrong:
            raise CommandError("\n".join(wrong.lines)) from wrong
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"{options['cases']} is niet te lezen") from wrong
    call = call_at(options["call"])
    if call is None:
        raise CommandError(f"{options['call']} is geen bekende openstelling")
    if not is_told(call):
        raise CommandError("Dit kan pas als alle brieven van deze openstelling weg zijn.")
    own = beside or call.revision.definition
    rules = {_rule(own), _rule(text), changes.rule}
    past = past_round(call, ballots=DistributionRule.EQUAL_SHARES in rules)
    return own, past.stock, past.told if beside is None else None


def _rule(definition: Definition) -> object:
    distribution = definition.distribution
    return distribution.rule if isinstance(distribution, Distribution) else None


def _changes(options: dict[str, Any]) -> Changes:
    names = ("ceiling", "maximum", "rule", "on_misfit")
    mores = ("minimum_votes", "minimum_percent", "minimum_score")
    return Changes(
        **{name: options[name] for name in (*names, *mores)},
        over_maximum=options.get("over_maximum", OverMaximum.LOWERED),
    )


def _table(trial: Trial) -> Iterator[str]:
    """The figures of both runs beside each other, and what changes."""
    now, then = trial.found.now, trial.found.then
    yield f"{'':28}{'zoals het was':>18}{'in de proef':>18}"
    for label, one, two in (
        ("aanvragen", now.cases, then.cases),
        ("doen mee", now.eligible, then.eligible),
        ("krijgen geld", now.funded, then.funded),
    ):
        yield f"{label:28}{one:>18}{two:>18}"
    for label, one, two in (
        ("te verdelen", trial.now.ceilings["total"], trial.then.ceilings["total"]),
        ("toegekend", now.granted, then.granted),
        ("blijft over", now.left, then.left),
    ):
        yield f"{label:28}{euro_words(one):>18}{euro_words(two):>18}"
    for label, changes in (
        ("krijgt nu wel geld", ("gains",)),
        ("krijgt niets meer", ("loses",)),
        ("krijgt meer", ("more",)),
        ("krijgt minder", ("less",)),
        ("hangt af van een loting", ("open",)),
    ):
        yield f"{label:46}{trial.found.number(*changes):>18}"
    if trial.apart:
        yield f"anders besloten dan de eigen tekst geeft: {len(trial.apart)}"
    if then.undecided > now.undecided:
        yield f"niet na te gaan met deze antwoorden: {then.undecided - now.undecided}"


def _amount(text: str) -> int:
    found = cents(text)
    if found is None:
        raise ArgumentTypeError("an amount in euros, such as 25000 or 750,50")
    return found


def _minutes(text: str) -> tuple[str, int]:
    step, _is, number = text.partition("=")
    if step not in MINUTES or not number.isdigit():
        raise ArgumentTypeError(f"one of {', '.join(MINUTES)}, then = and minutes")
    return step, int(number)
