"""What happened is written once, in order, and cannot be changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.infra.races import at_once
from timeline import clock
from timeline.actor import SYSTEM
from timeline.canon import canonical, sha256
from timeline.models import Event, Stream
from timeline.record import record
from timeline.verify import checks, streams

NOON = datetime(2023, 4, 1, 12, tzinfo=UTC)


def tell(uid: str = "a", **facts: object) -> Event:
    with transaction.atomic():
        return record(stream=("test", uid), type="test.happened", facts=facts, actor=SYSTEM)


@pytest.mark.both
@pytest.mark.django_db
def test_events_of_a_stream_are_numbered_and_chained() -> None:
    first, second = tell(n=1), tell(n=2)
    stream = Stream.objects.get(kind="test", uid="a")
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.hash == sha256(first.text)
    assert (stream.length, stream.head) == (2, second.hash)
    assert list(streams()) == []


@pytest.mark.django_db
def test_outside_a_transaction_nothing_is_recorded(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(stream=("test", "a"), type="test.happened", facts={}, actor=SYSTEM)


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE timeline_event SET text = 'x'",
        "UPDATE timeline_event SET type = 'x'",
        "DELETE FROM timeline_event",
    ],
)
def test_the_database_keeps_events(statement: str) -> None:
    tell()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("column", ["text", "hash", "previous", "type", "actor_uid"])
def test_verify_names_the_event_that_was_changed(column: str) -> None:
    from timeline import triggers

    tell(n=1)
    tell(n=2)
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE timeline_event SET {column} = 'x' || substr({column}, 2) WHERE number = 1"
        )
    assert any(finding.place == "test/a/1" for finding in streams())


@pytest.mark.django_db
def test_every_declared_trigger_is_there() -> None:
    assert list(checks()["triggers"]()) == []


@pytest.mark.django_db
def test_an_event_is_never_earlier_than_the_one_before() -> None:
    with clock.playing("", NOON):
        tell()
    with clock.playing("", NOON - timedelta(days=1)):
        second = tell()
    assert second.recorded_at == NOON
    assert second.counts_for == date(2023, 4, 1)


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_one_unbroken_chain() -> None:
    def write() -> None:
        for _ in range(5):
            tell()

    at_once([write] * 6)
    assert Stream.objects.get(kind="test", uid="a").length == 30
    assert list(streams()) == []


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner),
    max_leaves=12,
)


@given(plain)
def test_canonical_text_reads_back_to_the_same_text(value: object) -> None:
    import json

    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), "\x00", "\ud800", {1: 2}, NOON.replace(tzinfo=None)]
)
def test_what_cannot_be_exact_has_no_canonical_text(value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)


def test_a_day_is_a_day_in_amsterdam() -> None:
    assert clock.day(datetime(2023, 6, 30, 22, 30, tzinfo=UTC)) == date(2023, 7, 1)
    assert clock.moment(date(2023, 7, 1)) == datetime(2023, 6, 30, 22, tzinfo=UTC)
    assert clock.moment(date(2023, 1, 1), "09:00") == datetime(2023, 1, 1, 8, tzinfo=UTC)
