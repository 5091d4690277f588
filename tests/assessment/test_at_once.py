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

from assessment.domain.casting import cast
from assessment.domain.closing import close_round
from assessment.domain.rights import register_key
from assessment.models import BallotBox, BallotInbox, VoteRight
from tests.factories.applications import as_actor
from tests.factories.assessment import Election, election
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


def test_different_ballots_with_one_code_leave_the_first_and_tell_the_others() -> None:
    held = election(options=3)
    uid = str(held.round.uid)
    wanted = [choices(held, number % 3) for number in range(30)]
    with held.running():
        told = at_once(
            [partial(cast, round_uid=uid, code=held.codes[0], marks=each) for each in wanted]
        )
    row = BallotInbox.objects.get()
    for options, outcome in zip(wanted, told, strict=True):
        if json.dumps(options) == row.choices:
            assert not isinstance(outcome, Refused)
        else:
            assert isinstance(outcome, Conflict)


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
    held = election(voters=60)
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
