"""A vote round: made in concept, then frozen with its options, and open until it closes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import holds
from accounts.models import Person
from accounts.roles import Role
from applications.answers import answers_of
from applications.facts import VoteOpened
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain.allocation import ENGINE
from assessment.domain.amounts import calculation_of, ceilings_for, name_of, tier_of
from assessment.domain.rights import issue
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Panel, PanelMember, VoteOption, VoteRound
from regeling.definition import Column, RouteStep, Vote, VoteKind, known
from regeling.models import Call, Ceiling
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
    only. Refuses a call whose regulation does not vote, and a second round beside an unfinished
    one.
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
        round_ = VoteRound.objects.create(
            call=call,
            title=title or call.title,
            opens_at=opens_at,
            closes_at=closes_at,
            made_at=clock.now(),
        )
        Panel.objects.create(round=round_, name=_("Panel"))
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
        _refuse_frozen(round_)
        if not name.strip():
            raise Refused(_("Vul een naam in."), field="name")
        if person_id and PanelMember.objects.filter(panel=panel, person_id=person_id).exists():
            raise Refused(_("Deze persoon zit al in het panel."), field="name")
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
        _refuse_frozen(round_)
        member.delete()


def open_round(*, round_id: int, actor: Actor) -> VoteRound:
    """Freeze rules and options, give every member a right to vote, and ask for the codes.

    Ballots are taken from ``opens_at``. All applications that may enter the vote become options,
    with a copy of what voters read and of the amount. Refuses without options, without voters, or
    when a ballot asks more choices than there are options.
    """
    with transaction.atomic():
        call_id = VoteRound.objects.values_list("call_id", flat=True).get(pk=round_id)
        lock_one(Call.objects.filter(pk=call_id))
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        _refuse_frozen(round_)
        if clock.now() >= round_.closes_at:
            raise Refused(_("De sluiting van deze stemming is al voorbij."), field="closes_at")
        applications = lock(
            Application.objects.filter(
                call=round_.call, state=State.ELIGIBLE_FOR_VOTE
            ).select_related("call", "revision")
        )
        options = [_freeze(round_, application) for application in applications]
        members = list(PanelMember.objects.filter(panel__round=round_).select_related("panel"))
        _refuse_empty(round_, options, members)
        VoteOption.objects.bulk_create(options)
        text = canonical(_params(round_, options, applications))
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
            rights=len(members),
        )
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


def vote_of(call: Call) -> Vote:
    """The vote of the call's regulation. Refuses a regulation in which nobody votes."""
    definition = call.revision.definition
    vote = known(definition.vote, "vote") if definition.has(RouteStep.VOTE) else None
    if vote is None:
        raise Refused(_("Bij deze regeling wordt niet gestemd."), code="no_vote")
    return vote


def _refuse_frozen(round_: VoteRound) -> None:
    if round_.state != Round.CONCEPT:
        raise Conflict(_("De stemming is vastgezet: er verandert niets meer aan."), code="frozen")


def _refuse_empty(round_: VoteRound, options: list[VoteOption], members: list[PanelMember]) -> None:
    minimum = known(vote_of(round_.call).minimum, "vote.minimum")
    if len(options) < max(1, minimum):
        raise Refused(
            _("Er zijn te weinig aanvragen om uit te kiezen: %(n)s.") % {"n": len(options)},
            code="options",
        )
    if not members:
        raise Refused(_("Er staat nog niemand in het panel."), code="members")


def _freeze(round_: VoteRound, application: Application) -> VoteOption:
    answers = answers_of(application)
    form = application.revision.definition.form
    summary, place = form.filling(Column.SUMMARY), form.filling(Column.PLACE)
    return VoteOption(
        round=round_,
        application=application,
        title=application.title,
        summary=str(answers.get(summary.code) or "") if summary and summary.public else "",
        place=(str(answers.get(place.code) or "") if place and place.public else "")
        or application.municipality,
        region=application.region,
        activity=application.activity,
        amount_cents=calculation_of(application).granted,
    )


def _params(
    round_: VoteRound, options: list[VoteOption], applications: list[Application]
) -> dict[str, Any]:
    """Everything that decides the outcome beside the ballots, as plain values."""
    call = round_.call
    vote = vote_of(call)
    distribution = known(call.revision.definition.distribution, "distribution")
    ceilings = list(Ceiling.objects.filter(call=call).order_by("pk"))
    return {
        "round": str(round_.uid),
        "call": str(call.uid),
        "revision": call.revision.sha256,
        "engine": ENGINE,
        "vote_type": str(known(vote.kind, "vote.kind") or VoteKind.APPROVAL),
        "minimum": known(vote.minimum, "vote.minimum"),
        "maximum": known(vote.maximum, "vote.maximum"),
        "opens_at": round_.opens_at,
        "closes_at": round_.closes_at,
        "order": "votes",
        "on_misfit": str(known(distribution.on_misfit, "distribution.on_misfit")),
        "ties": [str(rule) for rule in known(distribution.ties, "distribution.ties")],
        "grain": str(known(distribution.grain, "distribution.grain")),
        "panels": sorted(Panel.objects.filter(round=round_).values_list("name", flat=True)),
        "ceilings": {name_of(row.scope, row.code): row.amount for row in ceilings},
        "options": sorted(
            (
                {
                    "uid": str(option.uid),
                    "application": str(application.uid),
                    "amount": option.amount_cents,
                    "complete_at": application.complete_at,
                    "ceilings": list(
                        ceilings_for(
                            ceilings,
                            region=option.region,
                            activity=option.activity,
                            tier=tier_of(application, option.amount_cents),
                        )
                    ),
                }
                for option, application in zip(options, applications, strict=True)
            ),
            key=lambda option: str(option["uid"]),
        ),
    }
