"""Who may vote, on pages: lists, letters, what is frozen at opening, and a code that was lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.electorate import make_rights
from assessment.domain.member_lists import Voter, add_members, read_list
from assessment.domain.queries.rounds import waiting_options
from assessment.domain.rounds import make_round, open_round
from assessment.models import PanelMember, VoteOption, VoteRight, VoteRound
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, as_actor, open_example_call
from tests.factories.assessment import Election, assessor_of, election, ready_for_vote
from timeline import clock
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def concept(options: int = 0) -> tuple[VoteRound, Any]:
    """A round in preparation and who runs it, with ``options`` admitted applications."""
    call = open_example_call("by-vote")
    person = assessor_of(call)
    applicant = PersonFactory()
    for number in range(options):
        ready_for_vote(call, person, applicant, answers={"titel": f"Initiatief {number + 1}"})
    start = clock.now() + timedelta(days=1)
    days = (start, start + timedelta(days=7))
    return make_round(call_id=call.pk, actor=as_actor(person), days=days), person


def url(name: str, round_: VoteRound, *args: Any) -> str:
    return reverse(f"assessment:{name}", args=[round_.uid, *args])


def post(client: Client, round_: VoteRound, what: str, **given: Any) -> Any:
    panel = {f"{what}-panel": round_.panels.get().pk}
    data = {f"{what}-{name}": value for name, value in given.items()}
    return client.post(url("voters", round_), {"what": what, **panel, **data}, follow=True)


class TestLists:
    @pytest.mark.parametrize(
        "text",
        [
            "naam;e-mail\nRiet Bos;riet@example.org\nJan Mol;",
            "Riet Bos,RIET@example.org\nJan Mol",
            "riet@example.org\tRiet Bos\r\n\r\n Jan Mol \t",
            "\ufeffNaam;E-mail\r\nRiet Bos;riet@example.org\r\nJan Mol",
        ],
    )
    def test_a_list_is_read_as_people_write_it(self, text: str) -> None:
        assert read_list(text) == [Voter("Riet Bos", "riet@example.org"), Voter("Jan Mol")]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Er staat niemand"),
            ("Riet;riet@", "Regel 1 kunnen wij niet lezen"),
            ("Riet;riet@example.org\n;;", "Regel 2 kunnen wij niet lezen"),
        ],
    )
    def test_a_line_that_cannot_be_read_is_named(self, text: str, sentence: str) -> None:
        with pytest.raises(Refused, match=sentence) as told:
            read_list(text)

        assert told.value.field == "people"

    @given(st.text(max_size=200))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            found = read_list(text)
        except Refused:
            return
        assert all(each.name and len(each.name) <= 200 for each in found)

    @pytest.mark.both
    def test_who_is_there_already_and_who_judges_is_passed_over(self) -> None:
        round_, person = concept()
        people = [Voter("A", "a@example.org"), Voter("B"), Voter("C", person.email)]
        act: dict[str, Any] = {"panel_id": round_.panels.get().pk, "actor": as_actor(person)}

        first = add_members(people=[*people, Voter("A2", "a@example.org")], **act)
        again = add_members(people=people[:1], **act)

        assert (first.added, first.known, first.judges) == (2, 1, 1)
        assert (again.added, again.known) == (0, 1)
        names = PanelMember.objects.order_by("name").values_list("name", flat=True)
        assert list(names) == ["A", "B"]

    def test_a_stranger_adds_nobody_and_nobody_after_opening(self) -> None:
        held = election()
        panel = held.round.panels.get().pk

        with pytest.raises(NotAllowed):
            add_members(panel_id=panel, people=[Voter("A")], actor=as_actor(PersonFactory()))
        with pytest.raises(Conflict, match="vastgezet"):
            add_members(panel_id=panel, people=[Voter("A")], actor=as_actor(held.assessor))


class TestVotersPage:
    def test_four_ways_to_add_people(self, client: Client) -> None:
        round_, person = concept()
        PersonFactory(municipality="Voorbeeldstad")
        sign_in(client, person)
        file = SimpleUploadedFile("lijst.csv", "Jörg;j@example.org\nPiet;p@example.org".encode())

        one = post(client, round_, "member", name="Riet Bos", email="riet@example.org")
        pasted = post(client, round_, "list", people="Jan Mol;jan@example.org\nAn;riet@example.org")
        posted = post(client, round_, "list", file=file)
        letters = post(client, round_, "letters", number="25")
        profiles = post(client, round_, "profiles")

        assert "Riet Bos mag stemmen." in one.text
        assert "1 mens toegevoegd. 1 stond er al op." in pasted.text
        assert "2 mensen toegevoegd." in posted.text
        assert "Jörg" in posted.text
        assert "Er zijn nu 25 brieven." in letters.text
        assert "met een profiel toegevoegd." in profiles.text
        assert VoteRight.objects.filter(member=None).count() == 25
        client.post(url("drop_letters", round_))
        assert not VoteRight.objects.exists()

    def test_what_is_wrong_keeps_the_words(self, client: Client) -> None:
        round_, person = concept()
        sign_in(client, person)

        page = post(client, round_, "list", people="Riet;geen@adres@hier")

        assert page.status_code == 422
        assert "Regel 1 kunnen wij niet lezen" in page.text
        assert "geen@adres@hier" in page.text
        assert post(client, round_, "letters", number="0").status_code == 422

    def test_somebody_is_taken_off(self, client: Client) -> None:
        round_, person = concept()
        sign_in(client, person)
        post(client, round_, "member", name="Riet Bos")
        member = PanelMember.objects.get()

        client.post(url("drop", round_, member.uid))

        assert not PanelMember.objects.exists()

    def test_once_open_there_is_nothing_to_add(self, client: Client) -> None:
        held = election()
        sign_in(client, held.assessor)

        assert client.get(url("voters", held.round))["Location"] == url("round", held.round)


class TestOpening:
    def test_what_is_frozen_is_read_first(self, client: Client) -> None:
        round_, person = concept(options=3)
        sign_in(client, person)
        post(client, round_, "member", name="Riet Bos", email="riet@example.org")

        page = client.get(url("open_round", round_)).text
        names = {f"group_{uid}": "zaal" for uid in _waiting(round_)[:2]}
        client.post(url("open_round", round_), names)

        assert "Initiatief 1" in page
        assert "Zo wordt het geld verdeeld" in page
        round_.refresh_from_db()
        assert round_.state == VoteRound.State.OPEN
        assert VoteOption.objects.filter(exclusion_group="zaal").count() == 2
        assert round_.params_hash in client.get(url("round", round_)).text

    def test_too_little_to_open_is_told_on_the_page(self, client: Client) -> None:
        round_, person = concept(options=3)
        sign_in(client, person)

        page = client.post(url("open_round", round_))

        assert page.status_code == 422
        assert "Er staat nog niemand in het panel" in page.text


class TestLostCode:
    def test_a_member_is_found_by_name_and_gets_a_new_code(self, client: Client) -> None:
        held = election(voters=3)
        sign_in(client, held.assessor)

        page = client.get(url("lost_code", held.round), {"zoek": "kiezer 2"})
        right = VoteRight.objects.get(member__name="Kiezer 2")
        done = client.post(url("replace_right", held.round, right.pk), follow=True)

        assert "Kiezer 2" in page.text
        assert "Kiezer 1" not in page.text
        assert "De oude code werkt niet meer" in done.text
        right.refresh_from_db()
        assert right.status == VoteRight.Status.REPLACED

    def test_a_letter_is_found_by_its_number(self, client: Client) -> None:
        held = _with_letters()
        sign_in(client, held.assessor)

        page = client.get(url("lost_code", held.round), {"zoek": "2"}).text
        right = VoteRight.objects.get(reference="00002")
        client.post(url("replace_right", held.round, right.pk))

        assert "Brief 00002" in page
        assert "Brief 00001" not in page
        states = VoteRight.objects.filter(reference="00002").values_list("status", flat=True)
        assert sorted(states) == ["issued", "replaced"]

    def test_a_code_that_was_used_stays(self, client: Client) -> None:
        held = election(voters=2)
        with held.running():
            held.vote(0, 0)
        right = VoteRight.objects.get(status="voted")
        sign_in(client, held.assessor)

        with held.running():
            page = client.post(url("replace_right", held.round, right.pk), follow=True)

        assert "Met deze code is al gestemd" in page.text
        assert not VoteRight.objects.filter(status="replaced").exists()

    def test_without_words_nobody_is_listed(self, client: Client) -> None:
        held = election(voters=2)
        sign_in(client, held.assessor)

        assert "Kiezer 1" not in client.get(url("lost_code", held.round)).text
        assert "Niemand gevonden" in client.get(url("lost_code", held.round), {"zoek": "x"}).text


def _waiting(round_: VoteRound) -> list[str]:
    return [str(row.uid) for row in waiting_options(round_.call)]


def _with_letters() -> Election:
    round_, person = concept(options=3)
    make_rights(panel_id=round_.panels.get().pk, number=3, actor=as_actor(person))
    opened = open_round(round_id=round_.pk, actor=as_actor(person))
    return Election(round_.call, person, assessor_of(round_.call, "Pieter"), opened)
