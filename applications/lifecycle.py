"""The one door through which a dossier changes state.

``move`` locks the row, asks whether this actor may do this and whether the facts allow it, calls
the transition and writes the event. django-fsm (the maintained package django-fsm-2) holds the
graph; its own permissions and conditions do not stop a direct call and give no reason, so a guard
here is a function that returns its refusal as a sentence with the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from applications import guards
from applications.facts import Fact
from applications.guards import Case, Guard, Who
from applications.models import Application
from applications.states import State
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, Refused

__all__ = ["TRANSITIONS", "State", "Step", "move"]


@dataclass(frozen=True, slots=True)
class Step:
    """A transition as the law sees it: who may take it, on which article, and what it is called."""

    event: str
    who: tuple[Who, ...]
    guard: Guard | None
    article: str = ""


_I, _B, _A, _S = Who.INITIATOR, Who.BROKER, Who.ASSESSOR, Who.SYSTEM

TRANSITIONS: dict[str, Step] = {
    "ask_coaching": Step("coaching_asked", (_I,), guards.coaching_in_route),
    "end_coaching": Step("coaching_ended", (_I, _B), None),
    "submit": Step("submitted", (_I,), guards.in_window, "Awb 4:1, 4:2"),
    "submit_late": Step("late_submitted", (_I,), guards.after_closing, "Awb 4:26"),
    "start_completeness_check": Step("completeness_started", (_S, _A), None, "Awb 4:5"),
    "ask_supplement": Step("supplement_asked", (_A,), guards.something_missing, "Awb 4:5(1)"),
    "receive_supplement": Step("supplement_received", (_I, _S), None, "Awb 4:15"),
    "complete": Step("completed", (_A, _S), guards.is_complete, "Awb 4:5, 4:26"),
    "admit_to_vote": Step("admitted_to_vote", (_A, _S), guards.positive_and_vote, "Awb 4:26"),
    "open_vote": Step("vote_opened", (_A, _S), guards.in_vote_round, "Awb 4:26"),
    "rank": Step("ranked", (_A, _S), guards.has_outcome, "Awb 4:25, 4:26"),
    "put_on_reserve": Step("put_on_reserve", (_A, _S), guards.has_reserve_list, "Awb 4:25"),
    "start_hearing": Step("hearing_started", (_A,), guards.has_hearing, "Awb 4:7, 4:12"),
    "draft_decision": Step("decision_drafted", (_A, _S), guards.proposal_fits, "Awb 3:2"),
    "announce_award": Step("awarded", (_S,), guards.decision("award", partial=False), "Awb 3:41"),
    "announce_partial_award": Step(
        "partially_awarded", (_S,), guards.decision("award", partial=True), "Awb 3:41, 4:25"
    ),
    "announce_direct_settlement": Step(
        "directly_settled", (_S,), guards.decision("direct_settlement"), "Awb 3:41, 4:42"
    ),
    "announce_rejection": Step("rejected", (_S,), guards.decision("rejection"), "Awb 3:41"),
    "announce_not_processed": Step(
        "not_processed", (_S,), guards.decision("not_processed"), "Awb 3:41, 4:5"
    ),
    "withdraw": Step("withdrawn", (_I,), None),
    "start_execution": Step("execution_started", (_S,), None, "Awb 4:37"),
    "ask_report": Step("report_asked", (_S, _I), guards.report_tier, "Awb 4:44"),
    "request_settlement": Step("settlement_requested", (_I,), guards.has_report, "Awb 4:44, 4:45"),
    "announce_settlement": Step(
        "settled", (_S,), guards.decision("settlement"), "Awb 3:41, 4:46(1)"
    ),
    "announce_lower_settlement": Step(
        "lower_settled", (_S,), guards.decision("lower_settlement"), "Awb 3:41, 4:46(2)"
    ),
    "close": Step("closed", (_S,), None),
}


def move(
    *,
    application_id: int,
    transition: str,
    actor: Actor,
    fact: Fact | None = None,
    seen_version: int | None = None,
    changes: dict[str, Any] | None = None,
) -> Application:
    """Take one transition, or refuse it and change nothing.

    ``fact`` is what the transition rests on; ``seen_version`` the version that the actor had before
    her eyes; ``changes`` the columns that change with it. Returns the application as it is now.
    Raises ``Conflict`` (409) when somebody else was first and ``Refused`` with the article when the
    actor or the facts do not allow it.
    """
    step = TRANSITIONS[transition]
    with atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("call", "revision")
        )
        refuse_stale(application, seen_version)
        guards.refuse_actor(application, actor, step.who)
        source = application.state
        _call(application, transition)
        refusal = step.guard and step.guard(Case(application, source, fact, clock.now()))
        if refusal:
            raise Refused(refusal, article=step.article, code=f"guard_{transition}")
        for column, value in (changes or {}).items():
            setattr(application, column, value)
        application.version += 1
        application.save()
        record(
            stream=("application", str(application.uid)),
            type=f"applications.{step.event}",
            facts={
                "from": source,
                "to": application.state,
                "version": application.version,
                "call": str(application.call.uid),
                **(fact.as_facts() if fact else {}),
            },
            actor=actor,
        )
        return application


def refuse_stale(application: Application, seen_version: int | None) -> None:
    """Raise ``Conflict`` when the version that somebody saw is not the present one."""
    if seen_version is not None and seen_version != application.version:
        raise Conflict(
            _(
                "Deze aanvraag is intussen veranderd: zij staat nu op “%(state)s”. "
                "Uw invoer is niet verwerkt. Bekijk de aanvraag opnieuw."
            )
            % {"state": State(application.state).label},
            code="stale",
        )


def _call(application: Application, name: str) -> None:
    try:
        getattr(application, name)()
    except TransitionNotAllowed:
        raise Conflict(
            _("Dit kan niet (meer): de aanvraag staat op “%(state)s”.")
            % {"state": State(application.state).label},
            code="wrong_state",
        ) from None
