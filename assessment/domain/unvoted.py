"""A ranking without a vote: by the points of the reviewers, by lot, or everybody in proportion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application
from applications.states import State
from assessment.domain.amounts import calculation_of
from assessment.domain.closing import close_round, count_round
from assessment.domain.queries.expert import expert_points
from assessment.domain.queries.panels import panel_outcome
from assessment.domain.reviews import advice_of
from assessment.domain.rounds import freeze
from assessment.domain.stewards import refuse_stranger, tell
from assessment.domain.tally import score_words
from assessment.models import VoteRound
from regeling.definition import Definition, RouteStep
from regeling.models import Call
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock, lock_one
from timeline.refusal import Conflict, Refused

UNJUDGED = (State.SUBMITTED, State.COMPLETENESS_CHECK, State.AWAITING_SUPPLEMENT)
"""An application here can still come to the ranking, so that the ranking waits for it."""


def ranks_unvoted(definition: Definition) -> bool:
    """Whether the money is divided by a ranking in which nobody votes."""
    return definition.has(RouteStep.RANKING) and not definition.has(RouteStep.VOTE)


def freeze_reviewed(*, call_id: int, actor: Actor) -> VoteRound:
    """Freeze the rules and everything that was judged well enough, ready to be ranked.

    The round has no voters: it is closed and counted in the same moment, with nothing in its box.
    What was judged as not good enough stays out and is refused on its review. Refuses while the
    call is open, while an application still has to be judged, and a second time.
    """
    with transaction.atomic():
        call = lock_one(Call.objects.filter(pk=call_id).select_related("revision__regulation"))
        refuse_stranger(call, actor)
        _refuse_early(call)
        rows = Application.objects.filter(call=call, state=State.IN_REVIEW)
        judged = lock(rows.select_related("call", "revision"))
        # Where the rules grant nothing a ranking changes nothing: that one is refused on its own.
        applications = [
            row for row in judged if _judgement(row) and calculation_of(row).granted > 0
        ]
        if not applications:
            raise Refused(
                _("Er is geen aanvraag die goed genoeg is om te rangschikken."), code="options"
            )
        round_ = _made(call, actor)
        freeze(round_, applications, rights=0, actor=actor)
        close_round(round_id=round_.pk, actor=actor)
        return count_round(round_id=round_.pk, actor=actor)


def waiting(call: Call) -> list[Application]:
    """The applications that still have to be judged before the ranking can be made."""
    rows = Application.objects.filter(call=call, state__in=(*UNJUDGED, State.IN_REVIEW))
    return [
        row
        for row in rows.select_related("revision").order_by("number")
        if row.state in UNJUDGED or _judgement(row) is None
    ]


def _judgement(application: Application) -> bool | None:
    """Whether everybody who judges found it good enough; None while somebody still has to."""
    definition = application.revision.definition
    found: list[bool | None] = []
    if definition.has(RouteStep.REVIEW):
        advice = advice_of(application.pk)
        found.append(advice.positive if advice else None)
    if definition.has(RouteStep.PANEL) and False not in found:
        outcome = panel_outcome(application.pk)
        found.append(outcome.positive if outcome else None)
    return False if False in found else None if None in found else True


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application that goes into the ranking; ``points`` in words, empty where nobody scored."""

    application: Application
    cents: int
    points: str


def candidates(call: Call) -> list[Candidate]:
    """What would be frozen now, by number of the application."""
    rows = Application.objects.filter(call=call, state=State.IN_REVIEW).select_related("revision")
    found = [(row, calculation_of(row).granted) for row in rows.order_by("number")]
    there = [(row, cents) for row, cents in found if cents > 0 and _judgement(row)]
    given = expert_points([row.pk for row, _cents in there], call.revision.definition)
    return [
        Candidate(
            application=row,
            cents=cents,
            points=score_words(given.points[row.pk], given.scale) if row.pk in given.points else "",
        )
        for row, cents in there
    ]


def _refuse_early(call: Call) -> None:
    if not ranks_unvoted(call.revision.definition):
        raise Refused(_("Bij deze regeling hoort geen rangschikking zonder stemming."), code="rule")
    if VoteRound.objects.filter(call=call).exists():
        raise Conflict(_("Er is al een rangschikking in deze openstelling."), code="round")
    if call.closes_at is None or clock.now() < call.closes_at:
        raise Refused(
            _("Rangschikken kan pas als de openstelling is gesloten."),
            article="Awb 4:26",
            code="open",
        )
    left = len(waiting(call))
    if left:
        raise Refused(
            ngettext(
                "Er is nog %(n)s aanvraag die eerst beoordeeld moet worden.",
                "Er zijn nog %(n)s aanvragen die eerst beoordeeld moeten worden.",
                left,
            )
            % {"n": left},
            code="waiting",
        )


def _made(call: Call, actor: Actor) -> VoteRound:
    now = clock.now()
    round_ = VoteRound.objects.create(
        call=call,
        title=call.title,
        votes=False,
        opens_at=min(call.closes_at or now, now - timedelta(seconds=1)),
        closes_at=now,
        made_at=now,
    )
    tell(round_, "round_made", actor, call=str(call.uid))
    return round_
