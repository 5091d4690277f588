"""Reading along: asked, remarked at a field, taken or left, over at submission."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from accounts.roles import Role
from applications.domain import coaching
from applications.domain.submission import submit
from applications.models import Application, Remark
from applications.states import State
from regeling.models import Call
from tests.applications.pages import post_step, signed_in, step_url, text
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    sign_all,
    with_role,
)

pytestmark = pytest.mark.django_db
COACHED_QUERIES = 8


@pytest.fixture
def call() -> Call:
    return open_example_call()


@pytest.fixture
def broker(call: Call) -> Person:
    return with_role(PersonFactory(name="Willemien Kok"), Role.BROKER, call)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def application(call: Call, person: Person) -> Application:
    return draft(call, person=person)


def url(application: Application, name: str) -> str:
    return reverse(f"applications:{name}", args=[application.uid])


def ask(application: Application, broker: Person, person: Person) -> None:
    coaching.ask(application_id=application.pk, broker_id=broker.pk, actor=as_actor(person))


def test_the_initiator_asks_her_broker(
    application: Application, person: Person, broker: Person
) -> None:
    client = signed_in(person)
    assert "Willemien Kok" in text(client.get(url(application, "coaching")))

    client.post(url(application, "coaching"), {"broker": str(broker.uid)})

    application.refresh_from_db()
    assert application.state == State.IN_COACHING
    assert "Willemien Kok" in text(client.get(url(application, "coaching")))
    assert "Meelezen stoppen" in text(client.get(url(application, "coaching")))


@pytest.mark.parametrize("choice", [{}, {"broker": "iemand"}])
def test_without_a_broker_of_the_region_the_page_says_so(
    application: Application, person: Person, broker: Person, choice: dict[str, str]
) -> None:
    page = signed_in(person).post(url(application, "coaching"), choice)

    assert page.status_code == 422
    assert "Er gaat nog iets niet goed" in text(page)


def test_the_broker_remarks_at_a_field_and_the_initiator_decides(
    application: Application, person: Person, broker: Person
) -> None:
    ask(application, broker, person)
    reader, writer = signed_in(broker), signed_in(person)
    given = {"question": "titel", "text": "Noem het dorp erbij."}

    reader.post(url(application, "read"), given)
    shown = text(writer.get(step_url(application.uid, "idee")))
    remark = Remark.objects.get()
    page = post_step(
        writer,
        application.uid,
        "idee",
        {"v-titel": "Lange tafel in Heeten"},
        go=f"remark:{remark.uid}:taken",
    )

    assert "Noem het dorp erbij." in shown
    assert "Noem het dorp erbij." not in text(page)
    remark.refresh_from_db()
    application.refresh_from_db()
    assert remark.answer == "taken"
    assert application.title == "Lange tafel in Heeten"
    assert "overgenomen" in text(reader.get(url(application, "read")))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"question": "titel", "text": "  "}, "Schrijf op wat u opvalt"),
        ({"question": "geheim", "text": "Dit bleef staan"}, "geheim is geen"),
    ],
)
def test_a_wrong_remark_is_told_and_kept(
    application: Application, person: Person, broker: Person, data: dict[str, str], sentence: str
) -> None:
    ask(application, broker, person)

    page = signed_in(broker).post(url(application, "read"), data)

    assert page.status_code == 422
    assert sentence in text(page)
    assert data["text"].strip() in text(page)


def test_a_broker_reads_only_where_she_was_asked(
    application: Application, person: Person, broker: Person, call: Call
) -> None:
    other = with_role(PersonFactory(), Role.BROKER, call)
    ask(application, broker, person)

    assert signed_in(broker).get(url(application, "read")).status_code == 200
    assert signed_in(other).get(url(application, "read")).status_code == 404
    assert signed_in(person).get(url(application, "read")).status_code == 403


@pytest.mark.parametrize("who", ["person", "broker"])
def test_either_ends_it_and_the_broker_sees_no_more(
    application: Application, person: Person, broker: Person, who: str
) -> None:
    ask(application, broker, person)
    ends = signed_in(person if who == "person" else broker)

    answer = ends.post(url(application, "end_coaching"), follow=True)

    assert "Het meelezen is gestopt" in text(answer)
    assert signed_in(broker).get(url(application, "read")).status_code == 404
    application.refresh_from_db()
    assert application.state == State.DRAFT


def test_submission_ends_it(application: Application, person: Person, broker: Person) -> None:
    ask(application, broker, person)
    sign_all(application)

    submit(application_id=application.pk, actor=as_actor(person))

    assert signed_in(broker).get(url(application, "read")).status_code == 404
    assert "U leest nu met niemand mee" in text(
        signed_in(broker).get(reverse("applications:coached"))
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_a_broker_costs_the_same_for_one_and_three(
    call: Call, broker: Person, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        person = PersonFactory()
        ask(draft(call, person=person), broker, person)
    client = signed_in(broker)
    client.get(reverse("applications:coached"))

    with django_assert_num_queries(COACHED_QUERIES):
        page = text(client.get(reverse("applications:coached")))

    assert page.count("sve-card-title") == rows
