"""What somebody writes in a regulation is text on every page, never markup."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from regeling.domain.concepts import save_concept
from regeling.domain.publishing import publish_concept
from regeling.models import Concept
from regeling.web.editor.pages import PARTS
from tests.accounts.signing_in import sign_in
from tests.factories.applications import as_actor, open_example_call
from tests.factories.concepts import EVERY_KIND, approved, concept, drafter
from timeline.refusal import Refused

pytestmark = pytest.mark.django_db

TAG = "<b id=own>"
WORDS = r"^(\s*(?:- )?(?:title|label|help|sentence|question|met|heading|name): )([^\n'\"|>]+)$"
MARKED = re.sub(WORDS, rf"\1'\2 {TAG}'", EVERY_KIND, flags=re.MULTILINE)
PAGES = (
    *("concept", "concept_decide", "concept_text", "concept_explained", "concept_difference"),
    *("concept_check", "concept_publish", "concept_history", "concept_reasons", "concept_readers"),
)


@pytest.fixture
def writer() -> Person:
    return drafter()


@pytest.fixture
def row(writer: Person) -> Concept:
    return concept(MARKED, by=writer)


def pages(row: Concept) -> list[str]:
    steps = re.findall(r"^    - code: (\S+)\n      title:", MARKED, flags=re.MULTILINE)
    form = reverse("applications:concept_form", args=[row.uid])
    return [
        *(reverse(f"regeling:{name}", args=[row.uid]) for name in PAGES),
        *(reverse("regeling:concept_part", args=[row.uid, part.code]) for part in PARTS),
        *(f"{form}?stap={step}" for step in steps),
        reverse("documents:concept_letters", args=[row.uid]),
        reverse("portal:open_test", args=[row.uid]),
    ]


@pytest.mark.slow  # every page of a concept
def test_pages_of_a_concept(client: Client, row: Concept, writer: Person) -> None:
    assert MARKED.count(TAG) > 20
    sign_in(client, writer)
    shown = 0
    for address in pages(row):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert TAG not in text, address
        shown += "&lt;b id=own&gt;" in text
    assert shown > len(PARTS)


def test_public_pages(client: Client, row: Concept) -> None:
    publish_concept(
        concept_id=approved(row).pk,
        seen=row.version,
        in_force_at=None,
        reference=f"Blad {TAG}",
        actor=as_actor(drafter()),
    )
    slug = row.slug
    for address in (
        reverse("regeling:regulations"),
        reverse("regeling:regulation", args=[slug]),
        reverse("regeling:check", args=[slug]),
        reverse("regeling:revision", args=[slug, 1]),
        reverse("regeling:fit"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert TAG not in answer.content.decode(), address


def test_messages_about_a_wrong_text(client: Client, row: Concept, writer: Person) -> None:
    sign_in(client, writer)
    wrong = EVERY_KIND.replace("kind: text", f"kind: '{TAG}'", 1) + f"'{TAG}': 1\n"
    address = reverse("regeling:concept_text", args=[row.uid])
    page = client.post(address, {"source": wrong, "version": 1, "doe": "controleer"})
    text = page.content.decode()
    assert TAG not in text
    assert "&lt;b id=own&gt;" in text
    found = client.post(f"{address}controle/", {"source": wrong})
    assert found["Content-Type"] == "application/json"


def test_a_text_with_what_no_database_keeps(row: Concept, writer: Person) -> None:
    with pytest.raises(Refused, match="teken"):
        save_concept(concept_id=row.pk, source="a: \x00\n", seen=1, actor=as_actor(writer))


def test_help_of_a_question_in_the_check_without_an_account(client: Client) -> None:
    label = "label: Hoeveel vraagt u aan?"
    call = open_example_call(replace=(label, f"{label}\n          help: Dit is {TAG}"))
    text = client.get(reverse("regeling:check", args=[call.slug])).content.decode()
    assert TAG not in text
    assert "Dit is &lt;b id=own&gt;" in text
