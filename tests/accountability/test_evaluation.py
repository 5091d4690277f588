"""A regulation is evaluated: whom is asked, that answers have no name, and what is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction

from accountability.domain import evaluation as verbs
from accountability.domain import questionnaire as lists
from accountability.domain.queries import evaluation as reads
from accountability.models import EvaluationInvitation, EvaluationQuestion, EvaluationSheet
from accountability.verify import evaluations
from accounts.models import Person
from accounts.roles import Role
from regeling.domain.concepts import copy_revision
from regeling.domain.reasons import give_reason
from regeling.models import Evaluation, Finding
from tests.factories.accountability import Office, decided, office
from tests.factories.applications import PersonFactory, as_actor, draft, with_role
from tests.factories.assessment import follow
from timeline import clock
from timeline.canon import sha256
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Office:
    return office()


@pytest.fixture
def writer(at: Office) -> Person:
    return with_role(PersonFactory(), Role.DRAFTER, at.call)


def started(at: Office, writer: Person, **given: Any) -> Evaluation:
    """An evaluation of a period in which the call opened and that is over: looked at next year."""
    today = clock.today()
    return verbs.start_evaluation(
        regulation_id=at.call.revision.regulation_id,
        title="Evaluatie van het buurtfonds",
        actor=as_actor(writer),
        **{
            "first_day": today - timedelta(days=30),
            "last_day": today - timedelta(days=1),
            **given,
        },
    )


def asked(at: Office, writer: Person) -> Evaluation:
    """A questionnaire that was sent and mailed, for the period of the call."""
    row = started(at, writer, first_day=clock.today() - timedelta(days=70))
    lists.send_questionnaire(
        evaluation_id=row.pk,
        ends_on=clock.today() + timedelta(days=14),
        seen_version=row.version,
        actor=as_actor(writer),
    )
    follow("accountability.mail_questionnaire")
    row.refresh_from_db()
    return row


def tokens() -> dict[str, str]:
    """The last link that each address was mailed."""
    found = {}
    for message in mail.outbox:
        link = re.search(r"/vragenlijst/([^/\s]+)/", str(message.body))
        if link:
            found[message.to[0]] = link[1]
    return found


class TestStarting:
    def test_it_begins_with_questions(self, at: Office, writer: Person) -> None:
        row = started(at, writer)
        assert len(reads.questions_of(row)) == 4

    @pytest.mark.parametrize(
        ("first", "last", "field"),
        [(-1, -5, "last_day"), (-5, 0, "last_day"), (-5, 3, "last_day")],
    )
    def test_a_period_that_is_not_over(
        self, at: Office, writer: Person, first: int, last: int, field: str
    ) -> None:
        today = clock.today()
        with pytest.raises(Refused) as refusal:
            started(
                at,
                writer,
                first_day=today + timedelta(days=first),
                last_day=today + timedelta(days=last),
            )
        assert refusal.value.field == field

    def test_not_by_who_writes_no_regulations(self, at: Office) -> None:
        with pytest.raises(NotAllowed):
            started(at, at.auditor)


class TestAsking:
    @pytest.fixture(autouse=True)
    def people(self, at: Office, writer: Person) -> Iterator[None]:
        """One of each group; and it is two months later, when the call is over."""
        decided(at, person=PersonFactory(email="kreeg@example.org"))
        decided(at, cents=0, person=PersonFactory(email="niet@example.org"))
        draft(at.call, person=PersonFactory(email="stopte@example.org"))
        with_role(PersonFactory(email="makelaar@example.org"), Role.BROKER, at.call)
        with_role(PersonFactory(email="panel@example.org"), Role.PANEL_MEMBER, at.call)
        with clock.playing("", clock.now() + timedelta(days=60)):
            yield

    def test_every_group_is_asked_with_a_link_that_only_its_hash_is_kept_of(
        self, at: Office, writer: Person
    ) -> None:
        row = asked(at, writer)
        groups = EvaluationInvitation.objects.filter(evaluation=row).values_list("email", "group")
        assert dict(groups) == {
            "kreeg@example.org": "awarded",
            "niet@example.org": "refused",
            "stopte@example.org": "dropped",
            "makelaar@example.org": "broker",
            "panel@example.org": "panel",
        }
        links = tokens()
        assert set(links) == set(dict(groups))
        kept = json.dumps(list(EvaluationInvitation.objects.values("token_hash")))
        for token in links.values():
            assert token not in kept
            assert sha256(token) in kept

    def test_figures_of_the_period(self, at: Office, writer: Person) -> None:
        told = reads.told_of(started(at, writer, first_day=clock.today() - timedelta(days=70)))
        assert told.calls == 1
        assert (told.total.applied.number, told.total.awarded.number) == (2, 1)
        assert told.total.rejected.number == 1
        assert told.dropped is None  # one draft: fewer than ten are not told
        assert told.days is not None

    def test_answers_have_no_name_and_no_moment(self, at: Office, writer: Person) -> None:
        asked(at, writer)
        before = Event.objects.count()
        links = tokens()
        for email, token in links.items():
            lists.answer(token=token, answers={3: f"van {email[:3]}"})
        assert Event.objects.count() == before
        assert not EvaluationInvitation.objects.exclude(answered=True, token_hash="").exists()
        names = {field.name for field in EvaluationSheet._meta.get_fields()}
        assert names == {"id", "evaluation", "group", "answers"}
        assert EvaluationSheet.objects.count() == 5
        # All keys are drawn anew with every answer: they tell nothing of an order.
        keys = set(EvaluationSheet.objects.values_list("pk", flat=True))
        assert min(keys) > 10**6

    def test_keys_change_with_every_answer(self, at: Office, writer: Person) -> None:
        asked(at, writer)
        first, second, *_rest = tokens().values()
        lists.answer(token=first, answers={1: "4"})
        (key,) = EvaluationSheet.objects.values_list("pk", flat=True)
        lists.answer(token=second, answers={1: "2"})
        assert key not in set(EvaluationSheet.objects.values_list("pk", flat=True))
        assert {row.answers for row in EvaluationSheet.objects.all()} == {'{"1":"4"}', '{"1":"2"}'}

    def test_a_link_works_once(self, at: Office, writer: Person) -> None:
        asked(at, writer)
        token = tokens()["kreeg@example.org"]
        lists.answer(token=token, answers={1: "4"})
        with pytest.raises(Conflict):
            lists.answer(token=token, answers={1: "5"})
        assert EvaluationSheet.objects.count() == 1

    @pytest.mark.parametrize("answers", [{}, {1: "6"}, {3: "x" * 2001}, {99: "wat"}])
    def test_an_answer_that_cannot_be_keeps_the_link(
        self, at: Office, writer: Person, answers: dict[int, str]
    ) -> None:
        asked(at, writer)
        token = tokens()["kreeg@example.org"]
        with pytest.raises(Refused):
            lists.answer(token=token, answers=answers)
        assert lists.invitation_of(token) is not None

    def test_a_reminder_goes_to_who_did_not_answer(self, at: Office, writer: Person) -> None:
        row = asked(at, writer)
        old = tokens()
        lists.answer(token=old["kreeg@example.org"], answers={1: "4"})
        mail.outbox.clear()
        lists.remind(evaluation_id=row.pk, actor=as_actor(writer))
        follow("accountability.mail_questionnaire")
        assert set(tokens()) == set(old) - {"kreeg@example.org"}
        assert lists.invitation_of(old["niet@example.org"]) is None
        fresh = tokens()
        with pytest.raises(Refused, match="Vandaag is er al"):
            lists.remind(evaluation_id=row.pk, actor=as_actor(writer))
        assert tokens() == fresh
        with clock.playing("", clock.now() + timedelta(days=1)):
            lists.remind(evaluation_id=row.pk, actor=as_actor(writer))

    def test_too_late_is_too_late(self, at: Office, writer: Person) -> None:
        row = asked(at, writer)
        token = tokens()["kreeg@example.org"]
        with clock.playing("", clock.now() + timedelta(days=15)):
            assert lists.invitation_of(token) is None
            assert row.ends_on is not None

    def test_the_list_does_not_change_once_it_was_sent(self, at: Office, writer: Person) -> None:
        row = asked(at, writer)
        with pytest.raises(Refused, match="verstuurd"):
            lists.add_question(
                evaluation_id=row.pk, kind="open", text="Nog iets?", actor=as_actor(writer)
            )

    def test_a_question_for_one_group(self, at: Office, writer: Person) -> None:
        row = started(at, writer, first_day=clock.today() - timedelta(days=70))
        lists.add_question(
            evaluation_id=row.pk,
            kind=EvaluationQuestion.Kind.CHOICE,
            text="Waarom stopte u?",
            choices=["Te veel werk", "Geen tijd", "Te veel werk"],
            groups=["dropped"],
            actor=as_actor(writer),
        )
        assert len(reads.questions_for(row, "dropped")) == 5
        assert len(reads.questions_for(row, "awarded")) == 4
        last = reads.questions_of(row)[-1]
        assert reads.choices_of(last) == ["Te veel werk", "Geen tijd"]

    @pytest.mark.both
    def test_finishing_forgets_who_was_asked_and_changes_no_more(
        self, at: Office, writer: Person
    ) -> None:
        row = asked(at, writer)
        act: dict[str, Any] = {"evaluation_id": row.pk, "actor": as_actor(writer)}
        lists.answer(token=tokens()["kreeg@example.org"], answers={1: "4"})
        with pytest.raises(Refused, match="open"):
            verbs.finish(seen_version=row.version, **act)
        with clock.playing("", clock.now() + timedelta(days=15)):
            with pytest.raises(Refused, match="gevonden"):
                verbs.finish(seen_version=row.version, **act)
            verbs.add_finding(text="Het maximum is te hoog.", article="artikel 4", **act)
            done = verbs.finish(seen_version=row.version, **act)
            assert not EvaluationInvitation.objects.exists()
            assert sha256(done.told) == done.told_sha256
            with pytest.raises(Refused, match="afgerond"):
                verbs.add_finding(text="Nog een.", **act)
            assert not any(found for walk in (evaluations,) for found in walk())
            for change in (
                lambda: Finding.objects.update(text="iets anders"),
                lambda: Evaluation.objects.update(told="iets anders"),
                lambda: Finding.objects.all().delete(),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    change()


class TestFindings:
    def finding(self, at: Office, writer: Person) -> Finding:
        row = started(at, writer)
        return verbs.add_finding(
            evaluation_id=row.pk,
            text="Het maximum is te hoog.",
            path="amounts.maximum",
            proposal="Verlaag het naar 1.000 euro.",
            actor=as_actor(writer),
        )

    def test_a_change_names_the_finding_that_it_answers(self, at: Office, writer: Person) -> None:
        found = self.finding(at, writer)
        revision = at.call.revision
        concept = copy_revision(
            revision_id=revision.pk,
            title=revision.regulation.title,
            slug=revision.regulation.slug,
            actor=as_actor(writer),
        )
        act: dict[str, Any] = {
            "concept_id": concept.pk,
            "path": "amounts.maximum",
            "actor": as_actor(writer),
        }
        reason = give_reason(reason="Minder geld, meer mensen.", finding_id=found.pk, **act)
        assert list(found.answers.all()) == [reason]
        assert found.code == "B1"
        with pytest.raises(Refused, match="wijziging"):
            verbs.drop_finding(finding_id=found.pk, actor=as_actor(writer))
        give_reason(reason="", **act)
        verbs.drop_finding(finding_id=found.pk, actor=as_actor(writer))
        assert not Finding.objects.exists()


@pytest.mark.both
def test_the_database_keeps_a_finished_evaluation(at: Office, writer: Person) -> None:
    row = started(at, writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(finished_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(last_day=date(1999, 1, 1))
