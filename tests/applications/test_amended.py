"""The text of a call changes: drafts choose, what runs follows where it must, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from applications.answers import answers_of, drafted
from applications.domain.drafts import save, start
from applications.domain.queries.form import parts
from applications.domain.queries.texts import kept_answers, may_return, offer_for, text_of
from applications.domain.submission import submit, withdraw
from applications.domain.texts import RUNNING, choose_text, follow
from applications.models import Application, RevisionMove
from applications.verify import texts
from portal.domain.removing import remove_test_call
from regeling.domain.amending import amend_call
from regeling.domain.revisions import accept
from regeling.models import Call, CallAmendment, Revision
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    signed_draft,
    submitted,
    with_role,
)
from tests.factories.concepts import EVERY_KIND
from timeline import clock, deliver
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db

ASKED = """        - code: deelnemers
          kind: number
          label: Hoeveel mensen doen er mee?
          minimum: 1
          maximum: 5000
"""
IN_WORDS = "        - {code: deelnemers, kind: text, label: Wie doen er mee?}\n"
ANOTHER = "        - {code: handen, kind: number, label: Hoeveel vrijwilligers helpen er?}\n"
OTHER_KIND = EVERY_KIND.replace(ASKED, IN_WORDS)
DROPPED = EVERY_KIND.replace(ASKED, ANOTHER)
NO_RESIDENTS = EVERY_KIND.replace(
    "    - code: inwoner\n      kind: person\n      label: een inwoner\n", ""
)
FOLLOW = "\ntransitional_rule: running_follow\n"


@pytest.fixture
def call() -> Call:
    return open_example_call()


def text(source: str) -> Revision:
    return accept(source=source, file="every-kind.yaml", actor=SYSTEM)


def amend(call: Call, source: str) -> CallAmendment:
    return amend_call(call_id=call.pk, revision_id=text(source).pk, actor=SYSTEM)


def take(application: Application, revision: Revision, **given: Any) -> Application:
    person = Person.objects.get(pk=application.party_id)
    return choose_text(
        application_id=application.pk, revision_id=revision.pk, actor=as_actor(person), **given
    )


class TestDrafts:
    def test_a_new_draft_is_under_the_new_text_and_one_that_began_keeps_its_own(
        self, call: Call
    ) -> None:
        old = draft(call)
        amendment = amend(call, DROPPED)
        assert draft(call, filled=False).revision == amendment.after
        old.refresh_from_db()
        assert old.revision == call.revision
        offer = offer_for(old)
        assert offer
        assert (offer.after, offer.must, offer.lost_class) == (amendment.after, False, False)

    def test_the_new_text_is_taken_and_the_answer_to_a_dropped_question_is_kept(
        self, call: Call
    ) -> None:
        application = draft(call, answers={"deelnemers": 12})
        before = answers_of(application)
        amendment = amend(call, DROPPED)
        taken = take(application, amendment.after)
        assert answers_of(taken) == {
            code: value for code, value in before.items() if code != "deelnemers"
        }
        assert [(each.code, each.answer) for each in kept_answers(taken)] == [("deelnemers", 12)]
        assert taken.began_with == call.revision

    def test_going_back_brings_the_answer_back(self, call: Call) -> None:
        application = draft(call, answers={"deelnemers": 12})
        before = answers_of(application)
        taken = take(application, amend(call, DROPPED).after)
        assert may_return(taken) == call.revision
        back = take(taken, call.revision)
        assert answers_of(back) == before
        assert (back.began_with, kept_answers(back)) == (None, ())

    def test_a_question_of_another_kind_keeps_the_old_answer_beside(self, call: Call) -> None:
        application = draft(call, answers={"deelnemers": 12})
        taken = take(application, amend(call, OTHER_KIND).after)
        assert "deelnemers" not in answers_of(taken)
        person = Person.objects.get(pk=taken.party_id)
        save(application_id=taken.pk, changes={"deelnemers": "De straat"}, actor=as_actor(person))
        taken.refresh_from_db()
        assert answers_of(taken)["deelnemers"] == "De straat"
        back = take(taken, call.revision)
        assert answers_of(back)["deelnemers"] == 12
        assert [each.answer for each in kept_answers(back)] == ["De straat"]

    def test_what_lies_beside_is_not_for_a_program_to_write(self, call: Call) -> None:
        application = draft(call)
        person = Person.objects.get(pk=application.party_id)
        with pytest.raises(Refused, match="staat niet in het formulier"):
            save(
                application_id=application.pk,
                changes={"deelnemers~number": 1},
                actor=as_actor(person),
            )

    def test_taking_it_voids_the_signatures(self, call: Call) -> None:
        application = signed_draft(call)
        take(application, amend(call, DROPPED).after)
        assert not application.signatures.filter(voided_at=None).exists()

    def test_who_stays_sends_in_under_the_text_with_which_she_began(self, call: Call) -> None:
        person = PersonFactory()
        application = signed_draft(call, person=person)
        amend(call, DROPPED)
        sent = submit(application_id=application.pk, actor=as_actor(person))
        assert sent.revision == call.revision

    def test_who_must_follow_is_told_why_she_cannot_send_in(self, call: Call) -> None:
        person = PersonFactory()
        application = signed_draft(call, person=person)
        amendment = amend(call, DROPPED + FOLLOW)
        with pytest.raises(Refused, match="Neem eerst de nieuwe tekst over"):
            submit(application_id=application.pk, actor=as_actor(person))
        taken = take(application, amendment.after)
        assert may_return(taken) is None
        with pytest.raises(Refused, match="niet kiezen"):
            take(taken, call.revision)

    def test_a_text_that_is_not_for_her_is_not_taken_and_she_keeps_her_draft(
        self, call: Call
    ) -> None:
        person = PersonFactory()
        application = signed_draft(call, person=person)
        amendment = amend(call, NO_RESIDENTS)
        with pytest.raises(Refused, match="niet voor deze soort aanvrager"):
            take(application, amendment.after)
        assert submit(application_id=application.pk, actor=as_actor(person)).number

    def test_nobody_else_chooses_and_not_what_was_never_offered(self, call: Call) -> None:
        application = draft(call)
        amendment = amend(call, DROPPED)
        with pytest.raises(NotAllowed):
            choose_text(
                application_id=application.pk,
                revision_id=amendment.after_id,
                actor=as_actor(PersonFactory()),
            )
        other = accept(source=OTHER_KIND, file="x", actor=SYSTEM)
        with pytest.raises(Refused, match="niet kiezen"):
            take(application, other)
        with pytest.raises(Conflict):
            take(application, amendment.after, seen_version=application.version + 1)

    def test_a_new_class_is_open_to_new_drafts_at_once(self, call: Call) -> None:
        amend(call, NO_RESIDENTS)
        person = PersonFactory()
        with pytest.raises(Refused, match="niet voor deze soort"):
            start(
                call_id=call.pk,
                party_id=person.pk,
                applicant_class="inwoner",
                actor=as_actor(person),
            )


class TestRunning:
    def test_what_is_in_keeps_its_text(self, call: Call) -> None:
        application = submitted(call)
        amendment = amend(call, DROPPED)
        assert (
            follow(application_id=application.pk, amendment_id=amendment.pk, actor=SYSTEM) is None
        )
        application.refresh_from_db()
        assert application.revision == call.revision

    def test_it_follows_by_a_row_and_what_was_sent_stays_as_it_was_sent(self, call: Call) -> None:
        application = submitted(call, answers={"deelnemers": 12})
        before = application.snapshots.get().text
        amendment = amend(call, DROPPED + FOLLOW)
        for _twice in range(2):
            follow(application_id=application.pk, amendment_id=amendment.pk, actor=SYSTEM)
        application.refresh_from_db()
        row = RevisionMove.objects.get()
        assert (row.before, row.after) == (call.revision, amendment.after)
        assert application.revision == amendment.after
        snapshot = application.snapshots.get()
        assert snapshot.text == before
        shown = [row.question.code for part in parts(application, snapshot) for row in part.rows]
        assert "deelnemers" in shown
        assert "deelnemers" not in answers_of(application)
        assert text_of(application).since == row.made_at
        assert Event.objects.filter(type="applications.text_followed").count() == 1
        assert list(texts()) == []

    def test_what_is_decided_does_not_follow(self, call: Call) -> None:
        application = submitted(call)
        assert application.state in RUNNING
        amendment = amend(call, DROPPED + FOLLOW)
        person = Person.objects.get(pk=application.party_id)
        withdraw(application_id=application.pk, actor=as_actor(person))
        assert (
            follow(application_id=application.pk, amendment_id=amendment.pk, actor=SYSTEM) is None
        )

    @pytest.mark.slow
    def test_the_worker_lets_everything_that_runs_follow(self, call: Call) -> None:
        first, second = submitted(call), submitted(call)
        amendment = amend(call, DROPPED + FOLLOW)
        deliver.run_due(strict=True)
        for application in (first, second):
            application.refresh_from_db()
            assert application.revision == amendment.after


@pytest.mark.both
class TestTheDatabaseItself:
    def test_a_text_does_not_move_without_a_row(self, call: Call) -> None:
        application = submitted(call)
        other = text(DROPPED)
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(revision=other)

    def test_a_row_is_only_for_what_was_sent_and_must_follow(self, call: Call) -> None:
        sent, unsent, other = submitted(call), draft(call), text(DROPPED)
        for application, rule in ((sent, "running_keep"), (unsent, "running_follow")):
            with pytest.raises(IntegrityError), transaction.atomic():
                application.revision_moves.create(
                    number=1,
                    before=call.revision,
                    after=other,
                    transitional_rule=rule,
                    made_at=clock.now(),
                )

    def test_a_row_stays(self, call: Call) -> None:
        application = submitted(call)
        amendment = amend(call, DROPPED + FOLLOW)
        follow(application_id=application.pk, amendment_id=amendment.pk, actor=SYSTEM)
        for act in (
            "DELETE FROM applications_revisionmove",
            "UPDATE applications_revisionmove SET number = 7",
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)


class TestPages:
    def test_she_reads_what_changed_takes_it_and_sees_what_is_kept(
        self, client: Client, call: Call
    ) -> None:
        person = PersonFactory()
        application = draft(call, person=person, answers={"deelnemers": 12})
        amend(call, DROPPED)
        sign_in(client, person)
        address = reverse("applications:text", args=[application.uid])
        dossier = client.get(reverse("portal:dossier", args=[application.uid])).content.decode()
        assert address in dossier
        summary = client.get(reverse("applications:summary", args=[application.uid]))
        assert "De regeling is veranderd" in summary.content.decode()
        page = client.get(address).content.decode()
        assert "Hoeveel vrijwilligers helpen er?" in page
        answer = client.post(address, {"tekst": "nieuw", "version": application.version})
        assert answer.status_code == 302
        page = client.get(address).content.decode()
        assert "Dit vroegen wij eerst, uw antwoord is bewaard" in page
        assert "Hoeveel mensen doen er mee?" in page
        assert "12" in page
        application.refresh_from_db()
        client.post(address, {"tekst": "terug", "version": application.version})
        application.refresh_from_db()
        assert drafted(application)["deelnemers"][0] == 12

    def test_every_dossier_says_which_text_governs_it(self, client: Client, call: Call) -> None:
        person = PersonFactory()
        application = submitted(call, person=person)
        sign_in(client, person)
        address = reverse("portal:dossier", args=[application.uid])
        assert "Voor dit dossier geldt tekst 1" in client.get(address).content.decode()
        amendment = amend(call, DROPPED + FOLLOW)
        follow(application_id=application.pk, amendment_id=amendment.pk, actor=SYSTEM)
        page = client.get(address).content.decode()
        assert "geldt sinds" in page
        assert "Daarvoor gold tekst 1" in page

    def test_a_stale_page_is_told_and_a_stranger_finds_nothing(
        self, client: Client, call: Call
    ) -> None:
        person = PersonFactory()
        application = draft(call, person=person)
        amend(call, DROPPED)
        address = reverse("applications:text", args=[application.uid])
        sign_in(client, person)
        assert client.post(address, {"tekst": "nieuw", "version": "0"}).status_code == 409
        sign_in(client, PersonFactory())
        assert client.get(address).status_code == 404


@pytest.mark.both
@pytest.mark.slow
def test_a_test_call_that_was_amended_goes_whole() -> None:
    call = open_example_call(kind="test")
    sent, begun = submitted(call), draft(call)
    amendment = amend(call, DROPPED + FOLLOW)
    follow(application_id=sent.pk, amendment_id=amendment.pk, actor=SYSTEM)
    take(begun, amendment.after)
    boss = with_role(PersonFactory(), Role.ADMINISTRATOR, call)
    remove_test_call(call_id=call.pk, actor=as_actor(boss))
    assert not RevisionMove.objects.exists()
    assert not CallAmendment.objects.exists()
    assert not Call.objects.exists()
