"""A text is written, checked by a colleague, published, in force from a moment, and withdrawn."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from regeling.domain.checking import check_concept, check_in_force
from regeling.domain.concepts import (
    copy_revision,
    drop_concept,
    previous,
    save_concept,
    start_concept,
    undo_concept,
)
from regeling.domain.publishing import publish_concept, withdraw_revision
from regeling.domain.queries.governing import coming, in_force, in_force_of_all, latest_of_all
from regeling.domain.revisions import accept, open_call
from regeling.domain.texts import WrongText, newest
from regeling.models import Concept, Revision
from regeling.renewing import undecided
from regeling.verify import life
from tests.factories.applications import PersonFactory, as_actor, revision_of
from tests.factories.concepts import (
    EVERY_KIND,
    administrator,
    approved,
    authority_of,
    concept,
    drafter,
    published,
)
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db

WRONG = EVERY_KIND.replace("applicants:", "aplicants:", 1).replace("terms:", "trems:", 1)
NEXT = EVERY_KIND.replace("Buurtbijdrage Voorbeeldstad", "Buurtbijdrage 2027", 1)


def publish(row: Concept, **given: Any) -> Revision:
    by = given.pop("by", None) or drafter()
    asked = {"seen": row.version, "in_force_at": None, "reference": "Blad 1", **given}
    return publish_concept(concept_id=row.pk, actor=as_actor(by), **asked)


class TestWriting:
    def test_every_save_is_kept_and_wrong_texts_too(self) -> None:
        writer = drafter()
        row = concept(by=writer)
        save_concept(concept_id=row.pk, source=WRONG, seen=1, actor=as_actor(writer))
        row = save_concept(concept_id=row.pk, source=NEXT, seen=2, actor=as_actor(writer))
        assert [text.source for text in row.texts.order_by("number")] == [EVERY_KIND, WRONG, NEXT]
        assert (row.version, row.title) == (3, "Buurtbijdrage 2027")
        assert [event.type for event in Event.objects.filter(stream__uid=str(row.uid))] == [
            "regeling.concept_started",
            "regeling.concept_saved",
            "regeling.concept_saved",
        ]

    def test_the_same_text_again_is_no_new_version(self) -> None:
        writer = drafter()
        row = concept(by=writer)
        assert (
            save_concept(
                concept_id=row.pk, source=EVERY_KIND, seen=1, actor=as_actor(writer)
            ).version
            == 1
        )

    def test_who_saves_over_another_is_told_who_was_first(self) -> None:
        row, other = concept(), drafter()
        save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(other))
        with pytest.raises(Conflict, match=other.name):
            save_concept(concept_id=row.pk, source=WRONG, seen=1, actor=as_actor(drafter()))
        row.refresh_from_db()
        assert newest(row).source == NEXT

    def test_going_back_twice_goes_back_two_texts_and_loses_none(self) -> None:
        writer = drafter()
        row, act = concept(by=writer), as_actor(writer)
        for number, source in enumerate(("b: 1", "c: 1"), 1):
            row = save_concept(concept_id=row.pk, source=source, seen=number, actor=act)
        row = undo_concept(concept_id=row.pk, seen=3, actor=act)
        assert newest(row).source == "b: 1"
        row = undo_concept(concept_id=row.pk, seen=4, actor=act)
        assert newest(row).source == EVERY_KIND
        assert previous(row) is None
        with pytest.raises(Refused, match="geen eerdere"):
            undo_concept(concept_id=row.pk, seen=5, actor=act)
        row = undo_concept(concept_id=row.pk, seen=5, actor=act, back_to=3)
        assert newest(row).source == "c: 1"
        row = save_concept(concept_id=row.pk, source="d: 1", seen=6, actor=act)
        row = undo_concept(concept_id=row.pk, seen=7, actor=act)
        assert newest(row).source == "c: 1"

    def test_strangers_and_other_authorities_may_not_write(self) -> None:
        row = concept()
        elsewhere = drafter("  authority: ergens-anders\n")
        for person in (PersonFactory(), elsewhere):
            with pytest.raises(NotAllowed):
                save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(person))

    def test_one_regulation_has_one_text_at_work(self) -> None:
        row = concept()
        with pytest.raises(Refused, match="al gewerkt"):
            concept()
        drop_concept(concept_id=row.pk, seen=1, actor=as_actor(drafter()))
        concept()

    @pytest.mark.parametrize("slug", ["Met Spaties", "", "a--b", "x" * 81])
    def test_a_slug_must_be_one(self, slug: str) -> None:
        with pytest.raises(Refused, match="adres"):
            start_concept(
                authority_id=authority_of(EVERY_KIND).pk,
                title="x",
                slug=slug,
                source="",
                actor=as_actor(drafter()),
            )


class TestCopies:
    def test_a_new_regulation_has_what_is_to_be_decided_marked(self) -> None:
        revision = revision_of("voorbeeld-buurtkracht")
        writer = drafter(revision.source)
        row = copy_revision(
            revision_id=revision.pk,
            title="Buurtkracht 2028",
            slug="kracht-28",
            actor=as_actor(writer),
        )
        text = newest(row).source
        assert row.title == "Buurtkracht 2028"
        assert row.based_on == revision
        left = {each.path: each for each in undecided(revision.source, text)}
        assert left["ceilings.total.amount"].marked
        assert left["windows.najaar-2026.opens"].before == "2026-09-01"
        comments = [line for line in revision.source.splitlines() if line.startswith("#")]
        assert [line for line in text.splitlines() if line.startswith("#")] == comments

    def test_its_own_slug_is_a_change_and_everything_stands(self) -> None:
        revision = revision_of()
        row = copy_revision(
            revision_id=revision.pk, title="x", slug="every-kind", actor=as_actor(drafter())
        )
        assert newest(row).source == revision.source


class TestFourEyes:
    def test_a_writer_does_not_check_her_own_text(self) -> None:
        writer, second = drafter(), drafter()
        row = concept(by=writer)
        save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(second))
        for person in (writer, second):
            with pytest.raises(NotAllowed, match="collega"):
                check_concept(
                    concept_id=row.pk, seen=2, approved=True, remarks="", actor=as_actor(person)
                )

    def test_an_approval_refuses_a_wrong_text_and_tells_everything(self) -> None:
        row = concept(WRONG)
        with pytest.raises(WrongText) as wrong:
            approved(row, by=drafter())
        assert {each.field for each in wrong.value.problems} >= {"aplicants", "trems"}

    def test_a_no_has_words(self) -> None:
        row = concept()
        with pytest.raises(Refused, match="anders"):
            check_concept(
                concept_id=row.pk, seen=1, approved=False, remarks=" ", actor=as_actor(drafter())
            )

    def test_any_save_takes_the_check_away(self) -> None:
        writer = drafter()
        row = approved(concept(by=writer))
        assert check_in_force(row) is not None
        row = save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(writer))
        assert (row.state, check_in_force(row)) == ("concept", None)
        with pytest.raises(Refused, match="nagekeken"):
            publish(row)
        row = undo_concept(concept_id=row.pk, seen=2, actor=as_actor(writer))
        with pytest.raises(Refused, match="nagekeken"):
            publish(row)

    def test_a_later_no_takes_an_earlier_yes_back(self) -> None:
        row = approved(concept())
        check_concept(
            concept_id=row.pk,
            seen=1,
            approved=False,
            remarks="toch niet",
            actor=as_actor(drafter()),
        )
        with pytest.raises(Refused, match="nagekeken"):
            publish(row)

    def test_a_writer_does_not_publish_and_a_colleague_does(self) -> None:
        writer, checker = drafter(), drafter()
        row = approved(concept(by=writer), by=checker)
        with pytest.raises(NotAllowed, match="collega"):
            publish(row, by=writer)
        revision = publish(row, by=administrator())
        row.refresh_from_db()
        assert (row.state, row.regulation) == ("published", revision.regulation)
        assert revision.source == EVERY_KIND
        assert list(life()) == []

    def test_another_version_than_the_one_seen_is_not_published(self) -> None:
        writer = drafter()
        row = approved(concept(by=writer))
        save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(writer))
        with pytest.raises(Conflict):
            publish(row, seen=1)

    def test_what_is_published_is_not_worked_on(self) -> None:
        row = approved(concept())
        publish(row)
        for verb in (undo_concept, drop_concept):
            with pytest.raises(Refused, match="nieuw concept"):
                verb(concept_id=row.pk, seen=1, actor=as_actor(drafter()))

    def test_the_same_text_is_not_published_twice(self) -> None:
        published()
        with pytest.raises(Refused, match="al eens vastgesteld"):
            publish(approved(concept()))

    def test_a_text_that_was_tried_in_a_test_is_published_as_the_same_revision(self) -> None:
        authority_of(EVERY_KIND)
        tried = accept(source=EVERY_KIND, file="x", actor=SYSTEM, publish=False)
        assert not latest_of_all(at=clock.now()).exists()
        assert publish(approved(concept())) == tried

    def test_a_text_for_another_address_is_refused(self) -> None:
        row = concept(EVERY_KIND)
        writer = drafter()
        source = EVERY_KIND.replace("slug: every-kind", "slug: iets-anders")
        row = save_concept(concept_id=row.pk, source=source, seen=1, actor=as_actor(writer))
        with pytest.raises(Refused, match="iets-anders"):
            publish(approved(row))


class TestInForce:
    def test_a_text_may_come_into_force_later(self) -> None:
        first = published()
        later = clock.now() + timedelta(days=30)
        second = publish(approved(concept(NEXT)), in_force_at=later)
        regulation = first.regulation_id
        now = clock.now()
        assert in_force(regulation, at=now) == first
        assert coming(regulation, at=now) == [second]
        assert in_force(regulation, at=later) == second
        assert list(latest_of_all(at=now)) == [first]
        assert list(latest_of_all(at=later)) == [second]

    def test_a_text_that_is_withdrawn_before_its_day_replaces_none(self) -> None:
        first = published()
        later = clock.now() + timedelta(days=30)
        second = publish(approved(concept(NEXT)), in_force_at=later)
        withdraw_revision(
            revision_id=second.pk,
            from_at=None,
            reason="Toch niet.",
            actor=as_actor(administrator()),
        )
        after = later + timedelta(days=1)
        assert coming(first.regulation_id, at=clock.now()) == []
        assert in_force(first.regulation_id, at=after) == first
        assert list(in_force_of_all(at=after)) == [first]
        assert list(latest_of_all(at=after)) == [first]

    def test_the_first_is_readable_before_it_is_in_force(self) -> None:
        only = publish(approved(concept()), in_force_at=clock.now() + timedelta(days=3))
        assert in_force(only.regulation_id, at=clock.now()) is None
        assert list(latest_of_all(at=clock.now())) == [only]

    def test_not_before_its_publication(self) -> None:
        with pytest.raises(Refused, match="voordat") as refused:
            publish(approved(concept()), in_force_at=clock.now() - timedelta(days=2))
        assert refused.value.article == "Awb 3:40"

    def test_after_a_withdrawal_nothing_is_in_force_and_no_call_opens(self) -> None:
        revision = published()
        withdraw_revision(
            revision_id=revision.pk,
            from_at=None,
            reason="De pot is op.",
            actor=as_actor(administrator()),
        )
        revision = Revision.objects.get(pk=revision.pk)
        assert in_force(revision.regulation_id, at=clock.now()) is None
        assert list(latest_of_all(at=clock.now())) == [revision]
        with pytest.raises(Refused, match="ingetrokken"):
            open_call(revision_id=revision.pk, kind="example", actor=SYSTEM)
        with pytest.raises(Refused, match="al ingetrokken"):
            withdraw_revision(
                revision_id=revision.pk,
                from_at=None,
                reason="x",
                actor=as_actor(administrator()),
            )

    def test_a_text_without_a_publication_opens_only_as_a_test(self) -> None:
        authority_of(EVERY_KIND)
        tried = accept(source=EVERY_KIND, file="x", actor=SYSTEM, publish=False)
        with pytest.raises(Refused, match="niet vastgesteld"):
            open_call(revision_id=tried.pk, kind="example", actor=SYSTEM)
        assert open_call(revision_id=tried.pk, kind="test", actor=SYSTEM).kind == "test"

    def test_a_real_call_opens_on_the_text_that_is_in_force_then(self) -> None:
        source = _real()
        with clock.playing("", datetime(2026, 11, 1, tzinfo=UTC)):
            first = published(source)
            second = publish(
                approved(concept(source.replace("Echt", "Anders")), by=drafter(source)),
                by=drafter(source),
                in_force_at=datetime(2027, 1, 10, tzinfo=UTC),
            )
        with clock.playing("", datetime(2026, 12, 1, tzinfo=UTC)):
            assert open_call(revision_id=first.pk, kind="real", actor=SYSTEM, slug="a")
            with pytest.raises(Refused, match="nog niet in werking"):
                open_call(revision_id=second.pk, kind="real", actor=SYSTEM, slug="b")
        with clock.playing("", datetime(2027, 1, 15, tzinfo=UTC)):
            with pytest.raises(Refused, match="nieuwere tekst"):
                open_call(revision_id=first.pk, kind="real", actor=SYSTEM, slug="c")
            assert open_call(revision_id=second.pk, kind="real", actor=SYSTEM, slug="d")


def _real() -> str:
    """A text without a word that a real call may not have."""
    source = EVERY_KIND.replace("  example: yes\n", "").replace("slug: every-kind", "slug: echt")
    for code in ("inwoner", "groep", "organisatie", "einde-na-begin", "buurt"):
        source = re.sub(
            rf"^( *)- code: {code}$", r"\g<0>\n\1  article: '2.1'", source, count=1, flags=re.M
        )
    for section in ("territory", "amounts"):
        source = source.replace(f"\n{section}:\n", f"\n{section}:\n  article: '2.1'\n")
    return source.replace("title: Buurtbijdrage Voorbeeldstad", "title: Echt")
