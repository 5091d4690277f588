"""A vote round: made in concept, then frozen with its options, and open until it closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import holds
from accounts.models import Person
from accounts.roles import Role
from applications.facts import VoteOpened
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain import sealing
from assessment.domain.award_params import vote_in
from assessment.domain.freezing import option_of, params_of
from assessment.domain.peppers import make_secret
from assessment.domain.rights import issue
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Panel, PanelMember, VoteOption, VoteRight, VoteRound
from regeling.definition import Vote, known
from regeling.models import Call
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.canon import canonical, sha256
from timeline.locks import lock, lock_one
from timeline.refusal import Conflict, Refused

Round = VoteRound.State


def make_round(
    *,
    call_id: int,
    actor: Actor,
    title: str = "",
    days: tuple[datetime, datetime] | None = None,
) -> VoteRound:
    """Prepare a vote in a call; it can still be changed until it opens.

    ``days`` (opens_at, closes_at) stand in for those of the definition, for example and test calls
    only. Refuses a call whose regulation does not vote, days that end before they begin, and a
    second round beside an unfinished one.
    """
    with transaction.atomic():
        call = lock_one(Call.objects.filter(pk=call_id).select_related("revision__regulation"))
        refuse_stranger(call, actor)
        vote = vote_of(call)
        if days and call.kind == Call.Kind.REAL:
            raise Refused(_("Een echte stemming volgt de data van de regeling."), code="dates")
        unfinished = [Round.CONCEPT, Round.OPEN, Round.CLOSED, Round.COUNTED]
        if VoteRound.objects.filter(call=call, state__in=unfinished).exists():
            raise Conflict(_("Er is al een stemming in deze openstelling."), code="round")
        opens_at, closes_at = days or (
            known(vote.window.opens_at, "vote.opens"),
            cast(datetime, known(vote.window.closes_at, "vote.closes")),
        )
        if closes_at <= opens_at:
            raise Refused(_("De laatste dag ligt vóór de eerste."), field="closes_at", code="dates")
        round_ = VoteRound.objects.create(
            call=call,
            title=title or call.title,
            opens_at=opens_at,
            closes_at=closes_at,
            made_at=clock.now(),
        )
        Panel.objects.bulk_create(_panels(round_, vote))
        tell(round_, "round_made", actor, call=str(call.uid))
        return round_


def add_member(
    *, panel_id: int, name: str, actor: Actor, email: str = "", person_id: int | None = None
) -> PanelMember:
    """Let somebody vote, with or without an account; until the round opens.

    Without an e-mail address the code is printed. Refuses somebody who judges applications of this
    call (2:4), and the same account twice.
    """
    with transaction.atomic():
        panel = Panel.objects.select_related("round__call__revision__regulation").get(pk=panel_id)
        round_ = locked(panel.round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        if not name.strip():
            raise Refused(_("Vul een naam in."), field="name")
        if (
            person_id
            and PanelMember.objects.filter(panel__round=round_, person_id=person_id).exists()
        ):
            raise Refused(_("Deze persoon stemt al mee."), field="name")
        if person_id and holds(
            person_id,
            Role.ASSESSOR,
            Role.BROKER,
            Role.DECISION_MAKER,
            authority=round_.call.revision.regulation.authority.code,
            regulation=round_.call.revision.regulation.slug,
        ):
            raise Refused(
                _("Wie aanvragen behandelt, begeleidt of erover beslist, stemt niet mee."),
                article="Awb 2:4",
                field="name",
            )
        address = email.strip().lower()
        if person_id and not address:
            address = Person.objects.values_list("email", flat=True).get(pk=person_id)
        return PanelMember.objects.create(
            panel=panel, name=name.strip(), email=address, person_id=person_id
        )


def remove_member(*, member_id: int, actor: Actor) -> None:
    """Take somebody off the list; until the round opens."""
    with transaction.atomic():
        member = PanelMember.objects.select_related("panel").get(pk=member_id)
        round_ = locked(member.panel.round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        member.delete()


def open_round(
    *, round_id: int, actor: Actor, groups: Mapping[int, str] | None = None
) -> VoteRound:
    """Freeze rules and options, give every member a right to vote, and ask for the codes.

    Ballots are taken from ``opens_at``. All applications that may enter the vote become options,
    with a copy of what voters read and of the amount; ``groups`` names by application key those of
    which at most one can win. The secret of the round is made here and never again. Refuses without
    options, without voters, or when a ballot asks more choices than there are options.
    """
    with transaction.atomic():
        call_id = VoteRound.objects.values_list("call_id", flat=True).get(pk=round_id)
        lock_one(Call.objects.filter(pk=call_id))
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        if clock.now() >= round_.closes_at:
            raise Refused(_("De sluiting van deze stemming is al voorbij."), field="closes_at")
        applications = lock(
            Application.objects.filter(
                call=round_.call, state=State.ELIGIBLE_FOR_VOTE
            ).select_related("call", "revision")
        )
        members = list(PanelMember.objects.filter(panel__round=round_).select_related("panel"))
        letters = VoteRight.objects.filter(round=round_).count()
        _refuse_empty(round_, len(applications), len(members) + letters)
        make_secret(str(round_.uid))
        freeze(round_, applications, rights=len(members) + letters, actor=actor, groups=groups)
        for application in applications:
            # The round moves every option, also one in which its opener has an interest.
            move(
                application_id=application.pk,
                transition="open_vote",
                actor=SYSTEM,
                fact=VoteOpened(vote_round=str(round_.uid)),
            )
        for member in members:
            issue(round_, member, actor)
        return round_


def freeze(
    round_: VoteRound,
    applications: Sequence[Application],
    *,
    rights: int,
    actor: Actor,
    groups: Mapping[int, str] | None = None,
) -> None:
    """Fix the options and all rules of a round in one text with its hash; the round is open then.

    Inside the caller's transaction, with round and applications locked.
    """
    options = [option_of(round_, row, (groups or {}).get(row.pk, "")) for row in applications]
    VoteOption.objects.bulk_create(options)
    text = canonical(params_of(round_, options, applications))
    VoteRound.objects.filter(pk=round_.pk).update(
        state=Round.OPEN, params=text, params_hash=sha256(text)
    )
    round_.refresh_from_db()
    tell(
        round_,
        "round_opened",
        actor,
        params_hash=round_.params_hash,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        options=len(options),
        rights=rights,
        seal_key=sealing.public_key(),
    )


def vote_of(call: Call) -> Vote:
    """The vote of the call's regulation. Refuses a regulation in which nobody votes."""
    vote = vote_in(call.revision.definition)
    if vote is None:
        raise Refused(_("Bij deze regeling wordt niet gestemd."), code="no_vote")
    return vote


def refuse_frozen(round_: VoteRound) -> None:
    """Raise ``Conflict`` once the round has opened."""
    if round_.state != Round.CONCEPT:
        raise Conflict(_("De stemming is vastgezet: er verandert niets meer aan."), code="frozen")


def _panels(round_: VoteRound, vote: Vote) -> list[Panel]:
    """The panels of the definition with their weights; one panel where it names none."""
    if not vote.panels:
        return [Panel(round=round_, name=_("Panel"))]
    return [
        Panel(
            round=round_,
            name=each.name,
            weight_num=each.weight_numerator,
            weight_den=each.weight_denominator,
        )
        for each in vote.panels
    ]


def _refuse_empty(round_: VoteRound, options: int, voters: int) -> None:
    minimum = known(vote_of(round_.call).minimum, "vote.minimum")
    if options < max(1, minimum):
        raise Refused(
            _("Er zijn te weinig aanvragen om uit te kiezen: %(n)s.") % {"n": options},
            code="options",
        )
    if not voters:
        raise Refused(_("Er staat nog niemand in het panel."), code="members")
