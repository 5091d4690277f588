"""The story of what comes after an award: carrying out, reporting, settling and paying."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, datetime, timedelta
from typing import Any

from accountability.domain.hearings import ask_hearing, respond
from accountability.domain.payments import confirm_payment, enter_payment, sums
from accountability.domain.reports import Content, hand_in, save
from accountability.domain.settlements import propose_lower_settlement, propose_settlement
from accountability.models import Hearing, SettlementProposal
from accounts.roles import Role
from applications.states import State
from config.demo.plan import PlannedApplication
from config.demo.play.engine import Step, Story
from config.demo.play.world import World, application, assessor_of
from documents.domain.signing import sign
from documents.facts import decision_hash
from documents.models import Decision
from regeling.definition import Column
from timeline import clock

LEARNED = (
    "Begin eerder met vragen wie er meedoet: daar ging de meeste tijd in zitten.",
    "Spreek vooraf af wie het na afloop onderhoudt. Dat ging bij ons pas later goed.",
    "Vraag de jeugd om mee te bouwen. Wat je zelf maakt, blijft heel.",
)
CARRIED_OUT = (State.AWARDED, State.PARTIALLY_AWARDED, State.IN_EXECUTION, State.REPORT_DUE)
LOWER_PERCENT = 12  # of a hundred reports, so many show that it cost less


def aftermath_story(
    world: World, planned: PlannedApplication, number: int, kind: str, decided_at: datetime
) -> Story:
    """From the announced award to the last payment."""
    key, stop = planned.key, planned.stop
    yield from _pay(world, f"{key}.pay", number, world.after(decided_at, 12, "10:00", key=key))
    if stop in CARRIED_OUT:
        return
    reported_at = world.after(_ends(world, planned, decided_at), 12, "20:00", key=key)
    cents = _costs(world, planned)
    direct = kind == Decision.Kind.DIRECT_SETTLEMENT
    if direct and not world.dice.happens(f"{key}|story", 40):
        return
    yield Step(reported_at, f"{key}.report", lambda: _report(world, planned, number, cents))
    if direct or stop == State.SETTLEMENT_REQUESTED:
        return
    decision: int
    lower = stop == State.LOWER_SETTLED or (
        not stop and world.dice.happens(f"{key}|lower", LOWER_PERCENT)
    )
    if lower:
        decision = yield from _lower(world, planned, number, reported_at)
        at = world.after(reported_at, 21, "11:00", key=key)
    else:
        at = world.after(reported_at, 9, "11:00", key=key)
        decision = yield Step(at, f"{key}.settle", lambda: _settle(number))
    signer = world.staff(Role.DECISION_MAKER)
    signed_at = world.after(at, 2, "14:00", key=key)
    yield Step(
        signed_at,
        f"{key}.settle-sign",
        lambda: sign(decision_id=decision, actor=signer, seen_hash=decision_hash(decision)).pk,
    )
    if stop:
        return  # the rest is still to be paid
    yield from _pay(world, f"{key}.pay-rest", number, world.after(signed_at, 14, "10:00", key=key))


def _pay(world: World, name: str, number: int, at: datetime) -> Generator[Step, Any, None]:
    """Pay what is due: one of finance enters it, another confirms."""
    first = world.staff(Role.FINANCE)
    second = world.staff(Role.FINANCE, beside=first.person_id)

    def enter() -> int:
        totals = sums(number)
        left = totals["payable"] - totals["paid"]
        if left <= 0:
            return 0
        reference = f"{application(number).number} {name.rsplit('.', 1)[-1]}"
        return enter_payment(
            application_id=number, cents=left, day=clock.today(), reference=reference, actor=first
        ).pk

    payment = yield Step(at, name, enter)
    if payment:
        yield Step(
            at + timedelta(hours=3),
            f"{name}.confirm",
            lambda: confirm_payment(payment_id=payment, actor=second).pk,
        )


def _ends(world: World, planned: PlannedApplication, decided_at: datetime) -> datetime:
    question = world.definition.form.filling(Column.END_DATE)
    text = planned.answers.get(question.code, "") if question else ""
    ends = clock.moment(date.fromisoformat(text)) if text else decided_at
    return max(ends, decided_at)


def _costs(world: World, planned: PlannedApplication) -> int:
    question = world.definition.form.filling(Column.BUDGET)
    budget = planned.answers.get(question.code, {}) if question else {}
    return sum(line["cents"] for line in budget.get("costs", ()))


def _report(world: World, planned: PlannedApplication, number: int, cents: int) -> None:
    key, actor = planned.key, world.actor(planned.lead)
    saved = save(
        application_id=number,
        content=Content(
            done=f"Wij hebben gedaan wat we van plan waren. {planned.answers.get('plan', '')}"[
                :2000
            ],
            participants=world.dice.between(f"{key}|participants", 18, 240),
            volunteer_hours=world.dice.between(f"{key}|hours", 25, 400),
            learned=world.dice.pick(f"{key}|learned", LEARNED),
            costs_cents=cents,
        ),
        actor=actor,
    )
    hand_in(application_id=number, actor=actor, seen_version=saved.version)


def _settle(number: int) -> int:
    row = propose_settlement(application_id=number, actor=assessor_of(number))
    return _decision(row)


def _decision(row: SettlementProposal) -> int:
    return Decision.objects.values_list("pk", flat=True).get(uid=row.decision_uid)


def _lower(
    world: World, planned: PlannedApplication, number: int, reported_at: datetime
) -> Generator[Step, Any, int]:
    """It was not all done: a hearing first, then a proposal for less (Awb 4:46(2), 4:12(2))."""
    key = planned.key
    asked_at = world.after(reported_at, 5, "09:30", key=key)

    def ask() -> int:
        row = application(number)
        awarded = row.awarded_cents or 0
        return ask_hearing(
            application_id=number,
            ground=Hearing.Ground.NOT_DONE,
            intended_cents=awarded * 95 // 100 // 100 * 100,
            intent="Uit uw verslag blijkt dat een klein deel van het plan niet is uitgevoerd.",
            actor=assessor_of(number),
        ).pk

    hearing: int = yield Step(asked_at, f"{key}.hearing", ask)
    yield Step(
        world.after(asked_at, 5, "20:30", key=key),
        f"{key}.respond",
        lambda: (
            respond(
                hearing_id=hearing,
                response="Dat klopt. Het laatste onderdeel bleek niet nodig.",
                actor=world.actor(planned.lead),
            ).pk
        ),
    )

    def propose_it() -> int:
        intended = Hearing.objects.values_list("intended_cents", flat=True).get(pk=hearing)
        return _decision(
            propose_lower_settlement(
                application_id=number,
                cents=intended or 0,
                reason="Een deel van de activiteiten is niet uitgevoerd.",
                proportionality="De verlaging is niet hoger dan wat dat deel zou hebben gekost.",
                reply="U bent het met ons eens. Wij stellen het bedrag daarom zo vast.",
                actor=assessor_of(number),
            )
        )

    decision: int = yield Step(
        world.after(reported_at, 21, "11:00", key=key), f"{key}.settle-lower", propose_it
    )
    return decision
