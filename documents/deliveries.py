"""What follows in this room from events: letters are printed, recorded and announced by mail.

Handlers run in the worker. Each is idempotent: a letter has one row for its kind and cause,
whatever happens between the file and the row.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from applications.models import Application
from documents import storage
from documents.domain import announcing, batches
from documents.domain.letters import DayTurned, addresses, send_letter
from documents.domain.taking_back import take_back
from documents.facts.letters import copy_facts, receipt_facts, withdrawal_facts
from documents.facts.text import facts_from
from documents.letters.facts import LetterFacts
from documents.models import Decision, Document, OrderedLetter
from documents.printing import Printed, print_letter
from regeling.mail import send
from timeline import clock
from timeline.actor import SYSTEM
from timeline.deliveries import from_fact, handles
from timeline.models import Event

SENT = ("applications.submitted", "applications.late_submitted")
DAYS_TRIED = 3


@handles("documents.announce", "documents.announcement_set", due=from_fact("announce_at"))
def announce(event: Event) -> None:
    """At the chosen moment: print the frozen facts and announce, or keep why that failed."""
    decision = Decision.objects.get(uid=event.facts["decision"])
    if not announcing.is_waiting(decision):
        return
    facts, cause = facts_from(decision.snapshot), str(decision.uid)
    try:
        _on_its_day(
            facts,
            cause,
            lambda printed: announcing.announce(decision_id=decision.pk, printed=printed),
        )
    except Exception as failure:
        announcing.tell_problem(
            decision_id=decision.pk, sentence=f"{type(failure).__name__}: {failure}"[:500]
        )
        raise


@handles("documents.receipt", *SENT)
def receipt(event: Event) -> None:
    """The confirmation of receipt (Awb 4:3a)."""
    _send(event, receipt_facts)


@handles("documents.copy", *SENT, "applications.supplement_received")
def copy(event: Event) -> None:
    """The applicant's copy of what she sent."""
    _send(event, copy_facts)


@handles("documents.withdrawal", "applications.withdrawn")
def withdrawal(event: Event) -> None:
    """The confirmation that an application was taken back."""
    _send(event, withdrawal_facts)


@handles("documents.drop_decision", "applications.withdrawn")
def drop_decision(event: Event) -> None:
    """A decision that was being prepared about a withdrawn application is not taken."""
    rows = Decision.objects.filter(application__uid=event.stream.uid, state__in=OPEN)
    for decision in rows:
        take_back(decision_id=decision.pk, actor=SYSTEM, reason=_("De aanvraag is ingetrokken."))


@handles("documents.send_ordered", "documents.letter_ordered")
def send_ordered(event: Event) -> None:
    """A letter that another room asked for."""
    order = OrderedLetter.objects.get(uid=event.facts["letter"])
    _print_and_send(order.application_id, facts_from(order.facts), str(order.uid))


@handles("documents.notify", "documents.letter_sent")
def notify(event: Event) -> None:
    """Tell by e-mail that a letter is ready; its content stays behind the sign-in."""
    document = Document.objects.select_related("application__party", "application__call").get(
        uid=event.facts["document"]
    )
    application = document.application
    for number, address in enumerate(addresses(application.party)):
        send(
            call=application.call,
            to=address,
            subject=_("Er staat een brief voor u klaar (%(number)s)")
            % {"number": application.number},
            template="documents/mail/letter_ready.txt",
            context={"document": document, "application": application},
            message_id=f"letter-{document.uid}-{number}",
        )


@handles("documents.sign_batch", "documents.batch_signed")
def sign_batch(event: Event) -> None:
    """Sign what somebody signed as a whole, item by item."""
    batches.sign_items(batch_uid=event.facts["batch"])


@handles("documents.take_back_batch", "documents.batch_taken_back")
def take_back_batch(event: Event) -> None:
    """Take back what somebody took back as a whole, item by item."""
    batches.take_back_items(batch_uid=event.facts["batch"])


OPEN = (Decision.State.DRAFT, Decision.State.PROPOSED, Decision.State.SIGNED)


def _send(event: Event, facts_of: Callable[[Application], LetterFacts]) -> None:
    application = Application.objects.select_related(
        "call__revision__regulation__authority", "revision", "party"
    ).get(uid=event.stream.uid)
    _print_and_send(application.pk, facts_of(application), str(event.uid))


def _print_and_send(application_id: int, facts: LetterFacts, cause: str) -> None:
    if Document.objects.filter(kind=facts.kind, cause=cause).exists():
        return
    _on_its_day(
        facts,
        cause,
        lambda printed: send_letter(application_id=application_id, printed=printed, cause=cause),
    )


def _on_its_day(
    facts: LetterFacts, cause: str, write: Callable[[Printed], Document | None]
) -> None:
    """Print and record; when midnight passes in between, print once more with the new day."""
    for _attempt in range(DAYS_TRIED):
        printed = print_letter(facts, cause=cause, day=clock.today())
        try:
            write(printed)
        except DayTurned:
            continue
        kept = Document.objects.filter(kind=facts.kind, cause=cause).values_list("path", flat=True)
        storage.drop_others(kind=facts.kind, cause=cause, path=kept.first() or "")
        return
    raise DayTurned
