"""What may still be done to an open vote: prolong it, pause it, go on, take an initiative out.

Each is an act with a reason that stands in the round's stream. The frozen rules say whether a vote
may be prolonged or an initiative taken out; nothing here changes them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.domain.closing import differences
from assessment.domain.frozen import rules_of
from assessment.domain.peppers import missing_file
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import OptionWithdrawal, RoundExtension, VoteOption, VoteRound
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Conflict, NotAllowed, Refused


def extend_round(*, round_id: int, ends_at: datetime, reason: str, actor: Actor) -> VoteRound:
    """Let an open vote last until ``ends_at``, such as after an outage.

    Refuses where the rules do not allow it, once the vote is over, and a moment that is not later
    than the present end. The closing follows: what was planned for the old moment finds that it is
    not over yet.
    """
    with transaction.atomic():
        round_ = _open(round_id, actor)
        _reasoned(reason)
        if actor.person_id is None:
            raise NotAllowed(_("Verlengen doet een mens, met een reden."))
        if not rules_of(round_)["extension"]:
            raise Refused(
                _("In deze regeling kan een stemming niet worden verlengd."), code="no_extension"
            )
        now = clock.now()
        if now >= round_.ends_at:
            raise Conflict(_("De stemming is al voorbij."), code="over")
        if ends_at <= round_.ends_at or ends_at <= now:
            raise Refused(
                _("Kies een moment dat later is dan de sluiting van nu."), field="ends_at"
            )
        RoundExtension.objects.create(
            round=round_,
            ended_at=round_.ends_at,
            ends_at=ends_at,
            reason=reason.strip(),
            person_id=actor.person_id,
            recorded_at=now,
        )
        round_.extended_until = ends_at
        VoteRound.objects.filter(pk=round_.pk).update(extended_until=ends_at)
        # The reason stands in the row: an event holds no free text of people.
        tell(round_, "round_extended", actor, closes_at=ends_at)
        return round_


def pause_round(*, round_id: int, reason: str, actor: Actor) -> VoteRound:
    """Take no ballots for now; voters read the reason. Twice changes nothing."""
    with transaction.atomic():
        round_ = _open(round_id, actor)
        _reasoned(reason)
        if round_.paused_at is None:
            pause(round_, reason.strip(), actor, why="by_hand")
        return round_


def pause(round_: VoteRound, reason: str, actor: Actor, *, why: str) -> None:
    """Pause a locked, open round. ``why`` is a code for its stream: ``by_hand``, ``difference``,
    ``key_away``."""
    round_.paused_at, round_.pause_reason = clock.now(), reason
    VoteRound.objects.filter(pk=round_.pk).update(
        paused_at=round_.paused_at, pause_reason=round_.pause_reason
    )
    tell(round_, "round_paused", actor, why=why)


def resume_round(*, round_id: int, reason: str, actor: Actor) -> VoteRound:
    """Take ballots again. Refuses while rights used and ballots differ or the key file is away."""
    with transaction.atomic():
        round_ = _open(round_id, actor)
        _reasoned(reason)
        if round_.paused_at is None:
            raise Conflict(_("De stemming staat niet stil."), code="not_paused")
        for name, used, ballots in differences(round_):
            raise Refused(
                _(
                    "In panel %(panel)s zijn %(used)s stemrechten gebruikt en liggen %(ballots)s "
                    "stembiljetten. Zoek eerst uit hoe dat komt."
                )
                % {"panel": name, "used": used, "ballots": ballots},
                code="difference",
            )
        if away := missing_file(str(round_.uid)):
            raise Refused(
                _("Zet eerst dit sleutelbestand terug: %(file)s.") % {"file": away},
                code="key_away",
            )
        round_.paused_at, round_.pause_reason = None, ""
        VoteRound.objects.filter(pk=round_.pk).update(paused_at=None, pause_reason="")
        tell(round_, "round_resumed", actor)
        return round_


def withdraw_option(*, option_id: int, reason: str, actor: Actor) -> OptionWithdrawal:
    """Take an initiative out of an open vote. Ballots that name it stay valid; it gets no money,
    and whoever chose it can change her ballot where the rules allow that. Twice changes nothing.

    Refuses where the rules know no withdrawal; an applicant who withdraws her own application
    (``actor`` is the system then) does so by law, whatever the rules say.
    """
    with transaction.atomic():
        option = VoteOption.objects.get(pk=option_id)
        round_ = _open(option.round_id, actor)
        _reasoned(reason)
        known = OptionWithdrawal.objects.filter(option=option).first()
        if known:
            return known
        if not actor.is_system and not rules_of(round_)["withdrawal"]:
            raise Refused(
                _("In deze regeling blijft een initiatief in de stemming tot de sluiting."),
                code="no_withdrawal",
            )
        made = OptionWithdrawal.objects.create(
            option=option,
            reason=reason.strip(),
            person_id=actor.person_id,
            recorded_at=clock.now(),
        )
        tell(round_, "option_withdrawn", actor, option=str(option.uid))
        return made


def _open(round_id: int, actor: Actor) -> VoteRound:
    round_ = locked(round_id)
    refuse_stranger(round_.call, actor)
    if round_.state != VoteRound.State.OPEN:
        raise Conflict(_("De stemming is niet open."), code="state")
    return round_


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Schrijf op waarom."), field="reason")
