"""A test call goes with everything of it; a real or an example one keeps every row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models.sql import DeleteQuery

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application, Snapshot
from assessment.models import BallotBox, VoteRound
from config.models import RepeatableRequest
from portal.domain.removing import remove_test_call, what_goes
from regeling.leaving import keys_of, leaving, meta, path_to_call
from regeling.models import Call, CallRemoval, LeftFile, Posting
from tests.factories.accountability import office, paid, settled
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    attachment,
    draft,
    open_example_call,
    submitted,
    with_role,
)
from tests.factories.assessment import Election, election, follow
from timeline import triggers, verify
from timeline.models import Delivery, Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """``verify`` reads every file that lies there."""
    settings.MEDIA_ROOT = tmp_path / "media"


def administrator(call: Call) -> Person:
    return with_role(PersonFactory(), Role.ADMINISTRATOR, call)


def counted(kind: str) -> Election:
    """A round that was voted in, closed and counted."""
    held = election(call=open_example_call("by-vote", kind=kind))
    with held.running():
        held.vote(0, 1)
        held.vote(1, 0)
    held.count()
    return held


def findings() -> list[verify.Finding]:
    return [found for walk in verify.checks().values() for found in verify.findings(walk)]


def rows() -> dict[str, int]:
    """How many rows every table has, but for what a removal may leave."""
    stay = {"timeline.event", "timeline.stream", "timeline.delivery", "regeling.leftfile"}
    stay |= {"applications.numberseries"}  # a number is never given twice
    return {
        meta(model).label_lower: models.QuerySet(model).count()
        for model in apps.get_models()
        if meta(model).label_lower not in stay
    }


@pytest.mark.both
@pytest.mark.slow
def test_a_counted_round_goes_whole() -> None:
    before = rows()
    held = counted("test")
    boss = administrator(held.call)
    assert BallotBox.objects.exists()
    between = what_goes(call_id=held.call.pk)
    assert {BallotBox, VoteRound, Application, Snapshot, Call} <= set(between.rows)
    remove_test_call(call_id=held.call.pk, actor=as_actor(boss), seen=between.total)
    gone = {name for name, number in rows().items() if number > before[name]}
    # People, their roles and the text of the regulation are no part of the call.
    assert {name.split(".")[0] for name in gone} <= {"accounts", "regeling"}
    assert {name for name in gone if name.startswith("regeling")} == {
        "regeling.regulation",
        "regeling.revision",
        "regeling.publication",
    }


@pytest.mark.slow
def test_printed_minutes_and_the_secret_of_a_round_go_too(tmp_path: Path) -> None:
    held = election(call=open_example_call("by-vote", kind="test"))
    with held.running():
        for voter, option in enumerate((1, 1, 0)):
            held.vote(voter, option)
    held.count()
    held.fix()
    with held.over(hours=2):
        follow("assessment.print_minutes")
    printed = list((tmp_path / "media").rglob("*.pdf"))
    secret = Path(settings.KEYS_DIR) / f"vote-{held.round.uid}.key"
    assert printed
    assert secret.exists()
    remove_test_call(call_id=held.call.pk, actor=as_actor(administrator(held.call)))
    assert findings() == []
    follow("portal.take_files_away")
    assert not any(file.exists() for file in printed)
    assert not secret.exists()
    assert findings() == []


def test_the_second_of_two_clicks_is_told() -> None:
    call = open_example_call(kind="test")
    boss, key = administrator(call), call.pk
    remove_test_call(call_id=key, actor=as_actor(boss))
    with pytest.raises(Conflict, match="al weggehaald"):
        remove_test_call(call_id=key, actor=as_actor(boss))


@pytest.mark.both
@pytest.mark.slow
def test_paid_money_goes_too() -> None:
    at = office(kind="test")
    paid(at, settled(at), 300_000)
    boss = administrator(at.call)
    assert Posting.objects.filter(call=at.call).exists()
    remove_test_call(call_id=at.call.pk, actor=as_actor(boss))
    assert not Posting.objects.exists()
    assert not Application.objects.exists()
    assert findings() == []


@pytest.mark.both
def test_nothing_points_at_it_any_more_and_verify_says_that_it_went() -> None:
    call = open_example_call(kind="test")
    application = submitted(call)
    draft(call)
    going = what_goes(call_id=call.pk)
    remove_test_call(call_id=call.pk, actor=as_actor(administrator(call)))
    for model in apps.get_models(include_auto_created=True):
        for key in keys_of(model):
            if key.related_model in going.rows:
                left: models.QuerySet[Any] = models.QuerySet(model).filter(
                    **{f"{key.name}__in": going.rows[key.related_model]}
                )
                assert not left.exists(), (model, key)
    assert not Delivery.objects.filter(stream__uid=str(application.uid)).exists()
    assert Event.objects.filter(stream__uid=str(application.uid)).exists()
    assert findings() == []
    (told,) = verify.notes()
    assert str(call.uid) in told


@pytest.mark.both
@pytest.mark.parametrize("kind", ["example", "real"])
def test_the_database_takes_no_removal_of_another_call(kind: str) -> None:
    call = open_example_call(kind="example")
    if kind == "real":
        with triggers.lifted(connection):
            Call.objects.filter(pk=call.pk).update(kind="real")
    with pytest.raises(DatabaseError), transaction.atomic():
        CallRemoval.objects.create(call=call)
    test = open_example_call(kind="test", call_slug="proef")
    row = CallRemoval.objects.create(call=test)
    with pytest.raises(DatabaseError), transaction.atomic():
        CallRemoval.objects.filter(pk=row.pk).update(call=call)
    CallRemoval.objects.filter(pk=row.pk).delete()


@pytest.mark.both
def test_rows_of_another_call_stay_while_a_test_goes() -> None:
    real = submitted(open_example_call(kind="example"))
    test = submitted(open_example_call(kind="test", call_slug="proef"))
    for application in (real, test):
        with pytest.raises(DatabaseError), transaction.atomic():
            _delete(Snapshot, application.snapshots.get().pk)
    removal = CallRemoval.objects.create(call=test.call)
    with pytest.raises(DatabaseError), transaction.atomic():
        _delete(Snapshot, real.snapshots.get().pk)
    _delete(Snapshot, test.snapshots.get().pk)
    assert not test.snapshots.exists()
    assert real.snapshots.exists()
    removal.delete()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_no_transaction_ends_with_a_removal() -> None:
    call = open_example_call(kind="test")
    with pytest.raises(IntegrityError), transaction.atomic():
        CallRemoval.objects.create(call=call)
    assert not CallRemoval.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        CallRemoval.objects.create(call=call, nowhere=call)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_crash_in_the_middle_leaves_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    call = open_example_call(kind="test")
    application = submitted(call)
    boss = administrator(call)
    before = rows()
    real = DeleteQuery.delete_batch

    def dying(self: DeleteQuery, keys: list[Any], using: str) -> int:
        if self.model is Application:
            raise KeyboardInterrupt
        return int(real(self, keys, using))

    monkeypatch.setattr(DeleteQuery, "delete_batch", dying)
    with pytest.raises(KeyboardInterrupt):
        remove_test_call(call_id=call.pk, actor=as_actor(boss))
    monkeypatch.undo()
    assert rows() == before
    assert application.snapshots.exists()
    remove_test_call(call_id=call.pk, actor=as_actor(boss))
    assert not Application.objects.exists()


def test_only_a_test_and_only_by_an_administrator_who_saw_it() -> None:
    test = open_example_call(kind="test")
    example = open_example_call(kind="example", call_slug="voorbeeld")
    boss = administrator(test)
    with pytest.raises(Refused, match="Alleen een test"):
        remove_test_call(call_id=example.pk, actor=as_actor(boss))
    with pytest.raises(NotAllowed):
        remove_test_call(call_id=test.pk, actor=as_actor(PersonFactory()))
    seen = what_goes(call_id=test.pk).total
    submitted(test)
    with pytest.raises(Conflict):
        remove_test_call(call_id=test.pk, actor=as_actor(boss), seen=seen)
    assert Call.objects.count() == 2


@pytest.mark.both
def test_files_go_unless_another_row_names_them(tmp_path: Path) -> None:
    files = tmp_path / "media"
    person = PersonFactory()
    stays = attachment(draft(person=person), person=person)
    goes = attachment(draft(open_example_call(kind="test", call_slug="proef"), person=person),
                      person=person)  # fmt: skip
    LeftFile.objects.create(path=stays.path)  # as if a row of the test had named it too
    call = goes.application.call
    remove_test_call(call_id=call.pk, actor=as_actor(administrator(call)))
    assert (files / goes.path).exists()
    follow("portal.take_files_away")
    assert not (files / goes.path).exists()
    assert (files / stays.path).exists()
    assert not LeftFile.objects.exists()


@pytest.mark.both
def test_answers_to_programs_about_its_dossiers_go() -> None:
    stays, goes = draft(), draft(open_example_call(kind="test", call_slug="proef"))
    for number, each in enumerate((stays, goes)):
        RepeatableRequest.objects.create(
            owner="o",
            key=str(number),
            request_hash="h",
            status=201,
            body=json.dumps({"uid": str(each.uid), "call": each.call.slug, "title": "Feest"}),
            made_at=each.saved_at,
        )
    remove_test_call(call_id=goes.call_id, actor=as_actor(administrator(goes.call)))
    follow("config.forget_answers")
    assert [row.key for row in RepeatableRequest.objects.all()] == ["0"]


def test_every_kept_table_of_a_call_knows_its_way_out() -> None:
    for trigger in triggers.declared():
        model = next(each for each in apps.get_models() if meta(each).db_table == trigger.table)
        if model is Call or path_to_call(model):
            assert leaving(trigger.table), trigger.table
    assert leaving("timeline_event") == leaving("regeling_revision") == ""


def _delete(model: type[models.Model], key: Any) -> None:
    """Past Django's own protection: the database itself is asked."""
    with connection.cursor() as cursor:
        table = meta(model).db_table
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])
