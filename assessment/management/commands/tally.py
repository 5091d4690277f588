"""`manage.py tally FILE.pb --rule greedy|equal-shares …`: divide a published election again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment.domain.allocation import allocate
from assessment.domain.allocation_model import Outcome, Problem, Row, Rules
from assessment.domain.allocation_text import outcome_hash
from assessment.domain.lottery import draw
from assessment.domain.pabulib import PabulibElection, PabulibError, read_pabulib
from assessment.domain.pabulib_problem import free_of_charge, problem_of_election, vote_kind

TIES = {
    "cheaper": "lower_amount",
    "more-votes": "more_votes",
    "more-supporters": "more_supporters",
    "lot": "lot",
}
FIGURES_IN_MONEY = ("share", "first_share", "step", "spent")


class Command(BaseCommand):
    help = (
        "Divide the money of an election in Pabulib format (.pb) and say why. Reads only the file; "
        "no database is needed. Equals that nothing breaks are reported and never guessed: "
        "'selected' then holds the projects that win whoever of them goes first."
    )
    requires_system_checks: list[str] = []  # also where no database was set up

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pb")
        parser.add_argument("--rule", choices=["greedy", "equal-shares"], default="greedy")
        parser.add_argument(
            "--on-misfit",
            choices=["skip", "stop", "partial"],
            default="skip",
            help="greedy: what happens at the first project that does not fit in what is left",
        )
        parser.add_argument(
            "--ceilings",
            choices=["categories", "neighborhoods"],
            default="",
            help="also keep to the file's budget_per_category (or _neighborhood)",
        )
        parser.add_argument("--ceiling-misfit", choices=["skip", "stop", "partial"], default="")
        parser.add_argument(
            "--leftover",
            choices=["none", "skip", "stop"],
            default="none",
            help="divide what is left under the ceilings over all who got nothing",
        )
        parser.add_argument(
            "--threshold",
            type=int,
            metavar="N",
            help="fewest votes (or points) a project needs; without: what the file says "
            "(min_project_score_threshold), 0: none",
        )
        parser.add_argument(
            "--step",
            type=Decimal,
            default=Decimal(1),
            metavar="N",
            help="equal shares: raise the share of each voter by this much at a time, in the "
            "currency of the file (default 1, may be 0.01; 0: do not raise)",
        )
        parser.add_argument(
            "--add1",
            choices=["exhaustive", "until-overspend"],
            default="until-overspend",
            help="equal shares: raise until nothing more fits, or on until the next step would "
            "cost more than the budget (default; the reading of Wieliczka and Assen)",
        )
        parser.add_argument(
            "--utility",
            choices=["cost", "number"],
            default="cost",
            help="equal shares: what a voter gets of a project is its cost times her points "
            "(default), or her points alone",
        )
        parser.add_argument("--completion", choices=["none", "utilitarian"], default="none")
        parser.add_argument(
            "--comparison",
            action="store_true",
            help="equal shares: take the greedy outcome where more voters find more of what they "
            "support in it",
        )
        parser.add_argument(
            "--ties",
            default="",
            metavar="RULE,RULE",
            help=f"what goes first among equals, in this order: {', '.join(TIES)}",
        )
        parser.add_argument(
            "--lot", default="", metavar="ID,ID,…", help="the drawn order of all projects"
        )
        parser.add_argument(
            "--seed", default="", help="instead of --lot: order by SHA-256(seed|project id)"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            election = read_pabulib(_text(options["file"]))
            problem = _problem(election, options)
            outcome = allocate(problem, self._progress if sys.stderr.isatty() else None)
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from None
        report = _report(election, problem, outcome)
        if options["as_json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_readable(election, report))

    def _progress(self, steps: int, spent: int) -> None:
        self.stderr.write(f"step {steps}: {spent}", ending="\r")


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PabulibError(f"line {line}: the file is not UTF-8") from None


def _problem(election: PabulibElection, options: Mapping[str, Any]) -> Problem:
    names = [name for name in options["ties"].split(",") if name]
    for name in names:
        if name not in TIES:
            raise PabulibError(f"--ties knows {', '.join(TIES)}, not {name!r}")
    step = options["step"] * election.money_scale
    if step != int(step) or step < 0:
        raise PabulibError(f"--step {options['step']} is no whole number of cents")
    threshold = options["threshold"]
    rules = Rules(
        rule=options["rule"].replace("-", "_"),
        on_misfit=options["on_misfit"],
        ties=tuple(TIES[name] for name in names),
        minimum_votes=election.threshold if threshold is None else threshold,
        ceiling_misfit=options["ceiling_misfit"],
        leftover=options["leftover"],
        step=int(step),
        add1=options["add1"].replace("-", "_"),
        completion=options["completion"],
        comparison=options["comparison"],
        measure=options["utility"],
        kind=vote_kind(election),
    )
    return problem_of_election(
        election, rules, ceilings=options["ceilings"], lot=_lot(election, options)
    )


def _lot(election: PabulibElection, options: Mapping[str, Any]) -> list[str]:
    keys = [project.key for project in election.projects]
    if options["seed"]:
        return list(draw(options["seed"], keys))
    drawn = [key.strip() for key in options["lot"].split(",") if key.strip()]
    if drawn and sorted(drawn) != sorted(keys):
        raise PabulibError("--lot is an order of all projects of the file, each of them once")
    return drawn


def _report(election: PabulibElection, problem: Problem, outcome: Outcome) -> dict[str, Any]:
    """Everything as plain values, money in the currency of the file."""
    money = _in_currency(election.money_scale)
    free = free_of_charge(election)
    rows = outcome.rows
    figures = {
        name: money(value) if name in FIGURES_IN_MONEY else value
        for name, value in outcome.figures.items()
    }
    return {
        "selected": [*free, *(row.key for row in rows if row.code == "awarded")],
        "partial": {row.key: money(row.granted) for row in rows if row.code == "awarded_partly"},
        "spent": money(sum(row.granted for row in rows)),
        "budget": money(election.budget),
        "left": {name: money(cents) for name, cents in sorted(outcome.left.items())},
        "ballots": election.ballots,
        "ties": [
            {
                "projects": list(tie.keys),
                "decisive": tie.decisive,
                "decided_by": tie.decided_by,
                "votes": _whole(tie.votes, problem.scale),
                "stage": tie.stage,
            }
            for tie in outcome.ties
        ],
        "open": list(outcome.open_tie),
        "needs_lot": outcome.needs_lot,
        "reasons": {key: {"code": "awarded", "asked": 0, "granted": 0} for key in free}
        | {row.key: _reason(row, problem, money) for row in rows},
        "figures": figures,
        "warnings": [*outcome.warnings, *election.warnings],
        "outcome_hash": outcome_hash(outcome),
        "engine": outcome.engine,
    }


def _reason(row: Row, problem: Problem, money: Callable[[int], int | float]) -> dict[str, Any]:
    """The figures of a row that say something, with its code."""
    told: dict[str, Any] = {
        "code": row.code,
        "place": row.place,
        "votes": _whole(row.votes, problem.scale),
        "supporters": row.supporters,
        "asked": money(row.asked),
        "granted": money(row.granted),
    }
    if row.code != "awarded" or row.left:
        told["left"] = money(row.left)
    for name in ("ceiling", "stopped_by", "rival", "support_needed", "votes_needed"):
        if getattr(row, name):
            told[name] = getattr(row, name)
    if row.effective:
        told["effective_support"] = row.effective / 100
        told["price"] = money(row.paid)
    if row.code == "refused_shares":
        told["effective_percent"] = 100 * row.left // row.asked
    return told


def _in_currency(scale: int) -> Callable[[int], int | float]:
    return lambda units: _whole(units, scale)


def _whole(units: int, scale: int) -> int | float:
    """A whole number where it is one; else the nearest that JSON can hold."""
    return units // scale if units % scale == 0 else float(Decimal(units) / scale)


def _readable(election: PabulibElection, report: Mapping[str, Any]) -> str:
    names = {project.key: project.name for project in election.projects}
    lines = [
        (
            f"{election.meta.get('description', '')}: {report['ballots']} ballots, "
            f"budget {report['budget']}, spent {report['spent']}"
        )
    ]
    for key, told in sorted(report["reasons"].items(), key=lambda each: each[1].get("place", 0)):
        figures = ", ".join(
            f"{name} {value}" for name, value in told.items() if name not in ("code", "place")
        )
        lines.append(f"{told.get('place', 0):4} {told['code']:20} {key:12} {names[key][:60]}")
        lines.append(f"{'':26}{figures}")
    for tie in report["ties"]:
        broken = f"decided by {tie['decided_by']}" if tie["decided_by"] else "nothing breaks it"
        matters = f"decisive, {broken}" if tie["decisive"] else "changes nothing"
        lines.append(f"equal: {', '.join(tie['projects'])} ({matters})")
    lines += [f"{name}: {value}" for name, value in report["figures"].items()]
    lines += [f"careful: {warning}" for warning in report["warnings"]]
    lines.append(f"outcome {report['outcome_hash']}")
    return "\n".join(lines)
