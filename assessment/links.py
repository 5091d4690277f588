"""Look for anything in the database that leads from a right to vote to a sealed ballot.

Made to be run by somebody who does not believe us: it knows nothing of how a ballot is cast, reads
every column of every table, and what the database itself notes about its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import connection, models

from assessment.models import BallotBox, BallotInbox, VoteBatch, VoteRight, VoteRound
from timeline.models import Event
from timeline.verify import Finding

# Uids with and without hyphens, and hashes.
TOKEN = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,128}", re.IGNORECASE
)
BALLOTS = (BallotInbox, BallotBox)
MOMENTS = (models.DateField, models.DateTimeField, models.TimeField, models.DurationField)
TELLING = ("assessment.code_asked", "assessment.right_issued")
"""The events that name a right: that it was given. Any other would tell when it was used."""


def links(round_: VoteRound) -> Iterator[Finding]:
    """Everything that leads, or could lead, from a right of this round to a sealed ballot."""
    yield from _schema()
    yield from _rows(round_)
    yield from _events(round_)
    yield from _order(round_)
    if connection.vendor == "postgresql":
        yield from _transactions(round_)


def _schema() -> Iterator[Finding]:
    """A ballot points at a round, a panel and a batch; it has no moment and nothing counts it."""
    for model in BALLOTS:
        table, fields = _table(model)
        for field in fields:
            if field.is_relation and field.name not in ("round", "panel", "batch"):
                yield Finding(table, f"its column {field.column} points at another table")
            if isinstance(field, MOMENTS):
                yield Finding(table, f"its column {field.column} keeps a moment")
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, table)
        known = {field.column for field in fields}
        for column in described:
            if column.name not in known:
                yield Finding(
                    table, f"it has a column {column.name} that the program does not know"
                )
    for other in apps.get_models():
        table, fields = _table(other)
        for field in fields:
            if field.is_relation and field.related_model in BALLOTS:
                yield Finding(table, f"its column {field.column} points at a ballot")


def _table(model: type[models.Model]) -> tuple[str, list[models.Field[Any, Any]]]:
    """The table of a model and its columns."""
    described = model._meta  # noqa: SLF001  Django's own, and documented, way to them
    return described.db_table, list(described.concrete_fields)


def _rows(round_: VoteRound) -> Iterator[Finding]:
    """No value of a ballot stands outside the box, none of a right stands in it."""
    box = BallotBox.objects.filter(round=round_)
    alone = set(VoteBatch.objects.filter(round=round_, n=1).values_list("merkle_root", flat=True))
    of_ballots = {
        value
        for row in box.values_list("leaf", "ballot_key", "nonce")
        for value in row
        if value not in alone  # a tree of one leaf has that leaf for its root
    }
    rights = VoteRight.objects.filter(round=round_)
    of_rights = {right.hex for right in rights.values_list("pk", flat=True)} | set(
        rights.exclude(register_key="").values_list("register_key", flat=True)
    )
    boxes = {_table(model)[0] for model in BALLOTS}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    for table in tables:
        sought, what = (of_rights, "a right") if table in boxes else (of_ballots, "a ballot")
        for column, value in _values(table):
            found = {token.replace("-", "").lower() for token in TOKEN.findall(value)} & sought
            for token in sorted(found):
                yield Finding(table, f"its column {column} holds {token[:12]}… of {what}")


def _values(table: str) -> Iterator[tuple[str, str]]:
    """Every value of a table as text, with the name of its column."""
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608  a name from the catalogue
        columns = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(1000):
            for row in rows:
                for column, value in zip(columns, row, strict=True):
                    if value is not None:
                        yield column, _text(value)


def _text(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def _events(round_: VoteRound) -> Iterator[Finding]:
    """An event tells that a right was given, never that it was used."""
    rights = {str(pk) for pk in VoteRight.objects.filter(round=round_).values_list("pk", flat=True)}
    events = Event.objects.filter(stream__kind="vote_right", stream__uid__in=rights)
    for kind in sorted(set(events.exclude(type__in=TELLING).values_list("type", flat=True))):
        yield Finding("timeline_event", f"{kind} stands in the stream of a right")


def _order(round_: VoteRound) -> Iterator[Finding]:
    """The rows of a batch lie in order of leaf, not of casting.

    A table with gaps takes them in several runs, each in order; of rows in the order of casting
    every second one comes before a smaller one.
    """
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    for batch in VoteBatch.objects.filter(round=round_).order_by("seq"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT leaf FROM assessment_ballotbox WHERE batch_id = %s ORDER BY {place}",  # noqa: S608  one of two words
                [batch.pk],
            )
            leaves = [row[0] for row in cursor.fetchall()]
        if sum(one > other for one, other in pairwise(leaves)) > max(1, len(leaves) // 4):
            yield Finding(f"batch {batch.seq}", "its ballots do not lie in order of leaf")


def _transactions(round_: VoteRound) -> Iterator[Finding]:
    """PostgreSQL notes with every row the transaction that wrote it: one for a whole batch, and
    none that a part of the used rights share with ballots."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT batch_id, count(DISTINCT xmin::text) FROM assessment_ballotbox "
            "WHERE round_id = %s GROUP BY batch_id HAVING count(DISTINCT xmin::text) > 1",
            [round_.pk],
        )
        for batch_id, number in cursor.fetchall():
            yield Finding(f"batch row {batch_id}", f"{number} transactions wrote its ballots")
        cursor.execute(
            "SELECT count(*) FILTER (WHERE xmin::text IN (SELECT xmin::text FROM "
            "assessment_ballotbox WHERE round_id = %s)), count(*) FROM assessment_voteright "
            "WHERE round_id = %s AND status = 'voted'",
            [round_.pk, round_.pk],
        )
        shared, used = cursor.fetchone()
    if shared not in (0, used):
        yield Finding(
            "assessment_voteright",
            f"{shared} of {used} used rights share a transaction with ballots",
        )
