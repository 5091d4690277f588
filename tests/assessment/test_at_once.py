"""Many at the same moment: one code gives one ballot, and closing is a crisp line."""

from __future__ import annotations

import base64
import contextvars
import json
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.db import connections, transaction

from assessment.domain.casting import Receipt, cast
from assessment.domain.closing import close_round
from assessment.domain.rights import register_key
from assessment.domain.sealing import seal
from assessment.domain.stewards import locked
from assessment.domain.tally import from_text
from assessment.models import BallotBox, BallotInbox, VoteRight, VoteRound
from tests.factories.applications import as_actor
from tests.factories.assessment import Election, election
from tests.factories.votes import open_round_of
from timeline.actor import SYSTEM
from timeline.refusal import Conflict, Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.slow]
T = TypeVar("T")
WORKERS = 8


def at_once(acts: list[Callable[[], T]]) -> list[T | Refused]:
    """Run all acts on threads of their own, under the clock of the caller; what each gave."""
    context = contextvars.copy_context()

    def run(act: Callable[[], T]) -> T | Refused:
        try:
            return context.copy().run(act)
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, acts))


def choices(held: Election, *numbers: int) -> list[str]:
    return [str(held.options[number].uid) for number in numbers]


def test_a_hundred_times_the_same_ballot_is_one_ballot() -> None:
    held = election()
    chosen, uid = choices(held, 0), str(held.round.uid)
    with held.running():
        told = at_once([lambda: cast(round_uid=uid, code=held.codes[0], marks=chosen)] * 100)
    assert {type(each).__name__ for each in told} == {"Receipt"}
    assert len({each.text for each in told if not isinstance(each, Refused)}) == 1
    assert BallotInbox.objects.count() == 1
    assert VoteRight.objects.filter(status="voted").count() == 1


def test_different_ballots_with_one_code_are_revisions_of_one_ballot() -> None:
    held = election(options=3)
    uid = str(held.round.uid)
    wanted = [choices(held, number % 3) for number in range(30)]
    with held.running():
        told = at_once(
            [partial(cast, round_uid=uid, code=held.codes[0], marks=each) for each in wanted]
        )
    given = [each for each in told if isinstance(each, Receipt)]
    assert len(given) == 30
    rows = {row.revision: row for row in BallotInbox.objects.all()}
    assert sorted(rows) == list(range(1, len(rows) + 1))
    assert len({row.ballot_key for row in rows.values()}) == 1
    for marks, receipt in zip(wanted, given, strict=True):
        assert rows[receipt.revision].choices == json.dumps(marks)
    assert [receipt.first for receipt in given].count(True) == 1
    assert VoteRight.objects.filter(status="voted").count() == 1
    counted = held.count()
    assert from_text(counted.tally).ballots == 1


def test_where_the_first_ballot_counts_the_others_are_told() -> None:
    held = open_round_of("approval", vote={"change": False})
    uid = str(held.round.uid)
    wanted = [choices(held, number % 3) for number in range(30)]
    with held.running():
        told = at_once(
            [partial(cast, round_uid=uid, code=held.codes[0], marks=each) for each in wanted]
        )
    row = BallotInbox.objects.get()
    for marks, outcome in zip(wanted, told, strict=True):
        if json.dumps(marks) == row.choices:
            assert not isinstance(outcome, Refused)
        else:
            assert isinstance(outcome, Conflict)


def test_one_choice_too_many_in_two_requests_never_adds_up() -> None:
    """The limit race of platforms that store a vote for each option: here a ballot is one row."""
    held = election(options=4)
    uid = str(held.round.uid)
    pairs = [choices(held, 0, 1), choices(held, 2, 3)]
    with held.running():
        at_once([partial(cast, round_uid=uid, code=held.codes[0], marks=pair) for pair in pairs])
    held.count()
    counted = from_text(VoteRound.objects.get(pk=held.round.pk).tally)
    assert counted.ballots == 1
    assert sum(counted.scores.values()) == 2


def test_without_the_guard_two_ballots_get_in() -> None:
    """The control: look first, then write, as platforms do (voting races are real)."""
    held = election()
    both_looked = threading.Barrier(2, timeout=10)
    chosen = json.dumps(choices(held, 0))
    right_key = register_key(held.round, held.codes[0])

    def look_then_write() -> bool:
        right = VoteRight.objects.get(register_key=right_key)
        free = right.status == "issued"
        both_looked.wait()
        if not free:
            return False
        with transaction.atomic():
            right.status, right.voted_on = "voted", held.round.opens_at.date()
            right.save()
            BallotInbox.objects.create(
                round=held.round,
                panel_id=right.panel_id,
                ballot_key=secrets.token_hex(32),  # a table without our unique key
                revision=1,
                choices=chosen,
                nonce=secrets.token_hex(32),
            )
        return True

    assert at_once([look_then_write, look_then_write]) == [True, True]
    assert BallotInbox.objects.count() == 2
    assert VoteRight.objects.filter(status="voted").count() == 1


def test_closing_in_the_middle_keeps_every_receipt_and_lets_nothing_in_afterwards() -> None:
    held = election(voters=100)
    uid, chosen = str(held.round.uid), choices(held, 1)
    halfway = threading.Semaphore(0)

    def vote(code: str) -> str:
        receipt = cast(round_uid=uid, code=code, marks=chosen).text
        halfway.release()
        return receipt

    def close() -> str:
        for _ in range(20):
            assert halfway.acquire(timeout=30)
        with held.over():
            return str(close_round(round_id=held.round.pk, actor=as_actor(held.assessor)).state)

    acts: list[Callable[[], str]] = [close]
    acts += [partial(vote, code) for code in held.codes]
    with held.running():
        closed, *told = at_once(acts)
        late = at_once([lambda: cast(round_uid=uid, code=held.codes[-1], marks=chosen)])
    assert closed == "closed"
    receipts = {each.replace("-", "") for each in told if isinstance(each, str)}
    assert len(receipts) >= 20
    starts = {
        base64.b32encode(bytes.fromhex(leaf)).decode()[:20]
        for leaf in BallotBox.objects.values_list("leaf", flat=True)
    }
    assert starts == receipts
    assert VoteRight.objects.filter(status="voted").count() == len(receipts)
    assert not BallotInbox.objects.exists()
    assert isinstance(late[0], Refused)
    assert late[0].code == "closed"


def test_sealing_in_the_middle_loses_and_doubles_nothing() -> None:
    held = election(voters=40)
    uid = str(held.round.uid)
    halfway = threading.Semaphore(0)

    def vote(code: str, number: int) -> str:
        cast(round_uid=uid, code=code, marks=choices(held, 0))
        halfway.release()
        return cast(round_uid=uid, code=code, marks=choices(held, number % 3)).text

    def seal_now() -> str:
        for _ in range(15):
            assert halfway.acquire(timeout=30)
        with transaction.atomic():
            return str(seal(locked(held.round.pk), SYSTEM).seq)

    acts: list[Callable[[], str]] = [seal_now]
    acts += [partial(vote, code, number) for number, code in enumerate(held.codes)]
    with held.running():
        told = at_once(acts)
    assert all(isinstance(each, str) for each in told)
    assert BallotBox.objects.exists()
    held.count()
    counted = from_text(VoteRound.objects.get(pk=held.round.pk).tally)
    assert counted.ballots == 40
    assert sorted(counted.scores.values(), reverse=True) == [14, 13, 13]
    starts = {
        base64.b32encode(bytes.fromhex(leaf)).decode()[:20]
        for leaf in BallotBox.objects.values_list("leaf", flat=True)
    }
    assert {each.replace("-", "") for each in told[1:] if isinstance(each, str)} <= starts
