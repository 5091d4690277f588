"""What the database itself keeps: tried with the ORM and with plain SQL, on both databases."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from assessment.domain.lots import enter_lot
from assessment.domain.ranking import confirm_outcome, rank_round
from assessment.domain.running import extend_round, withdraw_option
from assessment.domain.unlinking import unlink_round
from assessment.models import (
    BallotBox,
    BallotInbox,
    CountEntry,
    Departure,
    Lot,
    OptionWithdrawal,
    Panel,
    Ranking,
    RankingRow,
    RoundExtension,
    VoteBatch,
    VoteOption,
    VoteRight,
    VoteRound,
)
from tests.factories.applications import as_actor, open_example_call
from tests.factories.assessment import Election, election
from tests.factories.votes import open_round_of
from timeline import triggers
from timeline.verify import Finding, checks

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow]


def refused(act: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def by_sql(table: str, change: str, where: str = "1 = 1") -> Callable[[], None]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{change} {where}".format(table=table))

    return act


def counted() -> Election:
    held = election(options=3, voters=3)
    with held.running():
        for voter in range(3):
            held.vote(voter, voter)
    held.count()
    return held


def test_the_rules_of_an_open_round_do_not_change() -> None:
    held = election()
    rows = VoteRound.objects.filter(pk=held.round.pk)
    for changes in (
        {"params": "{}"},
        {"params_hash": "0" * 64},
        {"closes_at": held.round.opens_at},
    ):
        refused(partial(rows.update, **changes))
    refused(by_sql("assessment_voteround", "UPDATE {table} SET params = '{{}}' WHERE"))
    refused(by_sql("assessment_voteround", "DELETE FROM {table} WHERE"))
    refused(lambda: VoteOption.objects.update(amount_cents=1))
    refused(lambda: VoteOption.objects.all().delete())
    refused(by_sql("assessment_voteoption", "UPDATE {table} SET amount_cents = 1 WHERE"))


def test_an_open_round_changes_by_its_own_acts_only() -> None:
    held = election()
    rows = VoteRound.objects.filter(pk=held.round.pk)
    later = held.round.closes_at + timedelta(days=1)
    for changes in (
        {"extended_until": later},  # without an act that says why
        {"state": "concept", "params": "", "params_hash": ""},
        {"state": "counted", "root_final": "0" * 64, "tally": "{}"},
        {"opens_at": later - timedelta(days=3)},
    ):
        refused(partial(rows.update, **changes))
    refused(
        by_sql("assessment_voteround", f"UPDATE {{table}} SET extended_until = '{later}' WHERE")
    )
    panel = held.round.panels.get()
    refused(lambda: Panel.objects.update(weight_num=2))
    refused(by_sql("assessment_panel", "UPDATE {table} SET weight_num = 2 WHERE"))
    refused(lambda: Panel.objects.create(round=held.round, name="Nog een"))
    option = held.options[0]
    refused(
        lambda: VoteOption.objects.create(
            round=held.round,
            application_id=option.application_id,
            title="Later erbij",
            amount_cents=1,
        )
    )
    refused(by_sql("assessment_panel", "DELETE FROM {table} WHERE", f"id = {panel.pk}"))


def test_acts_on_a_round_stay_as_they_were_written() -> None:
    held = open_round_of("approval", vote={"extension": True, "withdrawal": True})
    actor, second = as_actor(held.assessor), as_actor(held.second)
    with held.running():
        held.vote(0, 0)
        later = held.round.closes_at + timedelta(minutes=10)
        extend_round(round_id=held.round.pk, ends_at=later, reason="Storing.", actor=actor)
        withdraw_option(option_id=held.options[2].pk, reason="Gaat niet door.", actor=actor)
    held.count()
    ranking = held.rank()
    with held.over():
        confirm_outcome(round_id=held.round.pk, outcome_hash=ranking.outcome_hash, actor=second)
    for model, column in (
        (RoundExtension, "reason"),
        (OptionWithdrawal, "reason"),
        (CountEntry, "outcome_hash"),
    ):
        table = model._meta.db_table
        assert model._default_manager.exists()
        refused(model._default_manager.all().delete)
        refused(partial(model._default_manager.update, **{column: "x"}))
        refused(by_sql(table, f"UPDATE {{table}} SET {column} = 'x' WHERE"))
    rights = VoteRight.objects.filter(status="voted")
    refused(lambda: rights.update(status="issued", voted_on=None))
    refused(lambda: rights.update(register_key="0" * 64))
    refused(rights.delete)
    refused(by_sql("assessment_voteround", "UPDATE {table} SET pause_reason = 'x' WHERE"))


def test_a_departure_can_be_taken_back_once_and_nothing_else() -> None:
    held = election()
    made = Departure.objects.create(
        application_id=held.options[0].application_id,
        round=held.round,
        cents=0,
        reason="Staat al in het programma van de gemeente.",
        person=held.assessor,
        recorded_at=held.round.opens_at,
    )
    refused(lambda: Departure.objects.update(cents=1))
    refused(lambda: Departure.objects.update(reason="x"))
    refused(Departure.objects.all().delete)
    Departure.objects.filter(pk=made.pk).update(taken_back_at=held.round.closes_at)
    refused(lambda: Departure.objects.update(taken_back_at=None))


def test_a_sealed_box_does_not_change() -> None:
    counted()
    kept: list[type[models.Model]] = [BallotBox, VoteBatch]
    for model in kept:
        table = model._meta.db_table
        refused(model._default_manager.all().delete)
        refused(by_sql(table, "DELETE FROM {table} WHERE"))
        for field in model._meta.concrete_fields:
            if not field.primary_key and not field.is_relation:
                value = "NULL" if field.name == "sealed_at" else "'7'"
                change = "UPDATE {table} SET " + f"{field.column} = {value} WHERE"
                refused(by_sql(table, change))
    if connection.vendor == "postgresql":
        refused(by_sql("assessment_ballotbox", "TRUNCATE {table} --"))


def test_the_count_and_the_root_do_not_change() -> None:
    held = counted()
    rows = VoteRound.objects.filter(pk=held.round.pk)
    refused(lambda: rows.update(tally="{}"))
    refused(lambda: rows.update(root_final="0" * 64))
    refused(by_sql("assessment_voteround", "UPDATE {table} SET tally = '' WHERE"))


def test_no_count_before_closing_and_no_open_round_without_frozen_rules() -> None:
    held = election()
    rows = VoteRound.objects.filter(pk=held.round.pk)
    refused(lambda: rows.update(tally="{}"))
    refused(lambda: rows.update(root_final="0" * 64))
    refused(lambda: rows.update(state="closed"))
    refused(lambda: rows.update(state="half"))
    refused(
        lambda: VoteRound.objects.create(
            call=held.call,
            title="x",
            state="open",
            opens_at=held.round.opens_at,
            closes_at=held.round.closes_at,
            made_at=held.round.made_at,
        )
    )


def test_a_lot_is_drawn_once_by_two_people_and_kept() -> None:
    held = counted()
    order = [str(each.uid) for each in held.options]
    with held.over():
        rank_round(round_id=held.round.pk, actor=as_actor(held.assessor))
    enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.assessor))
    enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.second))
    lot = Lot.objects.get()
    refused(lambda: Lot.objects.update(order="[]"))
    refused(lambda: Lot.objects.all().delete())
    refused(
        lambda: Lot.objects.create(
            round=held.round,
            order="[]",
            entered_by=held.assessor,
            confirmed_by=held.second,
            recorded_at=lot.recorded_at,
        )
    )
    other = election(options=1, voters=1, call=open_example_call("by-vote", call_slug="other"))
    refused(
        lambda: Lot.objects.create(
            round=other.round,
            order="[]",
            entered_by=held.assessor,
            confirmed_by=held.assessor,
            recorded_at=lot.recorded_at,
        )
    )


def test_a_fixed_ranking_does_not_change() -> None:
    held = election(options=2, voters=2)
    with held.running():
        held.vote(0, 0)
        held.vote(1, 0, 1)
    held.count()
    held.fix()
    refused(lambda: Ranking.objects.update(outcome_hash="0" * 64))
    refused(lambda: Ranking.objects.update(state="stopped"))
    refused(lambda: RankingRow.objects.update(granted=0))
    refused(lambda: RankingRow.objects.all().delete())
    refused(by_sql("assessment_rankingrow", "UPDATE {table} SET granted = 0 WHERE"))


def test_a_right_is_used_or_it_is_not() -> None:
    held = election()
    rows = VoteRight.objects.filter(round=held.round)
    for changes in ({"status": "voted"}, {"voted_on": "2026-01-01"}):
        refused(partial(rows.update, **changes))
    one, other = rows[:2]
    refused(lambda: VoteRight.objects.filter(pk=one.pk).update(register_key=other.register_key))
    refused(
        lambda: VoteRight.objects.create(
            round=held.round, panel=one.panel, member=one.member, channel="mail"
        )
    )


def test_a_key_has_one_ballot_of_each_revision() -> None:
    held = election()
    with held.running():
        held.vote(0, 0)
    row = BallotInbox.objects.get()
    copied = {
        field.attname: getattr(row, field.attname)
        for field in BallotInbox._meta.concrete_fields
        if not field.primary_key
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotInbox.objects.create(**{**copied, "nonce": secrets.token_hex(32)})
    columns = ", ".join(copied)
    refused(
        by_sql(
            "assessment_ballotinbox",
            f"INSERT INTO {{table}} (id, {columns}) SELECT 7, {columns} FROM {{table}} WHERE",
        )
    )


def test_nothing_about_a_ballot_points_at_a_person_or_a_moment() -> None:
    names = {
        field.name
        for model in (BallotInbox, BallotBox)
        for field in model._meta.get_fields()
        if not field.auto_created
    }
    assert names == {
        "id",
        "leaf",
        "round",
        "panel",
        "batch",
        "ballot_key",
        "revision",
        "choices",
        "nonce",
    }
    related = {
        (model, field.related_model)
        for model in (BallotInbox, BallotBox)
        for field in model._meta.concrete_fields
        if field.is_relation
    }
    assert VoteRight not in {target for _model, target in related}


def test_the_inbox_is_not_stored_in_the_order_of_casting() -> None:
    held = election(voters=8)
    in_order: list[int] = []
    with held.running():
        for voter in range(8):
            held.vote(voter, voter % 3)
            keys = BallotInbox.objects.exclude(pk__in=in_order).values_list("pk", flat=True)
            in_order += keys
    assert len(in_order) == 8
    assert in_order != sorted(in_order)  # by chance once in 40,320 times


COPY = """
INSERT INTO assessment_ballotbox
  (leaf, round_id, panel_id, batch_id, ballot_key, revision, choices, nonce)
SELECT nonce, round_id, panel_id, batch_id, ballot_key, 2, choices, nonce
FROM assessment_ballotbox WHERE leaf IN {one}"""
SWAP = """
UPDATE assessment_ballotbox SET choices = other.choices FROM (
  SELECT a.leaf AS leaf, b.choices AS choices FROM assessment_ballotbox a, assessment_ballotbox b
  WHERE a.leaf <> b.leaf AND a.leaf IN ({ends}) AND b.leaf IN ({ends})) other
WHERE other.leaf = assessment_ballotbox.leaf"""
TAMPERING = [
    ("UPDATE assessment_ballotbox SET choices = '[]' WHERE revision = 1", "batch 1"),
    ("UPDATE assessment_ballotbox SET nonce = ballot_key WHERE revision = 1", "batch 1"),
    ("DELETE FROM assessment_ballotbox WHERE leaf IN {one}", "batch 1"),
    (COPY, "batch 1"),
    (SWAP, "batch 1"),
    ("UPDATE assessment_ballotbox SET revision = 2 WHERE leaf IN {one}", "batch 1"),
    ("UPDATE assessment_votebatch SET n = 4", "batch 1"),
    ("UPDATE assessment_votebatch SET chain_hash = merkle_root", "batch 1"),
    ("UPDATE assessment_votebatch SET signature = merkle_root", "batch 1"),
    ("UPDATE assessment_voteround SET params = '{{}}'", "vote_round"),
    ("UPDATE assessment_voteround SET root_final = params_hash", "vote_round"),
    ('UPDATE assessment_voteround SET tally = \'{{"ballots":9,"votes":{{}}}}\'', "vote_round"),
    ("UPDATE assessment_voteoption SET amount_cents = 1", "vote_round"),
    ("UPDATE assessment_voteoption SET summary = 'Iets anders.'", "vote_round"),
    ("UPDATE assessment_voteoption SET exclusion_group = 'samen'", "vote_round"),
    ("UPDATE assessment_panel SET weight_num = 2", "vote_round"),
    ("UPDATE assessment_voteround SET extended_until = {later}", "vote_round"),
    ("UPDATE assessment_voteright SET status = 'replaced', voted_on = NULL", "vote_round"),
]


def found_after(sql: str) -> list[Finding]:
    """What the walk finds after this statement got past the triggers; then it is undone."""
    later = {
        "postgresql": "closes_at + interval '1 day'",
        "sqlite": "datetime(closes_at, '+1 day')",
    }[connection.vendor]
    one = "(SELECT min(leaf) FROM assessment_ballotbox)"
    lifted = [each for each in triggers.declared() if each.table.startswith("assessment_")]
    with transaction.atomic(), connection.cursor() as cursor:
        for trigger in lifted:
            for statement in trigger.drop(connection.vendor):
                cursor.execute(statement)
        ends = f"{one}, {one.replace('min', 'max')}"
        cursor.execute(sql.format(one=one, ends=ends, later=later))
        assert cursor.rowcount > 0
        found = list(checks()["vote rounds"]())
        transaction.set_rollback(True)
    return found


def test_who_gets_past_the_triggers_is_found_and_the_place_named() -> None:
    counted()
    assert list(checks()["vote rounds"]()) == []
    for sql, place in TAMPERING:
        found = found_after(sql)
        assert any(place in each.place for each in found), sql
    assert list(checks()["vote rounds"]()) == []


def test_after_unlinking_no_ballot_comes_goes_or_changes_the_count_unseen() -> None:
    """Without keys no leaf can be made of a ballot; its row still belongs under the root."""
    held = election(options=3, voters=3)
    with held.running():
        for voter in range(3):
            held.vote(voter, *range(voter + 1))
    held.count()
    held.fix()
    with held.over():
        unlink_round(round_id=held.round.pk, actor=as_actor(held.assessor))
    refused(by_sql("assessment_ballotbox", "UPDATE {table} SET choices = 'x' WHERE"))
    refused(by_sql("assessment_ballotbox", "DELETE FROM {table} WHERE"))
    assert list(checks()["vote rounds"]()) == []
    for sql, _place in (TAMPERING[0], TAMPERING[2], TAMPERING[3]):
        assert found_after(sql), sql
