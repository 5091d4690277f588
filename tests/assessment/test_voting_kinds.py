"""Every kind of ballot: how it is drawn, what it takes, and what it refuses with which words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from assessment.domain.queries.ballots import paper
from assessment.models import BallotInbox
from assessment.web import wording
from tests.assessment.voting import BALLOT, CAST, CHECK, CONFIRM, text_of
from tests.factories.assessment import Election
from tests.factories.votes import KINDS, open_round_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What is filled in (option number -> value), the canonical text in option numbers, what the check
# says.
GOOD: dict[str, tuple[dict[int, str], Any, tuple[str, ...]]] = {
    "choose_one": ({1: "1"}, [1], ("U koos: Initiatief 2",)),
    "approval": ({0: "1", 2: "1"}, [0, 2], ("U koos 2 van hoogstens 3.",)),
    "knapsack": ({0: "1", 1: "1"}, [0, 1], ("U hebt nog €\u00a01.250 van €\u00a02.500.",)),
    "ranking": ({2: "1", 0: "2"}, [2, 0], ("Plaats 1", "U gaf 2 van 3 plaatsen.")),
    "points": ({0: "2", 1: "1", 2: ""}, {0: 2, 1: 1}, ("2 punten", "U hebt nog 2 van 5 punten.")),
    "score": ({0: "4", 1: "0"}, {0: 4}, ("Cijfer 4",)),
    "household": (
        {0: "10", 1: "5"},
        {0: 1000, 1: 500},
        ("€\u00a010", "U verdeelde €\u00a015 van €\u00a025."),
    ),
}
# What is filled in, and the sentence that refuses it.
BAD: list[tuple[str, dict[int, str], str]] = [
    ("choose_one", {}, "Kies één initiatief."),
    ("choose_one", {0: "1", 1: "1"}, "Kies één initiatief."),
    ("approval", {}, "U koos nog niets. Kies minstens 1."),
    ("approval", {0: "1", 1: "1", 2: "1", 3: "1"}, "Kies hoogstens 3 initiatieven. U koos er 4."),
    ("knapsack", {0: "1", 1: "1", 2: "1", 3: "1"}, "Dat is €\u00a0250 te veel."),
    ("ranking", {0: "1", 1: "1"}, "Plaats 1 is twee keer gebruikt"),
    ("ranking", {0: "1", 1: "3"}, "Plaats 2 is nog leeg."),
    ("ranking", {0: "9"}, "Kies een plaats uit de lijst."),
    ("ranking", {0: "eerste"}, "Kies een plaats uit de lijst."),
    ("points", {0: "2", 1: "2", 2: "2"}, "U hebt 5 punten. U gaf er 6. Haal er 1 weg."),
    ("points", {0: "3"}, "Geef Initiatief 1 hoogstens 2 punten. U gaf er 3."),
    ("points", {0: "-1"}, "Geef Initiatief 1 een getal van 0 tot en met 2."),
    ("points", {0: "veel"}, "Vul bij Initiatief 1 een heel getal in."),
    ("points", {0: "٣"}, "Vul bij Initiatief 1 een heel getal in."),
    ("score", {0: "6"}, "Geef Initiatief 1 een getal van 0 tot en met 5."),
    ("household", {0: "20", 1: "10"}, "Dat is €\u00a05 te veel."),
    ("household", {0: "7"}, "Verdeel het geld in stappen van €\u00a05."),
    ("household", {0: "niets"}, "Vul bij Initiatief 1 een bedrag in euro"),
]


def fields_of(held: Election, kind: str, filled: dict[int, str]) -> dict[str, Any]:
    options = held.options
    if kind in ("choose_one", "approval", "knapsack"):
        return {"choices": [str(options[number].uid) for number in filled]}
    return {f"mark_{options[number].uid}": value for number, value in filled.items()}


def send(client: Client, address: str, held: Election, fields: dict[str, Any]) -> Any:
    return client.post(address, {"code": held.codes[0], "round": str(held.round.uid), **fields})


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_ballot_of_each_kind_from_form_to_box(client: Client, kind: str) -> None:
    filled, expected, told = GOOD[kind]
    held = open_round_of(kind, options=3, voters=1)
    fields = fields_of(held, kind, filled)
    with held.running():
        drawn = text_of(send(client, BALLOT, held, {}))
        for name in fields:
            assert f'name="{name}"' in drawn
        check = text_of(send(client, CONFIRM, held, fields))
        for words in told:
            assert words in check
        # What the check sends on is what the voter filled in.
        for name, value in fields.items():
            for each in value if isinstance(value, list) else [value]:
                assert not each or f'name="{name}" value="{each}"' in check
        again = text_of(send(client, BALLOT, held, fields))
        marked = [v for v in filled.values() if v]
        assert len(re.findall(r' (?:checked|selected|value="1?[05]" maxlength)', again)) >= len(
            marked
        )
        assert "Uw stem is uitgebracht" in text_of(send(client, CAST, held, fields))
        shown = text_of(send(client, CHECK, held, {"show": "1"}))
        for number in [n for n, value in filled.items() if value and value != "0"]:
            assert held.options[number].title in shown
        change = text_of(send(client, BALLOT, held, {"again": "1", "fill": "1"}))
        assert change.count(" checked") + change.count(" selected") >= (kind != "household")
    uid = [str(option.uid) for option in held.options]
    choices = json.loads(BallotInbox.objects.get().choices)
    if isinstance(expected, dict):
        assert choices == {uid[number]: value for number, value in expected.items()}
    elif kind == "ranking":
        assert choices == [uid[number] for number in expected]
    else:
        assert choices == sorted(uid[number] for number in expected)


@pytest.mark.parametrize(("kind", "filled", "sentence"), BAD)
def test_what_a_ballot_may_not_be_comes_back_with_words(
    client: Client, kind: str, filled: dict[int, str], sentence: str
) -> None:
    held = open_round_of(kind, options=4, voters=1)
    with held.running():
        fields = fields_of(held, kind, filled)
        for address in (CONFIRM, CAST):
            answer = send(client, address, held, fields)
            assert answer.status_code == 422
            assert sentence in text_of(answer)
            for name, value in fields.items():
                assert name == "choices" or f'name="{name}"' in text_of(answer), value
    assert not BallotInbox.objects.exists()


@pytest.mark.parametrize(
    ("kind", "numbers", "drawn"),
    [
        ("score", {"lowest": 1, "highest": 10}, "<select"),
        ("score", {"lowest": -2, "highest": 2}, 'type="radio"'),
        ("points", {"points": 100, "most_per_option": 50}, 'type="text"'),
        ("points", {"points": 20, "most_per_option": 10}, "<select"),
    ],
)
def test_more_numbers_are_in_a_list_and_many_are_typed(
    client: Client, kind: str, numbers: dict[str, int], drawn: str
) -> None:
    held = open_round_of(kind, options=2, voters=1, vote=numbers)
    option = held.options[0]
    with held.running():
        text = text_of(send(client, BALLOT, held, {f"mark_{option.uid}": "2"}))
        field = re.search(rf'<[^>]*name="mark_{option.uid}"[^>]*>', text)
        assert field
        assert drawn in field[0]
        assert "selected>2<" in text or 'value="2"' in text
        answer = send(client, CAST, held, {f"mark_{option.uid}": "2"})
    assert "Uw stem is uitgebracht" in text_of(answer)
    assert json.loads(BallotInbox.objects.get().choices) == {str(option.uid): 2}


def test_an_option_of_another_round_is_no_choice(client: Client) -> None:
    held, other = open_round_of("points", voters=1), open_round_of("ranking")
    with held.running():
        fields = {f"mark_{other.options[0].uid}": "1"}
        assert send(client, CONFIRM, held, fields).status_code == 422
        assert send(client, CAST, held, fields).status_code == 422
    assert not BallotInbox.objects.exists()


def test_the_total_in_words_counts_one_and_too_many() -> None:
    held = open_round_of("points", voters=1)
    sheet = paper(held.round, held.codes[0].replace("-", ""))
    uid = sheet.cards[0].uid
    vote = sheet.vote

    def total(marks: Any) -> str:
        return wording.total(vote, sheet.amounts, marks, "")

    assert total({}) == "U hebt 5 punten te verdelen."
    assert total({uid: 2}) == "U hebt nog 3 van 5 punten."
    assert total({uid: 6}) == "U gaf 1 punt te veel."
    assert total({uid: 8}) == "U gaf 3 punten te veel."
    with translation.override("en"):
        assert wording.euros(200050) == "€\u00a02,000.50"
