"""What is published of a vote, from when, and that nothing of it tells how it goes."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from assessment import minutes, printing
from assessment.domain.likeness import likeness
from assessment.domain.publishing import (
    FEW,
    Sealed,
    json_file,
    may_list,
    packed,
    told_batches,
    told_turnout,
)
from assessment.domain.queries.fraud import signals
from assessment.domain.queries.published import public_round
from assessment.domain.running import extend_round
from assessment.domain.script.checks import checked
from assessment.models import VoteRound
from assessment.verify_minutes import stored_minutes
from assessment.web.public import shelf
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from tests.factories.assessment import Election, assessor_of, election, follow
from tests.factories.results import decided, finished
from tests.factories.votes import open_round_of
from timeline import clock
from timeline.models import Event


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    forget()


def forget() -> None:
    """As another process would answer."""
    shelf.keys.clear()
    shelf.answers.clear()


rights = st.lists(
    st.tuples(st.text("abc", min_size=1, max_size=3), st.integers(0, 30)), max_size=4
).map(lambda rows: [(f"{name}{n}", used, used + 5) for n, (name, used) in enumerate(rows)])


class TestRules:
    @given(rights)
    def test_a_turnout_below_ten_is_never_told_nor_follows(
        self, rows: list[tuple[str, int, int]]
    ) -> None:
        told = told_turnout(rows)
        shown = [each.used for each in told.panels]
        assert all(used is None or used >= FEW for used in (*shown, told.used))
        # Either every panel is told apart, or none: no difference leads to a small one.
        assert all(used is None for used in shown) or all(used is not None for used in shown)
        assert told.given == sum(row[2] for row in rows)

    @pytest.mark.parametrize("n", [0, 1, 9, 10, 11])
    def test_a_batch_below_ten_has_no_size_on_the_way(self, n: int) -> None:
        batch = Sealed(1, n, "aa", "bb", "cc", "2026-01-01", "")
        assert told_batches([batch], sizes=False)[0]["n"] == (n if n >= FEW else None)
        assert told_batches([batch], sizes=True)[0]["n"] == n

    def test_single_ballots_only_from_a_hundred_a_panel(self) -> None:
        regions = {"a": "noord", "b": "noord"}
        assert may_list([("p", '["a"]')] * 100, regions)
        assert not may_list([("p", '["a"]')] * 99, regions)
        assert not may_list([("p", '["a"]')] * 500 + [("q", '["a"]')] * 99, regions)
        assert not may_list([], regions)

    def test_nor_where_a_few_keep_to_one_region(self) -> None:
        regions = {"a": "noord", "b": "zuid"}
        both = [("p", '["a","b"]')] * 200
        assert may_list(both, regions)
        assert not may_list([*both, *[("p", '["b"]')] * 9], regions)
        assert may_list([*both, *[("p", '["b"]')] * 10], regions)
        assert not may_list([*both, *[("p", '{"b":3}')] * 9], regions)

    @given(st.dictionaries(st.text("abc", min_size=1), st.binary(max_size=50), max_size=5))
    def test_the_same_files_are_the_same_bytes(self, files: dict[str, bytes]) -> None:
        assert packed(files) == packed(dict(reversed(files.items())))
        with zipfile.ZipFile(io.BytesIO(packed(files))) as read:
            assert {name: read.read(name) for name in read.namelist()} == files

    def test_near_ballots_are_counted_and_not_named(self) -> None:
        alike = ['["a","b","c","d"]'] * 7 + ['["a","b","c","e"]'] * 2 + ['["a"]'] * 50
        found = likeness(alike)
        assert (found.ballots, found.same, found.near) == (9, 7, 9)
        assert likeness([]).same == 0


def body(client: Client, held: Election) -> bytes:
    answer = client.get(reverse("assessment:public_round", args=[held.round.uid]))
    assert answer.status_code == 200
    return bytes(answer.content)


def names(client: Client, held: Election) -> set[str]:
    answer = client.get(reverse("assessment:round_zip", args=[held.round.uid]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as read:
        return set(read.namelist())


@pytest.mark.django_db
@pytest.mark.slow
class TestPublicRound:
    def test_the_page_is_the_same_however_many_voted(self, client: Client) -> None:
        held = election(options=3, voters=30)
        with held.running():
            before = client.get(reverse("assessment:public_round", args=[held.round.uid]))
            for voter in range(25):
                held.vote(voter, voter % 3)
            forget()
            after = client.get(reverse("assessment:public_round", args=[held.round.uid]))
        assert before.content == after.content
        assert before.headers == after.headers
        assert "Last-Modified" not in after.headers
        assert not after.cookies

    def test_who_is_signed_in_changes_nothing(self, client: Client) -> None:
        held = election()
        with held.running():
            first = body(client, held)
            forget()
            sign_in(client, held.assessor)
            assert body(client, held) == first

    def test_what_stands_behind_a_question_mark_changes_nothing(self, client: Client) -> None:
        held = election()
        address = reverse("assessment:public_round", args=[held.round.uid])
        with held.running():
            first = client.get(address + "?next=//elsewhere.example").content
            forget()
            assert client.get(address).content == first
            assert b"elsewhere" not in first

    def test_a_browser_that_has_it_gets_nothing_again(self, client: Client) -> None:
        held = election()
        address = reverse("assessment:public_round", args=[held.round.uid])
        with held.running():
            answer = client.get(address)
            assert answer.headers["Cache-Control"].startswith("public")
            again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.post(address).status_code == 405

    def test_few_questions_to_the_database_and_none_for_a_while(
        self, client: Client, settings: object
    ) -> None:
        held = election(options=3)
        address = reverse("assessment:public_round", args=[held.round.uid])
        with held.running():
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as known:
                client.get(address)
            assert len(known) <= 1
            settings.PUBLIC_PAGES_HELD = 5  # type: ignore[attr-defined]  # pytest-django's
            client.get(address)
            with CaptureQueriesContext(connection) as held_on:
                client.get(address)
            assert len(held_on) == 0

    @pytest.mark.parametrize("options", [1, 3])
    def test_more_options_are_no_more_questions(self, client: Client, options: int) -> None:
        held = election(options=options)
        body(client, held)
        forget()
        with CaptureQueriesContext(connection) as asked:
            body(client, held)
        assert len(asked) <= 9

    def test_concept_is_nothing(self, client: Client) -> None:
        held = election()
        VoteRound.objects.filter(pk=held.round.pk).update(title="Echt")
        missing = reverse("assessment:public_round", args=["00000000-0000-4000-8000-000000000000"])
        assert client.get(missing).status_code == 404

    @pytest.mark.both
    def test_files_follow_the_letters(self, client: Client) -> None:
        held = election(options=3, voters=12)
        frame = {"params.json", "round.json", "options.json", "batches.json"}
        with held.running():
            for voter in range(12):
                held.vote(voter, 0, 1 + (voter > 4))
            assert names(client, held) == frame
        held.count()
        forget()
        closed = names(client, held)
        assert closed == frame | {"turnout.json"}
        held.fix()
        forget()
        assert names(client, held) == closed
        for name in ("count", "outcome", "award", "facts", "ballots", "box"):
            address = reverse("assessment:round_file", args=[held.round.uid, name])
            assert client.get(address).status_code == 404
        with held.over(hours=30):
            decided(held)
        forget()
        told = names(client, held)
        assert told == closed | {"count.json", "outcome.json", "award.json", "facts.json"}
        answer = client.get(reverse("assessment:round_zip", args=[held.round.uid]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as read:
            files = {name: read.read(name) for name in read.namelist()}
        assert not [each for each in checked(files) if each.verdict == "wrong"]

    def test_a_small_round_keeps_its_turnout(self, client: Client) -> None:
        held = election(options=3, voters=8)
        with held.running():
            for voter in range(7):
                held.vote(voter, 0)
        held.close()
        text = body(client, held).decode()
        assert "minder dan 10 van 8" in text
        address = reverse("assessment:round_file", args=[held.round.uid, "turnout"])
        assert client.get(address).json()["used"] is None
        batches = reverse("assessment:round_file", args=[held.round.uid, "batches"])
        assert client.get(batches).json()[0]["n"] is None

    def test_counting_does_not_show(self, client: Client) -> None:
        held = election(options=3, voters=12)
        with held.running():
            for voter in range(12):
                held.vote(voter, voter % 2, 2)
        held.close()
        with held.over():
            closed = body(client, held)
            held.count()
            forget()
            assert body(client, held) == closed
            held.rank()
            forget()
            assert body(client, held) == closed

    def test_the_list_and_the_script(self, client: Client) -> None:
        held = election()
        assert held.round.title in client.get(reverse("assessment:public_rounds")).text
        answer = client.get(reverse("assessment:verify_script"))
        assert answer.headers["Content-Disposition"] == 'attachment; filename="verify_round.py"'
        compile(answer.content, "verify_round.py", "exec")


@pytest.mark.django_db
@pytest.mark.slow
class TestGuards:
    def test_the_box_goes_to_officials_only_and_is_told(self, client: Client) -> None:
        held = election(options=3, voters=12)
        with held.running():
            for voter in range(12):
                held.vote(voter, 0, 1 + (voter > 4))
        address = reverse("assessment:box_file", args=[held.round.uid])
        sign_in(client, held.assessor)
        assert client.post(address).status_code == 409
        held.count()
        assert client.get(address).status_code == 405
        answer = client.post(address)
        assert answer.headers["Cache-Control"] == "no-store"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as read:
            box = json.loads(read.read("box.json"))
        assert len(box) == 12
        events = Event.objects.filter(type="assessment.box_downloaded")
        assert events.get().actor_uid == str(held.assessor.uid)
        sign_in(client, assessor_of(open_example_call("every-kind")))
        assert client.post(address).status_code == 404
        auditor = with_role(PersonFactory(name="Fatma Yilmaz"), Role.AUDITOR, held.call)
        sign_in(client, auditor)
        assert client.post(address).status_code == 200
        client.logout()
        assert client.post(address).status_code == 302

    def test_signals_tell_counts_and_no_choice(self, client: Client) -> None:
        held = election(options=4, voters=14)
        with held.running():
            for voter in range(14):
                held.vote(voter, *((0, 1, 2) if voter < 12 else (1, 2, 3)))
            assert signals(held.round).batches == ()
        held.close()
        held.round.refresh_from_db()
        found = signals(held.round)
        assert found.used == 14
        (batch,) = found.batches
        assert batch.alike is not None
        assert (batch.alike.ballots, batch.alike.same, batch.alike.near) == (14, 12, 14)
        sign_in(client, held.assessor)
        text = client.get(reverse("assessment:fraud", args=[held.round.uid])).text
        assert "12 / 14" in text
        assert not re.search("Initiatief [1-4]", text)


@pytest.mark.django_db
@pytest.mark.slow
class TestMinutes:
    @pytest.mark.both
    def test_printed_once_and_public_with_the_letters(self, client: Client) -> None:
        held = election(options=3, voters=12)
        with held.running():
            for voter in range(12):
                held.vote(voter, 0, 1 + (voter > 4))
        held.count()
        held.fix()
        with held.over():
            assert follow("assessment.print_minutes") == 1
        found = minutes.printed(held.round)
        assert found is not None
        content = printing.read(found.path)
        assert content.startswith(b"%PDF")
        address = reverse("assessment:minutes_file", args=[held.round.uid])
        assert client.get(address).status_code == 404
        with held.over(hours=30):
            decided(held)
        answer = client.get(address)
        assert answer.content == content
        minutes.print_minutes(held.round, day=clock.today())
        assert Event.objects.filter(type="assessment.minutes_printed").count() == 1
        assert not list(stored_minutes())
        printing.default_storage.delete(found.path)
        assert len(list(stored_minutes())) == 1

    def test_the_calculation_tells_every_step(self, client: Client) -> None:
        held = finished(_tied())
        with held.over(hours=60):
            row = public_round(held.round.uid)
            assert row is not None
            text = client.get(reverse("assessment:calculation", args=[held.round.uid])).text
        for option in held.options:
            assert option.title in text
        assert "<meter" in text
        assert "style=" not in text
        assert "genoeg geweest" in text


def _tied() -> Election:
    held = election(options=4, voters=12, amounts=(100_000, 80_000, 90_000, 70_000))
    with held.running():
        for voter in range(12):
            held.vote(voter, *((0, 1) if voter < 8 else (0, 2)))
    return held


@pytest.mark.django_db
@pytest.mark.slow
def test_an_extension_shows_with_its_reason(client: Client) -> None:
    held = open_round_of("approval", vote={"extension": True})
    with held.running():
        first = body(client, held)
        extend_round(
            round_id=held.round.pk,
            ends_at=held.round.closes_at + timedelta(hours=3),
            reason="De site was drie uur weg.",
            actor=as_actor(held.assessor),
        )
        forget()
        second = body(client, held)
    assert b"De site was drie uur weg." in second
    assert first != second


def test_a_value_has_one_text() -> None:
    assert json_file({"b": 1, "a": "é"}) == '{"a":"é","b":1}\n'.encode()
