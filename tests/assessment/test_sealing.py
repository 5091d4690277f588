"""Sealing while the vote runs, acts on an open round, the secret of a round, and unlinking."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from assessment.domain import merkle, sealing
from assessment.domain.closing import differences
from assessment.domain.looking import look_up, present
from assessment.domain.peppers import KeyAway, missing_file
from assessment.domain.rights import fresh_code
from assessment.domain.running import extend_round, pause_round, resume_round, withdraw_option
from assessment.domain.sealing import is_due, seal_if_due, signed_by
from assessment.domain.unlinking import COPIES, unlink_round
from assessment.domain.watching import check_box, look_after_boxes
from assessment.models import (
    BallotBox,
    BallotInbox,
    RoundExtension,
    VoteBatch,
    VoteRight,
    VoteRound,
)
from tests.factories.applications import PersonFactory, as_actor
from tests.factories.assessment import Election, election, follow
from tests.factories.votes import open_round_of
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused
from timeline.verify import checks

NOW = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
database = [pytest.mark.django_db, pytest.mark.slow]


def findings() -> list[str]:
    return [f"{each.place}: {each.sentence}" for each in checks()["vote rounds"]()]


def fresh(held: Election) -> VoteRound:
    return VoteRound.objects.get(pk=held.round.pk)


@pytest.mark.parametrize(
    ("waiting", "rights", "ago", "due"),
    [
        (10, 100, timedelta(minutes=15), True),
        (9, 100, timedelta(days=3), False),
        (10, 100, timedelta(minutes=14, seconds=59), False),
        (10, 99, timedelta(hours=9), False),  # still the same day
        (10, 99, timedelta(hours=13), True),  # after midnight in Amsterdam, 22:00 UTC
        (9, 99, timedelta(days=3), False),
        (5000, 6000, timedelta(minutes=1), False),
    ],
)
def test_when_it_is_time_to_seal(waiting: int, rights: int, ago: timedelta, due: bool) -> None:
    assert is_due(waiting=waiting, rights=rights, last=NOW - ago, now=NOW) is due


class TestSealing:
    pytestmark = database

    @pytest.mark.both
    def test_batches_are_chained_signed_and_told(self, settings: Any) -> None:
        settings.ROOT_MAILBOX = "griffier@example.org"
        held = election(voters=12)
        with held.running():
            for voter in range(10):
                held.vote(voter, voter % 3)
            assert seal_if_due(round_id=held.round.pk, actor=SYSTEM) is None  # the same day
        with held.running(days=1):
            look_after_boxes()
            assert VoteBatch.objects.count() == 1
            held.vote(10, 0)
            look_after_boxes()
        with held.running(days=3):
            look_after_boxes()  # one ballot is too few to stand in a batch
            assert VoteBatch.objects.count() == 1
        closed = held.close()
        first, last = VoteBatch.objects.order_by("seq")
        assert (first.n, last.n, last.prev_hash) == (10, 1, first.chain_hash)
        assert closed.root_final == last.chain_hash
        opened = Event.objects.get(type="assessment.round_opened")
        for batch in (first, last):
            chain = bytes.fromhex(batch.chain_hash)
            assert signed_by(opened.facts["seal_key"], "batch", chain, batch.signature)
            assert not signed_by(opened.facts["seal_key"], "ballot", chain, batch.signature)
        with held.over():
            follow("assessment.mail_batch")
        sent = [each.body for each in mail.outbox if each.to == ["griffier@example.org"]]
        assert len(sent) == 2
        assert f"chain_hash {first.chain_hash}\n" in sent[0]
        held.count()
        assert findings() == []

    def test_what_a_voter_can_look_up_and_check(self) -> None:
        held = election(voters=12)
        with held.running():
            receipts = [held.vote(voter, voter % 3) for voter in range(12)]
            before = present(round_uid=str(held.round.uid), code=held.codes[4])
            assert json.loads(before.choices) == [str(held.options[1].uid)]
            assert (before.batch, before.receipt) == (None, receipts[4].text)
            assert "sealed" not in before.proof
        held.close()
        with held.over():
            after = present(round_uid=str(held.round.uid), code=held.codes[4])
        assert (after.choices, after.batch, after.receipt) == ("", 1, receipts[4].text)
        proof, sealed = after.proof, after.proof["sealed"]
        assert receipts[4].leaf == proof["leaf"]
        assert str(held.options[1].uid) not in json.dumps(proof)
        assert merkle.included(
            bytes.fromhex(proof["leaf"]),
            sealed["index"],
            sealed["size"],
            [bytes.fromhex(each) for each in sealed["path"]],
            bytes.fromhex(sealed["root"]),
        )
        leaf = bytes.fromhex(proof["leaf"])
        assert signed_by(proof["key"], "ballot", leaf, proof["leaf_signature"])
        assert signed_by(proof["key"], "ballot", leaf, receipts[4].signature)
        link = merkle.chain(
            bytes.fromhex(sealed["previous"]),
            sealed["batch"],
            sealed["size"],
            bytes.fromhex(sealed["root"]),
        )
        assert link.hex() == sealed["chain"]

    def test_at_closing_the_days_of_voting_become_one(self) -> None:
        held = election(voters=12)
        with held.running():
            for voter in range(11):
                held.vote(voter, 0)
        with held.running(days=2):
            held.vote(11, 1)
        assert VoteRight.objects.values("voted_on").distinct().count() == 2
        held.close()
        assert VoteRight.objects.values("voted_on").distinct().count() == 1
        told = Event.objects.get(type="assessment.round_closed").facts
        assert [n for _day, n in told["days"]] == [11]  # the day of one is nobody's business
        assert told["differences"] == []


class TestRunning:
    pytestmark = database

    def test_a_vote_is_prolonged_by_an_act_and_closes_at_the_new_moment(self) -> None:
        held = open_round_of("approval", vote={"extension": True})
        later = held.round.closes_at + timedelta(hours=4)
        actor = as_actor(held.assessor)
        with held.running():
            extended = extend_round(
                round_id=held.round.pk, ends_at=later, reason="Storing bij de host.", actor=actor
            )
            assert extended.ends_at == later
            for wrong in (later, later - timedelta(minutes=1), held.round.opens_at):
                with pytest.raises(Refused, match="later"):
                    extend_round(round_id=held.round.pk, ends_at=wrong, reason="x", actor=actor)
        with held.over(hours=1):
            held.vote(0, 0)
            assert follow("assessment.close_round") == 1
            assert fresh(held).state == "open"
        with held.over(hours=4):
            assert follow("assessment.close_round") == 1
            assert fresh(held).state == "closed"
            tomorrow = later + timedelta(days=1)
            with pytest.raises(Conflict):
                extend_round(round_id=held.round.pk, ends_at=tomorrow, reason="x", actor=actor)
        assert RoundExtension.objects.get().reason == "Storing bij de host."
        assert findings() == []

    def test_where_the_rules_know_no_prolonging_or_withdrawal_there_is_none(self) -> None:
        held = open_round_of("approval", vote={"extension": False, "withdrawal": False})
        actor = as_actor(held.assessor)
        with held.running():
            with pytest.raises(Refused) as refused:
                extend_round(
                    round_id=held.round.pk,
                    ends_at=held.round.closes_at + timedelta(days=1),
                    reason="x",
                    actor=actor,
                )
            assert refused.value.code == "no_extension"
            with pytest.raises(Refused) as refused:
                withdraw_option(option_id=held.options[0].pk, reason="x", actor=actor)
            assert refused.value.code == "no_withdrawal"

    def test_each_act_asks_a_reason_and_somebody_who_may(self) -> None:
        held = open_round_of("approval", vote={"extension": True, "withdrawal": True})
        actor, stranger = as_actor(held.assessor), as_actor(PersonFactory())
        later = held.round.closes_at + timedelta(days=1)
        own = {"round_id": held.round.pk}
        acts: list[Callable[..., Any]] = [
            partial(extend_round, ends_at=later, **own),
            partial(pause_round, **own),
            partial(resume_round, **own),
            partial(withdraw_option, option_id=held.options[0].pk),
        ]
        with held.running():
            for act in acts:
                with pytest.raises(Refused, match="waarom"):
                    act(reason=" ", actor=actor)
                with pytest.raises(NotAllowed):
                    act(reason="Een reden.", actor=stranger)

    def test_a_paused_round_takes_no_ballot_and_says_why(self) -> None:
        held = election()
        actor = as_actor(held.assessor)
        with held.running():
            pause_round(round_id=held.round.pk, reason="Wij kijken iets na.", actor=actor)
            with pytest.raises(Refused, match="Wij kijken iets na") as refused:
                held.vote(0, 0)
            assert refused.value.code == "paused"
            assert not BallotInbox.objects.exists()
            assert findings() == []
            resume_round(round_id=held.round.pk, reason="Alles klopt.", actor=actor)
            held.vote(0, 0)
            with pytest.raises(Conflict):
                resume_round(round_id=held.round.pk, reason="Nog eens.", actor=actor)
        assert findings() == []

    def test_a_withdrawn_option_stays_on_old_ballots_and_comes_on_no_new_one(self) -> None:
        held = open_round_of("approval", vote={"withdrawal": True})
        with held.running():
            held.vote(0, 0, 1)
            withdraw_option(
                option_id=held.options[0].pk, reason="Het gaat niet door.", actor=SYSTEM
            )
            with pytest.raises(ValueError, match="withdrawn"):
                held.vote(1, 0)
            held.vote(1, 1)
            assert BallotInbox.objects.count() == 2
        held.count()
        assert findings() == []


class TestRestored:
    """A backup that was put back during the vote."""

    pytestmark = database

    @pytest.mark.parametrize("lost", ["ballots", "rights"])
    def test_a_shortfall_pauses_the_round(self, lost: str) -> None:
        held = election()
        with held.running():
            held.vote(0, 0)
            held.vote(1, 1)
            assert check_box(round_id=held.round.pk)
            first = BallotInbox.objects.order_by("pk").first()
            assert first is not None
            if lost == "ballots":
                first.delete()
            else:
                row = BallotInbox.objects.get(pk=first.pk)
                BallotInbox.objects.create(
                    round=row.round,
                    panel=row.panel,
                    ballot_key="ab" * 32,
                    revision=1,
                    choices=row.choices,
                    nonce="cd" * 32,
                )
            assert not check_box(round_id=held.round.pk)
            assert not check_box(round_id=held.round.pk)  # told once
            assert fresh(held).paused_at is not None
            assert Event.objects.filter(type="assessment.round_paused").count() == 1
            with pytest.raises(Refused, match="staat even stil"):
                held.vote(2, 0)
            with pytest.raises(Refused) as refused:
                resume_round(
                    round_id=held.round.pk, reason="Weer verder.", actor=as_actor(held.assessor)
                )
            assert refused.value.code == "difference"
        assert any("rights used" in sentence for sentence in findings())

    def test_without_its_key_nothing_is_cast_and_no_new_key_is_made(self) -> None:
        held = election()
        path = Path(settings.KEYS_DIR) / f"vote-{held.round.uid}.key"
        secret = path.read_bytes()
        path.unlink()
        with held.running():
            with pytest.raises(KeyAway):
                held.vote(0, 0)
            with pytest.raises(KeyAway):
                look_up(held.codes[0])
            assert not path.exists()
            assert missing_file(str(held.round.uid)) == path.name
            assert any(path.name in sentence for sentence in findings())
            look_after_boxes()
            assert fresh(held).paused_at is not None
            path.write_bytes(secret)
            resume_round(
                round_id=held.round.pk, reason="Teruggezet.", actor=as_actor(held.assessor)
            )
            held.vote(0, 0)
        assert findings() == []

    def test_a_round_with_two_files_of_before_keeps_working(self) -> None:
        held = election(voters=1)
        folder = Path(settings.KEYS_DIR)
        uid = str(held.round.uid)
        (folder / f"vote-{uid}.key").unlink()
        for name in ("register", "ballot"):
            (folder / f"vote-{uid}-{name}.key").write_bytes(name[:1].encode() * 32)
        right = VoteRight.objects.get()
        held.codes[0] = str(fresh_code(right_id=str(right.pk)))
        with held.running():
            held.vote(0, 0)
        held.count()
        assert findings() == []


class TestUnlinking:
    pytestmark = database

    @pytest.mark.both
    def test_afterwards_nobody_leads_a_code_to_a_ballot_and_the_box_still_counts(
        self, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        held = election(options=3, voters=3)
        with held.running():
            for voter in range(3):
                held.vote(voter, *range(voter + 1))
            held.vote(0, 1)
        held.count()
        held.fix()
        old = set(BallotBox.objects.values_list("ballot_key", flat=True))
        leaves = list(BallotBox.objects.order_by("leaf").values_list("leaf", flat=True))
        secret = Path(settings.KEYS_DIR) / f"vote-{held.round.uid}.key"
        with held.over(), django_capture_on_commit_callbacks(execute=True):
            told = unlink_round(round_id=held.round.pk, actor=as_actor(held.assessor))
        assert not secret.exists()
        assert told.files[0] == secret.name
        assert told.copies == COPIES
        facts = Event.objects.get(type="assessment.round_unlinked").facts
        assert facts["copies"] == list(COPIES)
        now = list(BallotBox.objects.order_by("leaf").values_list("ballot_key", flat=True))
        assert old.isdisjoint(now)
        assert len(set(now)) == 3  # the revisions of one ballot still belong together
        assert list(BallotBox.objects.order_by("leaf").values_list("leaf", flat=True)) == leaves
        assert fresh(held).state == "unlinked"
        assert look_up(held.codes[0]) is None
        assert differences(fresh(held)) == []
        assert findings() == []
        with held.over(), pytest.raises(Conflict):
            unlink_round(round_id=held.round.pk, actor=as_actor(held.assessor))

    def test_only_a_decided_round_is_unlinked(self) -> None:
        held = election()
        held.count()
        with held.over(), pytest.raises(Conflict):
            unlink_round(round_id=held.round.pk, actor=as_actor(held.assessor))


def test_the_disk_is_not_cleaned_within_a_transaction(db: None) -> None:
    with pytest.raises(RuntimeError, match="after the commit"):
        sealing.clean_disk()
