"""Trying a text on pages: only when the letters are out, only by whom it concerns."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Authority, Person
from accounts.roles import Role
from applications.models import Application
from regeling.domain.concepts import start_concept
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.assessment.test_simulation_rounds import played_by_receipt
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from timeline import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def call() -> Call:
    return played_by_receipt()


def reader(call: Call, role: str = Role.AUDITOR) -> Person:
    return with_role(PersonFactory(), role, call)


def ask(client: Client, call: Call, *, file: bool = False, **given: str) -> Any:
    """The page two months later, with the call's own text unless told."""
    name = "assessment:simulation_csv" if file else "assessment:simulation"
    if given or file:
        given = {"text": f"revision:{call.revision_id}", "seed": "1", **given}
    with clock.playing("", clock.now() + timedelta(days=60)):
        return client.get(reverse(name, args=[call.slug]), given)


def plain(page: Any) -> str:
    return " ".join(str(page.text).replace("\xa0", " ").split())


def test_another_ceiling_beside_what_it_was(client: Client, call: Call) -> None:
    sign_in(client, reader(call))
    assert "Welke tekst wilt u proberen?" in plain(ask(client, call))
    shown = plain(ask(client, call, ceiling="20.000"))
    assert "Bij 2 aanvragen komt er een ander bedrag uit." in shown
    assert "krijgt nu wel geld" in shown
    assert "De verdeling was al gestopt" in shown
    assert '<td class="sve-num">€ 10.000</td><td class="sve-num">€ 20.000</td>' in shown


def test_the_table_is_a_file_that_starts_no_formula(client: Client, call: Call) -> None:
    sign_in(client, reader(call))
    row = _titled(call, "=SOM(A1)")
    answer = ask(client, call, file=True, maximum="1.000")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 9
    found = next(each for each in rows if each["dossier"] == row)
    assert found["initiatief"] == "'=SOM(A1)"
    assert (found["nu_euro"], found["dan_euro"], found["verandering"]) == (
        "2000,00",
        "1000,00",
        "less",
    )


def _titled(call: Call, title: str) -> str:
    row = Application.objects.filter(call=call).order_by("pk")[2]
    Application.objects.filter(pk=row.pk).update(title=title)
    return str(row.number)


def test_what_cannot_be_tried_is_said(client: Client, call: Call) -> None:
    sign_in(client, reader(call))
    answer = ask(client, call, rule="votes")
    assert answer.status_code == 422
    assert "In deze ronde is niet gestemd." in plain(answer)
    answer = ask(client, call, ceiling="veel")
    assert answer.status_code == 422
    assert "Vul een bedrag in euro&#x27;s in" in plain(answer)
    assert ask(client, call, text="revision:999").status_code == 422


def test_a_concept_can_be_tried_by_who_writes_there(client: Client, call: Call) -> None:
    drafter = reader(call, Role.DRAFTER)
    source = call.revision.source.replace("maximum: 2000", "maximum: 500")
    made = start_concept(
        authority_id=Authority.objects.get().pk,
        title="Buurtbijdrage 2027",
        slug=call.revision.regulation.slug,
        source=source,
        actor=as_actor(drafter),
        based_on_id=call.revision_id,
    )
    sign_in(client, drafter)
    assert "Concept: Buurtbijdrage Voorbeeldstad" in plain(ask(client, call))
    shown = plain(ask(client, call, text=f"concept:{made.uid}"))
    assert "krijgt minder" in shown
    assert "€ 500</td>" in shown


def test_nobody_else_and_nothing_while_a_letter_is_due(client: Client, call: Call) -> None:
    sign_in(client, with_role(PersonFactory(), Role.ASSESSOR, call))
    assert ask(client, call).status_code == 403
    other = open_example_call("by-vote", call_slug="other")
    sign_in(client, reader(other))
    assert ask(client, call).status_code == 404
    assert ask(client, call, file=True).status_code == 404
    shown = plain(ask(client, other, ceiling="1"))
    assert "Dit kan pas als alle brieven weg zijn" in shown
    assert "Te verdelen" not in shown
    assert ask(client, other, file=True).status_code == 404
