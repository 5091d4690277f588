"""The questionnaire in a real browser, on a telephone: axe finds nothing, and it can be sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accountability.domain.evaluation import add_finding, start_evaluation
from accountability.domain.questionnaire import add_question, fresh_link, send_questionnaire
from accountability.models import EvaluationInvitation, EvaluationSheet
from accounts.models import Person
from accounts.roles import Role
from regeling.models import Evaluation
from tests.factories.accountability import decided, office
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from tests.infra.axe import Inside, faultless
from timeline import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def asked() -> tuple[Evaluation, Person]:
    """An evaluation of last week, with a question of its own and a finding.

    Decisions of today do not belong to it; a member of the panel can be asked.
    """
    at = office()
    with_role(PersonFactory(email="panel@example.org"), Role.PANEL_MEMBER, at.call)
    decided(at, person=PersonFactory(email="kreeg@example.org"))
    writer = with_role(PersonFactory(), Role.DRAFTER, at.call)
    today = clock.today()
    row = start_evaluation(
        regulation_id=at.call.revision.regulation_id,
        title="Terugblik",
        first_day=today - timedelta(days=7),
        last_day=today - timedelta(days=1),
        actor=as_actor(writer),
    )
    add_question(
        evaluation_id=row.pk,
        kind="choice",
        text="Wie hielp u het meest?",
        choices=["De makelaar", "De gemeente", "Niemand"],
        actor=as_actor(writer),
    )
    add_finding(
        evaluation_id=row.pk,
        text="Het formulier is te lang.",
        article="artikel 5",
        proposal="Vraag de begroting pas na het gesprek.",
        actor=as_actor(writer),
    )
    return row, writer


def test_answering_on_a_telephone(page: Page, live_server: LiveServer) -> None:
    row, writer = asked()
    send_questionnaire(
        evaluation_id=row.pk,
        ends_on=clock.today() + timedelta(days=14),
        seen_version=row.version,
        actor=as_actor(writer),
    )
    token = fresh_link(EvaluationInvitation.objects.get(email="panel@example.org").pk)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/vragenlijst/{token}/")
    assert "next=/vragenlijst" not in page.content()  # the link stands in no other address
    faultless(page, "questionnaire")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("group", name="Hoe duidelijk").get_by_label("4").check()
    page.get_by_label("De makelaar").check()
    page.get_by_label("Wat moet er anders").fill("Minder vragen.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    faultless(page, "thanks")
    assert EvaluationSheet.objects.count() == 1


def test_the_page_of_an_evaluation(inside: Inside, live_server: LiveServer) -> None:
    row, writer = asked()
    page = inside(writer)
    page.goto(f"{live_server.url}/beheer/evaluaties/{row.uid}/")
    faultless(page, "evaluation")
    page.goto(f"{live_server.url}/beheer/evaluaties/{row.uid}/vraag/")
    faultless(page, "question")


def test_the_page_of_a_test_call(inside: Inside, live_server: LiveServer) -> None:
    call = open_example_call(kind="test")
    boss = with_role(PersonFactory(), Role.ADMINISTRATOR, call)
    page = inside(boss)
    for path in ("", "weg/"):
        page.goto(f"{live_server.url}/beheer/tests/{call.slug}/{path}")
        faultless(page, path)
