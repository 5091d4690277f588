"""Read and write elections in the Pabulib format (.pb), exactly.

Stolicny, Szufa and others, Pabulib: a participatory budgeting library, arXiv 2012.06539. A file has
three parts (META, PROJECTS, VOTES), each with a header and lines of fields between semicolons.
Pure: text in, plain values out; standard library only, no float.

Money is kept as whole units of ``1 / money_scale`` of the file's currency: cents, or finer where
the file is. Points are kept as whole units of ``1 / points_scale``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING
from io import StringIO

from assessment.domain.pabulib_lines import (
    PabulibError,
    Rows,
    amount,
    finest,
    header,
    in_units,
    listed_names,
    sections,
)
from assessment.domain.pabulib_votes import PabulibVotes

VOTE_TYPES = ("approval", "choose-1", "ordinal", "cumulative", "scoring")


@dataclass(frozen=True, slots=True)
class PabulibProject:
    """One line of PROJECTS. ``cost`` in units of ``money_scale``; ``selected`` as the file says it
    (0, 1, 2, ...), empty where it does not."""

    key: str
    cost: int
    name: str = ""
    categories: tuple[str, ...] = ()
    neighborhood: str = ""
    selected: str = ""


@dataclass(frozen=True, slots=True)
class PabulibElection:
    """What a file holds.

    ``profile`` has equal ballots together: (how many, ((project, points), ...)), with 1 point
    each in approval, empty ballots included. ``ballots`` is how many there are. ``warnings`` are
    sentences about what the file says of itself and is not so.
    """

    meta: Mapping[str, str]
    vote_type: str
    budget: int
    money_scale: int
    projects: tuple[PabulibProject, ...]
    profile: tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
    ballots: int
    points_scale: int = 1
    threshold: int = 0
    warnings: tuple[str, ...] = ()

    def ceilings(self, of: str) -> dict[str, int]:
        """What each category (``categories``) or neighbourhood (``neighborhoods``) may cost.

        Raises ``PabulibError`` when the file does not say it for each of them.
        """
        names = listed_names(self.meta.get(of, ""))
        single = {"categories": "category", "neighborhoods": "neighborhood"}[of]
        amounts = listed_names(self.meta.get(f"budget_per_{single}", ""))
        if not names or len(names) != len(amounts):
            raise PabulibError(f"META: budget_per_{single} does not give one amount for each")
        return {
            name: in_units(amount(each, f"META: budget_per_{single}"), self.money_scale)
            for name, each in zip(names, amounts, strict=True)
        }


def read_pabulib(text: str) -> PabulibElection:
    """Read the text of a .pb file. Raises ``PabulibError``."""
    parts = sections(text)
    meta = {row[0].strip().lower(): ";".join(row[1:]).strip() for _line, row in parts["META"][1:]}
    vote_type = meta.get("vote_type", "").lower()
    if vote_type not in VOTE_TYPES:
        raise PabulibError(f"META: vote_type {vote_type!r} is none of {', '.join(VOTE_TYPES)}")
    budget = amount(meta.get("budget", ""), "META: budget")
    rows = _projects(parts["PROJECTS"])
    costs = [amount(row["cost"], f"line {line}: cost") for line, row in rows]
    money_scale = max([100, *(finest(each) for each in (budget, *costs))])
    listed = listed_names(meta.get("categories", ""))
    projects = tuple(
        PabulibProject(
            key=row["project_id"],
            cost=in_units(cost, money_scale),
            name=row.get("name", ""),
            categories=_categories(row.get("category", ""), listed),
            neighborhood=row.get("neighborhood", ""),
            selected=row.get("selected", ""),
        )
        for (_line, row), cost in zip(rows, costs, strict=True)
    )
    ticks = vote_type in ("approval", "choose-1")
    official = {
        row["project_id"]: row.get("score") or (ticks and row.get("votes")) or ""
        for _line, row in rows
    }
    votes = PabulibVotes(parts["VOTES"], meta, vote_type, official)
    threshold = meta.get("min_project_score_threshold", "")
    least = amount(threshold or "0", "META: min_project_score_threshold")
    return PabulibElection(
        meta=meta,
        vote_type=vote_type,
        budget=in_units(budget, money_scale),
        money_scale=money_scale,
        projects=projects,
        profile=votes.profile,
        ballots=votes.ballots,
        points_scale=votes.scale,
        threshold=int(least.to_integral_value(ROUND_CEILING)),
        warnings=(*_miscounts(meta, projects, votes), *votes.warnings),
    )


def write_pabulib(
    meta: Mapping[str, object],
    projects: Sequence[Mapping[str, object]],
    votes: Iterable[Mapping[str, object]],
    columns: Sequence[str],
) -> str:
    """The text of a .pb file; ``columns`` are those of the votes. Projects all have the same
    fields, project_id and cost among them."""
    out = StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\n")
    out.write("META\nkey;value\n")
    lines.writerows(meta.items())
    out.write("PROJECTS\n")
    lines.writerow(projects[0].keys())
    lines.writerows(project.values() for project in projects)
    out.write("VOTES\n")
    lines.writerow(columns)
    lines.writerows([vote[column] for column in columns] for vote in votes)
    return out.getvalue()


def _projects(rows: Rows) -> list[tuple[int, dict[str, str]]]:
    names = header(rows, "PROJECTS", ("project_id", "cost"))
    found, seen = [], set()
    for number, fields in rows[1:]:
        if len(fields) < 2:
            raise PabulibError(f"line {number}: a project needs at least an id and a cost")
        row = dict(zip(names, (field.strip() for field in fields), strict=False))
        key = row.get("project_id", "")
        if not key or key in seen:
            raise PabulibError(f"line {number}: project {key!r} is empty or stands there twice")
        if "cost" not in row:
            raise PabulibError(f"line {number}: project {key} has no cost")
        seen.add(key)
        found.append((number, row))
    return found


def _categories(text: str, listed: Sequence[str]) -> tuple[str, ...]:
    """The categories of a project; a name may hold a comma itself."""
    return (text,) if text in listed else tuple(listed_names(text))


def _miscounts(
    meta: Mapping[str, str], projects: Sequence[PabulibProject], votes: PabulibVotes
) -> Iterator[str]:
    """Where what the file says of itself and what it holds differ."""
    for name, there in (("num_projects", len(projects)), ("num_votes", votes.ballots)):
        said = meta.get(name, "").strip()
        if said and said != str(there):
            yield f"META says {name} {said}, the file holds {there}"
    sums = dict.fromkeys(votes.official, 0)
    for count, ballot in votes.profile:
        for key, points in ballot:
            sums[key] += count * points
    other = [
        key
        for key, said in votes.official.items()
        if said.isdigit() and int(said) * votes.scale != sums[key]
    ]
    if other:
        yield (
            f"the ballots give {len(other)} projects another number than the file says, "
            f"as {other[0]}: {sums[other[0]]} and {votes.official[other[0]]}; the ballots count"
        )
