"""What follows in this room from events: handlers with stable names, each idempotent."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.domain.submission import end_suspension
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from applications.term import decision_due
from assessment.domain import assigning, codes, completeness, receipt, rights
from assessment.domain.items import refresh
from assessment.models import CompletenessItem, Review, VoteRight
from documents.domain.letters import addresses
from regeling.mail import send
from timeline.actor import SYSTEM
from timeline.deliveries import handles
from timeline.locks import lock_one
from timeline.models import Event

DECISIONS = (
    "applications.awarded",
    "applications.partially_awarded",
    "applications.directly_settled",
    "applications.rejected",
    "applications.not_processed",
    "applications.settled",
    "applications.lower_settled",
    "applications.withdrawn",
)


@handles("assessment.assign", "applications.submitted", "applications.late_submitted")
def assign(event: Event) -> None:
    """Every application that comes in gets an assessor."""
    assigning.assign(application_id=_application(event).pk, actor=SYSTEM)


@handles("assessment.supplement_came_in", "applications.supplement_received")
def supplement_came_in(event: Event) -> None:
    """What was missing is looked at again."""
    with transaction.atomic():
        application = _locked(event)
        if application.state == State.COMPLETENESS_CHECK:
            completeness.received(application)


@handles("assessment.signature_came_in", "applications.signed")
def signature_came_in(event: Event) -> None:
    """Where only signatures were missing and all are there now, the check goes on (4:15)."""
    with transaction.atomic():
        application = _locked(event)
        if application.state != State.AWAITING_SUPPLEMENT:
            return
        refresh(application)
        missing = CompletenessItem.objects.filter(
            application=application, status=CompletenessItem.Status.MISSING
        )
        if missing.exists():
            return
        end_suspension(application_id=application.pk)
        move(
            application_id=application.pk,
            transition="receive_supplement",
            actor=SYSTEM,
            changes={"decision_due": decision_due(application)},
        )


@handles("assessment.serve_by_receipt", *DECISIONS)
def serve_by_receipt(event: Event) -> None:
    """Money that a decision or a withdrawal frees goes to who is next in order of receipt."""
    with transaction.atomic():
        receipt.decided(application_id=_application(event).pk, actor=SYSTEM)


@handles("assessment.mail_review", "assessment.review_submitted")
def mail_review(event: Event) -> None:
    """The initiator receives what the 4D conversation brought, and the offer; never the advice."""
    review = Review.objects.select_related("application__party", "application__call").get(
        uid=event.facts["review"]
    )
    if not any((review.durven, review.delen, review.denken, review.doen, review.offer)):
        return
    application = review.application
    for number, address in enumerate(addresses(application.party)):
        send(
            call=application.call,
            to=address,
            subject=_("Wij dachten mee over uw initiatief (%(number)s)")
            % {"number": application.number},
            template="assessment/mail/review.txt",
            context={"review": review, "application": application},
            message_id=f"review-{review.uid}-{number}",
        )


@handles("assessment.mail_code", "assessment.code_asked")
def mail_code(event: Event) -> None:
    """Mail a fresh code. Each try makes a new one, so the last mail is the one that counts.

    Each try has a Message-ID of its own, or a mail program would keep showing an earlier one.
    """
    right = VoteRight.objects.select_related("member", "round__call").get(pk=event.facts["right"])
    if right.member is None or not right.member.email:
        return
    code = rights.fresh_code(right_id=str(right.pk))
    if code is None:
        return
    send(
        call=right.round.call,
        to=right.member.email,
        subject=_("Uw code om te stemmen: %(title)s") % {"title": right.round.title},
        template="assessment/mail/code.txt",
        context={
            "round": right.round,
            "name": right.member.name,
            "code": codes.display(code),
            "path": reverse("assessment:vote"),
        },
        message_id=f"code-{right.pk}-{secrets.token_hex(8)}",
    )


def _application(event: Event) -> Application:
    return Application.objects.get(uid=event.stream.uid)


def _locked(event: Event) -> Application:
    return lock_one(
        Application.objects.filter(uid=event.stream.uid).select_related("call", "revision", "party")
    )
