"""Whatever is changed, deleted, added or swapped in a sealed box, the checks name its batch.

The rounds are made by the pure modules alone: no database, every kind of vote, two panels.
"""

from __future__ import annotations

import hashlib
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain import merkle
from assessment.domain.allocation import allocate
from assessment.domain.allocation_text import outcome_hash, outcome_text
from assessment.domain.award import problem
from assessment.domain.ballot import leaf
from assessment.domain.lottery import draw, public_seed
from assessment.domain.marks import canonical
from assessment.domain.publishing import json_file
from assessment.domain.script.checks import Said, checked
from assessment.domain.tally import as_text, count, latest

Files = dict[str, bytes]
OPTIONS = ["a", "b", "c", "d"]
VOTES: dict[str, dict[str, Any]] = {
    "choose_one": {"minimum": 1, "maximum": 1},
    "approval": {"minimum": 1, "maximum": 3},
    "points": {"minimum": 1, "maximum": 4, "points": 5, "most_per_option": 2},
    "ranking": {"minimum": 1, "maximum": 3, "rank_points": [3, 2, 1]},
    "knapsack": {"minimum": 1, "maximum": 4, "budget": 300_000},
    "score": {"minimum": 1, "maximum": 4, "lowest": 0, "highest": 5},
    "household": {"minimum": 1, "maximum": 4, "amount": 2500, "step": 500},
}
NONE: dict[str, Any] = {
    "points": 0,
    "most_per_option": 0,
    "rank_points": [],
    "lowest": 0,
    "highest": 0,
    "budget": 0,
    "amount": 0,
    "step": 0,
}


def params_of(kind: str, rule: str = "greedy") -> dict[str, Any]:
    return {
        "version": 2,
        "round": "r",
        "call": "c",
        "revision": "v",
        "engine": "2",
        "vote": {**NONE, "kind": kind, **VOTES[kind]},
        "panels": [{"name": "dorp", "weight": [1, 1]}, {"name": "jeugd", "weight": [3, 2]}],
        "quorum": {"ballots": 0, "percent": 0, "consequence": ""},
        "award": {
            "rule": rule,
            "on_misfit": "skip",
            "ceiling_misfit": "",
            "leftover": "none",
            "ties": ["lot"],
            "minimum_votes": 0,
            "minimum_percent": 0,
            "grain": "moment",
            "expert_percent": 0,
            "normalisation": "",
            "step": 100,
            "add1": "until_overspend",
            "completion": "none",
            "comparison": False,
            "floor": 0,
            "cap": 0,
        },
        "lot": {"source": "public", "number": "Trekking"},
        "ceilings": {"total": 150_000},
        "options": [
            {
                "uid": uid,
                "application": uid,
                "amount": 40_000 + 10_000 * number,
                "complete_at": "2026-01-01T00:00:00Z",
                "ceilings": ["total"],
                "group": "",
            }
            for number, uid in enumerate(OPTIONS)
        ],
    }


def marked(dice: Random, vote: dict[str, Any]) -> str:
    """The text of one ballot."""
    amounts = {uid: 40_000 + 10_000 * number for number, uid in enumerate(OPTIONS)}
    chosen = dice.sample(OPTIONS, 1 if vote["kind"] == "choose_one" else dice.randint(1, 3))
    numbers = {"points": 1, "score": dice.randint(1, 5), "household": 500}
    if vote["kind"] in numbers:
        return canonical(vote, amounts, dict.fromkeys(chosen, numbers[vote["kind"]]))
    return canonical(vote, amounts, chosen)


def made(kind: str, *, seed: int = 1, voters: int = 24, rule: str = "greedy") -> Files:
    """The files of a round with three batches, in which some voters changed their ballot."""
    dice, params = Random(seed), params_of(kind, rule)
    text = json.dumps(params, sort_keys=True).encode()
    params_hash = hashlib.sha256(text).hexdigest()
    box: list[dict[str, Any]] = []
    for voter in range(voters):
        first = {
            "panel": dice.choice(["dorp", "jeugd"]),
            "ballot_key": hashlib.sha256(f"{seed}{voter}".encode()).hexdigest(),
        }
        box += [
            {
                **first,
                "revision": revision,
                "choices": marked(dice, params["vote"]),
                "nonce": dice.randbytes(32).hex(),
                "batch": 1 + (voter + revision) % 3,
            }
            for revision in range(1, 3 if voter % 5 == 0 else 2)
        ]
    return sealed(params, text, params_hash, box)


def sealed(
    params: dict[str, Any], text: bytes, params_hash: str, box: list[dict[str, Any]]
) -> Files:
    batches, previous = [], params_hash
    for number in (1, 2, 3):
        leaves = sorted(leaf_of(params_hash, each) for each in box if each["batch"] == number)
        top = merkle.root(leaves)
        link = merkle.chain(bytes.fromhex(previous), number, len(leaves), top).hex()
        batches.append(
            {
                "seq": number,
                "n": len(leaves),
                "root": top.hex(),
                "previous": previous,
                "chain": link,
                "sealed_on": "2026-01-01",
                "signature": "",
            }
        )
        previous = link
    ballots = latest(
        (each["ballot_key"], each["revision"], each["panel"], each["choices"]) for each in box
    )
    counted = count(params, ballots)
    seed = public_seed(params_hash, previous, "4711")
    order = draw(seed, OPTIONS)
    facts = {"ceilings": {"total": 150_000}, "withdrawn": [], "lot": list(order)}
    outcome = allocate(problem(params, counted, facts))
    return {
        "params.json": text,
        "round.json": json_file({"params_hash": params_hash, "root_final": previous}),
        "batches.json": json_file(batches),
        "box.json": json_file(box),
        "ballots.json": json_file(sorted(ballots)),
        "count.json": as_text(counted).encode(),
        "facts.json": json_file(facts),
        "lot.json": json_file({"number": "4711", "seed": seed, "order": list(order)}),
        "outcome.json": outcome_text(outcome).encode(),
        "award.json": json_file({"outcome_hash": outcome_hash(outcome)}),
    }


def leaf_of(params_hash: str, each: dict[str, Any]) -> bytes:
    return leaf(
        params_hash=params_hash,
        panel=each["panel"],
        ballot_key=each["ballot_key"],
        revision=each["revision"],
        choices=each["choices"],
        nonce=bytes.fromhex(each["nonce"]),
    )


def wrong(files: Files) -> list[Said]:
    return [each for each in checked(files) if each.verdict == "wrong"]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (kind, rule)
        for kind in VOTES
        for rule in ("greedy", "equal_shares", "pro_rata", "lottery")
        if (kind, rule) != ("choose_one", "equal_shares")
    ],
)
def test_a_round_of_every_kind_holds(kind: str, rule: str) -> None:
    files = made(kind, rule=rule)
    assert not wrong(files)
    good = {each.code for each in checked(files) if each.verdict == "good"}
    assert good >= {"rules", "chain", "box_whole", "same_ballots", "count", "lot", "outcome"}


ROUND = made("approval")
SIZE = len(json.loads(ROUND["box.json"]))


@settings(max_examples=60, deadline=None)
@given(
    what=st.sampled_from(
        ["choices", "nonce", "ballot_key", "panel", "revision", "delete", "add", "swap", "move"]
    ),
    place=st.integers(0, SIZE - 1),
    other=st.integers(0, SIZE - 1),
)
def test_every_change_names_its_batch(what: str, place: int, other: int) -> None:
    box = json.loads(ROUND["box.json"])
    each, touched = box[place], {box[place]["batch"]}
    match what:
        case "choices":
            each["choices"] = '["a"]' if each["choices"] != '["a"]' else '["b"]'
        case "nonce" | "ballot_key":
            each[what] = "ab" * 32
        case "panel":
            each["panel"] = "dorp" if each["panel"] == "jeugd" else "jeugd"
        case "revision":
            each["revision"] += 7
        case "delete":
            box.pop(place)
        case "add":
            box.append({**each, "ballot_key": "cd" * 32, "nonce": "cd" * 32})
        case "move":
            each["batch"] = each["batch"] % 3 + 1
            touched.add(each["batch"])
        case "swap":
            if box[other]["batch"] == each["batch"]:
                return
            touched.add(box[other]["batch"])
            each["batch"], box[other]["batch"] = box[other]["batch"], each["batch"]
    found = {
        said.figures["batch"]
        for said in wrong({**ROUND, "box.json": json_file(box)})
        if "batch" in said.figures
    }
    assert found == touched


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(json.loads(ROUND["ballots.json"])) - 1), st.sampled_from(["x", "+", "-"]))
def test_a_list_that_is_not_the_box_is_found(place: int, what: str) -> None:
    listed = json.loads(ROUND["ballots.json"])
    if what == "x":
        listed[place][1] = '["a","b","c"]' if listed[place][1] != '["a","b","c"]' else '["d"]'
    elif what == "+":
        listed.append(listed[place])
    else:
        listed.pop(place)
    files = {**ROUND, "ballots.json": json_file(listed)}
    assert "same_ballots" in {said.code for said in wrong(files)}
    files.pop("box.json")
    assert "count" in {said.code for said in wrong(files)}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(ROUND)), st.integers(0, 10**9))
def test_no_byte_can_be_turned_unseen(name: str, place: int) -> None:
    content = bytearray(ROUND[name].rstrip(b"\n"))
    at = place % len(content)
    content[at] ^= 1
    told = {**ROUND, name: bytes(content)}
    # Some bytes mean nothing: the day of a batch, a space, a name of a file's own field.
    same = _read(told[name]) == _read(ROUND[name])
    harmless = name == "batches.json" and _without_days(told[name]) == _without_days(ROUND[name])
    assert wrong(told) or same or harmless


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content


def _without_days(content: bytes) -> Any:
    try:
        rows = json.loads(content)
        return [
            {key: row[key] for key in ("seq", "n", "root", "previous", "chain")} for row in rows
        ]
    except (ValueError, KeyError, TypeError):
        return content


def test_the_order_of_the_rows_makes_no_difference() -> None:
    box = json.loads(ROUND["box.json"])
    Random(3).shuffle(box)
    assert not wrong({**ROUND, "box.json": json_file(box)})
