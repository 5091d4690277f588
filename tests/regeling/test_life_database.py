"""The life of a text in the database: four eyes hold whatever the code does, also in a race."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Person
from regeling.domain.checking import check_in_force
from regeling.domain.concepts import save_concept
from regeling.domain.publishing import withdraw_revision
from regeling.domain.revisions import accept
from regeling.models import Concept, ConceptText, Publication
from regeling.verify import life
from tests.factories.applications import as_actor
from tests.factories.concepts import administrator, approved, concept, drafter, published
from tests.infra.races import at_once
from tests.regeling.test_life import NEXT, publish
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Conflict, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.both
class TestTheDatabaseItself:
    """Whatever the code does, these rows stay as they were written."""

    @pytest.mark.parametrize(
        "table",
        [
            "regeling_concepttext",
            "regeling_conceptcheck",
            "regeling_publication",
            "regeling_revisionwithdrawal",
        ],
    )
    def test_what_was_written_stays(self, table: str) -> None:
        revision = published()
        withdraw_revision(
            revision_id=revision.pk,
            from_at=None,
            reason="op",
            actor=as_actor(administrator()),
        )
        for act in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)

    def test_nobody_publishes_her_own_text(self) -> None:
        writer = drafter()
        row = approved(concept(by=writer))
        other = accept(source=NEXT, file="x", actor=SYSTEM, publish=False)
        given = {"published_at": clock.now(), "in_force_at": clock.now(), "concept": row}
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(revision=other, published_by=writer, **given)
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(revision=other, published_by=None, **given)
        Publication.objects.create(revision=other, published_by=drafter(), **given)
        assert other.publication.concept == row

    def test_a_text_that_nobody_checked_is_never_checked_or_published(self) -> None:
        row = concept()
        for state in ("checked", "published"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Concept.objects.filter(pk=row.pk).update(state=state)

    def test_a_checked_text_does_not_move_under_its_check(self) -> None:
        row = approved(concept())
        with pytest.raises(IntegrityError), transaction.atomic():
            Concept.objects.filter(pk=row.pk).update(version=2)

    def test_a_writer_is_no_checker(self) -> None:
        writer = drafter()
        row = concept(by=writer)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.checks.create(
                number=1, sha256="x", person=writer, approved=True, checked_at=clock.now()
            )

    def test_a_published_concept_takes_no_text(self) -> None:
        row = approved(concept())
        publish(row)
        with pytest.raises(IntegrityError), transaction.atomic():
            ConceptText.objects.create(
                concept=row, number=2, source="", person=drafter(), saved_at=clock.now()
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Concept.objects.filter(pk=row.pk).update(state="concept")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_publish_once() -> None:
    row = approved(concept())
    told: list[str] = []

    def press(person: Person) -> None:
        try:
            publish(row, by=person)
        except Refused as refused:
            told.append(refused.code)

    at_once([partial(press, person) for person in (drafter(), drafter(), drafter())])
    assert told == ["published", "published"]
    assert Publication.objects.filter(concept=row).count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_check_at_once_never_leave_an_unread_text_checked() -> None:
    writer = drafter()
    row = concept(by=writer)

    def check() -> None:
        with suppress(Conflict):
            approved(row)

    def write() -> None:
        save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(writer))

    at_once([check, write])
    row.refresh_from_db()
    assert (row.version, row.state, check_in_force(row)) == (2, "concept", None)
    assert list(life()) == []
