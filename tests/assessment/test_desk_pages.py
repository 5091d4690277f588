"""The desk: a clerk helps; her session, the messages and the log learn nothing of a vote."""

from __future__ import annotations

import logging

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import Person
from assessment.models import BallotInbox, DeskTally, VoteRight
from tests.accounts.signing_in import sign_in
from tests.assessment.voting import post, text_of
from tests.factories.applications import PersonFactory
from tests.factories.assessment import Election
from tests.factories.votes import open_round_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DESK, BALLOT, CONFIRM = "/stemloket/", "/stemloket/biljet/", "/stemloket/controle/"
CAST, CHECK = "/stemloket/stem/", "/stemloket/mijn-stem/"


def clerk_of(held: Election) -> Client:
    client = Client()
    sign_in(client, held.assessor)
    return client


def test_a_vote_at_the_desk_is_counted_by_clerk_and_day_only() -> None:
    held = open_round_of("approval", options=4)
    client = clerk_of(held)
    with held.running():
        assert "Stemt de kiezer zelf?" in text_of(client.get(DESK))
        paper = text_of(post(client, BALLOT, held, proxy="1"))
        assert 'name="proxy" value="1"' in paper
        check = text_of(post(client, CONFIRM, held, 0, proxy="1"))
        assert 'name="proxy" value="1"' in check
        assert "Uw stem is uitgebracht" in text_of(post(client, CAST, held, 0, proxy="1"))
        assert "waarvan 1 met volmacht" in text_of(client.get(DESK))
    tally = DeskTally.objects.get()
    assert (tally.votes, tally.proxies, tally.person_id) == (1, 1, held.assessor.pk)
    assert VoteRight.objects.get(status="voted").channel == "desk"


def test_the_session_the_messages_and_the_log_hold_neither_code_nor_choice(
    caplog: pytest.LogCaptureFixture,
) -> None:
    held = open_round_of("approval", options=4)
    client = clerk_of(held)
    with held.running(), caplog.at_level(logging.DEBUG, logger="django.request"):
        for address in (BALLOT, CONFIRM, CAST, CHECK):
            answer = post(client, address, held, 0)
            assert answer["Cache-Control"] == "no-store"
        client.post(BALLOT, {"code": held.codes[0][:-1]})
    kept = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    for secret in (held.codes[0], str(held.options[0].uid)):
        assert secret not in kept
        assert secret not in caplog.text
        assert secret not in str(client.cookies)


def test_the_clerk_never_sees_what_was_chosen() -> None:
    held = open_round_of("approval", options=4)
    client = clerk_of(held)
    with held.running():
        post(client, CAST, held, 1)
        for address, more in ((BALLOT, {}), (CHECK, {"show": "1"})):
            assert held.options[1].title not in text_of(post(client, address, held, **more))
        again = text_of(post(client, BALLOT, held, again="1", fill="1"))
        assert " checked" not in again


def test_a_form_without_its_token_is_refused() -> None:
    held = open_round_of("approval")
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, held.assessor)
    with held.running():
        assert post(strict, CAST, held, 0).status_code == 403
    assert not BallotInbox.objects.exists()


def test_a_clerk_of_another_regulation_knows_no_code_of_this_one() -> None:
    held, other = open_round_of("approval"), open_round_of("ranking")
    client = clerk_of(other)
    with held.running():
        for address in (BALLOT, CAST):
            answer = post(client, address, held, 0)
            assert "Met deze code kunt u niet stemmen." in text_of(answer)
    assert not BallotInbox.objects.exists()


@pytest.mark.parametrize("address", [DESK, BALLOT, CAST])
def test_nobody_else_stands_behind_the_desk(address: str) -> None:
    person: Person = PersonFactory()
    client = Client()
    assert client.post(address).status_code == 302
    sign_in(client, person)
    assert client.post(address).status_code == 403
