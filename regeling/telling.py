"""Sentences about a regulation, each with the paths on which it rests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regeling.words import joined

MARK = "aanname"
_UNKNOWN = re.compile(r"([^.?!]*), is niet bekend\.")
LONGEST = 220
"""After so many characters a paragraph takes no more sentences."""


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence, or a few that belong together; `paths` say which values of the definition."""

    text: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """A list under a line that leads to it; without items it is not told."""

    lead: str
    items: tuple[Say, ...]


Told = Say | Several


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; with items the sentence above a list. `lead` may then be empty."""

    lead: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `code` is stable: who, what, money, when, …

    `assumed` says that all of it rests on assumptions: no source tells it.
    """

    code: str
    title: str
    blocks: tuple[Block, ...]
    assumed: bool = False

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks as they stand on a page: a few sentences together, and each list apart."""
        found: list[Block] = []
        for block in self.blocks:
            before = found[-1] if found else None
            if block.items or before is None or before.items or _is_full(before):
                found.append(block)
            else:
                found[-1] = Block(f"{before.lead} {block.lead}")
        return tuple(found)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything in one row."""
        return tuple(each for block in self.blocks for each in (block.lead, *block.items) if each)


def _is_full(paragraph: Block) -> bool:
    """Long enough for one paragraph: more would not be read."""
    return len(paragraph.lead) > LONGEST


def say(text: str, *paths: str) -> Say:
    return Say(text, paths)


def about(path: str, sentences: Iterable[str]) -> Iterator[Say]:
    """Sentences that all rest on one value."""
    return (Say(each, (path,)) for each in sentences)


def section(code: str, title: str, told: Iterable[Told], assumed: frozenset[str]) -> Section:
    """The section that these sentences make; what rests on an assumption is marked as such."""
    # Two periods with the same rule say it once.
    once: dict[str | Several, Told] = {}
    for part in told:
        once.setdefault(part.text if isinstance(part, Say) else part, part)
    parts = [part for part in once.values() if isinstance(part, Say) or part.items]
    parts = list(_unknowns_together(parts))
    said = [each for part in parts for each in _sayings(part)]
    rests = [_rests(each, assumed) for each in said]
    whole = len(said) > 1 and all(rests)
    marks = frozenset() if whole else assumed
    return Section(code, title, tuple(_block(part, marks) for part in parts), whole)


def _unknowns_together(parts: list[Told]) -> Iterator[Told]:
    """What is not known, one after the other, in one sentence instead of as many."""
    clauses: list[str] = []
    held: list[Told] = []
    for part in [*parts, None]:
        clause = _UNKNOWN.fullmatch(part.text) if isinstance(part, Say) else None
        if clause is not None and part is not None:
            clauses.append(f"{clause[1][:1].lower()}{clause[1][1:]}")
            held.append(part)
            continue
        if len(held) > 1:
            yield Say(f"Niet bekend is {joined(clauses)}.")
        else:
            yield from held
        clauses, held = [], []
        if part is not None:
            yield part


def _sayings(part: Told) -> tuple[Say, ...]:
    return (part,) if isinstance(part, Say) else part.items


def _rests(each: Say, assumed: frozenset[str]) -> bool:
    return any(_within(path, other) for path in each.paths for other in assumed)


def _within(path: str, assumed: str) -> bool:
    return path == assumed or path.startswith(f"{assumed}.") or assumed.startswith(f"{path}.")


def _block(part: Told, assumed: frozenset[str]) -> Block:
    if isinstance(part, Say):
        return Block(_marked(part, assumed))
    if all(_rests(each, assumed) for each in part.items):
        lead = part.lead.removesuffix(":")
        return Block(f"{lead} ({MARK}):", tuple(each.text for each in part.items))
    return Block(part.lead, tuple(_marked(each, assumed) for each in part.items))


def _marked(each: Say, assumed: frozenset[str]) -> str:
    if not _rests(each, assumed):
        return each.text
    return f"{each.text.removesuffix('.')} ({MARK}){'.' if each.text.endswith('.') else ''}"
