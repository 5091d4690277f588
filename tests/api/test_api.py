"""The interface for programs: the same verbs, told in its own manners."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from applications.states import State
from config.http.camel import camel, snake
from config.http.tokens import make_token
from config.models import ApiToken
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    example_answers,
    open_example_call,
    with_role,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


class Program:
    """A program with a token, as it would call us."""

    def __init__(self, person: Person, *scopes: str) -> None:
        token = make_token(person_id=person.pk, name="test", scopes=scopes or ("read", "write"))
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            ROOT + path,
            data=b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers=named,
        )


@pytest.fixture
def call() -> Call:
    return open_example_call()


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def started(program: Program, call: Call, person: Person) -> Any:
    definition = call.revision.definition
    kind = next(each for each in definition.applicants.classes if each.kind == "person")
    body = {
        "call": call.slug,
        "applicantClass": kind.code,
        "answers": example_answers(definition, party_id=person.pk),
    }
    return program.send("POST", "/applications", body)


def test_an_application_is_made_signed_and_submitted(call: Call, person: Person) -> None:
    program = Program(person)
    made = started(program, call, person)
    assert made.status_code == 201, made.content
    address = f"/applications/{made.json()['uid']}"
    signed = program.send("POST", f"{address}/sign", {"seenHash": made.headers["Signable-Hash"]})
    assert signed.status_code == 200, signed.content
    sent = program.send("POST", f"{address}/submit", {}, If_Match=signed.headers["ETag"])
    assert sent.status_code == 200, sent.content
    assert sent.json()["state"] == State.SUBMITTED
    assert sent.json()["provisional"] is True
    listed = program.send("GET", "/applications").json()
    assert [row["number"] for row in listed["results"]] == [sent.json()["number"]]
    gone = program.send("POST", f"{address}/withdraw", If_Match=sent.headers["ETag"])
    assert gone.json()["state"] == State.WITHDRAWN


def test_a_stale_version_is_told_and_changes_nothing(call: Call, person: Person) -> None:
    program = Program(person)
    made = started(program, call, person)
    address = f"/applications/{made.json()['uid']}"
    program.send("POST", f"{address}/sign", {"seenHash": made.headers["Signable-Hash"]})
    stale = program.send("POST", f"{address}/submit", {}, If_Match='"999"')
    assert stale.status_code == 409
    assert stale.headers["Content-Type"] == "application/problem+json"
    assert stale.json()["detail"]
    assert Application.objects.get().state == State.DRAFT
    without = program.send("POST", f"{address}/submit", {})
    assert without.status_code == 428


def test_the_same_key_and_body_get_the_same_answer(call: Call, person: Person) -> None:
    program = Program(person)
    definition = call.revision.definition
    kind = next(each for each in definition.applicants.classes if each.kind == "person")
    body = {"call": call.slug, "applicantClass": kind.code}
    first = program.send("POST", "/applications", body, Idempotency_Key="k1")
    again = program.send("POST", "/applications", body, Idempotency_Key="k1")
    other = program.send("POST", "/applications", {**body, "x": 1}, Idempotency_Key="k1")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.content == again.content
    assert again.headers["Idempotent-Replay"] == "true"
    assert Application.objects.count() == 1


def test_nobody_sees_what_belongs_to_another(call: Call, person: Person) -> None:
    made = started(Program(person), call, person)
    stranger = Program(PersonFactory())
    for method, path in (("GET", ""), ("POST", "/submit"), ("POST", "/withdraw")):
        answer = stranger.send(
            method, f"/applications/{made.json()['uid']}{path}", {}, If_Match='"1"'
        )
        assert answer.status_code == 404
    assert stranger.send("GET", "/applications").json()["results"] == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "call"),
        ({"call": "geen", "applicantClass": "x"}, "call"),
        ({"call": "every-kind", "applicantClass": "x"}, "applicantClass"),
        ({"call": "every-kind", "applicantClass": "x", "answers": []}, "answers"),
        ({"call": "every-kind", "applicantClass": "x", "applicant": "nee"}, "applicant"),
    ],
)
def test_bad_input_names_the_field(
    call: Call, person: Person, body: dict[str, Any], name: str
) -> None:
    answer = Program(person).send("POST", "/applications", body)
    assert answer.status_code in (400, 422)
    assert name in {each["name"] for each in answer.json()["invalidParams"]}
    assert not Application.objects.exists()


def test_bad_answers_are_named_by_question_and_nothing_is_saved(call: Call, person: Person) -> None:
    program = Program(person)
    made = started(program, call, person)
    answer = program.send(
        "PATCH",
        f"/applications/{made.json()['uid']}",
        {"answers": {"bestaat-niet": 1}},
        If_Match=made.headers["ETag"],
    )
    assert answer.status_code == 422
    assert answer.json()["invalidParams"][0]["name"] == "bestaat-niet"


def test_without_token_or_scope_the_door_is_closed(call: Call, person: Person) -> None:
    anonymous = Client().get(f"{ROOT}/applications")
    assert anonymous.status_code == 401
    assert anonymous.headers["WWW-Authenticate"] == "Bearer"
    wrong = Client(headers={"Authorization": "Bearer nee"}).get(f"{ROOT}/applications")
    assert wrong.status_code == 401
    reader = Program(person, "read")
    assert reader.send("GET", "/applications").status_code == 200
    assert started(reader, call, person).status_code == 403


def test_every_answer_names_the_version_and_calls_show_what_is_left(
    call: Call, person: Person
) -> None:
    answer = Program(person, "read").send("GET", f"/calls/{call.slug}")
    assert answer.headers["API-Version"] == "1.0.0"
    assert answer.json()["ceilings"][0]["free"] > 0
    assert "opensAt" in answer.json()
    for path in ("/calls/geen", "/niets"):
        assert Program(PersonFactory(), "read").send("GET", path).headers["API-Version"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_whatever_its_length(
    call: Call, person: Person, rows: int, django_assert_num_queries: Any
) -> None:
    program = Program(person)
    for _ in range(rows):
        started(program, call, person)
    with django_assert_num_queries(8):
        assert program.send("GET", "/applications").json()["count"] == rows


@pytest.mark.parametrize("name", ["amount_asked", "uid", "ceiling_published_on"])
def test_names_go_over_the_wire_and_back(name: str) -> None:
    assert snake(camel(name)) == name


def test_the_monitor_is_for_finance_with_its_own_scope(call: Call, person: Person) -> None:
    address = f"/monitors/{call.revision.regulation.slug}"
    assert Program(person, "monitor").send("GET", address).status_code == 404
    with_role(person, Role.FINANCE, call)
    assert Program(person, "read").send("GET", address).status_code == 403
    answer = Program(person, "monitor").send("GET", address)
    assert answer.status_code == 200, answer.content
    assert answer.json()["total"]["applied"] == {"number": 0, "cents": 0}
    wrong = Program(person, "monitor").send("GET", f"{address}?asOf=morgen")
    assert wrong.status_code == 400
    assert wrong.json()["invalidParams"][0]["name"] == "asOf"


def test_a_decision_that_was_not_sent_does_not_exist_for_programs(person: Person) -> None:
    assert Program(person, "read").send("GET", "/decisions").json()["results"] == []


def test_the_description_follows_the_rules_of_the_house() -> None:
    description = Client().get(f"{ROOT}/openapi.json").json()
    assert set(description["info"]["contact"]) == {"name", "email", "url"}
    assert description["info"]["version"].count(".") == 2
    for path, operations in description["paths"].items():
        assert not path.endswith("/")
        assert path == path.lower().replace("_", "-")
        for operation in operations.values():
            assert all("API-Version" in each["headers"] for each in operation["responses"].values())
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    assert parameter["name"] == camel(snake(parameter["name"]))
    for name, schema in description["components"]["schemas"].items():
        assert name[0].isupper()
        assert "_" not in name
        assert all("_" not in field for field in schema.get("properties", {}))


def test_a_token_is_made_for_a_person_and_shown_once(person: Person, capsys: Any) -> None:
    call_command("make_token", person.email, "--scope", "read")
    token = capsys.readouterr().out.strip()
    client = Client(headers={"Authorization": f"Bearer {token}"})
    assert client.get(f"{ROOT}/applications").status_code == 200
    assert not ApiToken.objects.filter(token_hash=token).exists()
    with pytest.raises(CommandError):
        call_command("make_token", "niemand@example.org")
