"""The whole round, from the first question to the last payment, as eight people in a browser.

Everything they do they do by clicking; the test only lets time go by and the worker work. What
has no part in the story stands ready: the call, the accounts of the staff, two other applications.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from applications.models import Application
from applications.states import State
from assessment.models import VoteRound
from tests.e2e import applying, deciding, judging, settling
from tests.e2e.stage import open_round, others, second_official, staff_of, wait_until, work
from tests.e2e.visitor import Visitor
from timeline.verify import checks, findings

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GARDEN, CHOIR = "Een tuin voor iedereen", "Zingen in het park"


def test_a_whole_round_as_eight_people(
    browser: Browser, live_server: LiveServer, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # its own letters: verify names every other file
    call = open_round()
    staff = staff_of(call)
    others(call, staff.assessor, GARDEN, CHOIR)
    work()

    def visitor(name: str, email: str) -> Visitor:
        return Visitor(browser, live_server.url, name, email)

    lead = visitor("Jannie Bosch", "jannie@example.org")
    member = visitor("Guus Wolters", "guus@example.org")
    voter = visitor("Ria Panel", "ria@example.org")
    assessor, signer, payer, controller = (
        visitor(each.name, each.email)
        for each in (staff.assessor, staff.signer, staff.payer, staff.controller)
    )

    applying.find_out(lead, call)
    uid = applying.begin(lead)
    applying.take_part(lead, member, uid)
    member.leave()
    applying.send(lead, uid)

    assessor.sign_in_as_staff()
    assessor.sign_in_again_as_staff()
    judging.check_and_review(assessor)
    work()
    lead.open("portal:dossier", uid)
    lead.reads("Wij dachten met u mee", "Bel morgen de bakker.")
    assert call.closes_at is not None
    wait_until(call.closes_at)
    judging.prepare_vote(assessor, voter, call)
    judging.vote(voter, applying.TITLE, GARDEN)
    voter.leave()
    judging.count_and_rank(assessor, VoteRound.objects.get().closes_at)
    joke = second_official(call)
    second = visitor(joke.name, joke.email)
    second.sign_in_as_staff()
    judging.count_again(second, call, tmp_path)
    second.leave()
    judging.propose(assessor)

    deciding.offer(assessor, call)
    signer.sign_in_as_staff()
    batch = deciding.sign(signer, call.title)
    assert state_of(uid) == State.DECISION_DRAFT
    deciding.announce(batch)
    assert state_of(uid) == State.AWARDED
    deciding.read_letter(lead, uid, "U krijgt")

    number = Application.objects.get(uid=uid).number or ""
    for each in (payer, controller):
        each.sign_in_as_staff()
    settling.pay(payer, controller, number, "€\u00a02.000")
    settling.report(lead, uid, applying.begins(), applying.ends())
    settling.settle(assessor, signer)
    assert state_of(uid) == State.SETTLED
    deciding.read_letter(lead, uid, "is vastgesteld op €\u00a02.500")
    settling.pay(payer, controller, number, "€\u00a0500")
    work()
    settling.read_monitor(payer)

    told = {name: findings(walk) for name, walk in checks().items()}
    assert told
    assert not [each for found in told.values() for each in found]


def state_of(uid: str) -> str:
    return Application.objects.get(uid=uid).state
