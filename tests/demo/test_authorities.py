"""Authorities come from a file: what is not known stays empty, and every regulation has its own."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.domain.authorities import SHIPPED, load
from accounts.models import Authority
from regeling.definition import parse
from regeling.delivered import files
from timeline.refusal import Refused

pytestmark = pytest.mark.django_db


def test_overijssel_has_what_its_letters_need_and_no_more() -> None:
    call_command("load_authorities", stdout=StringIO())

    province = Authority.objects.get(code="overijssel")
    assert province.objection_address.splitlines() == [
        "team Juridische Zaken",
        "Postbus 10078",
        "8000 GB Zwolle",
    ]
    assert province.court == "Rechtbank Overijssel"
    assert province.archive_id.endswith("/provincie/pv23")
    assert not province.example
    assert province.phone == province.bank_account_name == ""


def test_every_delivered_regulation_names_an_authority_in_the_file() -> None:
    load(source=SHIPPED.read_text(encoding="utf-8"))

    known = set(Authority.objects.values_list("code", flat=True))
    named = {parse(f.read_text(), file=f.name).identity.authority for f in files()}
    assert named <= known


def test_loading_again_changes_facts_and_makes_nothing_twice() -> None:
    load(source="- {code: hier, name: Hier, phone: '1'}")

    load(source="- {code: hier, name: Daar}")

    assert list(Authority.objects.values_list("code", "name", "phone")) == [("hier", "Daar", "")]


@pytest.mark.parametrize(
    "text", ["hier", "- hier", "- {code: hier}", "- {code: hier, name: Hier, colour: red}"]
)
def test_what_is_no_authority_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        load(source=text)
    file = tmp_path / "own.yaml"
    file.write_text(text)
    with pytest.raises(CommandError):
        call_command("load_authorities", file)

    assert not Authority.objects.exists()
