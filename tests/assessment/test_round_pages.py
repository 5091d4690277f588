"""The pages of a vote round: who runs it, what it never tells, and the blind entry of a lot."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from assessment.domain.ranking import rank_round
from assessment.domain.rounds import make_round
from assessment.models import Ranking, VoteRound
from tests.accounts.signing_in import sign_in
from tests.assessment.test_departures import held_vote
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    open_example_call,
    with_role,
)
from tests.factories.assessment import (
    assessor_of,
    election,
)
from timeline import clock

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROUTES = (
    "round",
    "ranking",
    "lot",
    "second_count",
    "unlink_round",
    "open_round",
    "voters",
    "lost_code",
    "extend_round",
    "pause_round",
    "resume_round",
)


class TestRoundPages:
    @pytest.mark.parametrize("rounds", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, rounds: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person = assessor_of(open_example_call("by-vote"))
        start = clock.now()
        for number in range(rounds):
            call = open_example_call("by-vote", call_slug=f"ronde-{number}")
            days = (start, start + timedelta(days=1))
            make_round(call_id=call.pk, actor=as_actor(person), days=days)
        sign_in(client, person)
        address = reverse("assessment:rounds")
        assert client.get(address).text.count("sve-card--link") == rounds
        with django_assert_num_queries(13):
            client.get(address)

    @pytest.mark.parametrize("size", [1, 3])
    def test_nor_on_the_page_of_a_round_and_its_ranking(
        self, client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        held = election(options=size, voters=size)
        sign_in(client, held.assessor)
        address = reverse("assessment:round", args=[held.round.uid])
        client.get(address)
        with django_assert_num_queries(22):
            client.get(address)
        with held.running():
            for voter in range(size):
                held.vote(voter, 0)
        held.count()
        with held.over():
            rank_round(round_id=held.round.pk, actor=as_actor(held.assessor))
        address = reverse("assessment:ranking", args=[held.round.uid])
        with django_assert_num_queries(18):
            client.get(address)

    def test_from_open_to_fixed_by_two_people(self, client: Client) -> None:
        held = election(options=3, voters=12)
        sign_in(client, held.assessor)
        page = reverse("assessment:round", args=[held.round.uid])
        assert held.round.params_hash in client.get(page).text
        with held.running():
            for voter in range(12):
                held.vote(voter, voter % 2)
                assert_no_result(client, held.round)
        with held.over():
            for what in ("close", "count", "rank"):
                client.post(reverse("assessment:round_act", args=[held.round.uid, what]))
            found = Ranking.objects.get().outcome_hash
            mine = client.get(reverse("assessment:ranking", args=[held.round.uid])).text
            second = reverse("assessment:second_count", args=[held.round.uid])
            own = client.get(second).text
            sign_in(client, held.second)
            seen = [client.get(reverse("assessment:ranking", args=[held.round.uid])).text]
            seen += [client.get(page).text, client.get(second).text]
            wrong = client.post(second, {"outcome_hash": "0" * 64})
            typo = client.post(second, {"outcome_hash": "niets"})
            done = client.post(second, {"outcome_hash": f" {found.upper()} "}, follow=True)
        assert found in mine
        assert "Vraag een andere medewerker" in own
        assert not any(found in text for text in seen)
        assert (wrong.status_code, typo.status_code) == (422, 422)
        assert "Uw uitkomst is een andere" in wrong.text
        assert "Een uitkomst bestaat uit 64 tekens" in typo.text
        assert "Beide tellingen zijn gelijk" in done.text
        assert found in done.text
        held.round.refresh_from_db()
        assert held.round.state == "decided"

    def test_the_second_official_counts_with_the_script_alone(
        self, client: Client, tmp_path: Path
    ) -> None:
        held = held_vote()
        script, box = tmp_path / "verify_round.py", tmp_path / "box.zip"
        sign_in(client, held.second)
        with held.over():
            script.write_bytes(fetched(client.get(reverse("assessment:verify_script"))))
            address = reverse("assessment:box_file", args=[held.round.uid])
            box.write_bytes(fetched(client.post(address)))
            told = subprocess.run(
                [sys.executable, str(script), str(box)], capture_output=True, text=True, check=False
            )
            found = re.search(r"de verdeling is gemaakt.*?([0-9a-f]{64})", told.stdout)
            assert found, told.stdout + told.stderr
            second = reverse("assessment:second_count", args=[held.round.uid])
            done = client.post(second, {"outcome_hash": found[1]}, follow=True)

        assert "Beide tellingen zijn gelijk" in done.text
        assert Ranking.objects.get().state == Ranking.State.FIXED

    def test_a_stranger_finds_no_round(self, client: Client) -> None:
        held = election()
        sign_in(client, assessor_of(open_example_call("every-kind")))
        for route in ROUTES:
            address = reverse(f"assessment:{route}", args=[held.round.uid])
            assert client.get(address).status_code == 404

    def test_an_auditor_reads_and_changes_nothing(self, client: Client) -> None:
        held = election()
        auditor = with_role(PersonFactory(name="Fatma Yilmaz"), Role.AUDITOR, held.call)
        sign_in(client, auditor)
        assert client.get(reverse("assessment:round", args=[held.round.uid])).status_code == 200
        act = reverse("assessment:round_act", args=[held.round.uid, "close"])
        assert client.post(act).status_code == 403

    def test_the_lot_is_typed_in_blind(self, client: Client) -> None:
        held = election(options=3, voters=3)
        with held.running():
            for voter in range(3):
                held.vote(voter, voter)
        held.count()
        page = reverse("assessment:lot", args=[held.round.uid])
        rank = reverse("assessment:round_act", args=[held.round.uid, "rank"])
        order = {f"place_{each.uid}": str(n) for n, each in enumerate(held.options, start=1)}
        with held.over():
            sign_in(client, held.assessor)
            client.post(rank)
            text = client.get(reverse("assessment:ranking", args=[held.round.uid])).text
            assert "Gelijke aanvragen beslissen" in text
            first = next(iter(order))
            assert client.post(page, {**order, first: "2"}).status_code == 422
            client.post(page, order)
            sign_in(client, held.second)
            assert 'value="1"' not in client.get(page).text
            client.post(page, order)
            client.post(rank)
        assert Ranking.objects.get().state == Ranking.State.CALCULATED
        held.round.refresh_from_db()
        assert json.loads(held.round.lot.order) == [str(each.uid) for each in held.options]


def fetched(answer: Any) -> bytes:
    """The bytes of a download."""
    return bytes(answer.getvalue() if answer.streaming else answer.content)


def assert_no_result(client: Client, round_: VoteRound) -> None:
    """The page of a running round says nothing that depends on what was chosen."""
    text = client.get(reverse("assessment:round", args=[round_.uid])).text
    assert "Stemmen</th>" not in text
    target = client.get(reverse("assessment:ranking", args=[round_.uid]))
    assert target.status_code == 302
