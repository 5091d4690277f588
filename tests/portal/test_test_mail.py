"""Mail about a test call is kept and shown; about any other call it is sent."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.core import mail

from accounts.domain.people import invite
from applications.answers import content_hash
from applications.domain.signing import sign, signable_text
from applications.models import Application
from regeling.models import KeptMail
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
)
from tests.factories.assessment import election, follow

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("applications", "documents", "assessment", "accountability", "community", "portal")
pytestmark = pytest.mark.django_db


def asked_to_sign(kind: str) -> Application:
    """A draft of two people, signed by the lead: the other is asked by mail."""
    lead, other = PersonFactory(), PersonFactory()
    party = group_of(lead, other)
    application = draft(open_example_call(kind=kind), person=lead, party=party)
    sign(
        application_id=application.pk,
        party_id=lead.pk,
        actor=as_actor(lead),
        seen_hash=content_hash(signable_text(application)),
    )
    invite(
        party_id=party.pk,
        name="Guus",
        email="guus@example.org",
        actor=as_actor(lead),
        mailed_for=str(application.uid),
    )
    follow("applications.ask_signatures", "applications.mail_invitation")
    return application


def test_mail_of_a_test_is_kept_once_and_says_so() -> None:
    application = asked_to_sign("test")
    assert mail.outbox == []
    kept = KeptMail.objects.filter(call=application.call).order_by("pk")
    assert ["meetekenen" in row.subject for row in kept] == [True, False]
    assert all(row.subject.startswith("TEST ") and row.body.startswith("TEST") for row in kept)


def test_mail_of_another_call_is_sent() -> None:
    asked_to_sign("example")
    assert len(mail.outbox) == 2
    assert not KeptMail.objects.exists()
    assert "TEST" not in "".join(f"{row.subject}{row.body}" for row in mail.outbox)


@pytest.mark.parametrize("kind", ["test", "example"])
def test_codes_of_a_test_vote_do_not_leave(kind: str) -> None:
    election(call=open_example_call("by-vote", kind=kind))
    follow("assessment.mail_code")
    sent, kept = len(mail.outbox), KeptMail.objects.filter(subject__contains="code").count()
    assert (sent, kept) == ((0, 3) if kind == "test" else (3, 0))


def test_every_room_with_calls_mails_through_the_door_that_knows_tests() -> None:
    """``accounts.mail`` is for people and logins only; who has a call uses ``regeling.mail``."""
    wrong = []
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            tree = ast.walk(ast.parse(file.read_text()))
            imports = (node for node in tree if isinstance(node, ast.ImportFrom))
            if any(_mails(node, file.name) for node in imports):
                wrong.append(str(file.relative_to(ROOT)))
    assert wrong == []


def _mails(node: ast.ImportFrom, name: str) -> bool:
    names = {each.name for each in node.names}
    if name == "deliveries_evaluation.py":
        return False  # an evaluation is of a regulation, and no test call is in it
    if node.module == "django.core.mail":
        return name != "deliveries_boxes.py"  # roots of a ballot box, to the mailbox outside
    return node.module == "accounts.mail" or (node.module == "accounts" and "mail" in names)
