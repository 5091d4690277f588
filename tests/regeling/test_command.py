"""`manage.py regeling`: check, load, diff, explain, gazette and schema."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from regeling.models import Revision
from tests.factories.applications import AuthorityFactory
from tests.regeling.samples import DEFINITIONS, DELIVERED, SMALL


def run(*arguments: str | Path) -> tuple[str, str, bool]:
    out, err = StringIO(), StringIO()
    try:
        call_command("regeling", *map(str, arguments), stdout=out, stderr=err)
    except CommandError:
        return out.getvalue(), err.getvalue(), False
    return out.getvalue(), err.getvalue(), True


def test_check_tells_of_every_file_what_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "goed.yaml", tmp_path / "fout.yaml"
    good.write_text(SMALL, encoding="utf-8")
    bad.write_text(SMALL.replace("maximum: 1000", "maximum: veel"), encoding="utf-8")
    out, err, fine = run("check", good, bad, tmp_path / "weg.yaml")
    assert not fine
    assert f"{good}: in orde: Een kleine regeling" in out
    assert f"{bad}:39:12 amounts.maximum: 'veel' is geen bedrag" in err
    assert "weg.yaml: No such file" in err


def test_check_names_unknowns_and_assumptions() -> None:
    out, _, fine = run("check", *DELIVERED)
    assert fine
    assert "een openstelling kan nog niet: criteria is onbekend" in out
    assert "aanname: vote: Hoe de streek koos, is niet gevonden." in out
    assert "alleen als voorbeeld of test te openen" in out


@pytest.mark.django_db
def test_load_accepts_each_text_once(tmp_path: Path) -> None:
    AuthorityFactory(code="voorbeeldland")
    file = tmp_path / "klein.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert run("load", file)[0] == "klein: revisie 1\n"
    assert run("load", file)[0] == "klein: revisie 1\n"
    file.write_text(SMALL.replace("maximum: 1000", "maximum: 900"), encoding="utf-8")
    assert run("load", file)[0] == "klein: revisie 2\n"
    numbers = Revision.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


@pytest.mark.django_db
def test_load_without_files_takes_all_delivered_ones() -> None:
    for code in ("overijssel", "voorbeeldland", "kostbaar-salland"):
        AuthorityFactory(code=code)
    assert run("load")[2]
    assert Revision.objects.count() == len(DELIVERED)


@pytest.mark.django_db
def test_load_needs_a_known_authority(tmp_path: Path) -> None:
    file = tmp_path / "klein.yaml"
    file.write_text(SMALL, encoding="utf-8")
    _, err, fine = run("load", file)
    assert not fine
    assert "De overheid voorbeeldland is niet bekend." in err


def test_check_tells_what_the_engine_leaves_to_people_and_what_nothing_uses() -> None:
    out, _, fine = run("check", DEFINITIONS / "voorbeeld-buurtkracht.yaml")
    assert fine
    assert "  doet nog niets: amounts.costs.vat: " in out
    assert "  wordt nergens gebruikt: form.steps.geld.questions.rekeninghouder: " in out


def test_diff_says_in_words_what_changed(tmp_path: Path) -> None:
    one, other = tmp_path / "een.yaml", tmp_path / "twee.yaml"
    one.write_text(SMALL, encoding="utf-8")
    other.write_text(SMALL.replace("maximum: 1000", "maximum: 900"), encoding="utf-8")
    assert run("diff", one, other)[0] == (
        "Bedragen\n  Het maximum gaat van €\u00a01.000 naar €\u00a0900.\n"
    )
    assert run("diff", one, one)[0] == "Er is niets veranderd.\n"


@pytest.mark.django_db
def test_diff_knows_revisions_by_number(tmp_path: Path) -> None:
    AuthorityFactory(code="voorbeeldland")
    file = tmp_path / "klein.yaml"
    for maximum in (1000, 800):
        file.write_text(SMALL.replace("1000\n", f"{maximum}\n", 1), encoding="utf-8")
        assert run("load", file)[2]
    out, _, fine = run("diff", "klein@1", "klein")
    assert fine
    assert "Het maximum gaat van €\u00a01.000 naar €\u00a0800." in out
    for name in ("klein@7", "klein@laatste", "onbekend"):
        assert not run("explain", name)[2], name


@pytest.mark.django_db
def test_explain_tells_a_delivered_regulation() -> None:
    out, _, fine = run("explain", "voorbeeld-buurtkracht")
    assert fine
    assert out.startswith("# Voorbeeld Buurtkracht\n")
    assert "## Wie kan aanvragen?" in out
    assert not run("explain")[2]


@pytest.mark.slow
def test_explain_writes_the_pages_of_all_that_come_along(tmp_path: Path) -> None:
    assert run("explain", "--write", tmp_path)[2]
    names = {path.name for path in tmp_path.glob("*.md")}
    assert {"README.md", "voorbeeld-buurtkracht.md", "west-begroot-2021.md"} <= names


def test_explain_of_a_wrong_file_says_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "fout.yaml"
    file.write_text(SMALL.replace("maximum: 1000", "maximum: veel"), encoding="utf-8")
    _, err, fine = run("explain", file)
    assert not fine
    assert "'veel' is geen bedrag" in err


def test_gazette_gives_the_announcement_or_what_is_unknown(tmp_path: Path) -> None:
    file = tmp_path / "klein.yaml"
    file.write_text(SMALL, encoding="utf-8")
    out, _, fine = run("gazette", file, "--window", "voorjaar")
    assert fine
    assert "Het subsidieplafond is €\u00a010.000." in out
    assert not run("gazette", file, "--window", "zomer")[2]
    file.write_text(SMALL.replace("paragraph: '1'", "paragraph: unknown"), encoding="utf-8")
    out, err, fine = run("gazette", file)
    assert (out, fine) == ("", False)
    assert "nog niet bekend: paragraaf" in err


def test_schema_is_json_that_an_editor_takes() -> None:
    schema = json.loads(run("schema")[0])
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "amounts" in json.dumps(schema)
