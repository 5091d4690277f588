"""Figures and answers of an evaluation, in which nobody can be recognised. Pure: plain values.

Numbers of people from 10 up are told; what concerns fewer is "minder dan 10". Grounds that concern
fewer than three refusals are laid together, as on the page of results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

FROM = 10
ENOUGH = 3
OTHER = ""
SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: received and decided on, the last day of its term; the grounds of a refusal."""

    received_on: date
    decided_on: date
    due_on: date | None
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """Days from receipt to decision: of half at most ``half``, of all at most ``longest``; and how
    many decisions were within their term, of those that had one."""

    number: int
    half: int
    longest: int
    in_time: int
    with_term: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to one closed question by one group (or several together): pairs of answer and
    number, None for a number that is not told; ``number`` of sheets."""

    groups: tuple[str, ...]
    number: int
    counts: tuple[tuple[str, int | None], ...]


def days_of(decisions: Iterable[Decided]) -> Days | None:
    """How long deciding took; None without a decision."""
    rows = list(decisions)
    if not rows:
        return None
    lengths = [(row.decided_on - row.received_on).days for row in rows]
    terms = [row for row in rows if row.due_on is not None]
    return Days(
        number=len(rows),
        half=median_low(lengths),
        longest=max(lengths),
        in_time=sum(row.due_on is not None and row.decided_on <= row.due_on for row in terms),
        with_term=len(terms),
    )


def grounds_of(decisions: Iterable[Decided]) -> tuple[tuple[str, int], ...]:
    """On which grounds was refused, most first; those of fewer than three together, last, under "".

    A refusal with two grounds counts with both.
    """
    counted = Counter(ground for row in decisions for ground in set(row.grounds))
    told = sorted(
        ((ground, n) for ground, n in counted.items() if n >= ENOUGH),
        key=lambda row: (-row[1], row[0]),
    )
    rest = sum(n for n in counted.values() if n < ENOUGH)
    return (*told, (OTHER, rest)) if rest else tuple(told)


def told_from_ten(number: int) -> int | None:
    """A number of people, or None where it is one to nine of them."""
    return None if 0 < number < FROM else number


def closed_answers(
    sheets: Mapping[str, Sequence[str]], answers: Sequence[str]
) -> tuple[Answered, ...]:
    """What each group answered to one closed question; ``sheets`` are the answers by group.

    Groups of fewer than ten sheets are laid together, with as many others (the smallest first) as
    it takes to come to ten; when all together are fewer, nothing is told.
    """
    given = {group: list(told) for group, told in sheets.items() if told}
    small = [group for group, told in given.items() if len(told) < FROM]
    large = sorted(set(given) - set(small), key=lambda group: len(given[group]), reverse=True)
    if small:
        while large and sum(len(given[group]) for group in small) < FROM:
            small.append(large.pop())
    rows: list[tuple[str, ...]] = [(group,) for group in given if group in large]
    if small and sum(len(given[group]) for group in small) >= FROM:
        rows.append(tuple(group for group in given if group in small))
    return tuple(
        _answered(groups, [each for group in groups for each in given[group]], answers)
        for groups in rows
    )


def open_answers(sheets: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What was written to one open question, of all groups together and in no order of arrival;
    nothing when fewer than ten people answered."""
    told = sorted({text.strip() for texts in sheets.values() for text in texts} - {""})
    return tuple(told) if sum(map(len, sheets.values())) >= FROM else ()


def _answered(groups: tuple[str, ...], told: list[str], answers: Sequence[str]) -> Answered:
    counted = Counter(told)
    numbers = {answer: counted[answer] for answer in answers}
    hidden = {answer for answer, n in numbers.items() if 0 < n < ENOUGH}
    if len(hidden) == 1:
        # Alone it would follow from the others and the number of sheets.
        rest = [answer for answer, n in numbers.items() if n and answer not in hidden]
        hidden |= {min(rest, key=lambda answer: (numbers[answer], answer))} if rest else set()
    return Answered(
        groups=groups,
        number=len(told),
        counts=tuple((answer, None if answer in hidden else numbers[answer]) for answer in answers),
    )
