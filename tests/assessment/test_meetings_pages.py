"""The pages of meetings: from planning to signing, bad input, and who finds nothing."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from accounts.roles import Role
from assessment import printing
from assessment.domain.queries.meetings import words_of
from assessment.domain.queries.panels import panel_outcome
from assessment.models import AgendaItem, Meeting
from tests.accounts.signing_in import sign_in
from tests.documents.test_pdf import walk
from tests.factories.applications import IBAN, PersonFactory, open_example_call, with_role
from tests.factories.assessment import assessor_of, follow
from tests.factories.meetings import Sitting, members_for, ready_dossier, sitting
from timeline import clock

# Each test plays a call from its first application on.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def page(meeting: Meeting, route: str = "meeting", *more: UUID) -> str:
    return reverse(f"assessment:{route}", args=[meeting.uid, *more])


def interests(at: Sitting, item: AgendaItem, *leaving: int) -> dict[str, str]:
    return {
        f"belang-{item.position}-interest_{at.seat(number).uid}": "yes"
        if number in leaving
        else "no"
        for number in range(3)
    }


def test_a_meeting_is_planned_filled_convened_and_signed(client: Client) -> None:
    call = open_example_call("by-panel")
    assessor, members = assessor_of(call), members_for(call)
    dossier = ready_dossier(call, assessor)
    sign_in(client, assessor)
    assert call.title in client.get(reverse("assessment:meetings")).text
    day = clock.today() + timedelta(days=30)
    given = {"day": "other", "other_day": day.isoformat(), "reason": "Eerder lukte niet."}
    given |= {"starts": "19:30", "place": "Dorpshuis", "chair": str(members[0].pk)}
    new = reverse("assessment:new_meeting", args=[call.slug])
    assert client.post(new, {**given, "chair": str(assessor.pk)}).status_code == 422
    assert client.post(new, {**given, "other_day": "2020-01-01"}).status_code == 422
    assert client.post(new, given).status_code == 302
    meeting = Meeting.objects.get()
    assert client.post(page(meeting, "build_agenda")).status_code == 302
    item = AgendaItem.objects.get()
    assert item.application == dossier
    assert "Nog te behandelen" in client.get(page(meeting)).text or dossier.title
    client.post(page(meeting, "convene"))
    at = Sitting(call, assessor, members, meeting)
    with at.on_the_day():
        seats = {f"present-{seat.uid}": "on" for seat in meeting.attendance.all()}
        seats["present-chair"] = str(at.seat(0).uid)
        assert client.post(page(meeting, "presence"), seats).status_code == 302
        client.post(page(meeting, "item_interests", item.uid), interests(at, item))
        for number in range(3):
            seat = at.seat(number)
            points = {f"punten-1-{seat.pk}-score_samen": "4"}
            address = page(meeting, "item_scores", item.uid, seat.uid)
            assert client.post(address, points).status_code == 302
        told = {
            "uitkomst-1-outcome": "positive",
            "uitkomst-1-reasoning": "Iedereen doet mee.",
            "uitkomst-1-conclusion": "Doen.",
        }
        assert client.post(page(meeting, "item_outcome", item.uid), told).status_code == 302
        assert client.post(page(meeting, "finish_meeting")).status_code == 302
        text = client.get(page(meeting, "minutes")).text
        assert "Iedereen doet mee." in text
        assert "wacht op de handtekening" in text
        sign_in(client, members[0])
        text = client.get(page(meeting, "minutes")).text
        seen = text.split('name="seen" value="')[1][:64]
        assert client.post(page(meeting, "minutes"), {"seen": seen}).status_code == 422
        assert (
            client.post(page(meeting, "minutes"), {"seen": "0" * 64, "agree": "on"}).status_code
            == 409
        )
        assert (
            client.post(page(meeting, "minutes"), {"seen": seen, "agree": "on"}).status_code == 302
        )
    found = panel_outcome(dossier.pk)
    assert found is not None
    assert found.conclusion == "Doen."


def test_the_chair_signs_with_a_second_key(client: Client) -> None:
    at = sitting()
    with at.on_the_day():
        at.present()
        at.treat(at.items[0])
        sign_in(client, at.assessor)
        client.post(page(at.meeting, "finish_meeting"))
        sign_in(client, at.members[0], second_factor=False)
        answer = client.get(page(at.meeting, "minutes"))
    assert answer.status_code == 302
    assert "tweede-sleutel" in answer["Location"]


def test_bad_input_is_told_on_the_same_page_and_kept(client: Client) -> None:
    at = sitting()
    item = at.items[0]
    sign_in(client, at.assessor)
    address = page(at.meeting, "item_outcome", item.uid)
    words = {"uitkomst-1-reasoning": "Zo maar.", "uitkomst-1-conclusion": "Ja."}
    with at.on_the_day():
        at.present()
        answer = client.post(address, words)
        assert answer.status_code == 422
        assert "Zo maar." in answer.text
        answer = client.post(address, {**words, "uitkomst-1-outcome": "positive"})
        assert answer.status_code == 422
        assert "Leg eerst vast of" in answer.text
        at.no_interest(item)
        seat = at.seat(1)
        wrong = {f"punten-1-{seat.pk}-score_samen": "99"}
        scores = page(at.meeting, "item_scores", item.uid, seat.uid)
        assert client.post(scores, wrong).status_code == 422
        stale = {**words, "uitkomst-1-outcome": "held_over", "version": "1"}
        answer = client.post(address, stale)
        assert answer.status_code == 409
        assert "Zo maar." in answer.text


class TestWhoSeesIt:
    @pytest.mark.parametrize("route", ["meeting", "minutes"])
    def test_strangers_find_no_meeting(self, client: Client, route: str) -> None:
        at = sitting()
        elsewhere = open_example_call("by-vote")
        strangers: list[Person] = [
            with_role(PersonFactory(), Role.PANEL_MEMBER, elsewhere),
            assessor_of(elsewhere),
        ]
        for person in strangers:
            sign_in(client, person)
            assert client.get(page(at.meeting, route)).status_code == 404

    def test_a_member_reads_and_says_only_for_herself(self, client: Client) -> None:
        at = sitting()
        item = at.items[0]
        sign_in(client, at.members[1])
        text = client.get(page(at.meeting)).text
        assert "Hebt u een belang?" in text
        assert "Leg dit punt vast" not in text
        assert client.post(page(at.meeting, "convene")).status_code == 403
        client.post(page(at.meeting, "item_interests", item.uid), interests(at, item, 1))
        stated = {each.attendee.person_id: each.has_interest for each in item.interests.all()}
        assert stated == {at.members[1].pk: True}
        assert "U hebt een belang" in client.get(page(at.meeting)).text

    def test_papers_are_kept_from_who_has_an_interest(self, client: Client) -> None:
        at = sitting(dossiers=2)
        first, second = at.items
        follow("assessment.print_meeting")
        whole = at.meeting.papers.get(item=None)
        sign_in(client, at.members[1])
        answer = client.get(page(at.meeting, "meeting_paper", whole.uid))
        assert answer.content.startswith(b"%PDF-")
        client.post(page(at.meeting, "item_interests", first.uid), interests(at, first, 1))
        own = at.meeting.papers.get(item=first)
        other = at.meeting.papers.get(item=second)
        assert client.get(page(at.meeting, "meeting_paper", whole.uid)).status_code == 404
        assert client.get(page(at.meeting, "meeting_paper", own.uid)).status_code == 404
        assert client.get(page(at.meeting, "meeting_paper", other.uid)).status_code == 200


@pytest.mark.parametrize("dossiers", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, dossiers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = sitting(dossiers=dossiers)
    sign_in(client, at.assessor)
    with at.on_the_day():
        at.present()
        client.get(page(at.meeting))
        with django_assert_num_queries(27):
            client.get(page(at.meeting))
        with django_assert_num_queries(9):
            client.get(reverse("assessment:meetings"))


def test_papers_and_minutes_are_pdf_ua_without_what_a_panel_does_not_need() -> None:
    at = sitting(dossiers=1)
    with at.on_the_day():
        at.present()
        at.treat(at.items[0])
        at.sign()
    follow("assessment.print_meeting")
    papers = list(at.meeting.papers.order_by("pk"))
    assert len(papers) == 3
    for row in papers:
        content = printing.read(row.path)
        document = pikepdf.open(io.BytesIO(content))
        assert "<pdfuaid:part>1</pdfuaid:part>" in document.Root.Metadata.read_bytes().decode()
        assert str(document.Root.Lang) == "nl"
        kinds = [str(node.S) for node in walk(document.Root.StructTreeRoot.K)]
        levels = [int(kind[2]) for kind in kinds if kind in ("/H1", "/H2", "/H3")]
        assert levels[:2] == [1, 2]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert "Rekening die eindigt" not in row.facts
        assert IBAN[-4:] not in row.facts
        assert "jannie" not in row.facts  # an address
    told = words_of(json.loads(papers[0].facts))
    again = printing.print_page(
        "assessment/meetings/papers_pdf.html",
        {"told": told},
        facts=json.loads(papers[0].facts),
        day=clock.day(papers[0].ordered_at),
    )
    assert again.sha256 == papers[0].sha256
