"""Nothing that is kept leads from a right to vote to a sealed ballot; what is planted is found."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from assessment.domain import ballot
from assessment.domain.sealing import clean_disk, seal
from assessment.domain.stewards import locked
from assessment.links import links
from assessment.models import BallotBox, BallotInbox, VoteRight, VoteRound
from tests.factories.assessment import Election, election
from timeline import triggers
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.record import record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.slow]


def held_and_sealed() -> Election:
    """Twelve votes, one of them changed; ten in a first batch, the others at closing."""
    held = election(voters=14)
    with held.running():
        for voter in range(10):
            held.vote(voter, voter % 3)
        with transaction.atomic():
            seal(locked(held.round.pk), SYSTEM)
        held.vote(0, 2)
        held.vote(11, 1)
    held.close()
    clean_disk()
    return held


def found(held: Election) -> list[str]:
    round_ = VoteRound.objects.get(pk=held.round.pk)
    return [f"{each.place}: {each.sentence}" for each in links(round_)]


@pytest.fixture
def without_triggers() -> Iterator[None]:
    with triggers.lifted(connection):
        yield


def test_nothing_leads_from_a_right_to_a_ballot(capsys: pytest.CaptureFixture[str]) -> None:
    held = held_and_sealed()
    assert found(held) == []
    call_command("find_links", str(held.round.uid))
    assert "No link" in capsys.readouterr().out


def test_while_the_vote_runs_sealed_ballots_have_no_link_either() -> None:
    held = election(voters=12)
    with held.running():
        for voter in range(10):
            held.vote(voter, 0)
        with transaction.atomic():
            seal(locked(held.round.pk), SYSTEM)
        clean_disk()
        held.vote(10, 1)
        assert found(held) == []


def test_casting_tells_no_event_and_fills_no_cache() -> None:
    held = election()
    events = Event.objects.count()
    caches["default"].clear()
    with held.running():
        held.vote(0, 0)
        held.vote(0, 1)
    assert Event.objects.count() == events
    memory = caches["default"]
    assert isinstance(memory, LocMemCache)
    assert not vars(memory)["_cache"]


class TestPlanted:
    """The control: what is planted is found."""

    def test_a_key_of_a_ballot_beside_a_right(self, without_triggers: None) -> None:
        held = held_and_sealed()
        key = BallotBox.objects.values_list("ballot_key", flat=True)[0]
        VoteRight.objects.filter(status="voted").update(own=f'["{key}"]')
        assert any("assessment_voteright: its column own" in each for each in found(held))
        with pytest.raises(CommandError, match="possible links"):
            call_command("find_links", str(held.round.uid))

    def test_a_right_in_the_box(self, without_triggers: None) -> None:
        held = held_and_sealed()
        right = VoteRight.objects.filter(status="voted")[0]
        row = BallotBox.objects.all()[0]
        BallotBox.objects.filter(pk=row.pk).update(nonce=right.register_key)
        assert any("of a right" in each for each in found(held))

    def test_a_table_of_somebody_who_kept_a_diary(self) -> None:
        held = held_and_sealed()
        leaf = BallotBox.objects.values_list("leaf", flat=True)[0]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE diary (who varchar(64), what text)")
            cursor.execute("INSERT INTO diary VALUES ('x', %s)", [f"saw {leaf} pass"])
        try:
            assert any("diary: its column what" in each for each in found(held))
        finally:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE diary")

    def test_an_event_in_the_stream_of_a_right(self) -> None:
        held = held_and_sealed()
        right = VoteRight.objects.filter(status="voted")[0]
        with transaction.atomic():
            record(
                stream=("vote_right", str(right.pk)),
                type="assessment.right_used",
                facts={},
                actor=SYSTEM,
            )
        assert any("right_used stands in the stream" in each for each in found(held))

    def test_ballots_that_went_into_the_box_one_by_one(self, without_triggers: None) -> None:
        held = held_and_sealed()
        rows = list(BallotBox.objects.filter(batch__seq=1).order_by("-leaf"))
        BallotBox.objects.filter(batch__seq=1).delete()
        for row in rows:  # each in a transaction of its own, in the order of casting
            row.save(force_insert=True)
        told = found(held)
        assert any("do not lie in order of leaf" in each for each in told)
        if connection.vendor == "postgresql":
            assert any("transactions wrote its ballots" in each for each in told)


class TestDisk:
    def test_after_sealing_a_ballot_lies_on_the_disk_once(self) -> None:
        """On SQLite the bytes of the file itself; on PostgreSQL the dead rows of the inbox."""
        held = election(voters=10)
        with held.running():
            for voter in range(10):
                held.vote(voter, 0)
        nonces = list(BallotInbox.objects.values_list("nonce", flat=True))
        assert self.copies(nonces) == [1] * 10
        held.close()
        clean_disk()
        assert self.copies(nonces) == [1] * 10
        assert self.dead_rows() == 0

    def test_without_the_cleaning_it_lies_there_twice(self) -> None:
        held = election(voters=10)
        with held.running():
            for voter in range(10):
                held.vote(voter, 0)
        nonces = list(BallotInbox.objects.values_list("nonce", flat=True))
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = OFF")
        held.close()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute("PRAGMA secure_delete = ON")
            assert sum(self.copies(nonces)) > 10
            clean_disk()
        else:
            assert self.dead_rows() >= 10
            clean_disk()
            assert self.dead_rows() == 0

    def copies(self, nonces: list[str]) -> list[int]:
        if connection.vendor != "sqlite":
            return [1] * len(nonces)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path = Path(str(connection.settings_dict["NAME"]))
        data = path.read_bytes()
        log = path.with_name(path.name + "-wal")
        data += log.read_bytes() if log.exists() else b""
        return [data.count(nonce.encode()) for nonce in nonces]

    def dead_rows(self) -> int:
        if connection.vendor != "postgresql":
            return 0
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pgstattuple")
            cursor.execute("SELECT dead_tuple_count FROM pgstattuple('assessment_ballotinbox')")
            return int(cursor.fetchone()[0])


def test_two_hashes_of_one_code_have_nothing_in_common() -> None:
    secret, code = secrets.token_bytes(32), "A" * 17
    one = ballot.register_key(ballot.pepper(secret, "register"), "r", code)
    other = ballot.ballot_key(ballot.pepper(secret, "ballot"), "r", code)
    assert not any(one[at : at + 6] in other for at in range(58))
