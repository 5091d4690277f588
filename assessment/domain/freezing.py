"""What is frozen when a round opens: the options as voters read them, and everything that decides
the outcome beside the ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from applications.answers import answers_of
from applications.domain.queries.card import card_of
from applications.models import Application
from assessment.domain.allocation import ENGINE
from assessment.domain.amounts import calculation_of, ceilings_for, name_of, tier_of
from assessment.domain.award_params import (
    NOBODY_VOTES,
    award_params,
    ballot_params,
    quorum_params,
    vote_in,
)
from assessment.domain.frozen import VERSION, moment_as_compared
from assessment.models import Panel, VoteOption, VoteRound
from regeling.definition import Column, Definition, known
from regeling.models import Ceiling
from timeline.canon import canonical, moment_text, sha256


def option_of(round_: VoteRound, application: Application, group: str) -> VoteOption:
    """The option as voters will read it: the public card as it was agreed to, or where the
    regulation asks none, title and public summary."""
    card = card_of(application.pk)
    title, summary, place = (
        (card.title, card.text, card.place) if card else _without_card(application)
    )
    return VoteOption(
        round=round_,
        application=application,
        title=title,
        summary=summary,
        place=place,
        region=application.region,
        activity=application.activity,
        amount_cents=calculation_of(application).granted,
        public_name=card.name if card else "",
        photo=card.photo if card else "",
        photo_text=card.photo_text if card else "",
        exclusion_group=group,
    )


def params_of(
    round_: VoteRound, options: Sequence[VoteOption], applications: Sequence[Application]
) -> dict[str, Any]:
    """The rules of a round as plain values (version 2): what its hash covers and what is counted
    by. Cents, ISO moments and codes only."""
    call = round_.call
    definition = call.revision.definition
    ceilings = list(Ceiling.objects.filter(call=call).order_by("pk"))
    frozen_ceilings = {name_of(row.scope, row.code): row.amount for row in ceilings}
    award = award_params(definition)
    source = known(definition.distribution, "distribution").lot_source
    return {
        "version": VERSION,
        "round": str(round_.uid),
        "call": str(call.uid),
        "revision": call.revision.sha256,
        "engine": ENGINE,
        **_ballot(definition, frozen_ceilings),
        "opens_at": round_.opens_at,
        "closes_at": round_.closes_at,
        "panels": [
            {"name": panel.name, "weight": [panel.weight_num, panel.weight_den]}
            for panel in Panel.objects.filter(round=round_).order_by("name")
        ],
        "award": award,
        "lot": {
            "source": str(known(source, "distribution.lot_source") or ""),
            "number": known(definition.distribution, "distribution").public_number,
        },
        "ceilings": frozen_ceilings,
        "options": sorted(
            (
                _option(option, application, ceilings, award["grain"])
                for option, application in zip(options, applications, strict=True)
            ),
            key=lambda option: str(option["uid"]),
        ),
    }


def _ballot(definition: Definition, ceilings: Mapping[str, int]) -> dict[str, Any]:
    vote = vote_in(definition)
    if vote is None:
        return {
            "vote": NOBODY_VOTES,
            "own_text": "",
            "change": False,
            "extension": False,
            "withdrawal": False,
            "power": "decides",
            "electorate": {"kind": "", "text": "", "minimum_age": 0, "exclusions": []},
            "quorum": quorum_params(None),
        }
    return {
        "vote": ballot_params(vote, ceilings),
        "own_text": vote.own_text,
        "change": vote.change,
        "extension": vote.extension,
        "withdrawal": vote.withdrawal,
        "power": str(vote.power),
        "electorate": {
            "kind": str(known(vote.electorate_kind, "vote.electorate_kind")),
            "text": vote.electorate,
            "minimum_age": vote.minimum_age,
            "exclusions": list(vote.exclusions),
        },
        "quorum": quorum_params(vote),
    }


def _option(
    option: VoteOption, application: Application, ceilings: list[Ceiling], grain: str
) -> dict[str, Any]:
    complete_at = application.complete_at
    if complete_at is None:
        raise ValueError(f"application {application.uid} was never found complete")
    tier = tier_of(application, option.amount_cents)
    names = ceilings_for(ceilings, application, tier=tier)
    return {
        "uid": str(option.uid),
        "application": str(application.uid),
        "amount": option.amount_cents,
        "complete_at": moment_as_compared(moment_text(complete_at), grain),
        "ceilings": list(names),
        "group": option.exclusion_group,
        "shown": shown_hash(option),
    }


def shown_hash(option: VoteOption) -> str:
    """The hash of what voters read of an option, so that it is frozen with the rules."""
    names = ("title", "summary", "place", "public_name", "photo", "photo_text")
    return sha256(canonical({name: getattr(option, name) for name in names}))


def _without_card(application: Application) -> tuple[str, str, str]:
    answers = answers_of(application)
    form = application.revision.definition.form
    summary, place = form.filling(Column.SUMMARY), form.filling(Column.PLACE)
    return (
        application.title,
        str(answers.get(summary.code) or "") if summary and summary.public else "",
        (str(answers.get(place.code) or "") if place and place.public else "")
        or application.municipality,
    )
