"""The list of dossiers: the same bytes from both databases, safe cells, only what one may see."""

from __future__ import annotations

import copy
import csv
import io
import time
import tracemalloc
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accountability.domain.queries.dossiers import dossier_list, headings
from accountability.exports.dossiers_csv import by_copy, by_rows, dossiers_csv
from accounts.models import Person
from applications.models import Application
from documents import cells
from tests.factories.accountability import Office, decided, office, paid
from tests.factories.applications import PersonFactory, organisation_of, submitted
from timeline import clock

SPRING = datetime(2026, 3, 10, 23, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def export(person: Person | None) -> bytes:
    rows = dossier_list(person.pk if person else None)
    return b"".join(dossiers_csv(rows, headings()))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def spring() -> Office:
    return office(present=False)


@pytest.mark.both
@pytest.mark.django_db
def test_both_databases_give_these_bytes() -> None:
    with clock.playing("", SPRING):
        at = spring()
        person = PersonFactory(name="Jannie")
        board = organisation_of(person, name='=2+3;"Zoë"')
        given = {"person": person, "party": board, "asked": 250_050}
        application = decided(
            at, cents=240_005, answers={"titel": '@plein; "fijn"', "bedrag": 250_050}, **given
        )
        paid(at, application, 192_004)

    content = export(at.payer)

    number = application.number
    assert content.decode("utf-8-sig").split("\n")[1] == (
        f'"{number}";"Buurtfonds Voorbeeldstad";"Buurtfonds Voorbeeldstad";"voorbeeld";'
        '"\'@plein; ""fijn""";"\'=2+3;""Zoë""";"organisatie";"Noord";"Voorbeeldstad";"ontmoeten";'
        '"Deels toegekend";"Portaal";"2026-03-10";"2026-03-10";"";"2026-04-07";"2026-05-05";"";'
        '"2026-03-10";"verslag";"2026-06-30";"2500,50";"2400,05";"";"1920,04"'
    )
    assert len(headings()) == 25


@pytest.mark.django_db
def test_copy_and_cursor_agree_on_what_is_difficult() -> None:
    at = office()
    titles = [
        "a;b",
        'zeg "ja"',
        "  =1+1",
        "-3",
        "\u00e9 \u20ac",
        "regel",
        "'n feest",
        "\\.",
        "NULL",
    ]
    for title in titles:
        submitted(at.call, answers={"titel": title.ljust(3, "x")})
    rows = dossier_list(at.auditor.pk)

    assert connection.vendor == "postgresql"
    assert b"".join(by_copy(rows)) == b"".join(by_rows(rows))
    assert len(read(export(at.auditor))) == len(titles)


@pytest.mark.django_db
def test_the_database_guards_the_same_texts_as_python() -> None:
    at = office()
    titles = ["=SOM(A1)", "  =SOM", "+31 6 12", "-druk-", "@home", "gewoon", "a=b", "\uff1dSOM"]
    for title in titles:
        submitted(at.call, answers={"titel": title})

    told = [line["Titel"] for line in read(export(at.auditor))]

    stored = Application.objects.order_by("submitted_at", "pk").values_list("title", flat=True)
    assert told == [cells.text(title) for title in stored]
    assert sum(title.startswith("'") for title in told) == 6


@pytest.mark.django_db
def test_a_private_person_has_no_name_in_it() -> None:
    at = office()
    submitted(at.call, person=PersonFactory(name="Jannie Bosch"))

    content = export(at.payer)

    assert read(content)[0]["Aanvrager"] == "particulier"
    assert b"Jannie" not in content


@pytest.mark.django_db
def test_nobody_gets_what_she_may_not_see() -> None:
    at = office()
    mine = PersonFactory()
    own = submitted(at.call, person=mine)
    submitted(at.call)

    assert [line["Dossiernummer"] for line in read(export(mine))] == [own.number]
    assert read(export(PersonFactory())) == []
    assert read(export(None)) == []
    assert len(read(export(at.auditor))) == 2


def many(at: Office, number: int) -> None:
    """Copies of one dossier, as rows: what counts here is their number."""
    one = submitted(at.call)
    rows = []
    for place in range(number):
        row = copy.copy(one)
        row.pk, row.uid, row.number = None, uuid4(), f"V2026-{900000 + place}-0"
        row.provisional_place = None
        rows.append(row)
    Application.objects.bulk_create(rows, batch_size=2000)


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db
def test_ten_thousand_rows_stream_within_two_seconds() -> None:
    at = office()
    many(at, 10_000)
    rows = dossier_list(at.auditor.pk)

    began = time.perf_counter()
    blocks = [len(block) for block in dossiers_csv(rows, headings())]
    seconds = time.perf_counter() - began

    assert seconds < 2
    assert len(blocks) > 4
    tracemalloc.start()
    size = sum(len(block) for block in dossiers_csv(rows, headings()))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == sum(blocks)
    assert peak < size


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.django_db
def test_the_list_is_one_query_whatever_its_length(
    rows: int, django_assert_num_queries: object
) -> None:
    at = office()
    for _ in range(rows):
        submitted(at.call)
    person = at.auditor.pk

    with django_assert_num_queries(5):
        lines = list(dossier_list(person))
    assert len(lines) == rows
