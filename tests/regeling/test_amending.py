"""What may change while a call is open, and what lies fixed from its first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from regeling import delivered
from regeling.definition import parse
from regeling.domain.amending import amend_call, ceiling_changes, fixed_changes
from regeling.domain.publishing import publish_concept, withdraw_revision
from regeling.domain.queries.governing import governing
from regeling.domain.revisions import accept, raise_ceiling
from regeling.models import Call, CallAmendment, Revision
from regeling.verify import life
from tests.factories.applications import PersonFactory, as_actor, open_example_call
from tests.factories.concepts import EVERY_KIND, administrator, approved, concept, drafter
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db

HIGHER = EVERY_KIND.replace("amount: 10000", "amount: 12000", 1)
LOWER = EVERY_KIND.replace("amount: 10000", "amount: 8000", 1)
CLOSED = EVERY_KIND.replace("amount: 10000", "amount: 0", 1)
OTHER_HELP = EVERY_KIND.replace("hoogstens € 2.000", "ten hoogste € 2.000")


@pytest.fixture
def call() -> Call:
    return open_example_call()


def text(source: str) -> Revision:
    """A published text, in force now."""
    assert source != EVERY_KIND, "the replacement did not find its line"
    return accept(source=source, file="every-kind.yaml", actor=SYSTEM)


def amend(call: Call, source: str) -> CallAmendment:
    return amend_call(call_id=call.pk, revision_id=text(source).pk, actor=SYSTEM)


class TestWhatMayChange:
    def test_another_text_governs_from_now_and_the_call_keeps_its_own(self, call: Call) -> None:
        opened_on = call.revision
        amendment = amend(call, OTHER_HELP)
        call.refresh_from_db()
        assert governing(call) == amendment.after != opened_on == call.revision
        assert governing(call, at=amendment.made_at - timedelta(seconds=1)) == opened_on
        facts = Event.objects.get(type="regeling.call_amended").facts
        assert facts["transitional_rule"] == "running_keep"
        assert list(life()) == []

    def test_a_higher_ceiling_is_published_and_works_at_once(self, call: Call) -> None:
        amend(call, HIGHER)
        total = call.ceilings.get(scope="total")
        assert (total.amount, total.free) == (1_200_000, 1_200_000)
        assert total.changes.get().before == 1_000_000

    def test_a_lower_ceiling_goes_by_the_act_that_keeps_promises(self, call: Call) -> None:
        amend(call, LOWER)
        assert call.ceilings.get(scope="total").amount == 800_000
        assert Event.objects.get(type="regeling.ceiling_lowered").facts["ground"] == (
            "Awb 4:27, tweede lid"
        )

    def test_a_ceiling_of_nothing_closes_the_pot(self, call: Call) -> None:
        amend(call, CLOSED)
        assert call.ceilings.get(scope="total").free == 0

    def test_a_second_amendment_follows_the_first(self, call: Call) -> None:
        amend(call, HIGHER)
        second = amend(call, HIGHER.replace("amount: 12000", "amount: 13000"))
        assert second.number == 2
        assert call.ceilings.get(scope="total").amount == 1_300_000

    def test_a_raise_outside_the_text_is_not_undone_by_another_change(self, call: Call) -> None:
        total = call.ceilings.get(scope="total")
        raise_ceiling(
            ceiling_id=total.pk,
            cents=1_000,
            published_on=clock.today(),
            publication="x",
            actor=SYSTEM,
        )
        amend(call, OTHER_HELP)
        assert call.ceilings.get(scope="total").amount == 1_001_000

    def test_a_raise_outside_the_text_does_not_come_on_top_of_a_new_amount(
        self, call: Call
    ) -> None:
        total = call.ceilings.get(scope="total")
        raise_ceiling(
            ceiling_id=total.pk,
            cents=200_000,
            published_on=clock.today(),
            publication="x",
            actor=SYSTEM,
        )
        amend(call, HIGHER)
        assert call.ceilings.get(scope="total").amount == 1_200_000


class TestWhatLiesFixed:
    @pytest.mark.parametrize(
        ("line", "instead", "named"),
        [
            ("on_misfit: stop", "on_misfit: skip", "verdeling"),
            ("release: lapses", "release: returns", "vrijgekomen"),
            ("closes: 2026-04-01", "closes: 2026-05-01", "periode"),
            ("code: ronde", "code: andere-ronde", "periode"),
        ],
    )
    def test_how_the_money_is_divided(
        self, call: Call, line: str, instead: str, named: str
    ) -> None:
        assert line in EVERY_KIND
        with pytest.raises(Refused, match=named) as refused:
            amend(call, EVERY_KIND.replace(line, instead))
        assert refused.value.article == "Awb 4:26"
        assert not CallAmendment.objects.exists()

    @pytest.mark.parametrize(
        ("line", "instead", "named"),
        [
            ("most_per_option: 2", "most_per_option: 3", "vote"),
            ("opens: 2027-01-11", "opens: 2027-01-12", "vote"),
            ("code: zuid\n    amount: 25000", "code: oost\n    amount: 25000", "ceilings"),
        ],
    )
    def test_the_vote_and_the_parts_of_the_ceiling(
        self, line: str, instead: str, named: str
    ) -> None:
        source = delivered.source("voorbeeld-buurtkracht")
        before, after = parse(source, file="x"), source.replace(line, instead, 1)
        assert after != source
        after = after.replace("- code: zuid\n", "- code: oost\n") if named == "ceilings" else after
        assert named in fixed_changes(before, parse(after, file="x"))
        assert fixed_changes(before, before) == ()

    def test_what_applications_are_compared_on(self) -> None:
        source = delivered.source("voorbeeld-buurtkracht")
        before = parse(source, file="x")
        assert before.criteria
        after = replace(before, criteria=())
        assert fixed_changes(before, after) == ("criteria",)
        in_order = parse(EVERY_KIND, file="x")
        assert fixed_changes(in_order, replace(in_order, criteria=())) == ()

    def test_a_lower_ceiling_where_everybody_is_ranked_together(self) -> None:
        call = open_example_call("by-vote")
        source = call.revision.source
        lower, higher = (
            source.replace("amount: 2500\n", f"amount: {n}\n", 1) for n in (2000, 3000)
        )
        text = accept(source=lower, file="by-vote.yaml", actor=SYSTEM)
        with pytest.raises(Refused, match="omlaag") as refused:
            amend_call(call_id=call.pk, revision_id=text.pk, actor=SYSTEM)
        assert refused.value.article == "Awb 4:27, tweede lid"
        assert call.ceilings.get(scope="total").amount == 250_000
        text = accept(source=higher, file="by-vote.yaml", actor=SYSTEM)
        amend_call(call_id=call.pk, revision_id=text.pk, actor=SYSTEM)
        assert call.ceilings.get(scope="total").amount == 300_000

    def test_a_call_that_is_over(self, call: Call) -> None:
        assert call.closes_at
        with clock.playing("", call.closes_at), pytest.raises(Refused, match="gesloten"):
            amend(call, HIGHER)

    def test_a_text_of_another_regulation(self, call: Call) -> None:
        other = text(EVERY_KIND.replace("slug: every-kind", "slug: iets-anders"))
        with pytest.raises(Refused, match="andere regeling"):
            amend_call(call_id=call.pk, revision_id=other.pk, actor=SYSTEM)

    def test_the_text_that_governs_already(self, call: Call) -> None:
        with pytest.raises(Refused, match="geldt al"):
            amend_call(call_id=call.pk, revision_id=call.revision_id, actor=SYSTEM)

    def test_a_text_that_is_not_in_force(self, call: Call) -> None:
        tried = accept(source=HIGHER, file="x", actor=SYSTEM, publish=False)
        with pytest.raises(Refused, match="niet in werking"):
            amend_call(call_id=call.pk, revision_id=tried.pk, actor=SYSTEM)
        row = approved(concept(LOWER))
        later = publish_concept(
            concept_id=row.pk,
            seen=1,
            in_force_at=clock.now() + timedelta(days=2),
            reference="x",
            actor=as_actor(drafter()),
        )
        with pytest.raises(Refused, match="niet in werking"):
            amend_call(call_id=call.pk, revision_id=later.pk, actor=SYSTEM)

    def test_a_withdrawn_text_and_the_call_goes_on(self, call: Call) -> None:
        revision = text(HIGHER)
        withdraw_revision(
            revision_id=revision.pk,
            from_at=None,
            reason="x",
            actor=as_actor(administrator()),
        )
        with pytest.raises(Refused, match="niet in werking"):
            amend_call(call_id=call.pk, revision_id=revision.pk, actor=SYSTEM)
        assert governing(call) == call.revision

    def test_strangers_and_who_did_not_see_the_last_change(self, call: Call) -> None:
        revision = text(HIGHER)
        with pytest.raises(NotAllowed):
            amend_call(call_id=call.pk, revision_id=revision.pk, actor=as_actor(PersonFactory()))
        with pytest.raises(Conflict):
            amend_call(
                call_id=call.pk,
                revision_id=revision.pk,
                actor=as_actor(administrator()),
                seen=1,
            )
        amend_call(
            call_id=call.pk,
            revision_id=revision.pk,
            actor=as_actor(administrator()),
            seen=0,
        )


@pytest.mark.both
class TestTheDatabaseItself:
    def test_an_amendment_stays_as_it_was_written(self, call: Call) -> None:
        amend(call, HIGHER)
        for act in (
            "DELETE FROM regeling_callamendment",
            "UPDATE regeling_callamendment SET transitional_rule = 'running_follow'",
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)

    def test_a_text_that_nobody_published_governs_no_call(self, call: Call) -> None:
        tried = accept(source=HIGHER, file="x", actor=SYSTEM, publish=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            CallAmendment.objects.create(
                call=call,
                number=1,
                before=call.revision,
                after=tried,
                transitional_rule="running_keep",
                made_at=clock.now(),
            )


def test_a_step_of_the_ceiling_counts_from_its_publication() -> None:
    step = "changes: [{amount: 12000, published_on: 2026-03-01}]"
    before = parse(EVERY_KIND, file="x")
    after = parse(EVERY_KIND.replace("amount: 10000", f"amount: 10000\n    {step}", 1), file="x")
    day = date(2026, 2, 28)
    assert ceiling_changes(before, after, day=day) == {}
    assert ceiling_changes(before, after, day=day + timedelta(days=1)) == {("total", ""): 200_000}
