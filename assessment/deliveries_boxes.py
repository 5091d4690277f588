"""What follows for a ballot box: it closes by itself, its roots leave the machine, the disk is
cleaned after every seal, and a worker looks after it while the vote runs."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.utils.translation import gettext as _

from assessment.domain import closing, running, sealing, watching
from assessment.models import VoteOption, VoteRound
from regeling.models import Call
from timeline import clock
from timeline.actor import SYSTEM
from timeline.chores import chore
from timeline.deliveries import from_fact, handles
from timeline.models import Event


@handles(
    "assessment.close_round",
    "assessment.round_opened",
    "assessment.round_extended",
    due=from_fact("closes_at"),
)
def close_round(event: Event) -> None:
    """A vote closes by itself. One that was prolonged is not over at its first moment: another
    delivery stands at the new one."""
    round_ = VoteRound.objects.get(uid=event.stream.uid)
    if clock.now() >= round_.ends_at:
        closing.close_round(round_id=round_.pk, actor=SYSTEM)


@handles("assessment.mail_batch", "assessment.batch_sealed")
def mail_batch(event: Event) -> None:
    """The root of a batch goes to the mailbox outside that also keeps the daily roots."""
    facts = event.facts
    if not settings.ROOT_MAILBOX or _is_test(facts["round"]):
        return
    names = ("round", "seq", "ballots", "merkle_root", "chain_hash", "signature")
    EmailMessage(
        subject=f"Stembus {facts['round']} {facts['seq']}",
        body="".join(f"{name} {facts[name]}\n" for name in names),
        to=[settings.ROOT_MAILBOX],
        headers={"Message-ID": f"<batch-{facts['round']}-{facts['seq']}@{settings.MAIL_DOMAIN}>"},
    ).send()


def _is_test(round_uid: str) -> bool:
    return VoteRound.objects.filter(uid=round_uid, call__kind=Call.Kind.TEST).exists()


@handles("assessment.clean_disk", "assessment.batch_sealed", "assessment.round_unlinked")
def clean_disk(event: Event) -> None:
    """What was moved or removed does not stay on the disk. Within a transaction nothing is on the
    disk yet: there the clean-up is left to the next one."""
    if not connection.in_atomic_block:
        sealing.clean_disk(box=event.type == "assessment.round_unlinked")


@handles("assessment.withdraw_option", "applications.withdrawn")
def withdraw_option(event: Event) -> None:
    """Who withdraws her application during the vote takes her option out of it."""
    option = VoteOption.objects.filter(
        application__uid=event.stream.uid, round__state=VoteRound.State.OPEN
    ).first()
    if option is not None:
        running.withdraw_option(
            option_id=option.pk, reason=_("De aanvrager trok de aanvraag in."), actor=SYSTEM
        )


@chore("ballot boxes", every=timedelta(minutes=5))
def look_after_boxes() -> None:
    """Check every open round, and seal what it is time for."""
    watching.look_after_boxes()
