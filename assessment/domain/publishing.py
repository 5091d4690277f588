"""What is told of a vote round, and from when: pure rules about small numbers, and the files.

While a round is open nothing is told that depends on how many people voted, but for the batches
that were sealed: each holds ten ballots or more, or its size is kept back until the closing. A
number of voters below ten is never told on the way; a list of single ballots only where it points
at nobody (voting.md 3.2 of the design: a hundred ballots a panel, and nobody alone in a region).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEW = 10
LISTED_FROM = 100
FORMAT = 1
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PanelTurnout:
    """Rights given out and used in one panel; ``used`` is None where that is not told."""

    name: str
    used: int | None
    given: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Per panel and together. Where one panel is too small to be told, none is told apart: the
    others and the sum would tell it."""

    panels: tuple[PanelTurnout, ...]
    used: int | None
    given: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed batch as it stands in the chain; hashes and signature as hex."""

    seq: int
    n: int
    root: str
    previous: str
    chain: str
    day: str
    signature: str


def told_turnout(rows: Iterable[tuple[str, int, int]]) -> Turnout:
    """The turnout that may be told, from (panel, rights used, rights given out)."""
    counted = sorted(rows)
    apart = all(used >= FEW for _name, used, _given in counted)
    used = sum(each for _name, each, _given in counted)
    return Turnout(
        tuple(PanelTurnout(name, used if apart else None, given) for name, used, given in counted),
        used if used >= FEW else None,
        sum(given for _name, _used, given in counted),
    )


def told_batches(batches: Iterable[Sealed], *, sizes: bool) -> list[dict[str, Any]]:
    """The chain as it is published; a size below ten only where ``sizes`` may be told."""
    return [
        {
            "seq": each.seq,
            "n": each.n if sizes or each.n >= FEW else None,
            "root": each.root,
            "previous": each.previous,
            "chain": each.chain,
            "sealed_on": each.day,
            "signature": each.signature,
        }
        for each in batches
    ]


def may_list(ballots: Sequence[tuple[str, str]], regions: Mapping[str, str]) -> bool:
    """Whether the single ballots (panel, choices) may be published, without keys or receipts.

    Each panel has a hundred ballots or more, and wherever ballots keep to one region (of the
    options, by uid) there are ten of them or more; else a ballot could point at a few neighbours.
    """
    panels = Counter(panel for panel, _choices in ballots)
    if not panels or min(panels.values()) < LISTED_FROM:
        return False
    if len(set(regions.values())) < 2:
        return True
    narrow: Counter[tuple[str, str]] = Counter()
    for panel, choices in ballots:
        places = {regions.get(uid, "") for uid in json.loads(choices)}
        if len(places) == 1:
            narrow[panel, places.pop()] += 1
    return all(number >= FEW for number in narrow.values())


def json_file(value: Any) -> bytes:
    """A value as a file: canonical JSON, so that the same content has the same bytes."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip; the same files give the same bytes, whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, files[name])
    return made.getvalue()
