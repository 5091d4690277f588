"""`manage.py regeling check` and `load`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from regeling.models import Revision
from tests.factories.applications import AuthorityFactory
from tests.regeling.samples import DELIVERED, SMALL


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
