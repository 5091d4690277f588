"""A test opens on any text; only the office and who was invited join it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.grants import grant
from accounts.models import Person
from accounts.roles import Role
from applications.domain import drafts
from regeling.domain.concepts import copy_revision, save_concept
from regeling.domain.queries.testing import calls_for, may_join
from regeling.domain.revisions import open_call
from regeling.domain.testing import dismiss_tester, invite_tester, open_test
from regeling.domain.texts import WrongText, newest
from regeling.models import Call, Ceiling, Concept, Publication, Regulation
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    revision_of,
    with_role,
)
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def example() -> Call:
    return open_example_call()


@pytest.fixture
def writer(example: Call) -> Person:
    return with_role(PersonFactory(), Role.DRAFTER, example)


@pytest.fixture
def concept(example: Call, writer: Person) -> Concept:
    """A text that somebody is writing, with another title than the one in force."""
    revision = example.revision
    made = copy_revision(
        revision_id=revision.pk,
        title="Buurtbijdrage nieuw",
        slug=revision.regulation.slug,
        actor=as_actor(writer),
    )
    source = newest(made).source.replace("title: ", "title: Nieuwe ", 1)
    return save_concept(
        concept_id=made.pk, source=source, seen=made.version, actor=as_actor(writer)
    )


def test_a_concept_is_tried_before_anybody_checked_it(concept: Concept, writer: Person) -> None:
    call = open_test(concept_id=concept.pk, actor=as_actor(writer))
    assert (call.kind, call.slug) == ("test", f"test-{concept.slug}-1")
    assert call.opens_at <= clock.now()
    assert not Publication.objects.filter(revision=call.revision).exists()
    with pytest.raises(Refused):
        open_call(revision_id=call.revision_id, kind="example", actor=SYSTEM, slug="echt")
    again = open_test(concept_id=concept.pk, actor=as_actor(writer))
    assert (again.slug, again.revision_id) == (f"test-{concept.slug}-2", call.revision_id)


def test_its_ceiling_is_its_own(concept: Concept, writer: Person, example: Call) -> None:
    call = open_test(concept_id=concept.pk, actor=as_actor(writer))
    own = Ceiling.objects.filter(call=call)
    assert own.exists()
    assert set(own.values_list("reserved", "open", "settled")) == {(0, 0, 0)}
    assert Ceiling.objects.filter(call=example).count() == own.count()


def test_a_text_with_errors_says_so(concept: Concept, writer: Person) -> None:
    row = save_concept(
        concept_id=concept.pk, source="language: 3\n", seen=concept.version, actor=as_actor(writer)
    )
    with pytest.raises(WrongText):
        open_test(concept_id=row.pk, actor=as_actor(writer))


def test_never_under_the_address_of_another_regulation(concept: Concept, writer: Person) -> None:
    source = newest(concept).source.replace(f"slug: {concept.slug}", "slug: van-een-ander", 1)
    row = save_concept(
        concept_id=concept.pk, source=source, seen=concept.version, actor=as_actor(writer)
    )
    with pytest.raises(Refused) as refusal:
        open_test(concept_id=row.pk, actor=as_actor(writer))
    assert refusal.value.field == "identity.slug"
    assert not Regulation.objects.filter(slug="van-een-ander").exists()


def test_not_by_a_stranger(concept: Concept) -> None:
    with pytest.raises(NotAllowed):
        open_test(concept_id=concept.pk, actor=as_actor(PersonFactory()))


def test_who_joins(example: Call, writer: Person) -> None:
    test = open_example_call(kind="test", call_slug="test-plein-1")
    stranger, guest = PersonFactory(), PersonFactory()
    assessor = with_role(PersonFactory(), Role.ASSESSOR, example)
    row = invite_tester(call_id=test.pk, email=f" {guest.email.upper()}", actor=as_actor(writer))
    for person, joins in ((stranger, False), (guest, True), (assessor, True), (writer, True)):
        assert may_join(person.pk, test) is joins
        assert calls_for(person.pk).filter(pk=test.pk).exists() is joins
        assert may_join(person.pk, example)
    assert not may_join(None, test)
    with pytest.raises(NotAllowed):
        drafts.start(
            call_id=test.pk,
            party_id=stranger.pk,
            applicant_class="inwoner",
            actor=as_actor(stranger),
        )
    assert draft(test, person=guest).call == test
    dismiss_tester(call_id=test.pk, tester_id=row.pk, actor=as_actor(writer))
    assert not may_join(guest.pk, test)


def test_nobody_is_invited_to_what_is_no_test(example: Call, writer: Person) -> None:
    with pytest.raises(Refused, match="geen test"):
        invite_tester(call_id=example.pk, email="a@example.org", actor=as_actor(writer))
    test = open_example_call(kind="test", call_slug="test-plein-1")
    with pytest.raises(Refused) as refusal:
        invite_tester(call_id=test.pk, email="geen adres", actor=as_actor(writer))
    assert refusal.value.field == "email"
    with pytest.raises(NotAllowed):
        invite_tester(call_id=test.pk, email="a@example.org", actor=as_actor(PersonFactory()))


def test_a_test_on_the_page_leaves_the_address_of_the_real_call(client: Client) -> None:
    revision = revision_of("krachtvansalland-cheque-2023")
    regulation = revision.regulation
    boss = PersonFactory()
    grant(
        person_id=boss.pk,
        role=Role.ADMINISTRATOR,
        authority=regulation.authority.code,
        actor=SYSTEM,
    )
    sign_in(client, boss)
    # Long before any ceiling of the regulation was published.
    answer = client.post(
        reverse("regeling:open_call", args=[regulation.slug]),
        {
            "kind": "test",
            "title": "Oefenronde",
            "slug": regulation.slug,
            "window": "voorjaar-2023",
            "opens_on": "2020-01-01",
            "closes_on": "2020-02-01",
        },
    )
    assert answer.status_code == 302
    assert Call.objects.get().slug == f"test-{regulation.slug}-1"
