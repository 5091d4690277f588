"""Rights to vote and their codes. A code exists in a mail or on paper, and never here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.domain import codes
from assessment.domain.peppers import peppers_of
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import PanelMember, VoteRight, VoteRound
from timeline.actor import Actor
from timeline.locks import lock, lock_one
from timeline.record import record
from timeline.refusal import Conflict

Status, Channel = VoteRight.Status, VoteRight.Channel


@dataclass(frozen=True, slots=True)
class Printed:
    """One letter for the printer: whom it is for, or its number, and the code. Never stored."""

    name: str
    reference: str
    code: str

    @property
    def shown(self) -> str:
        return codes.display(self.code)


def issue(round_: VoteRound, member: PanelMember, actor: Actor) -> VoteRight:
    """Give a member a right; who has an address gets the code by mail, as a delivery."""
    right = VoteRight.objects.create(
        round=round_,
        panel_id=member.panel_id,
        member=member,
        channel=Channel.MAIL if member.email else Channel.LETTER,
    )
    record(
        stream=("vote_right", str(right.pk)),
        type="assessment.code_asked" if member.email else "assessment.right_issued",
        facts={"right": str(right.pk), "round": str(round_.uid), "channel": right.channel},
        actor=actor,
    )
    return right


def fresh_code(*, right_id: str) -> str | None:
    """Make a new code for a right that was not used; an earlier code stops working.

    The key is written before anything is sent, so that the last mail is the one that counts. None
    when the right was used, voided or replaced: then there is nothing to send.
    """
    right = VoteRight.objects.select_related("round").get(pk=right_id)
    code = codes.new_code()
    key = register_key(right.round, code)
    # A ballot cast in between makes this condition false: its key stays.
    issued = VoteRight.objects.filter(
        pk=right_id, status=Status.ISSUED, round__state=VoteRound.State.OPEN
    )
    return code if issued.update(register_key=key) else None


def print_codes(*, round_id: int, actor: Actor) -> list[Printed]:
    """The codes of all letters that have none yet, for the printer; made now, given once.

    A letter is for a member without an address, or for whoever gets it: then it has a number.
    Refuses a second time: whoever lost the paper gets a replacement.
    """
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        if round_.state != VoteRound.State.OPEN:
            raise Conflict(_("De stemming is niet open."), code="state")
        rows = lock(
            VoteRight.objects.filter(
                round=round_, channel=Channel.LETTER, status=Status.ISSUED, register_key=""
            ).select_related("member")
        )
        if not rows:
            raise Conflict(
                _("De codes zijn al afgedrukt. Wie zijn code kwijt is, krijgt een nieuwe."),
                code="printed",
            )
        peppers = peppers_of(str(round_.uid))
        printed = []
        for right in rows:
            code = codes.new_code()
            right.register_key = peppers.register_key(code)
            printed.append(
                Printed(right.member.name if right.member else "", right.reference, code)
            )
        VoteRight.objects.bulk_update(rows, ["register_key"], batch_size=500)
        tell(round_, "codes_printed", actor, codes=len(printed))
        return sorted(printed, key=lambda line: (line.name, line.reference))


def replace_right(*, right_id: str, actor: Actor) -> VoteRight:
    """Void an unused right and give a new one, to its member or under the number of its letter.

    The code of a letter is printed with the next list. Refuses when the vote was cast: a ballot in
    the box cannot be found back, which is the price of secrecy.
    """
    with transaction.atomic():
        round_id = VoteRight.objects.values_list("round_id", flat=True).get(pk=right_id)
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        if round_.state != VoteRound.State.OPEN:
            raise Conflict(_("De stemming is niet open."), code="state")
        right = lock_one(VoteRight.objects.filter(pk=right_id).select_related("member"))
        gone = VoteRight.objects.filter(pk=right_id, status=Status.ISSUED).update(
            status=Status.REPLACED
        )
        if not gone:
            raise Conflict(
                _("Met deze code is al gestemd. Er kan geen nieuwe code komen."), code="used"
            )
        tell(round_, "right_replaced", actor, right=str(right.pk))
        if right.member is not None:
            return issue(round_, right.member, actor)
        return VoteRight.objects.create(
            round=round_,
            panel_id=right.panel_id,
            channel=Channel.LETTER,
            reference=right.reference,
        )


def register_key(round_: VoteRound, code: str) -> str:
    """The key under which a code's right is registered in this round."""
    return peppers_of(str(round_.uid)).register_key(code)
