"""Applications from a file: CSV or JSON with the columns of docs/simulate.md.

Every mistake is told with its line (CSV) or its number in the list (JSON), all at once.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from assessment.domain.simulation.cases import ALL, Case, Poll, Standing, Stock
from assessment.domain.tally import Counted
from regeling.definition import Column, Definition, QuestionKind
from regeling.definition.expression import Value

MOST_ROWS = 100_000
MOST_PROBLEMS = 50
ANSWER = "answer."
"""Before the code of a question: a column with the answer to it."""
FILLS = {
    "municipality": Column.MUNICIPALITY,
    "region": Column.REGION,
    "activity": Column.ACTIVITY,
    "theme": Column.THEME,
    "start_date": Column.START_DATE,
    "end_date": Column.END_DATE,
}
COUNTS = ("persons", "organisations", "earlier_applications")
KNOWN = (
    *("uid", "number", "title", "applicant", *COUNTS, *FILLS, "amount", "costs"),
    *("received_on", "complete_at", "standing", "votes", "supporters", "points", "group"),
)


class WrongFile(ValueError):
    """Everything that is wrong with a file, as (line, sentence); line 0 is the file itself."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = tuple(problems[:MOST_PROBLEMS])
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """The problems as they are printed."""
        return [f"regel {line}: {said}" if line else said for line, said in self.problems]


Row = tuple[int, Mapping[str, Any]]


@dataclass(slots=True)
class _Reading:
    """What was read so far, and what was wrong with it."""

    definition: Definition
    cases: list[Case] = field(default_factory=list)
    votes: dict[str, int] = field(default_factory=dict)
    supporters: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_file(text: str, definition: Definition, *, voters: int = 0) -> Stock:
    """The cases in the text of a file, in the terms of a definition.

    A text that begins with ``{`` or ``[`` is JSON. ``voters`` is how many people voted; without it
    the largest number that supports one application. Raises ``WrongFile``.
    """
    plain = text.removeprefix("\ufeff")
    rows, more = _json(plain) if plain.lstrip()[:1] in ("{", "[") else (_csv(plain), {})
    reading, seen = _Reading(definition), set[str]()
    for line, row in rows:
        _read(reading, line, row, seen)
        if len(reading.problems) >= MOST_PROBLEMS:
            break
    profile = _ballots(reading, more)
    if not reading.cases and not reading.problems:
        reading.problems.append((0, "Er staat geen aanvraag in het bestand."))
    if reading.problems:
        raise WrongFile(reading.problems)
    return Stock(tuple(reading.cases), _poll(reading, voters or _number(more), profile))


def _csv(text: str) -> list[Row]:
    """The rows with their line; separated by semicolons or commas."""
    first = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") else ",")
    head = [name.strip() for name in next(table, [])]
    wrong = [name for name in head if name not in KNOWN and not name.startswith(ANSWER)]
    if wrong or not head:
        named = ", ".join(f"'{name}'" for name in wrong)
        raise WrongFile(
            [(1, f"Deze kolom is niet bekend: {named}." if wrong else "De kolomnamen ontbreken.")]
        )
    rows: list[Row] = []
    for cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            said = f"Er staan {len(cells)} velden, en er zijn {len(head)} kolommen."
            raise WrongFile([(table.line_num, said)])
        rows.append((table.line_num, dict(zip(head, map(str.strip, cells), strict=True))))
        _refuse_many(len(rows))
    return rows


def _json(text: str) -> tuple[list[Row], Mapping[str, Any]]:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", 0)
        raise WrongFile([(line, "Dit is geen goede JSON.")]) from wrong
    more = value if isinstance(value, dict) else {"cases": value}
    cases = more.get("cases")
    if not isinstance(cases, list) or not all(isinstance(each, dict) for each in cases):
        raise WrongFile([(0, "Onder 'cases' hoort een lijst met aanvragen te staan.")])
    _refuse_many(len(cases))
    found = list(enumerate(cases, start=1))
    for number, each in found:
        for name in each:
            if name not in KNOWN and not str(name).startswith(ANSWER):
                raise WrongFile([(number, f"Deze naam is niet bekend: '{name}'.")])
    return found, more


def _refuse_many(number: int) -> None:
    if number > MOST_ROWS:
        raise WrongFile([(0, f"Een bestand heeft hoogstens {MOST_ROWS} aanvragen.")])


def _read(reading: _Reading, line: int, row: Mapping[str, Any], seen: set[str]) -> None:
    """One row as a case; what is wrong with it goes to the problems."""

    def get(name: str, read: Callable[[Any], Any], words: str) -> Any:
        value = row.get(name)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except (ValueError, TypeError, KeyError, InvalidOperation, OverflowError):
            reading.problems.append((line, f"{name}: {words} ('{str(value)[:40]}')."))
            return None

    uid = str(row.get("uid") or row.get("number") or f"{line:06d}")
    if uid in seen:
        reading.problems.append((line, f"uid: '{uid}' staat er al."))
        return
    seen.add(uid)
    complete = get("complete_at", _moment, "dit is geen dag of moment, zoals 2026-03-24T10:15")
    received = get("received_on", date.fromisoformat, "dit is geen dag, zoals 2026-03-24")
    points = get("points", _whole, "dit is geen heel getal")
    answers = dict(_answers(reading.definition, row, get))
    if "amount" not in row and not isinstance(reading.definition.amounts.fixed, int):
        reading.problems.append((line, "amount: het gevraagde bedrag ontbreekt."))
    facts: dict[str, Value | None] = {
        "applicant": str(row["applicant"]) if row.get("applicant") else None,
        "received_on": received or (complete and date.fromisoformat(complete[:10])),
    }
    facts |= {name: get(name, _whole, "dit is geen heel getal") for name in COUNTS}
    standing = get("standing", Standing, f"kies uit {', '.join(Standing)}")
    reading.cases.append(
        Case(
            uid=uid,
            number=str(row.get("number") or ""),
            title=str(row.get("title") or uid)[:900],
            answers=answers,
            facts=facts,
            complete_at=complete or "",
            standing=standing or Standing.IN,
            marks={"": {ALL: points}} if points is not None else {},
            group=str(row.get("group") or ""),
        )
    )
    votes = get("votes", _whole, "dit is geen heel getal")
    if votes is not None:
        reading.votes[uid] = votes
        supporters = get("supporters", _whole, "dit is geen heel getal")
        reading.supporters[uid] = votes if supporters is None else supporters


def _answers(
    definition: Definition, row: Mapping[str, Any], get: Callable[..., Any]
) -> Iterator[tuple[str, Any]]:
    """The answers that the columns give, under the codes of the questions."""
    form = definition.form
    amount, budget = form.filling(Column.AMOUNT_ASKED), form.filling(Column.BUDGET)
    cents = get("amount", _cents, "dit is geen bedrag in euro's")
    if amount is not None and cents is not None:
        yield amount.code, cents
    costs = get("costs", _cents, "dit is geen bedrag in euro's")
    if budget is not None and costs is not None:
        yield budget.code, {"costs": [{"label": "", "cents": costs}], "funding": []}
    for name, column in FILLS.items():
        question = form.filling(column)
        if question is not None and row.get(name):
            yield question.code, str(row[name])
    for question in form.questions:
        name = f"{ANSWER}{question.code}"
        if name in row:
            value = get(name, _ANSWERS.get(question.kind, str), "dit antwoord past niet")
            if value is not None:
                yield question.code, value


def _ballots(reading: _Reading, more: Mapping[str, Any]) -> tuple[Any, ...]:
    """The ballots of a JSON file, equal ones together: how often, and what each gives to whom."""
    found, known = [], {case.uid for case in reading.cases}
    for number, each in enumerate(more.get("ballots") or (), start=1):
        try:
            times, choices = _whole(each.get("times", 1)), each["choices"]
            given = choices.items() if isinstance(choices, dict) else [(uid, 1) for uid in choices]
            liked = tuple(sorted((str(uid), _whole(worth)) for uid, worth in given))
        except (AttributeError, KeyError, TypeError, ValueError):
            reading.problems.append((number, "ballots: dit is geen stembiljet."))
            continue
        if not {uid for uid, _worth in liked} <= known:
            reading.problems.append((number, "ballots: dit noemt een aanvraag die er niet is."))
            continue
        found.append((times, liked))
        for uid, worth in liked:
            reading.votes[uid] = reading.votes.get(uid, 0) + times * worth
            reading.supporters[uid] = reading.supporters.get(uid, 0) + times * (worth > 0)
    return tuple(sorted(found))


def _poll(reading: _Reading, voters: int, profile: tuple[Any, ...]) -> Poll | None:
    """What was counted; None where the file tells of no votes."""
    if not reading.votes:
        return None
    number = voters or sum(times for times, _liked in profile)
    number = number or max(reading.supporters.values(), default=0)
    scores = {case.uid: reading.votes.get(case.uid, 0) for case in reading.cases}
    supporters = {case.uid: reading.supporters.get(case.uid, 0) for case in reading.cases}
    vote = reading.definition.vote
    kind = str(getattr(vote, "kind", "") or "approval")
    return Poll(
        Counted(number, {"": number}, scores, supporters, profile=profile),
        {"kind": kind},
        rights={"": number},
    )


def _number(more: Mapping[str, Any]) -> int:
    value = more.get("voters", 0)
    return value if isinstance(value, int) and value > 0 else 0


def _cents(value: Any) -> int:
    """Euros with at most two decimals, point or comma: "750", "750,50"."""
    number = Decimal(str(value).replace("€", "").strip().replace(",", "."))
    cents = number * 100
    if cents != cents.to_integral_value() or not 0 <= cents <= 10**14:
        raise ValueError("not an amount")
    return int(cents)


def _whole(value: Any) -> int:
    if isinstance(value, bool | float):
        raise ValueError("not a whole number")
    number = int(str(value))
    if not 0 <= number <= 10**12:
        raise ValueError("not a number to count with")
    return number


def _moment(value: Any) -> str:
    """ISO text in UTC; a moment without a zone is one in UTC."""
    found = datetime.fromisoformat(str(value))
    known = found if found.tzinfo else found.replace(tzinfo=UTC)
    return known.astimezone(UTC).isoformat()


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"ja": True, "nee": False, "yes": True, "no": False}[str(value).lower()]


_ANSWERS: dict[QuestionKind, Callable[[Any], Any]] = {
    QuestionKind.MONEY: _cents,
    QuestionKind.NUMBER: _whole,
    QuestionKind.YES_NO: _yes_no,
}
