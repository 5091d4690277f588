"""The municipality is asked once, answers in time or is silent, and holds nothing up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from applications.domain.queries.dossier import history
from applications.models import Application
from assessment.domain import municipal
from assessment.domain.proposals import proposal_for
from assessment.models import MunicipalAnswer, MunicipalRequest
from portal.words import told
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.factories.applications import as_actor, open_example_call
from tests.factories.assessment import assessor_of, follow
from tests.factories.meetings import municipal_contact, ready_dossier
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Conflict, NotAllowed, Refused

# Each test plays a call from its first application on.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YES = {"beleid": ("yes", ""), "vergunning": ("no", "Die is hiervoor niet nodig.")}


@pytest.fixture
def call() -> Call:
    return open_example_call("by-panel")


@pytest.fixture
def contact(call: Call) -> Person:
    return municipal_contact(call, "Voorbeeldstad")


def asked(call: Call, number: int = 1) -> list[MunicipalRequest]:
    """Complete applications about which the municipality was asked."""
    assessor = assessor_of(call)
    for _each in range(number):
        ready_dossier(call, assessor)
    follow("assessment.ask_municipality", "assessment.mail_municipality")
    return list(MunicipalRequest.objects.order_by("pk"))


def test_a_complete_application_is_asked_once_and_the_contact_gets_a_mail(
    call: Call, contact: Person
) -> None:
    request = asked(call)[0]
    municipal.ask(application_id=request.application_id, actor=SYSTEM)
    assert MunicipalRequest.objects.count() == 1
    assert request.due_on == request.asked_on + timedelta(weeks=2)
    letters = [each for each in mail.outbox if contact.email in each.to]
    assert len(letters) == 1
    assert reverse("assessment:municipal_request", args=[request.uid]) in str(letters[0].body)


def test_an_answer_can_change_until_the_day_and_the_first_one_stays(
    call: Call, contact: Person
) -> None:
    request = asked(call)[0]
    municipal.answer(request_id=request.pk, answers=YES, actor=as_actor(contact))
    changed = {**YES, "beleid": ("no", "De raad besloot anders.")}
    last = clock.moment(request.due_on, "23:00")
    with clock.playing("", last):
        municipal.answer(request_id=request.pk, answers=changed, actor=as_actor(contact))
    assert MunicipalAnswer.objects.filter(question="beleid").count() == 2
    assert MunicipalAnswer.objects.filter(question="vergunning").count() == 1
    assert municipal.latest(request)["beleid"].answer == "no"
    with clock.playing("", last + timedelta(hours=2)), pytest.raises(Conflict):
        municipal.answer(request_id=request.pk, answers=YES, actor=as_actor(contact))


@pytest.mark.parametrize(
    "wrong",
    [
        {"beleid": ("maybe", "")},
        {"beleid": ("no", " ")},
        {"beleid": ("unknown", "")},
        {"onbekend": ("yes", "")},
    ],
)
def test_an_answer_that_says_nothing_is_refused(
    call: Call, contact: Person, wrong: dict[str, tuple[str, str]]
) -> None:
    request = asked(call)[0]
    with pytest.raises(Refused):
        municipal.answer(request_id=request.pk, answers=wrong, actor=as_actor(contact))
    assert not MunicipalAnswer.objects.exists()


def test_somebody_else_does_not_answer(call: Call) -> None:
    request = asked(call)[0]
    with pytest.raises(NotAllowed):
        municipal.answer(request_id=request.pk, answers=YES, actor=as_actor(assessor_of(call)))


def test_silence_is_noted_after_the_day_and_does_not_hold_the_dossier(
    call: Call, contact: Person
) -> None:
    request = asked(call)[0]
    assert contact.pk
    follow("assessment.municipal_silence")
    assert MunicipalRequest.objects.get().silent_at is None
    with clock.playing("", clock.moment(request.due_on + timedelta(days=1), "06:00")):
        follow("assessment.municipal_silence")
        assert MunicipalRequest.objects.get().silent_at is not None
        assert not municipal.note_silence(request_id=request.pk, actor=SYSTEM)
        with pytest.raises(Refused) as refusal:
            proposal_for(request.application_id)  # waits for the panel, not for the municipality
        assert refusal.value.code == "no_panel"
    application = Application.objects.get(pk=request.application_id)
    lines = [line.sentence for line in told(history(application))]
    assert "Geen antwoord van de gemeente gekregen" in lines


def test_who_answered_all_is_not_called_silent(call: Call, contact: Person) -> None:
    request = asked(call)[0]
    municipal.answer(request_id=request.pk, answers=YES, actor=as_actor(contact))
    with clock.playing("", clock.moment(request.due_on + timedelta(days=1), "06:00")):
        follow("assessment.municipal_silence")
    assert MunicipalRequest.objects.get().silent_at is None


class TestPages:
    def test_she_answers_and_sees_nothing_else(
        self, client: Client, call: Call, contact: Person
    ) -> None:
        request = asked(call)[0]
        sign_in(client, contact)
        page = reverse("assessment:municipal_request", args=[request.uid])
        text = client.get(page).text
        assert "Past dit in het beleid van uw gemeente?" in text
        assert request.application.party.name not in text
        assert "Rekening die eindigt" not in text
        given = {"answer_beleid": "yes", "answer_vergunning": "no"}
        assert client.post(page, given).status_code == 422
        given["explanation_vergunning"] = "Niet nodig."
        assert client.post(page, given).status_code == 302
        assert "Beantwoord" in client.get(reverse("assessment:municipal")).text
        dossier = reverse("portal:dossier", args=[request.application.uid])
        assert client.get(dossier).status_code == 404

    def test_a_contact_of_another_municipality_or_regulation_finds_nothing(
        self, client: Client, call: Call
    ) -> None:
        request = asked(call)[0]
        others = [
            municipal_contact(call, "Elders"),
            municipal_contact(open_example_call("by-vote"), "Voorbeeldstad"),
        ]
        for person in others:
            sign_in(client, person)
            page = reverse("assessment:municipal_request", args=[request.uid])
            assert client.get(page).status_code == 404
            assert "Geen vragen" in client.get(reverse("assessment:municipal")).text

    def test_the_dossier_tells_the_answers(
        self, client: Client, call: Call, contact: Person
    ) -> None:
        request = asked(call)[0]
        municipal.answer(request_id=request.pk, answers=YES, actor=as_actor(contact))
        assessor = Person.objects.get(name="Marieke Jansen")
        sign_in(client, assessor)
        text = client.get(reverse("portal:dossier", args=[request.application.uid])).text
        assert "Die is hiervoor niet nodig." in text

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self,
        client: Client,
        call: Call,
        contact: Person,
        number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        asked(call, number)
        sign_in(client, contact)
        client.get(reverse("assessment:municipal"))
        with django_assert_num_queries(13):
            text = client.get(reverse("assessment:municipal")).text
        assert text.count("sve-card--link") == number
