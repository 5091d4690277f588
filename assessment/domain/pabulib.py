"""Read and write elections in the Pabulib format (.pb), exactly.

Stolicny, Szufa and others, Pabulib: a participatory budgeting library, arXiv 2012.06539. A file has
three parts (META, PROJECTS, VOTES), each with a header and lines of fields between semicolons.
Pure: text in, plain values out; standard library only, no float.

Money is kept as whole units of ``1 / money_scale`` of the file's currency: cents, or finer where
the file is. Points are kept as whole units of ``1 / points_scale``.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("approval", "choose-1", "ordinal", "cumulative", "scoring")
LONGEST_FIELD_LINES = 40


class PabulibError(ValueError):
    """The text is no Pabulib file; the message names the line."""


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
        names = _listed(self.meta.get(of, ""))
        single = {"categories": "category", "neighborhoods": "neighborhood"}[of]
        amounts = _listed(self.meta.get(f"budget_per_{single}", ""))
        if not names or len(names) != len(amounts):
            raise PabulibError(f"META: budget_per_{single} does not give one amount for each")
        return {
            name: _units(_number(amount, f"META: budget_per_{single}"), self.money_scale)
            for name, amount in zip(names, amounts, strict=True)
        }


def read_pabulib(text: str) -> PabulibElection:
    """Read the text of a .pb file. Raises ``PabulibError``."""
    parts = _sections(text)
    meta = {row[0].strip().lower(): ";".join(row[1:]).strip() for _line, row in parts["META"][1:]}
    vote_type = meta.get("vote_type", "").lower()
    if vote_type not in VOTE_TYPES:
        raise PabulibError(f"META: vote_type {vote_type!r} is none of {', '.join(VOTE_TYPES)}")
    budget = _number(meta.get("budget", ""), "META: budget")
    rows = _projects(parts["PROJECTS"])
    costs = [_number(row["cost"], f"line {line}: cost") for line, row in rows]
    money_scale = max([100, *(_scale(each) for each in (budget, *costs))])
    listed = _listed(meta.get("categories", ""))
    projects = tuple(
        PabulibProject(
            key=row["project_id"],
            cost=_units(cost, money_scale),
            name=row.get("name", ""),
            categories=_categories(row.get("category", ""), listed),
            neighborhood=row.get("neighborhood", ""),
            selected=row.get("selected", ""),
        )
        for (_line, row), cost in zip(rows, costs, strict=True)
    )
    official = {row["project_id"]: row.get("score") or row.get("votes") or "" for _, row in rows}
    votes = _Votes(parts["VOTES"], meta, vote_type, official)
    threshold = meta.get("min_project_score_threshold", "")
    points = -(-_number(threshold, "META: min_project_score_threshold") // 1) if threshold else 0
    return PabulibElection(
        meta=meta,
        vote_type=vote_type,
        budget=_units(budget, money_scale),
        money_scale=money_scale,
        projects=projects,
        profile=votes.profile,
        ballots=votes.ballots,
        points_scale=votes.scale,
        threshold=int(points),
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


# --- lines ---------------------------------------------------------------------------------------

Rows = list[tuple[int, list[str]]]


def _sections(text: str) -> dict[str, Rows]:
    """Lines with their numbers and fields by section, the header first."""
    found: dict[str, Rows] = {}
    rows: Rows | None = None
    for number, fields in _lines(text.removeprefix("\ufeff").splitlines()):
        title = fields[0].strip().upper()
        if title in SECTIONS and not any(field.strip() for field in fields[1:]):
            if title in found:
                raise PabulibError(f"line {number}: {title} stands in the file twice")
            rows = found.setdefault(title, [])
        elif rows is None:
            raise PabulibError(f"line {number}: a file begins with META")
        else:
            rows.append((number, fields))
    for title in SECTIONS:
        if not found.get(title):
            raise PabulibError(f"the file has no {title}, or no header in it")
    return found


def _lines(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Fields of each line that is not empty. A field in quotes may run over several lines; a quote
    that is never closed is a character like any other."""
    place = 0
    while place < len(lines):
        line, number = lines[place], place + 1
        place += 1
        if '"' not in line:
            if line and not line.isspace():
                yield number, line.split(";")
            continue
        together, end = line, place
        while together.count('"') % 2 and end - place < LONGEST_FIELD_LINES and end < len(lines):
            together, end = f"{together}\n{lines[end]}", end + 1
        if together.count('"') % 2:
            yield number, line.split(";")
            continue
        place = end
        yield number, next(csv.reader(StringIO(together), delimiter=";", skipinitialspace=True))


def _header(rows: Rows, title: str, needed: Sequence[str]) -> list[str]:
    number, fields = rows[0]
    names = [field.strip().lower() for field in fields]
    for name in needed:
        if name not in names:
            raise PabulibError(f"line {number}: {title} has no column {name}")
    return names


def _projects(rows: Rows) -> list[tuple[int, dict[str, str]]]:
    names = _header(rows, "PROJECTS", ("project_id", "cost"))
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


# --- values --------------------------------------------------------------------------------------


def _number(text: str, where: str) -> Decimal:
    """A number that is not below zero, exactly as written."""
    value = _points(text, where)
    if value < 0:
        raise PabulibError(f"{where}: {text!r} is below zero")
    return value


def _points(text: str, where: str) -> Decimal:
    cleaned = text.strip().replace("\u00a0", "").replace(" ", "")
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise PabulibError(f"{where}: {text!r} is no number") from None
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise PabulibError(f"{where}: {text!r} is no number to reckon with")
    return value


def _scale(value: Decimal) -> int:
    """The power of ten that makes it whole, as short as it can be written."""
    exponent = value.normalize().as_tuple().exponent
    return 10 ** max(0, -int(exponent))


def _units(value: Decimal, scale: int) -> int:
    numerator, denominator = value.as_integer_ratio()
    return numerator * scale // denominator


def _listed(text: str) -> list[str]:
    found = next(csv.reader([text], skipinitialspace=True), [])
    return [name.strip() for name in found if name.strip()]


def _categories(text: str, listed: Sequence[str]) -> tuple[str, ...]:
    """The categories of a project; a name may hold a comma itself."""
    return (text,) if text in listed else tuple(_listed(text))


def _miscounts(
    meta: Mapping[str, str], projects: Sequence[PabulibProject], votes: _Votes
) -> Iterator[str]:
    for name, there in (("num_projects", len(projects)), ("num_votes", votes.ballots)):
        said = meta.get(name, "").strip()
        if said and said != str(there):
            yield f"META says {name} {said}, the file holds {there}"


# --- votes ---------------------------------------------------------------------------------------


class _Votes:
    """The ballots of a file, equal ones together."""

    def __init__(
        self, rows: Rows, meta: Mapping[str, str], vote_type: str, official: Mapping[str, str]
    ) -> None:
        names = _header(rows, "VOTES", ("vote",))
        self.meta, self.vote_type, self.official = meta, vote_type, official
        self.warnings: list[str] = []
        self.ballots = len(rows) - 1
        self.scale = 1
        place = names.index("vote")
        beside = names.index("points") if "points" in names else None
        self._note_doubles(rows, names)
        texts: dict[tuple[str, str], int] = Counter()
        first: dict[tuple[str, str], int] = {}
        for number, fields in rows[1:]:
            vote = fields[place] if place < len(fields) else ""
            points = fields[beside] if beside is not None and beside < len(fields) else ""
            texts[vote, points] += 1
            first.setdefault((vote, points), number)
        parsed = [(count, self._ballot(text, first[text])) for text, count in texts.items()]
        self.profile = self._united(parsed)

    def _note_doubles(self, rows: Rows, names: list[str]) -> None:
        if "voter_id" in names:
            place = names.index("voter_id")
            voters = [fields[place] for _line, fields in rows[1:] if place < len(fields)]
            double = len(voters) - len(set(voters))
            if double:
                self.warnings.append(f"{double} ballots carry a voter_id that stands there already")

    def _ballot(self, text: tuple[str, str], line: int) -> tuple[tuple[str, Decimal], ...]:
        """Projects with points; rankings without points have none yet (NaN)."""
        chosen = [key for key in (part.strip() for part in text[0].split(",")) if key]
        for key in chosen:
            if key not in self.official:
                raise PabulibError(
                    f"line {line}: the vote names project {key!r}, which is not there"
                )
        if self.vote_type in ("approval", "choose-1"):
            return self._ticked(chosen, line)
        if len(set(chosen)) != len(chosen):
            raise PabulibError(f"line {line}: the vote names a project twice")
        points = [part.strip() for part in text[1].split(",") if part.strip()]
        if not points and self.vote_type == "ordinal":
            return tuple((key, Decimal("NaN")) for key in chosen)
        if len(points) != len(chosen):
            raise PabulibError(
                f"line {line}: {len(chosen)} projects and {len(points)} numbers of points"
            )
        where = f"line {line}: points"
        return tuple((key, _points(each, where)) for key, each in zip(chosen, points, strict=True))

    def _ticked(self, chosen: list[str], line: int) -> tuple[tuple[str, Decimal], ...]:
        once = dict.fromkeys(chosen)
        if len(once) != len(chosen):
            self.warnings.append(f"line {line}: a project is named twice and counts once")
        if self.vote_type == "choose-1" and len(once) > 1:
            raise PabulibError(
                f"line {line}: the vote names {len(once)} projects, and may name one"
            )
        return tuple((key, Decimal(1)) for key in once)

    def _united(
        self, parsed: list[tuple[int, tuple[tuple[str, Decimal], ...]]]
    ) -> tuple[tuple[int, tuple[tuple[str, int], ...]], ...]:
        if any(value.is_nan() for _count, ballot in parsed for _key, value in ballot):
            parsed = self._ranked(parsed)
        default = self.meta.get("default_score", "") if self.vote_type == "scoring" else ""
        rest = _points(default, "META: default_score") if default else Decimal(0)
        if rest:
            parsed = [
                (
                    count,
                    (*ballot, *((key, rest) for key in self.official if key not in dict(ballot))),
                )
                for count, ballot in parsed
            ]
        self.scale = max([1, *(_scale(value) for _, ballot in parsed for _, value in ballot)])
        united: Counter[tuple[tuple[str, int], ...]] = Counter()
        for count, ballot in parsed:
            whole = ((key, _units(value, self.scale)) for key, value in ballot)
            united[tuple(sorted(whole))] += count
        return tuple((count, ballot) for ballot, count in sorted(united.items()))

    def _ranked(
        self, parsed: list[tuple[int, tuple[tuple[str, Decimal], ...]]]
    ) -> list[tuple[int, tuple[tuple[str, Decimal], ...]]]:
        """Points for rankings without: as many for the first as may be ranked (max_length), one
        fewer for each next. Where the file's own score column follows from another length (the
        longest ballot, all projects), that one is taken."""
        longest = max((len(ballot) for _count, ballot in parsed), default=1)
        said = self.meta.get("max_length", "").strip()
        lengths = [int(said)] if said.isdigit() and int(said) >= longest else []
        lengths += [longest, len(self.official)]
        tries = [
            [
                (count, tuple((key, Decimal(top - place)) for place, (key, _) in enumerate(ballot)))
                for count, ballot in parsed
            ]
            for top in lengths
        ]
        return next((each for each in tries if self._as_official(each)), tries[0])

    def _as_official(self, parsed: list[tuple[int, tuple[tuple[str, Decimal], ...]]]) -> bool:
        sums: dict[str, Decimal] = dict.fromkeys(self.official, Decimal(0))
        for count, ballot in parsed:
            for key, value in ballot:
                sums[key] += count * value
        return all(said == str(sums[key]) for key, said in self.official.items())
