"""A text that goes on from another one is checked as it was read, together with that other."""

from __future__ import annotations

import pytest

from regeling.domain.concepts import save_concept
from regeling.domain.publishing import publish_concept
from regeling.domain.texts import newest
from regeling.models import Concept, Revision
from tests.factories.applications import as_actor
from tests.factories.concepts import EVERY_KIND, approved, concept, drafter, published, slug_in
from timeline.refusal import Refused

pytestmark = pytest.mark.django_db

MORE = EVERY_KIND.replace("Buurtbijdrage Voorbeeldstad", "Buurtbijdrage anders", 1)


def publish(row: Concept) -> Revision:
    return publish_concept(
        concept_id=row.pk,
        seen=row.version,
        in_force_at=None,
        reference="Blad 2",
        actor=as_actor(drafter()),
    )


def following() -> Concept:
    """A concept that takes everything but its address from a text in force."""
    published()
    row = concept(EVERY_KIND.replace(f"slug: {slug_in(EVERY_KIND)}", "slug: volgende", 1))
    source = f"extends: {slug_in(EVERY_KIND)}\nidentity:\n  slug: volgende\n"
    save_concept(concept_id=row.pk, source=source, seen=1, actor=as_actor(drafter()))
    row.refresh_from_db()
    return row


def test_as_it_was_checked_it_is_published() -> None:
    made = publish(approved(following(), by=drafter()))
    assert made.definition.identity.title == "Buurtbijdrage Voorbeeldstad"


def test_what_it_goes_on_from_changed_after_the_check() -> None:
    row = approved(following(), by=drafter())
    published(MORE)
    with pytest.raises(Refused, match="opnieuw nakijken"):
        publish(row)
    row.refresh_from_db()
    assert row.state == Concept.State.CHECKED
    made = publish(approved(row, by=drafter()))
    assert made.definition.identity.title == "Buurtbijdrage anders"
    assert "Buurtbijdrage" not in newest(row).source
