"""The votes of a Pabulib file, equal ballots together. Pure: standard library only, no float."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from assessment.domain.pabulib_lines import (
    PabulibError,
    Rows,
    finest,
    header,
    in_units,
    points_of,
)

Ballot = tuple[tuple[str, Decimal | None], ...]
Together = tuple[tuple[int, tuple[tuple[str, int], ...]], ...]


class PabulibVotes:
    """The ballots of a file, equal ones together."""

    def __init__(
        self, rows: Rows, meta: Mapping[str, str], vote_type: str, official: Mapping[str, str]
    ) -> None:
        self.meta, self.vote_type, self.official = meta, vote_type, official
        self.ballots, self.scale = len(rows) - 1, 1
        self.warnings: list[str] = []
        self.doubled: list[int] = []
        self.ticks = {key: (key, 1) for key in official}
        names = header(rows, "VOTES", ("vote",))
        lines = [line for line, _fields in rows[1:]]
        voters = _column(rows, names, "voter_id")
        if "voter_id" in names and len(set(voters)) < len(voters):
            double = len(voters) - len(set(voters))
            self.warnings.append(f"{double} ballots carry a voter_id that stands there already")
        texts = list(zip(_column(rows, names, "vote"), _column(rows, names, "points"), strict=True))
        first = dict(zip(reversed(texts), reversed(lines), strict=True))
        counted = Counter(texts).items()
        if vote_type in ("approval", "choose-1"):
            self.profile = _together(
                (count, self._ticked(text[0], first[text])) for text, count in counted
            )
        else:
            self.profile = self._in_points(
                [(count, self._pointed(text, first[text])) for text, count in counted]
            )
        if self.doubled:
            self.warnings.append(
                f"{len(self.doubled)} votes name a project twice, which counts once; "
                f"the first stands on line {min(self.doubled)}"
            )

    def _chosen(self, vote: str, line: int) -> list[str]:
        chosen = vote.split(",")
        if not self.ticks.keys() >= set(chosen):
            chosen = [key for key in map(str.strip, chosen) if key]
        if not self.ticks.keys() >= set(chosen):
            strange = next(key for key in chosen if key not in self.official)
            raise PabulibError(
                f"line {line}: the vote names project {strange!r}, which is not there"
            )
        return chosen

    def _ticked(self, vote: str, line: int) -> tuple[tuple[str, int], ...]:
        chosen = self._chosen(vote, line)
        once = sorted(set(chosen))
        if len(once) < len(chosen):
            self.doubled.append(line)
        if self.vote_type == "choose-1" and len(once) > 1:
            raise PabulibError(
                f"line {line}: the vote names {len(once)} projects, and may name one"
            )
        return tuple(map(self.ticks.__getitem__, once))

    def _pointed(self, text: tuple[str, str], line: int) -> Ballot:
        """Projects with points; rankings without points have none yet (None)."""
        chosen = self._chosen(text[0], line)
        if len(set(chosen)) != len(chosen):
            raise PabulibError(f"line {line}: the vote names a project twice")
        points = [part.strip() for part in text[1].split(",") if part.strip()]
        if not points and self.vote_type == "ordinal":
            return tuple((key, None) for key in chosen)
        if len(points) != len(chosen):
            raise PabulibError(
                f"line {line}: {len(chosen)} projects and {len(points)} numbers of points"
            )
        where = f"line {line}: points"
        return tuple(
            (key, points_of(each, where)) for key, each in zip(chosen, points, strict=True)
        )

    def _in_points(self, parsed: list[tuple[int, Ballot]]) -> Together:
        if any(value is None for _count, ballot in parsed for _key, value in ballot):
            parsed = self._ranked(parsed)
        default = self.meta.get("default_score", "") if self.vote_type == "scoring" else ""
        rest = points_of(default, "META: default_score") if default else Decimal(0)
        if rest:
            parsed = [
                (
                    count,
                    (*ballot, *((key, rest) for key in self.official if key not in dict(ballot))),
                )
                for count, ballot in parsed
            ]
        values = {value for _, ballot in parsed for _, value in ballot if value is not None}
        self.scale = max([1, *map(finest, values)])
        units = {value: in_units(value, self.scale) for value in values}
        return _together(
            (
                count,
                tuple(sorted((key, units[value]) for key, value in ballot if value is not None)),
            )
            for count, ballot in parsed
        )

    def _ranked(self, parsed: list[tuple[int, Ballot]]) -> list[tuple[int, Ballot]]:
        """Points for rankings without: as many for the first as may be ranked (max_length), one
        fewer for each next. Where the file's own score column follows from another length (the
        longest ballot, all projects), that one is taken."""
        longest = max((len(ballot) for _count, ballot in parsed), default=1)
        said = self.meta.get("max_length", "").strip()
        lengths = [int(said)] if said.isdigit() and int(said) >= longest else []
        lengths += [longest, len(self.official)]
        tries: list[list[tuple[int, Ballot]]] = [
            [
                (count, tuple((key, Decimal(top - place)) for place, (key, _) in enumerate(ballot)))
                for count, ballot in parsed
            ]
            for top in lengths
        ]
        return next((each for each in tries if self._as_official(each)), tries[0])

    def _as_official(self, parsed: list[tuple[int, Ballot]]) -> bool:
        sums: dict[str, Decimal] = dict.fromkeys(self.official, Decimal(0))
        for count, ballot in parsed:
            for key, value in ballot:
                sums[key] += count * (value or 0)
        return all(said == str(sums[key]) for key, said in self.official.items())


def _column(rows: Rows, names: list[str], name: str) -> list[str]:
    """One column of all votes; empty where a line is too short, or without that column."""
    if name not in names:
        return [""] * (len(rows) - 1)
    place = names.index(name)
    return [fields[place] if place < len(fields) else "" for _line, fields in rows[1:]]


def _together(ballots: Iterable[tuple[int, tuple[tuple[str, int], ...]]]) -> Together:
    """Equal ballots together, in a fixed order."""
    united: dict[tuple[tuple[str, int], ...], int] = {}
    for count, ballot in ballots:
        united[ballot] = united.get(ballot, 0) + count
    return tuple((count, ballot) for ballot, count in sorted(united.items()))
