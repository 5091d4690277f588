"""Real elections, divided again with the rule that each of them used: the official winners."""

from __future__ import annotations

import gzip
import json
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

FILES = Path(__file__).parent / "elections"
UNPACKED = TemporaryDirectory(prefix="elections-")  # gone when the tests end
EXPECTED: dict[str, dict[str, Any]] = json.loads((FILES / "expected.json").read_text())

RULES = {
    "Netherlands_Amsterdam_2019_Kleine_Wereld.pb": (
        "--rule greedy --on-misfit skip --ceilings categories --ceiling-misfit stop --leftover skip"
    ),
    "Netherlands_Amsterdam_2021_Diamantbuurt.pb": "--rule greedy --on-misfit skip",
    "Netherlands_Amsterdam_2021_West.pb": "--rule greedy --on-misfit partial",
    "Netherlands_Amsterdam_2022_Sloterdijk.pb": "--rule greedy --on-misfit skip",
    "Netherlands_Assen_2024.pb": "--rule equal-shares --step 1 --add1 until-overspend",
    "Poland_Gdynia_2020_Babie_Doly__small.pb": "--rule greedy --on-misfit stop --threshold 50",
    "Poland_Krakow_2022_Czyzyny.pb": "--rule greedy --on-misfit skip",
    "Poland_Czestochowa_2025_Ostatni_Grosz.pb": "--rule greedy --on-misfit skip --threshold 300",
    "Poland_Wieliczka_2023_Green_Budget.pb": (
        "--rule equal-shares --step 1 --add1 until-overspend --completion none"
    ),
}
# Equals of whom the money reaches one; which of them won is not in the data.
TIES = {
    "Poland_Gdynia_2020_Babie_Doly__small.pb": ["1", "5"],
    "Poland_Krakow_2022_Czyzyny.pb": ["24", "26"],
}


@cache
def path_of(name: str) -> Path:
    packed = FILES / f"{name}.gz"
    if not packed.exists():
        return FILES / name
    unpacked = Path(UNPACKED.name) / name
    unpacked.write_bytes(gzip.decompress(packed.read_bytes()))
    return unpacked


@cache
def tally(path: Path, line: str) -> dict[str, Any]:
    """What the command prints; without a database, as these tests have none."""
    out = StringIO()
    call_command("tally", str(path), *line.split(), "--json", stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


@pytest.mark.parametrize("name", EXPECTED)
def test_the_rule_it_used_gives_the_official_winners(name: str) -> None:
    report = tally(path_of(name), RULES[name])
    official = set(EXPECTED[name]["expected_selected"])
    equals = set(TIES.get(name, []))
    assert set(report["selected"]) == official - equals
    assert report["open"] == sorted(equals)
    assert [tie["projects"] for tie in report["ties"] if tie["decisive"]] == (
        [sorted(equals)] if equals else []
    )
    assert len(official & equals) == bool(equals)


@pytest.mark.parametrize("name", TIES)
def test_a_tie_at_the_edge_is_broken_by_what_was_fixed_beforehand(
    name: str, tmp_path: Path
) -> None:
    cheaper = tally(path_of(name), f"{RULES[name]} --ties cheaper")
    assert not cheaper["open"]
    assert [tie["decided_by"] for tie in cheaper["ties"] if tie["decisive"]] == ["lower_amount"]
    by_lot = tally(path_of(name), f"{RULES[name]} --ties lot")
    assert by_lot["needs_lot"]
    drawn = tally(path_of(name), f"{RULES[name]} --ties lot --seed Staatsloterij")
    assert not drawn["open"]
    assert len(set(drawn["selected"]) & set(TIES[name])) == 1


def test_the_blocked_project_gets_the_rest_where_the_rule_says_so() -> None:
    name = "Netherlands_Amsterdam_2021_West.pb"
    path = path_of(name)
    partly = tally(path, "--on-misfit partial")
    assert (partly["partial"], partly["spent"]) == ({"41219": 32774}, 300000)
    assert list(EXPECTED[name]["special"]) == ["41219"]
    stopped = tally(path, "--on-misfit stop")
    assert (stopped["partial"], stopped["spent"]) == ({}, 267226)
    assert stopped["selected"] == partly["selected"]
    assert len(tally(path, "--on-misfit skip")["selected"]) == len(stopped["selected"]) + 3


@pytest.mark.slow
def test_the_two_readings_of_add1_differ_on_wieliczka() -> None:
    path = path_of("Poland_Wieliczka_2023_Green_Budget.pb")
    further = tally(path, RULES["Poland_Wieliczka_2023_Green_Budget.pb"])
    first = tally(path, "--rule equal-shares --add1 exhaustive")
    assert (further["figures"]["share"], further["spent"]) == (315.83, 995079)
    assert (first["figures"]["share"], first["spent"]) == (301.83, 984579)
    assert set(first["selected"]) - set(further["selected"]) == {"66", "67"}
    assert set(further["selected"]) - set(first["selected"]) == {"46"}
    compared = tally(path, "--rule equal-shares --comparison")
    assert compared["selected"] == further["selected"]
    figures = compared["figures"]["comparison"]
    assert (figures["prefer_shares"], figures["prefer_greedy"]) == (1615, 873)
    assert (figures["taken"], len(figures["greedy"])) == ("shares", 23)


def test_counting_projects_instead_of_their_cost_gives_assen_another_outcome() -> None:
    other = tally(path_of("Netherlands_Assen_2024.pb"), "--rule equal-shares --utility number")
    assert set(other["selected"]) - set(
        EXPECTED["Netherlands_Assen_2024.pb"]["expected_selected"]
    ) == {"7"}


@pytest.mark.slow
def test_completion_adds_what_assen_left() -> None:
    path = path_of("Netherlands_Assen_2024.pb")
    bare = tally(path, RULES["Netherlands_Assen_2024.pb"])
    filled = tally(path, "--rule equal-shares --completion utilitarian")
    assert (bare["spent"], filled["spent"]) == (76700, 88700)
    assert filled["figures"]["added"] == ["7"]
    assert bare["warnings"] == ["few_ballots"]


def test_the_order_of_lines_makes_no_difference(tmp_path: Path) -> None:
    path = path_of("Poland_Gdynia_2020_Babie_Doly__small.pb")
    text = path.read_text(encoding="utf-8")
    meta, rest = text.split("PROJECTS\n")
    projects, votes = (part.strip().split("\n") for part in rest.split("VOTES\n"))
    turned = [meta + "PROJECTS", projects[0], *projects[:0:-1], "VOTES", votes[0], *votes[:0:-1]]
    other = tmp_path / "turned.pb"
    other.write_text("\ufeff" + "\r\n".join("\n".join(turned).split("\n")), encoding="utf-8")
    line = "--on-misfit stop --ties cheaper"
    assert tally(other, line)["outcome_hash"] == tally(path, line)["outcome_hash"]
    line = "--rule equal-shares --step 0.50 --completion utilitarian"
    assert tally(other, line)["outcome_hash"] == tally(path, line)["outcome_hash"]


def test_without_json_it_is_a_text_that_names_reasons_and_ties() -> None:
    out = StringIO()
    path = path_of("Poland_Gdynia_2020_Babie_Doly__small.pb")
    call_command("tally", str(path), "--on-misfit", "stop", stdout=out)
    text = out.getvalue()
    assert "306 ballots, budget 24420, spent 12395" in text
    assert "equal: 1, 5 (decisive, nothing breaks it)" in text
    assert "refused_stopped" in text


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--rule equal-shares", "chooses one option"),
        ("--ceilings categories", "budget_per_category"),
        ("--ties alphabet", "cheaper, more-votes"),
        ("--lot 44251,44250", "each of them once"),
        ("--rule equal-shares --step 0.001", "no whole number of cents"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(line: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        tally(FILES / "Netherlands_Amsterdam_2022_Sloterdijk.pb", line)


def test_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        tally(tmp_path / "none.pb", "")
    (tmp_path / "latin.pb").write_bytes(b"META\nkey;value\ndescription;caf\xe9\n")
    with pytest.raises(CommandError, match="line 3: the file is not UTF-8"):
        tally(tmp_path / "latin.pb", "")
