"""Letters beside decisions: ordered by a room, printed by the worker, recorded once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import GroupMember, OrganisationMember, Party
from applications.models import Application
from documents.facts.parts import letter_facts
from documents.facts.text import facts_text
from documents.letters.facts import LetterKind
from documents.models import Decision, Document, OrderedLetter
from documents.printing import Printed
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.canon import sha256
from timeline.locks import lock_one
from timeline.record import record


class DayTurned(Exception):  # a day that turned is nobody's error
    """The letter is dated on a day that went by while it was made: print it again."""


def order_letter(
    *, application_id: int, kind: LetterKind, about: Any, actor: Actor, explanation: str = ""
) -> OrderedLetter:
    """Ask for a letter in the transaction of the act that needs it; the worker prints and sends it.

    The facts are frozen now, so that the letter says what was true when it was asked for.
    """
    with transaction.atomic():
        application = Application.objects.select_related(
            "call__revision__regulation__authority", "revision", "party"
        ).get(pk=application_id)
        facts = letter_facts(application, kind, about, explanation=explanation)
        order = OrderedLetter.objects.create(
            application=application, kind=kind, facts=facts_text(facts), ordered_at=clock.now()
        )
        record(
            stream=("letter", str(order.uid)),
            type="documents.letter_ordered",
            facts={"letter": str(order.uid), "kind": str(kind), "hash": sha256(order.facts)},
            actor=actor,
        )
        return order


def send_letter(*, application_id: int, printed: Printed, cause: str) -> Document | None:
    """Record that a printed letter was sent. None when it had been recorded before.

    Raises ``DayTurned`` when today is not the day on the letter.
    """
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("party")
        )
        if Document.objects.filter(kind=printed.facts.kind, cause=cause).exists():
            return None
        if clock.today() != printed.day:
            raise DayTurned
        return write_document(application=application, printed=printed, cause=cause, actor=SYSTEM)


def write_document(
    *,
    application: Application,
    printed: Printed,
    cause: str,
    actor: Actor,
    decision: Decision | None = None,
) -> Document:
    """The row of a stored letter, and the event from which its announcement by mail follows.

    Must run in the transaction of the act.
    """
    document = Document.objects.create(
        application=application,
        decision=decision,
        kind=printed.facts.kind,
        cause=cause,
        subject=printed.subject[:300],
        facts=printed.text,
        facts_sha256=sha256(printed.text),
        path=printed.path,
        size=printed.size,
        sha256=printed.sha256,
        fingerprint=printed.fingerprint,
        rendered_at=clock.now(),
        sent_on=printed.day,
        by_post=not addresses(application.party),
    )
    record(
        stream=("letter", str(document.uid)),
        type="documents.letter_sent",
        facts={
            "application": str(application.uid),
            "document": str(document.uid),
            "kind": document.kind,
            "sha256": document.sha256,
            "facts_sha256": document.facts_sha256,
        },
        actor=actor,
        counts_for=printed.day,
    )
    return document


def addresses(party: Party) -> list[str]:
    """Where the message goes that a letter is ready; empty: the letter goes by post.

    A group is told through its lead_applicant, an organisation through its own address or, without
    one, through those who may sign for it.
    """
    if party.kind == Party.Kind.GROUP:
        lead = GroupMember.objects.filter(group_id=party.pk, is_lead=True, left_at=None)
        found = lead.select_related("party").first()
        return addresses(found.party) if found else []
    if party.email:
        return [party.email]
    if party.kind == Party.Kind.ORGANISATION:
        rows = OrganisationMember.objects.filter(
            organisation_id=party.pk, may_sign=True, until=None
        ).exclude(person__email="")
        return list(rows.order_by("pk").values_list("person__email", flat=True))
    return []
