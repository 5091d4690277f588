"""What is done to an open vote, and after it, on pages: with a reason, by who runs it, and never
with an interim result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.roles import Role
from assessment.domain.peppers import files_of
from assessment.domain.stewards import tell
from assessment.models import LotEntry, OptionWithdrawal, Ranking, RoundExtension, VoteRound
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, open_example_call, with_role
from tests.factories.assessment import Election, election
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ALLOWS = ("  kind: approval\n", "  kind: approval\n  extension: yes\n  withdrawal: yes\n")
PUBLIC = (
    "  ties: [lot]\n",
    "  ties: [lot]\n  lot_source: public\n  public_number: De lottotrekking van 1 mei\n",
)


def held_vote(replace: tuple[str, str] = ALLOWS, voters: int = 3) -> Election:
    return election(voters=voters, call=open_example_call("by-vote", replace=replace))


def url(name: str, held: Election, *args: Any) -> str:
    return reverse(f"assessment:{name}", args=[held.round.uid, *args])


def cast_unequally(held: Election) -> None:
    """Three, two and one votes: no equals."""
    with held.running():
        held.vote(0, 0)
        held.vote(1, 0, 1)
        held.vote(2, 0, 1, 2)


def page(client: Client, held: Election) -> str:
    return client.get(url("round", held)).text


class TestRunning:
    def test_a_vote_is_prolonged_with_a_reason(self, client: Client) -> None:
        held = held_vote()
        sign_in(client, held.assessor)
        later = localtime(held.round.closes_at + timedelta(days=1))
        data = {"ends_at": f"{later:%Y-%m-%dT%H:%M}", "reason": "De site lag een dag stil."}
        with held.running():
            silent = client.post(url("extend_round", held), {**data, "reason": " "})
            early = client.post(url("extend_round", held), {**data, "ends_at": "2020-01-01T10:00"})
            client.post(url("extend_round", held), data)
            shown = page(client, held)

        assert (silent.status_code, early.status_code) == (422, 422)
        assert RoundExtension.objects.get().reason == "De site lag een dag stil."
        assert "verlengd; eerst" in shown
        assert "De site lag een dag stil." in shown

    def test_a_vote_stands_still_and_goes_on(self, client: Client) -> None:
        held = held_vote()
        sign_in(client, held.assessor)
        with held.running():
            client.post(url("pause_round", held), {"reason": "Wij zoeken iets uit."})
            still = page(client, held)
            client.post(url("resume_round", held), {"reason": "Gevonden."})
            again = page(client, held)

        assert "De stemming staat stil" in still
        assert "Wij zoeken iets uit." in still
        assert "De stemming staat stil" not in again

    def test_an_initiative_is_taken_out(self, client: Client) -> None:
        held = held_vote()
        sign_in(client, held.assessor)
        option = held.options[1]
        with held.running():
            asked = client.get(url("withdraw_option", held, option.uid)).text
            client.post(url("withdraw_option", held, option.uid), {"reason": "Al betaald."})
            shown = page(client, held)

        assert f"“{option.title}” krijgt dan geen geld" in asked
        assert OptionWithdrawal.objects.get().option == option
        assert "Al betaald." in shown

    def test_what_the_rules_do_not_allow_is_not_offered(self, client: Client) -> None:
        held = held_vote(replace=("", ""))
        sign_in(client, held.assessor)
        with held.running():
            shown = page(client, held)
            refused = client.post(
                url("withdraw_option", held, held.options[0].uid), {"reason": "Toch."}
            )

        assert url("extend_round", held) not in shown
        assert "Uit de stemming halen" not in shown
        assert refused.status_code == 422
        assert not OptionWithdrawal.objects.exists()

    def test_many_wrong_codes_are_told(self, client: Client) -> None:
        held = held_vote()
        tell(held.round, "wrong_codes", SYSTEM, codes=31, rights=3)
        sign_in(client, held.assessor)

        assert "werden 31 verkeerde codes getypt, bij 3 stemrechten" in page(client, held)

    def test_turnout_is_hidden_below_ten(self, client: Client) -> None:
        held = held_vote(voters=11)
        sign_in(client, held.assessor)
        with held.running():
            for voter in range(9):
                held.vote(voter, 0)
            nine = page(client, held)
            held.vote(9, 0)
            ten = page(client, held)

        assert "minder dan 10 van 11" in nine
        assert "10 van 11" in ten.replace("minder dan 10 van 11", "")

    def test_a_reader_is_offered_nothing_and_changes_nothing(self, client: Client) -> None:
        held = held_vote()
        for role in (Role.AUDITOR, Role.DECISION_MAKER):
            sign_in(client, with_role(PersonFactory(), role, held.call))
            shown = page(client, held)
            assert url("pause_round", held) not in shown
            assert "Sluit en verzegel" not in shown
            for name in ("pause_round", "extend_round", "lost_code", "voters"):
                assert client.post(url(name, held), {"reason": "x"}).status_code == 403


class TestAfterwards:
    def test_numbers_are_compared_per_panel(self, client: Client) -> None:
        held = held_vote()
        with held.running():
            held.vote(0, 0)
            held.vote(1, 0, 1)
        held.close()
        sign_in(client, held.assessor)

        shown = page(client, held)

        held.round.refresh_from_db()
        assert "Kloppen de aantallen?" in shown
        assert "<td>Ja</td>" in shown
        assert held.round.root_final in shown

    def test_the_lot_follows_from_a_public_number_typed_twice(self, client: Client) -> None:
        held = held_vote(replace=PUBLIC)
        with held.running():
            for voter in range(3):
                held.vote(voter, voter)
        held.count()
        held.rank()
        with held.over():
            sign_in(client, held.assessor)
            assert "De lottotrekking van 1 mei" in client.get(url("lot", held)).text
            client.post(url("lot", held), {"number": "12 34 56"})
            sign_in(client, held.second)
            assert "12 34 56" not in client.get(url("lot", held)).text
            client.post(url("lot", held), {"number": "12  34 56"})

        held.round.refresh_from_db()
        assert held.round.lot.number == "12 34 56"
        assert LotEntry.objects.count() == 2

    def test_unlinking_names_what_must_go_and_asks_twice(self, client: Client) -> None:
        held = held_vote()
        cast_unequally(held)
        held.count()
        held.fix()
        files = files_of(str(held.round.uid))
        sign_in(client, held.assessor)
        with held.over():
            asked = client.get(url("unlink_round", held)).text
            hasty = client.post(url("unlink_round", held), {"sure": "on"})
            done = client.post(url("unlink_round", held), {"sure": "on", "term": "on"}, follow=True)

        assert files
        assert all(file in asked for file in files)
        assert "de reservekopie van de map met sleutels" in asked
        assert hasty.status_code == 422
        assert "Ontkoppeld: niemand kan nog" in done.text
        held.round.refresh_from_db()
        assert held.round.state == VoteRound.State.UNLINKED

    def test_a_round_is_unlinked_only_once_decided(self, client: Client) -> None:
        held = held_vote()
        cast_unequally(held)
        held.count()
        held.rank()
        sign_in(client, held.assessor)
        with held.over():
            client.post(url("unlink_round", held), {"sure": "on", "term": "on"})

        held.round.refresh_from_db()
        assert held.round.state == VoteRound.State.COUNTED
        assert Ranking.objects.get().state == Ranking.State.CALCULATED
