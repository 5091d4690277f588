"""The pages of an evaluation, for who writes regulations; and the questionnaire, for anybody with a
link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accountability.domain.questionnaire import fresh_link
from accountability.models import EvaluationInvitation, EvaluationSheet
from accounts.models import Person
from accounts.roles import Role
from regeling.models import Evaluation, Finding
from tests.accountability.pages import as_, errors, url
from tests.factories.accountability import Office, decided, office
from tests.factories.applications import PersonFactory, with_role
from tests.factories.assessment import follow
from timeline import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def at() -> Iterator[Office]:
    """A call with a decision, two months later."""
    made = office()
    decided(made, person=PersonFactory(email="kreeg@example.org"))
    with clock.playing("", clock.now() + timedelta(days=60)):
        yield made


@pytest.fixture
def writer(at: Office) -> Person:
    return with_role(PersonFactory(), Role.DRAFTER, at.call)


@pytest.fixture
def evaluation(at: Office, writer: Person) -> Evaluation:
    """Started on the page."""
    today = clock.today()
    answer = as_(writer).post(
        url("evaluations"),
        {
            "regulation": at.call.revision.regulation_id,
            "title": "Terugblik",
            "first_day": (today - timedelta(days=70)).isoformat(),
            "last_day": (today - timedelta(days=1)).isoformat(),
        },
    )
    assert answer.status_code == 302
    return Evaluation.objects.get()


def sent(evaluation: Evaluation, writer: Person) -> str:
    """The questionnaire went out on the page; the link of the one who was awarded."""
    client = as_(writer)
    address = url("send_questions", evaluation.uid)
    assert "Wie subsidie kreeg" in client.get(address).content.decode()
    ends_on = (clock.today() + timedelta(days=14)).isoformat()
    stale = client.post(address, {"ends_on": ends_on, "version": "0"})
    assert stale.status_code == 409
    client.post(address, {"ends_on": ends_on, "version": evaluation.version})
    token = fresh_link(EvaluationInvitation.objects.get(email="kreeg@example.org").pk)
    assert token
    return token


def test_from_start_to_finish(evaluation: Evaluation, writer: Person, client: Client) -> None:
    mine = as_(writer)
    page = url("evaluation", evaluation.uid)
    told = mine.get(page).content.decode()
    assert "minder dan 10" not in told  # nobody dropped out: nought is told
    mine.post(
        url("new_question", evaluation.uid),
        {"text": "Wie hielp u?", "kind": "choice", "choices": "Makelaar\nGemeente\n"},
    )
    token = sent(evaluation, writer)
    follow("accountability.mail_questionnaire")
    assert "zonder uw naam" in str(mail.outbox[-1].body)
    token = fresh_link(EvaluationInvitation.objects.get(email="kreeg@example.org").pk) or token
    form = client.get(url("questionnaire", token))
    assert "Wie hielp u?" in form.content.decode()
    assert form.headers["Cache-Control"] == "no-store"
    answer = client.post(url("questionnaire", token), {"q1": "5", "q5": "Makelaar", "q3": ""})
    assert "Dank u wel" in answer.content.decode()
    assert EvaluationSheet.objects.get().answers == '{"1":"5","5":"Makelaar"}'
    assert client.get(url("questionnaire", token)).status_code == 404
    with clock.playing("", clock.now() + timedelta(days=20)):
        assert "Minder dan tien mensen" in mine.get(page).content.decode()
        mine.post(
            url("new_finding", evaluation.uid),
            {"text": "Het formulier is te lang.", "article": "artikel 5"},
        )
        evaluation.refresh_from_db()
        mine.post(url("finish", evaluation.uid), {"version": evaluation.version})
        assert "Afgerond op" in mine.get(page).content.decode()
    assert Finding.objects.get().code == "B1"
    assert not EvaluationInvitation.objects.exists()


def test_a_form_says_what_is_wrong(evaluation: Evaluation, writer: Person) -> None:
    mine = as_(writer)
    wrong = mine.post(url("new_question", evaluation.uid), {"text": "Wie?", "kind": "choice"})
    assert wrong.status_code == 422
    assert errors(wrong.content.decode()) == ["choices"]
    wrong = mine.post(url("new_finding", evaluation.uid), {"text": " "})
    assert errors(wrong.content.decode()) == ["text"]


@pytest.mark.parametrize(
    "route", ["evaluation", "new_question", "send_questions", "new_finding", "remind", "finish"]
)
def test_only_who_writes_these_regulations(evaluation: Evaluation, at: Office, route: str) -> None:
    def ask(client: Client) -> Any:
        answer = client.get(url(route, evaluation.uid))
        return client.post(url(route, evaluation.uid)) if answer.status_code == 405 else answer

    elsewhere = PersonFactory()
    with_role(elsewhere, Role.DRAFTER, office("every-kind").call)
    assert ask(as_(at.auditor)).status_code == 403
    assert ask(as_(elsewhere)).status_code == 404
    assert ask(Client()).status_code == 302


def test_a_link_that_never_was(client: Client) -> None:
    assert client.get(url("questionnaire", "x" * 32)).status_code == 404
    assert client.post(url("questionnaire", "x" * 32), {"q1": "5"}).status_code == 404
