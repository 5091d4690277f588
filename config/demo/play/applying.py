"""The story of one application until it is judged: draft, sign, submit, check, supplement."""

from __future__ import annotations

import textwrap
from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from accounts.domain.numbers import store_iban
from accounts.roles import Role
from applications.answers import content_hash, last_snapshot, read
from applications.domain import cards, coaching, drafts
from applications.domain.queries.card import asks_card, card_now, digest_of
from applications.domain.signing import sign, signable_text, signers
from applications.domain.submission import submit, supplement, withdraw
from applications.models import Remark
from applications.states import State
from assessment.domain import completeness
from assessment.domain.interests import state_interest
from assessment.models import CompletenessItem
from config.demo.plan import PlannedApplication, Twist
from config.demo.play.deciding import decide_alone
from config.demo.play.engine import Step, Story
from config.demo.play.judging import review_story
from config.demo.play.parties import join, make_party
from config.demo.play.world import World, application, assessor_of
from regeling.definition import Column, QuestionKind, known

NOTES = (
    "Stuur een offerte of een schatting van de grootste kostenpost.",
    "Schrijf erbij wie het werk doet en wanneer het klaar is.",
    "Laat zien dat de eigenaar van de grond het goed vindt.",
)


def application_story(world: World, planned: PlannedApplication) -> Story:
    """From the first draft to the decision that the round takes about it."""
    key = planned.key
    made = yield Step(planned.drafted_at, f"{key}.draft", lambda: _draft(world, planned))
    number: int = made["application"]
    world.keys[number] = planned
    yield Step(
        planned.drafted_at + timedelta(minutes=40),
        f"{key}.join",
        lambda: join(world, planned, made["party"]),
    )
    if planned.stop == State.DRAFT:
        if planned.twist is Twist.UNSIGNED:  # the lead has signed, the others still must
            yield Step(
                planned.submitted_at,
                f"{key}.sign",
                lambda: _sign(world, planned, number, lead=True),
            )
        return
    if planned.twist is Twist.COACHED or planned.stop == State.IN_COACHING:
        yield from _coaching(world, planned, number)
        if planned.stop == State.IN_COACHING:
            return
    yield Step(
        planned.submitted_at - timedelta(minutes=15),
        f"{key}.sign",
        lambda: _sign(world, planned, number, all_but_last=planned.twist is Twist.UNSIGNED),
    )
    yield Step(planned.submitted_at, f"{key}.submit", lambda: _submit(world, planned, number))
    if planned.twist is Twist.LATE or planned.stop in (State.SUBMITTED, State.LATE):
        return
    checked_at = yield from _check(world, planned, number)
    if checked_at is None:
        return
    if planned.twist is Twist.WITHDRAWN:
        yield Step(
            world.after(checked_at, 2, "19:30", key=key),
            f"{key}.withdraw",
            lambda: _withdraw(world, planned, number),
        )
        return
    if planned.stop != State.IN_REVIEW:
        yield from review_story(world, planned, number, checked_at)


def _draft(world: World, planned: PlannedApplication) -> dict[str, int]:
    party = make_party(world, planned)
    made = drafts.start(
        call_id=world.call_id,
        party_id=party.pk,
        applicant_class=planned.applicant_class,
        actor=world.actor(planned.lead),
        answers=dict(planned.answers) | _iban(world, planned, party.pk),
    )
    if asks_card(made):
        _card(world, planned, made.pk)
    return {"application": made.pk, "party": party.pk}


def _card(world: World, planned: PlannedApplication, number: int) -> None:
    """What voters will read: the summary, as far as it fits on the card."""
    actor, rule = world.actor(planned.lead), world.definition.card
    summary = world.definition.form.filling(Column.SUMMARY)
    text = str(planned.answers.get(summary.code, "")) if summary else planned.party
    longest = rule.longest if rule else 0
    fits = textwrap.shorten(text, longest, placeholder="…")
    changes = {"text": fits, "chosen_name": planned.party}
    cards.write_card(application_id=number, changes=changes, actor=actor)
    seen = digest_of(card_now(application(number)))
    cards.agree(application_id=number, seen_hash=seen, actor=actor)


def _iban(world: World, planned: PlannedApplication, party_id: int) -> dict[str, Any]:
    rows = [q for q in world.definition.form.questions if q.kind is QuestionKind.IBAN]
    if not rows:
        return {}
    kept = store_iban(party_id=party_id, iban=planned.iban)
    return {question.code: {"uid": str(kept.uid), "last4": kept.last4} for question in rows}


def _coaching(world: World, planned: PlannedApplication, number: int) -> Generator[Step, Any, None]:
    key, lead = planned.key, planned.lead
    broker = world.staff(Role.BROKER)
    at = planned.drafted_at + timedelta(minutes=45)

    def ask() -> None:
        coaching.ask(
            application_id=number, broker_id=broker.person_id or 0, actor=world.actor(lead)
        )

    yield Step(at, f"{key}.coach", ask)
    yield Step(
        at + timedelta(minutes=20),
        f"{key}.remark",
        lambda: (
            coaching.remark(
                application_id=number,
                question=_plan_code(world),
                text="Mooi plan. Schrijf er nog bij wie het na dit jaar onderhoudt.",
                actor=broker,
            ).pk
        ),
    )
    if planned.stop == State.IN_COACHING:
        return

    def answer() -> None:
        remark = Remark.objects.filter(application_id=number).latest("pk")
        actor = world.actor(lead)
        coaching.answer_remark(remark_id=remark.pk, answer=Remark.Answer.TAKEN, actor=actor)
        code = _plan_code(world)
        text = f"{planned.answers[code]} Daarna houdt een vaste ploeg het bij."
        drafts.save(application_id=number, changes={code: text}, actor=actor)

    yield Step(at + timedelta(minutes=35), f"{key}.answer", answer)


def _plan_code(world: World) -> str:
    """The longest text of the form: what a plan is written in."""
    texts = [q for q in world.definition.form.questions if q.kind is QuestionKind.LONG_TEXT]
    return max(texts, key=lambda question: question.longest or 0).code


def _sign(
    world: World,
    planned: PlannedApplication,
    number: int,
    *,
    all_but_last: bool = False,
    lead: bool = False,
) -> None:
    row = application(number)
    digest = content_hash(signable_text(row))
    waiting = [each for each in signers(row) if each.status != "invited"]
    if all_but_last:
        waiting = waiting[:-1]
    if lead:
        waiting = waiting[:1]
    people = {world.person(each).pk: each for each in planned.members}
    for signer in waiting:
        for person in sorted(signer.people & people.keys())[: signer.needed]:
            sign(
                application_id=number,
                party_id=signer.party_id,
                actor=world.actor(people[person]),
                seen_hash=digest,
            )


def _submit(world: World, planned: PlannedApplication, number: int) -> str:
    sent = submit(
        application_id=number,
        actor=world.actor(planned.lead),
        although_late=planned.twist is Twist.LATE,
    )
    return sent.number or ""


def _withdraw(world: World, planned: PlannedApplication, number: int) -> None:
    withdraw(application_id=number, actor=world.actor(planned.lead))


def _check(
    world: World, planned: PlannedApplication, number: int
) -> Generator[Step, Any, datetime | None]:
    """The check on completeness; the moment it ended well, or None where the story ends in it."""
    key, lacks = planned.key, _lacks(planned)
    at = world.after(planned.submitted_at, 1, "09:00", key=key)
    if planned.twist is Twist.INTEREST:
        yield Step(at - timedelta(minutes=20), f"{key}.interest", lambda: _interest(number))
    yield Step(at, f"{key}.check", lambda: _start(number))
    if planned.stop == State.COMPLETENESS_CHECK:
        return None
    yield Step(
        at + timedelta(minutes=25),
        f"{key}.items",
        lambda: _mark(world, planned, number, lacks=lacks and planned.twist is not Twist.UNSIGNED),
    )
    if not lacks:
        done = at + timedelta(minutes=30)
        yield Step(done, f"{key}.complete", lambda: _complete(number))
        return done
    yield Step(at + timedelta(minutes=30), f"{key}.ask", lambda: _ask(number))
    if planned.stop in (State.AWAITING_SUPPLEMENT, State.NOT_PROCESSED):
        return None
    if planned.twist is Twist.UNANSWERED:
        # Not treating it must be announced within four weeks after the term (Awb 4:5(4)).
        weeks = known(world.definition.terms.repair_weeks, "terms.repair_weeks")
        over = world.after(at, weeks * 7 + 4, "10:00", key=key)
        yield from decide_alone(world, key, number, over)
        return None
    answered = world.after(at, 3, "18:00", key=key)
    yield Step(answered, f"{key}.supplement", lambda: _supplement(world, planned, number))
    done = world.after(answered, 1, "09:30", key=key)
    yield Step(done, f"{key}.items-again", lambda: _mark(world, planned, number, lacks=False))
    yield Step(done + timedelta(minutes=5), f"{key}.complete", lambda: _complete(number))
    return done + timedelta(minutes=5)


def _lacks(planned: PlannedApplication) -> bool:
    asked = (Twist.INCOMPLETE, Twist.UNSIGNED, Twist.UNANSWERED)
    return planned.twist in asked or planned.stop == State.AWAITING_SUPPLEMENT


def _interest(number: int) -> None:
    state_interest(application_id=number, has_interest=True, actor=assessor_of(number))


def _start(number: int) -> None:
    actor = assessor_of(number)
    state_interest(application_id=number, has_interest=False, actor=actor)
    if application(number).state == State.SUBMITTED:
        completeness.start_check(application_id=number, actor=actor)


def _mark(world: World, planned: PlannedApplication, number: int, *, lacks: bool) -> None:
    rows = CompletenessItem.objects.filter(application_id=number).exclude(
        kind=CompletenessItem.Kind.SIGNATURE
    )
    marks = {row.pk: (str(CompletenessItem.Status.PRESENT), "") for row in rows}
    if lacks:
        budget = world.definition.form.filling(Column.BUDGET)
        code = budget.code if budget else ""
        item = next((row for row in rows if row.code == code), rows[0])
        note = world.dice.pick(f"{planned.key}|note", NOTES)
        marks[item.pk] = (str(CompletenessItem.Status.MISSING), note)
    completeness.mark_items(application_id=number, marks=marks, actor=assessor_of(number))


def _ask(number: int) -> None:
    completeness.ask_supplement(application_id=number, actor=assessor_of(number))


def _complete(number: int) -> None:
    completeness.complete(application_id=number, actor=assessor_of(number))


def _supplement(world: World, planned: PlannedApplication, number: int) -> None:
    if planned.twist is Twist.UNSIGNED:
        _sign(world, planned, number)  # the last signature is the supplement
        return
    code = _plan_code(world)
    answers = read(last_snapshot(application(number)))
    changes = {code: f"{answers[code]} De offerte is van een bedrijf uit de streek."}
    supplement(application_id=number, changes=changes, actor=world.actor(planned.lead))
