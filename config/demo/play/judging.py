"""The story of judging: a review for each application, and for a whole round the vote."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from applications.states import State
from assessment.domain.hearings import ask_hearing
from assessment.domain.reviews import FEAR, Judgement, admit, submit_review
from config.demo.plan import PlannedApplication, Twist
from config.demo.play.engine import Step
from config.demo.play.world import World, assessor_of
from regeling.definition import Criterion, CriterionKind, RouteStep, listed

FOUR_D = {
    "durven": "U twijfelde of u het met zo weinig mensen kunt. Dat kan: begin klein.",
    "delen": "Wij brengen u in contact met een groep verderop die dit vorig jaar deed.",
    "denken": "Leg met de vereniging vast wie na dit jaar het onderhoud doet.",
    "doen": "Uw eerste stap: kies een zaterdag en nodig de straat uit.",
    "offer": "De makelaar komt graag een avond langs.",
}
ARGUMENTS = (
    "Dat blijkt uit het plan en uit wie er meedoen.",
    "De aanvrager noemt groepen die dit eerder niet samen deden.",
    "Het plan is duidelijk en de kosten passen erbij.",
)


def review_story(
    world: World, planned: PlannedApplication, number: int, complete_at: datetime
) -> Generator[Step, Any, None]:
    """The review by the assessor, and admission to the vote where there is one.

    Where the route has no review a panel judges at its meeting.
    """
    if not world.definition.has(RouteStep.REVIEW):
        return
    key = planned.key
    at = world.after(complete_at, 2, "10:30", key=key)
    yield Step(at, f"{key}.review", lambda: _review(world, planned, number))
    if planned.stop == State.HEARING:
        yield Step(
            max(at, world.plan.hears_at or at),
            f"{key}.hearing",
            lambda: ask_hearing(application_id=number, actor=assessor_of(number)).pk,
        )
    if planned.twist is Twist.NEGATIVE:
        return
    if world.definition.has(RouteStep.VOTE):
        yield Step(at + timedelta(minutes=10), f"{key}.admit", lambda: _admit(number))


def _review(world: World, planned: PlannedApplication, number: int) -> None:
    negative = planned.twist is Twist.NEGATIVE
    criteria = listed(world.definition.criteria)
    refused = next((each for each in criteria if each.hard), criteria[0])
    submit_review(
        application_id=number,
        judgement=Judgement(
            texts=FOUR_D,
            answers={
                each.code: (
                    _answer(world, planned, each, no=negative and each is refused),
                    world.dice.pick(f"{planned.key}|{each.code}|why", ARGUMENTS),
                )
                for each in criteria
            },
            conclusion="negative" if negative else "positive",
            grounds=_grounds(planned, refused.code) if negative else (),
            advice="Niet toekennen." if negative else "Toekennen.",
        ),
        actor=assessor_of(number),
    )


def _answer(world: World, planned: PlannedApplication, criterion: Criterion, *, no: bool) -> str:
    match criterion.kind:
        case CriterionKind.YES_NO:
            return "no" if no else "yes"
        case CriterionKind.SCORE:
            least = criterion.lowest if no else max(criterion.lowest, criterion.highest - 2)
            most = criterion.lowest if no else criterion.highest
            return str(world.dice.between(f"{planned.key}|{criterion.code}", least, most))
    return "Nee, zo niet." if no else "Ja, met deze mensen en dit plan lukt het."


def _admit(number: int) -> None:
    admit(application_id=number, actor=assessor_of(number))


def _grounds(planned: PlannedApplication, code: str) -> tuple[str, ...]:
    """A fear (Awb 4:35) asks for a hearing first; a hard criterion does not."""
    return (FEAR,) if planned.stop == State.HEARING else (code,)
