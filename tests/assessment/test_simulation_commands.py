"""The commands: a round from a file or a call, tried and looked ahead at from a terminal."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from assessment import commands_simulation as commands
from assessment.domain.simulation.cases import Standing
from assessment.domain.simulation.files import WrongFile, read_file
from regeling.definition import Definition, parse
from tests.assessment.test_simulation_rounds import played_by_receipt
from tests.factories.applications import ROOT
from tests.factories.votes import definition_of
from timeline import clock

HEAD = "number;title;applicant;municipality;amount;complete_at;votes;points;group\n"
LINES = (
    "V2026-1;Lange tafel;inwoner;Voorbeeldstad;750,50;2026-03-01T10:00;3;8;\n"
    "V2026-2;=Tuin;inwoner;Zuiderdam;1000;2026-03-01T09:00;5;6;\n"
)
EVERY_KIND = ROOT / "tests" / "factories" / "every-kind.yaml"


def text_of() -> Definition:
    return parse(definition_of("approval"), file="approval.yaml")


def problems(text: str) -> list[str]:
    with pytest.raises(WrongFile) as wrong:
        read_file(text, text_of())
    return wrong.value.lines


class TestFile:
    """Columns of docs/simulate.md; mistakes by line, all at once."""

    def test_csv_with_semicolons_or_commas(self) -> None:
        stock = read_file("\ufeff" + HEAD + LINES, text_of(), voters=6)
        first, second = stock.cases
        assert first.answers == {"bedrag": 75_050, "gemeente": "Voorbeeldstad"}
        assert (first.uid, first.title, first.complete_at) == (
            "V2026-1",
            "Lange tafel",
            "2026-03-01T10:00:00+00:00",
        )
        assert second.marks == {"": {"*": 6}}
        assert stock.poll is not None
        assert stock.poll.counted.scores == {"V2026-1": 3, "V2026-2": 5}
        assert stock.poll.counted.ballots == 6
        commas = "amount,title\n100,Plein\n"
        assert read_file(commas, text_of()).cases[0].answers == {"bedrag": 10_000}
        assert read_file(commas, text_of()).poll is None

    def test_json_with_ballots(self) -> None:
        cases = [{"uid": "a", "amount": "100"}, {"uid": "b", "amount": 250, "standing": "late"}]
        ballots = [{"times": 3, "choices": ["a", "b"]}, {"choices": {"a": 1}}]
        stock = read_file(json.dumps({"cases": cases, "ballots": ballots}), text_of())
        assert stock.cases[1].standing is Standing.LATE
        assert stock.poll is not None
        assert stock.poll.counted.scores == {"a": 4, "b": 3}
        assert stock.poll.counted.profile == ((1, (("a", 1),)), (3, (("a", 1), ("b", 1))))

    def test_every_mistake_with_its_line(self) -> None:
        text = (
            "uid;amount;persons;complete_at;standing;answer.startdatum\n"
            "a;veel;3;2026-03-01;in;2026-05-01\n"
            "a;100;drie;gisteren;misschien;\n"
            "b;100;drie;gisteren;misschien;\n"
        )
        said = problems(text)
        assert said[0].startswith("regel 2: amount: dit is geen bedrag in euro's ('veel')")
        assert said[1] == "regel 3: uid: 'a' staat er al."
        assert [each.split(":")[1].strip() for each in said[2:]] == [
            "complete_at",
            "persons",
            "standing",
        ]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("", "regel 1: De kolomnamen ontbreken."),
            ("bedrag\n100\n", "regel 1: Deze kolom is niet bekend: 'bedrag'."),
            ("uid;amount\na\n", "regel 2: Er staan 1 velden, en er zijn 2 kolommen."),
            ("uid;amount\n", "Er staat geen aanvraag in het bestand."),
            ("title\nPlein\n", "regel 2: amount: het gevraagde bedrag ontbreekt."),
            ('{"cases": [}', "regel 1: Dit is geen goede JSON."),
            ('{"cases": 3}', "Onder 'cases' hoort een lijst met aanvragen te staan."),
            ('[{"bedrag": 3}]', "regel 1: Deze naam is niet bekend: 'bedrag'."),
            ('[{"amount": 1.005}]', "regel 1: amount: dit is geen bedrag in euro's ('1.005')."),
            ("[" * 100_000, "Dit is geen goede JSON."),
        ],
    )
    def test_what_cannot_be_read(self, text: str, line: str) -> None:
        assert problems(text)[0] == line

    def test_a_ballot_for_nobody_is_refused(self) -> None:
        text = json.dumps(
            {"cases": [{"uid": "a", "amount": 1}], "ballots": [{"choices": ["x"]}, 3]}
        )
        assert [each.partition(": ")[2] for each in problems(text)] == [
            "ballots: dit noemt een aanvraag die er niet is.",
            "ballots: dit is geen stembiljet.",
        ]


def run(act: str, *words: str) -> str:
    """What a command prints."""
    parser = ArgumentParser()
    add = {"simulate": commands.add_simulate, "forecast": commands.add_forecast}[act]
    add(parser)
    out = io.StringIO()
    done = {"simulate": commands.run_simulate, "forecast": commands.run_forecast}[act]
    done(vars(parser.parse_args(list(words))), out)
    return out.getvalue().replace("\xa0", " ")


@pytest.fixture
def text(tmp_path: Path) -> str:
    file = tmp_path / "approval.yaml"
    file.write_text(definition_of("approval"))
    return str(file)


@pytest.fixture
def cases(tmp_path: Path) -> str:
    file = tmp_path / "cases.csv"
    file.write_text(HEAD + LINES)
    return str(file)


@pytest.mark.django_db
class TestSimulate:
    """`regeling simulate`."""

    def test_a_file_with_another_ceiling_as_a_table(
        self, text: str, cases: str, tmp_path: Path
    ) -> None:
        table = tmp_path / "out.csv"
        shown = run("simulate", text, "--cases", cases, "--ceiling", "1000", "--csv", str(table))
        figures = dict.fromkeys(line[:28].strip() for line in shown.splitlines())
        assert {"aanvragen", "doen mee", "te verdelen", "krijgt minder"} <= set(figures)
        assert "€ 2.500           € 1.000" in shown
        rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";"))
        assert [row["verandering"] for row in rows] == ["loses", "same"]
        assert rows[1]["initiatief"] == "'=Tuin"
        assert rows[0]["dan_reden"] == "Past niet: nodig is € 750,50, over is € 0.".replace(
            "€ ", "€\xa0"
        )

    def test_mistakes_are_told(self, text: str, cases: str, tmp_path: Path) -> None:
        wrong = tmp_path / "wrong.csv"
        wrong.write_text("amount\nveel\n")
        for words, said in (
            (("nergens", "--cases", cases), "geen bekende regeling"),
            ((text, "--cases", str(wrong)), "regel 2"),
            ((text, "--cases", str(tmp_path / "none.csv")), "niet te lezen"),
            ((text, "--call", "none"), "geen bekende openstelling"),
            ((text, "--cases", cases, "--rule", "equal_shares"), "stembiljetten zelf"),
        ):
            with pytest.raises(CommandError, match=said):
                run("simulate", *words)

    @pytest.mark.slow
    def test_a_call_of_which_the_letters_are_out(self) -> None:
        call = played_by_receipt()
        with pytest.raises(CommandError, match="alle brieven"):
            run("simulate", str(EVERY_KIND), "--call", call.slug)
        with clock.playing("", clock.now() + timedelta(days=60)):
            shown = run("simulate", str(EVERY_KIND), "--call", call.slug, "--on-misfit", "skip")
        lines = {line[:46].strip(): line.split()[-1] for line in shown.splitlines()}
        assert lines["krijgt nu wel geld"] == "1"


@pytest.mark.django_db
class TestForecast:
    """`regeling forecast`."""

    few = ("--applications", "12", "--voters", "30", "--rounds", "5")

    def test_two_texts_beside_each_other_and_the_same_again(self, text: str) -> None:
        shown = run("forecast", text, *self.few, "--against", str(EVERY_KIND), "--seed", "3")
        assert "Dorpscheque Voorbeeldstad" in shown
        assert "Buurtbijdrage Voorbeeldstad: dagen" in shown
        assert "zondag 19 april 2026 [zondag]: Laatste dag om te stemmen" in shown
        assert "Gespeeld: 5 rondes met getal 3." in shown
        again = run("forecast", text, *self.few, "--against", str(EVERY_KIND), "--seed", "3")
        assert again == shown

    def test_for_another_program(self, text: str) -> None:
        found: list[dict[str, Any]] = json.loads(
            run("forecast", text, *self.few, "--json", "--minutes", "review=1", "--brokers", "3")
        )
        assert found[0]["given"]["minutes"]["review"] == 1
        assert found[0]["given"]["brokers"] == 3
        assert {"lot", "left", "weeks", "days", "assumed"} <= set(found[0])

    def test_what_is_missing_is_said(self, text: str) -> None:
        with pytest.raises(CommandError, match="hoeveel mensen er stemmen"):
            run("forecast", text, "--applications", "5")
        with pytest.raises(SystemExit):
            run("forecast", text, *self.few, "--minutes", "slapen=3")
