"""Every page, file and export of a test call says TEST; the same pages of another call do not.

The walk goes over all routes that name a thing, so a page that is added is looked at as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.test import Client

from accountability.domain.hearings import ask_hearing
from accountability.models import Hearing, Payment, Photo
from accounts.models import Person
from accounts.roles import STAFF, Role
from applications.models import Application, Attachment
from assessment.models import Meeting, MeetingPaper, MunicipalRequest, VoteRound
from documents.domain.batches import create_batch
from documents.models import Decision, DecisionBatch, Document
from regeling.domain.concepts import copy_revision
from regeling.models import Call, KeptMail
from tests.accounts.signing_in import sign_in
from tests.factories.accountability import entered, office, report_asked, reported
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    attachment,
    draft,
    group_of,
    open_example_call,
    submitted,
    with_role,
)
from tests.factories.assessment import cleared, election, follow
from tests.factories.documents import drafted, proposed
from tests.factories.meetings import municipal_contact, sitting
from tests.factories.results import finished
from tests.foundation.test_routes import PAGES, Route

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "TEST"
# Which things an address may name, by how it begins; else the dossiers.
NAMED: dict[str, tuple[type[Model], ...]] = {
    "besluiten/stapels/": (DecisionBatch,),
    "besluiten/nieuw/": (Application,),
    "besluiten/": (Decision,),
    "brieven/": (Document,),
    "stemrondes/": (VoteRound,),
    "stemmingen/": (VoteRound,),
    "vergaderingen/": (Meeting,),
    "gemeente/": (MunicipalRequest,),
    "betalingen/dossier/": (Application,),
    "betalingen/": (Payment,),
    "bestand/": (Attachment,),
    "verslagen/fotos/": (Photo,),
    "vaststellen/zienswijze/": (Hearing,),
    "monitor/": (),
}
# Pieces of a page, which stand within one that says it.
PIECES = {"documents:progress", "applications:questions"}
AT_MOST = 6  # addresses of one route that are tried
LEAST = 45  # pages that the walk must have looked at: it is not a walk past closed doors


@dataclass
class World:
    """Everything of one kind of call, and the people who may look at it."""

    people: list[Person]
    calls: list[Call]

    @property
    def is_test(self) -> bool:
        return self.calls[0].kind == Call.Kind.TEST


@pytest.fixture(params=["test", "example"])
def world(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    kind: str = request.param
    boss, applicant = PersonFactory(name="Baas Overal"), PersonFactory()
    at = office(kind=kind)
    _all_roles(boss, at.call)
    every = open_example_call(kind=kind)
    _all_roles(boss, every)
    group = group_of(applicant, PersonFactory())
    attachment(draft(every, person=applicant, party=group), person=applicant)
    decision = drafted(at, person=applicant)
    cleared(decision.application, boss)
    submitted(at.call, person=applicant)
    report_asked(at, person=applicant)
    told = reported(at, person=applicant)
    ask_hearing(
        application_id=told.pk,
        intent="Een deel ging niet door.",
        ground="a",
        intended_cents=200_000,
        actor=as_actor(at.assessor),
    )
    entered(at, told, 1_000)
    create_batch(
        call_id=at.call.pk,
        title="Stapel",
        decision_ids=[proposed(at, person=applicant).pk],
        actor=as_actor(at.assessor),
    )
    held = election(call=open_example_call("by-vote", kind=kind))
    with held.running():
        for voter, option in enumerate((1, 1, 0)):
            held.vote(voter, option)
    finished(held)
    _all_roles(boss, held.call)
    table = sitting(call=open_example_call("by-panel", kind=kind))
    _all_roles(boss, table.call)
    municipal_contact(table.call, "Voorbeeldstad")
    follow("documents.receipt", "assessment.ask_municipality", "assessment.print_meeting")
    people = [boss, applicant, at.assessor]
    return World(people, [every, at.call, held.call, table.call])


def _all_roles(person: Person, call: Call) -> None:
    for role in sorted({*STAFF, Role.PANEL_MEMBER} - {Role.MUNICIPAL_CONTACT}):
        with_role(person, role, call)


def test_every_page_of_a_test_says_so_and_of_another_call_does_not(world: World) -> None:
    clients = []
    for person in world.people:
        clients.append(Client(raise_request_exception=False))
        sign_in(clients[-1], person)
    looked_at, wrong = set(), []
    for route in _of_a_call():
        for address in islice(_addresses(route, world), AT_MOST):
            answer = _first(clients, address)
            if answer is None:
                continue
            looked_at.add(route.name)
            if answer.status_code == 200 and (MARK in _told(answer)) is not world.is_test:
                wrong.append((route.name, address))
            break
    assert wrong == []
    assert len(looked_at) >= LEAST, sorted(looked_at)


def _of_a_call() -> Iterator[Route]:
    rooms = ("applications:", "documents:", "assessment:", "accountability:", "portal:dossier")
    for route in PAGES:
        # Pages about the text of a regulation are about no call.
        of_text = route.path.startswith(("beheer/regelingen/", "beheer/evaluaties/"))
        named = "<" in route.path and route.name.startswith(rooms) and not of_text
        if named and route.name not in PIECES:
            yield route


def _addresses(route: Route, world: World) -> Iterator[str]:
    """The address of a route with every thing of the calls that it may name."""
    named = next((NAMED[each] for each in NAMED if route.path.startswith(each)), (Application,))
    holes = re.findall(r"<(\w+):(\w+)>", route.path)
    for filled in product(*(_values(kind, name, named, world) for kind, name in holes)):
        path = route.path
        for (kind, name), value in zip(holes, filled, strict=True):
            path = path.replace(f"<{kind}:{name}>", value)
        yield f"/{path}"


def _values(kind: str, name: str, named: tuple[type[Model], ...], world: World) -> list[str]:
    if kind == "int":
        return ["1"]
    if kind == "uuid" and name == "uid":
        rows: list[Any] = []
        for each in named:
            rows.extend(QuerySet(each).order_by("-pk"))
        if Application in named:  # one of each state
            by_state: dict[str, Any] = {row.state: row for row in rows}
            rows = list(by_state.values())
        return [str(row.uid) for row in rows]
    if kind == "uuid" and name == "paper":
        return [str(uid) for uid in MeetingPaper.objects.values_list("uid", flat=True)]
    if kind == "slug" and name == "slug":
        return [str(each) for call in world.calls for each in (call.slug, call.uid)]
    steps = [each.code for call in world.calls for each in call.revision.definition.form.steps]
    return {
        "code": sorted({*steps, "bijlage"}),
        "name": ["rules", "ballots"],
        "what": ["sluiten"],
        "kind": ["csv"],
    }.get(name, ["00000000-0000-0000-0000-000000000007"])


def _first(clients: list[Client], address: str) -> Any:
    """What the first person who may come there sees (405: only a button); None where nobody may."""
    for client in clients:
        answer = client.get(address)
        if answer.status_code in (200, 405):
            return answer
    return None


def _told(answer: Any) -> str:
    """The words of a page; of a file its name as well."""
    content = b"".join(answer) if answer.streaming else answer.content
    name = answer.headers.get("Content-Disposition", "")
    return name + content.decode("utf-8", "replace")


def test_kept_mail_is_shown_and_the_call_can_be_removed(client: Client) -> None:
    call = open_example_call(kind="test")
    boss = PersonFactory()
    _all_roles(boss, call)
    KeptMail.objects.create(
        call=call, message_id="1", to="jannie@example.org", subject="TEST Hallo",
        body="TEST\n\nDag Jannie", made_at=call.opened_at,
    )  # fmt: skip
    sign_in(client, boss)
    page = client.get(f"/beheer/tests/{call.slug}/").content.decode()
    assert "TEST Hallo" in page
    mail = KeptMail.objects.get()
    assert "Dag Jannie" in client.get(f"/beheer/tests/{call.slug}/post/{mail.pk}/").content.decode()
    asked = client.get(f"/beheer/tests/{call.slug}/weg/")
    assert "Bewaarde e-mails" in asked.content.decode()
    answer = client.post(f"/beheer/tests/{call.slug}/weg/", {"seen": "1"})
    assert answer.status_code == 409
    seen = str(asked.context["going"].total)
    assert client.post(f"/beheer/tests/{call.slug}/weg/", {"seen": seen}).status_code == 302
    assert not Call.objects.filter(pk=call.pk).exists()


def test_a_test_is_looked_after_by_its_own_office(client: Client) -> None:
    call = open_example_call(kind="test")
    example = open_example_call(kind="example", call_slug="voorbeeld")
    assessor, drafter = PersonFactory(), PersonFactory()
    with_role(assessor, Role.ASSESSOR, call)
    with_role(drafter, Role.DRAFTER, call)
    sign_in(client, assessor)
    assert client.get(f"/beheer/tests/{call.slug}/").status_code == 403
    sign_in(client, drafter)
    assert client.get(f"/beheer/tests/{call.slug}/").status_code == 200
    assert client.get(f"/beheer/tests/{example.slug}/").status_code == 404
    assert client.get(f"/beheer/tests/{call.slug}/weg/").status_code == 403


def test_a_concept_is_opened_as_a_test_on_its_page(client: Client) -> None:
    example = open_example_call()
    drafter = with_role(PersonFactory(), Role.DRAFTER, example)
    concept = copy_revision(
        revision_id=example.revision_id,
        title="Nieuw",
        slug=example.revision.regulation.slug,
        actor=as_actor(drafter),
    )
    sign_in(client, drafter)
    page = f"/beheer/tests/openen/{concept.uid}/"
    assert "Open een test" in client.get(page).content.decode()
    answer = client.post(page)
    call = Call.objects.get(kind="test")
    assert answer.headers["Location"] == f"/beheer/tests/{call.slug}/"
    assert call.slug in client.get(page).content.decode()
    stranger = with_role(PersonFactory(), Role.DRAFTER, open_example_call("by-vote"))
    sign_in(client, stranger)
    assert client.get(page).status_code == 404


def test_a_stranger_finds_the_regulation_and_not_the_test(client: Client) -> None:
    call = open_example_call(kind="test", call_slug="test-plein-1")
    stranger, tester = PersonFactory(), PersonFactory()
    assert client.get(f"/regelingen/{call.slug}/").status_code == 404
    sign_in(client, stranger)
    assert client.get(f"/regelingen/{call.slug}/").status_code == 404
    assert client.get(f"/aanvragen/{call.slug}/").status_code == 404
    drafter = with_role(PersonFactory(), Role.DRAFTER, call)
    sign_in(client, drafter)
    client.post(f"/beheer/tests/{call.slug}/", {"email": tester.email.upper()})
    sign_in(client, tester)
    assert MARK in client.get(f"/regelingen/{call.slug}/").content.decode()
    assert MARK in client.get(f"/aanvragen/{call.slug}/").content.decode()
