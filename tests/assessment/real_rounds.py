"""A small round of a real regulation, played through the verbs.

``open_real("berkelland-initiatieven")`` opens an example call on the regulation with what
``tests/regeling/rounds`` takes for granted; ``by_receipt``, ``by_score``, ``by_committee`` and
``by_votes`` play invented applications through the route and tell what each gets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from accounts.domain import authorities
from accounts.models import Party, Person
from applications.domain.submission import submit
from applications.domain.support import support
from applications.models import Application
from assessment.domain.casting import cast
from assessment.domain.closing import close_round, count_round
from assessment.domain.frozen import rules_of
from assessment.domain.lots import enter_lot, enter_number
from assessment.domain.meetings_follow import follow_minutes
from assessment.domain.ranking import confirm_outcome, rank_round
from assessment.domain.receipt import serve
from assessment.domain.reviews import admit
from assessment.domain.rights import fresh_code
from assessment.domain.rounds import add_member, make_round, open_round
from assessment.domain.unvoted import freeze_reviewed
from assessment.models import Ranking, RankingRow, VoteOption, VoteRight, VoteRound
from regeling.definition import Column, Definition, MemberKind, PartyKind, Vote
from regeling.delivered import AUTHORITIES
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.factories.applications import (
    ROOT,
    PersonFactory,
    as_actor,
    attachment,
    draft,
    group_of,
    organisation_of,
    sign_all,
)
from tests.factories.assessment import (
    assessor_of,
    completed,
    ready_for_vote,
    refreshed,
    reviewed,
)
from tests.factories.meetings import Sitting, sitting
from timeline import clock
from timeline.actor import SYSTEM

ROUNDS = ROOT / "tests" / "regeling" / "rounds"
WANTED = re.compile(r"([a-z][a-z0-9-]*) = (yes|no)")

Outcome = tuple[float, str]
"""Granted, in euros, and the engine's word for why."""


@dataclass(frozen=True)
class Asked:
    """One invented application. Amounts in euros; without ``costs`` they are what is asked.

    ``who`` is a class of the regulation (the first, unless told), ``scores`` the points of the
    review or panel by criterion or one number for all, ``minutes`` when it comes in after the one
    before, and ``own`` other answers (``_`` for ``-``).
    """

    euros: int
    costs: int | None = None
    who: str = ""
    scores: int | Mapping[str, int] = 3
    minutes: int = 1
    own: Mapping[str, Any] = field(default_factory=dict)


def asked(euros: int, costs: int | None = None, **given: Any) -> Asked:
    """``Asked`` with every name that it does not have as an answer."""
    known = {name: given.pop(name) for name in ("who", "scores", "minutes") if name in given}
    return Asked(euros, costs, own={k.replace("_", "-"): v for k, v in given.items()}, **known)


def open_real(slug: str, *, window: str = "") -> Call:
    """An example call on a real regulation, open since yesterday and for three weeks."""
    for file in (authorities.SHIPPED, AUTHORITIES):
        authorities.load(source=file.read_text(encoding="utf-8"))
    file = ROUNDS / f"{slug}.yaml"
    revision = accept(source=file.read_text(encoding="utf-8"), file=file.name, actor=SYSTEM)
    opens = clock.now() - timedelta(days=1)
    return open_call(
        revision_id=revision.pk,
        kind="example",
        actor=SYSTEM,
        window=window,
        days=(opens, opens + timedelta(days=22)),
        published_on=clock.day(opens) - timedelta(days=1),
    )


def by_receipt(call: Call, *asks: Asked) -> list[Outcome]:
    """In order of receipt: what each gets, in the order in which they came in.

    They are served two days later, so that a whole day can be compared too.
    """
    person = assessor_of(call)
    rows = _sent_in(call, asks)
    judges = bool(call.revision.definition.distribution.minimum_score)
    with _after(asks):
        for row, ask in zip(rows, asks, strict=True):
            completed(row, person)
            if judges:
                reviewed(refreshed(row), person, answers=_judged(call, ask))
    with _after(asks, days=2):
        serve(call_id=call.pk, actor=SYSTEM)
    return _outcomes(rows)


def by_score(call: Call, *asks: Asked) -> list[Outcome]:
    """Reviewed with points, and ranked after closing without a vote."""
    person = assessor_of(call)
    rows = _sent_in(call, asks)
    with _after(asks):
        for row, ask in zip(rows, asks, strict=True):
            reviewed(completed(row, person), person, answers=_judged(call, ask))
    assert call.closes_at
    with clock.playing("", call.closes_at + timedelta(days=1)):
        round_ = freeze_reviewed(call_id=call.pk, actor=as_actor(person))
        _divide(round_, person)
    return _outcomes(rows)


def by_committee(call: Call, *asks: Asked, refused: Sequence[int] = ()) -> list[Outcome]:
    """Treated in a meeting, in the order of the agenda; ``refused`` are found negative."""
    person = assessor_of(call)
    rows = _sent_in(call, asks)
    with _after(asks):
        for row in rows:
            completed(row, person)
            if call.revision.definition.has("review"):
                reviewed(row, person)
        held = sitting(call=call, dossiers=0)
    _meet(held, rows, refused)
    return _outcomes(rows)


def _meet(held: Sitting, rows: Sequence[Application], refused: Sequence[int] = ()) -> None:
    """The group meets and concludes about every application."""
    with held.on_the_day():
        held.present()
        turns = {item.application_id: item for item in held.items}
        for number, row in enumerate(rows):
            held.treat(turns[row.pk], "negative" if number in refused else "positive")
        follow_minutes(meeting_id=held.sign().pk)


def by_votes(call: Call, asks: Sequence[Asked], ballots: Sequence[Any]) -> list[Outcome]:
    """Voted upon: every ballot names options by number, or gives numbers to them.

    Where votes add to the points of reviewers, the review comes first; else the steps before the
    vote are taken bare, which other tests are about.
    """
    person = assessor_of(call)
    rows = _options(call, asks, person)
    start = clock.now() + timedelta(days=1)
    made = make_round(
        call_id=call.pk, actor=as_actor(person), days=(start, start + timedelta(days=7))
    )
    panel = made.panels.get()
    for number, _ballot in enumerate(ballots):
        add_member(
            panel_id=panel.pk,
            name=f"Kiezer {number + 1}",
            email=f"kiezer{number + 1}@example.org",
            actor=as_actor(person),
        )
    opened = open_round(round_id=made.pk, actor=as_actor(person))
    uids = {
        option.application_id: str(option.uid) for option in VoteOption.objects.filter(round=opened)
    }
    numbered = [uids[row.pk] for row in rows]
    rights = VoteRight.objects.filter(round=opened).order_by("member__pk")
    with clock.playing("", opened.opens_at + timedelta(hours=1)):
        for right, given in zip(rights, ballots, strict=True):
            marks = (
                {numbered[n]: value for n, value in given.items()}
                if isinstance(given, Mapping)
                else [numbered[n] for n in given]
            )
            cast(
                round_uid=str(opened.uid),
                code=str(fresh_code(right_id=str(right.pk))),
                marks=marks,
            )
    with clock.playing("", opened.closes_at + timedelta(hours=1)):
        close_round(round_id=opened.pk, actor=as_actor(person))
        count_round(round_id=opened.pk, actor=as_actor(person))
        _divide(opened, person)
    return _outcomes(rows)


def _divide(round_: VoteRound, person: Person) -> None:
    """Ranked by one official and confirmed by another; where a lot decides, both enter it."""
    second = assessor_of(round_.call, "Pieter Bakker")
    made = rank_round(round_id=round_.pk, actor=as_actor(person))
    if made.state == Ranking.State.STOPPED:
        for each in (person, second):
            _lot(round_, each)
        made = rank_round(round_id=round_.pk, actor=as_actor(person))
    confirm_outcome(round_id=round_.pk, outcome_hash=made.outcome_hash, actor=as_actor(second))


def _lot(round_: VoteRound, person: Person) -> None:
    round_.refresh_from_db()
    rules = rules_of(round_)
    if rules["lot"]["source"] == "public":
        enter_number(round_id=round_.pk, number="4711", actor=as_actor(person))
    else:
        order = [option["uid"] for option in rules["options"]]
        enter_lot(round_id=round_.pk, order=order, actor=as_actor(person))


def _options(call: Call, asks: Sequence[Asked], person: Person) -> list[Application]:
    definition = call.revision.definition
    if not (definition.has("panel") or call.distribution_rule == "score"):
        return [_into_the_vote(call, ask, person) for ask in asks]
    rows = _sent_in(call, asks)
    with _after(asks):
        gate = definition.vote.support_gate if isinstance(definition.vote, Vote) else None
        crowd = [PersonFactory(login=False) for _ in range(gate or 0)]
        for row, ask in zip(rows, asks, strict=True):
            for supporter in crowd:
                support(application_id=row.pk, actor=as_actor(supporter))
            reviewed(completed(row, person), person, answers=_judged(call, ask))
            if not definition.has("panel"):
                admit(application_id=row.pk, actor=as_actor(person))
        held = sitting(call=call, dossiers=0) if definition.has("panel") else None
    if held is not None:
        _meet(held, rows)
    return rows


def _into_the_vote(call: Call, ask: Asked, official: Person) -> Application:
    person, party = _party(call, ask)
    return ready_for_vote(call, official, person, party=party, **_given(call, ask))


def _after(asks: Sequence[Asked], *, days: int = 0) -> AbstractContextManager[None]:
    """An hour after the last one came in, or some ``days`` later."""
    minutes = sum(ask.minutes for ask in asks)
    return clock.playing("", clock.now() + timedelta(days=days, minutes=minutes + 60))


def _sent_in(call: Call, asks: Sequence[Asked]) -> list[Application]:
    """Sent in one after the other."""
    start, minutes, rows = clock.now(), 0, []
    for ask in asks:
        minutes += ask.minutes
        with clock.playing("", start + timedelta(minutes=minutes)):
            rows.append(sent_in(call, ask))
    return rows


def sent_in(call: Call, ask: Asked) -> Application:
    """Sent in now. Raises ``Invalid`` for what the form itself does not take."""
    person, party = _party(call, ask)
    made = draft(call, person=person, party=party, **_given(call, ask))
    for document in _class(call, ask).evidence:
        attachment(made, person=person, question=document.code)
    return submit(application_id=sign_all(made).pk, actor=as_actor(person))


def _class(call: Call, ask: Asked) -> Any:
    classes = call.revision.definition.applicants.classes
    return next(each for each in classes if ask.who in ("", each.code))


def _party(call: Call, ask: Asked) -> tuple[Person, Party]:
    found = _class(call, ask)
    person = PersonFactory()
    if found.kind is PartyKind.PERSON:
        return person, person
    if found.kind is PartyKind.ORGANISATION:
        return person, organisation_of(person)
    assert found.member_kind is not MemberKind.ORGANISATION
    others = [PersonFactory() for _ in range(found.minimum_members - 1)]
    return person, group_of(person, *others)


def _given(call: Call, ask: Asked) -> dict[str, Any]:
    return {
        "applicant_class": _class(call, ask).code,
        "answers": answers_for(call.revision.definition, ask),
    }


def answers_for(definition: Definition, ask: Asked) -> dict[str, Any]:
    """The amounts, and yes or no as the regulation's own rules want it."""
    given: dict[str, Any] = {}
    for rule in definition.eligibility:
        for name, word in WANTED.findall(rule.require.text):
            given[name] = word == "yes"
    cents = ask.euros * 100
    costs = (ask.costs if ask.costs is not None else ask.euros) * 100
    amount, budget = (definition.form.filling(c) for c in (Column.AMOUNT_ASKED, Column.BUDGET))
    if amount:
        given[amount.code] = cents
    if budget:
        rest = [{"label": "Anderen", "cents": costs - cents}] if costs > cents else []
        given[budget.code] = {"costs": [{"label": "Kosten", "cents": costs}], "funding": rest}
    return {**given, **ask.own}


def _judged(call: Call, ask: Asked) -> dict[str, tuple[str, str]]:
    """The answers of a review, with the points that were told."""
    answers = {}
    for each in call.revision.definition.criteria or ():
        points = ask.scores if isinstance(ask.scores, int) else ask.scores.get(each.code, 1)
        word = {"score": str(points), "yes_no": "yes"}.get(str(each.kind), "Ja, zeker.")
        answers[each.code] = (word, "Dat blijkt uit het plan.")
    return answers


def _outcomes(rows: Sequence[Application]) -> list[Outcome]:
    found = {row.application_id: row for row in RankingRow.objects.filter(application__in=rows)}
    return [
        (found[row.pk].granted / 100, found[row.pk].code) if row.pk in found else (0, "")
        for row in rows
    ]
