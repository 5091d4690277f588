"""What is frozen when a round opens: the rules as plain values, and the card as agreed to."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from applications.models import Application
from assessment.domain.electorate import make_rights
from assessment.domain.freezing import shown_hash
from assessment.domain.frozen import rules_of
from assessment.domain.rounds import make_round, open_round
from assessment.models import VoteOption, VoteRound
from regeling.models import Call
from tests.factories.applications import PersonFactory, as_actor
from tests.factories.assessment import assessor_of, ready_for_vote
from tests.factories.votes import call_of, open_round_of
from timeline import clock
from timeline.canon import canonical, sha256
from timeline.verify import checks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_rules_of_a_round_stand_in_its_params_as_plain_values() -> None:
    call = call_of(
        "points",
        vote={
            "panels": [{"name": "Bewoners", "weight_numerator": 2}, {"name": "Jongeren"}],
            "quorum": {"ballots": 8, "percent": 50, "consequence": "advice_only"},
            "own_text": "Welke initiatieven zijn van u?",
            "extension": True,
            "withdrawal": True,
            "power": "advises",
            "electorate_kind": "code",
            "minimum_age": 12,
        },
        distribution={"minimum_votes": 2},
    )
    held = opened(call)
    rules = rules_of(held)
    assert sha256(held.params) == held.params_hash
    assert canonical(json.loads(held.params)) == held.params
    assert rules["vote"] == {
        "kind": "points",
        "minimum": 1,
        "maximum": 5,
        "points": 5,
        "most_per_option": 2,
        "rank_points": [],
        "lowest": 0,
        "highest": 0,
        "budget": 0,
        "amount": 0,
        "step": 0,
    }
    assert rules["panels"] == [
        {"name": "Bewoners", "weight": [2, 1]},
        {"name": "Jongeren", "weight": [1, 1]},
    ]
    assert rules["quorum"] == {"ballots": 8, "percent": 50, "consequence": "advice_only"}
    assert (rules["change"], rules["extension"], rules["withdrawal"]) == (True, True, True)
    assert (rules["power"], rules["own_text"]) == ("advises", "Welke initiatieven zijn van u?")
    assert rules["electorate"]["kind"] == "code"
    assert rules["electorate"]["minimum_age"] == 12
    assert rules["award"]["rule"] == "greedy"
    assert (rules["award"]["minimum_votes"], rules["award"]["leftover"]) == (2, "none")
    assert rules["lot"] == {"source": "notary", "number": ""}
    assert rules["ceilings"]["total"] == 250_000
    assert [len(option["ceilings"]) for option in rules["options"]] == [1, 1, 1]


def test_a_knapsack_without_a_budget_of_its_own_has_the_total_ceiling() -> None:
    held = open_round_of("knapsack", vote={"budget": 0})
    assert rules_of(held.round)["vote"]["budget"] == 250_000


def test_an_option_is_the_card_as_it_was_agreed_to() -> None:
    held = open_round_of("approval", card={"longest": 300, "photo": True})
    option = held.options[0]
    assert option.summary == "Wij eten samen aan een lange tafel."
    assert option.public_name == "Buren van het plein"
    Application.objects.filter(pk=option.application_id).update(title="Later veranderd")
    option.refresh_from_db()
    assert option.title == "Initiatief 1"
    frozen = {each["uid"]: each["shown"] for each in rules_of(held.round)["options"]}
    assert frozen[str(option.uid)] == shown_hash(option)
    assert list(checks()["vote rounds"]()) == []


def test_options_of_which_one_can_win_are_named_at_opening() -> None:
    call = call_of("approval")
    held = opened(call, same=(0, 1))
    first, second, third = Application.objects.order_by("pk").values_list("pk", flat=True)
    groups = dict(VoteOption.objects.values_list("application_id", "exclusion_group"))
    assert groups == {first: "het veld", second: "het veld", third: ""}
    frozen = sorted(each["group"] for each in rules_of(held)["options"])
    assert frozen == ["", "het veld", "het veld"]


def opened(call: Call, *, same: tuple[int, ...] = ()) -> VoteRound:
    """An open round of three applications and three letters for each panel; those with a number in
    ``same`` exclude each other."""
    person = assessor_of(call)
    actor = as_actor(person)
    keys = [ready_for_vote(call, person, PersonFactory()).pk for _ in range(3)]
    start = clock.now() + timedelta(days=1)
    made = make_round(call_id=call.pk, actor=actor, days=(start, start + timedelta(days=7)))
    for panel in made.panels.all():
        make_rights(panel_id=panel.pk, number=3, actor=actor)
    return open_round(
        round_id=made.pk, actor=actor, groups={keys[number]: "het veld" for number in same}
    )
