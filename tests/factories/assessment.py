"""Applications on their way through check, review and vote, made through the verbs of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from accounts.models import Person
from accounts.roles import Role
from applications.facts import Advice, Completeness, Fact
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain.casting import Receipt, cast
from assessment.domain.closing import close_round, count_round
from assessment.domain.completeness import complete, mark_items, start_check
from assessment.domain.interests import state_interest
from assessment.domain.ranking import confirm_outcome, rank_round
from assessment.domain.reviews import Judgement, admit, submit_review
from assessment.domain.rights import fresh_code
from assessment.domain.rounds import add_member, make_round, open_round
from assessment.models import CompletenessItem, Ranking, VoteOption, VoteRight, VoteRound
from regeling.definition import CriterionKind, listed
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    open_example_call,
    submitted,
    with_role,
)
from timeline import clock
from timeline.deliver import claim, deliver


def assessor_of(call: Call, name: str = "Marieke Jansen") -> Person:
    """Somebody who assesses the applications of a call."""
    return with_role(PersonFactory(name=name), Role.ASSESSOR, call)


def cleared(application: Application, person: Person) -> Application:
    """``person`` stated that she has no interest."""
    state_interest(application_id=application.pk, has_interest=False, actor=as_actor(person))
    return application


def checked(application: Application, person: Person) -> Application:
    """The completeness check was begun, and every item that is not a signature is there."""
    cleared(application, person)
    start_check(application_id=application.pk, actor=as_actor(person))
    items = CompletenessItem.objects.filter(application=application).exclude(
        kind=CompletenessItem.Kind.SIGNATURE
    )
    mark_items(
        application_id=application.pk,
        marks={item.pk: ("present", "") for item in items},
        actor=as_actor(person),
    )
    return refreshed(application)


def completed(application: Application, person: Person) -> Application:
    """Found complete: in review."""
    checked(application, person)
    return complete(application_id=application.pk, actor=as_actor(person))


def judgement(application: Application, conclusion: str = "positive", **own: Any) -> Judgement:
    """A full judgement: every criterion met and argued, the 4D texts filled."""
    answers = {
        each.code: (
            {CriterionKind.YES_NO: "yes", CriterionKind.SCORE: str(each.highest)}.get(
                each.kind, "Ja, zeker."
            ),
            "Dat blijkt uit het plan.",
        )
        for each in listed(application.revision.definition.criteria)
    }
    given: dict[str, Any] = {
        "texts": {"durven": "U durft al.", "doen": "Bel morgen de zaal.", "offer": "Een gesprek."},
        "answers": answers,
        "conclusion": conclusion,
        "grounds": () if conclusion == "positive" else (next(iter(answers)),),
        "advice": "Een mooi plan.",
    }
    return Judgement(**{**given, **own})


def reviewed(
    application: Application, person: Person, conclusion: str = "positive", **own: Any
) -> Application:
    """Reviewed by ``person``."""
    submit_review(
        application_id=application.pk,
        judgement=judgement(application, conclusion, **own),
        actor=as_actor(person),
    )
    return refreshed(application)


def eligible(call: Call, person: Person, **given: Any) -> Application:
    """Submitted, complete, positively reviewed and let into the vote."""
    application = completed(submitted(call, **given), person)
    reviewed(application, person)
    admit(application_id=application.pk, actor=as_actor(person))
    return refreshed(application)


def ready_for_vote(call: Call, person: Person, applicant: Person, **given: Any) -> Application:
    """Let into the vote by the bare steps, for tests that are about the vote itself."""
    application = submitted(call, person=applicant, **given)
    now = application.submitted_at or clock.now()
    steps: tuple[tuple[str, Fact | None, dict[str, Any]], ...] = (
        ("start_completeness_check", None, {}),
        ("complete", Completeness(complete_at=now, place=None), {"complete_at": now}),
        ("admit_to_vote", Advice(positive=True, reviews=("by the test",)), {}),
    )
    for transition, fact, changes in steps:
        move(
            application_id=application.pk,
            transition=transition,
            actor=as_actor(person),
            fact=fact,
            changes=changes,
        )
    return application


def follow(*handlers: str) -> int:
    """Deliver what is due to these handlers only (letters take long); how many were done."""
    done = 0
    while delivery := claim(handlers=handlers):
        done += deliver(delivery, strict=True)
    return done


def refreshed(application: Application) -> Application:
    """The application as the database has it now."""
    return Application.objects.select_related("call", "revision", "party").get(pk=application.pk)


@dataclass
class Election:
    """An open round with its people, options and codes in hand."""

    call: Call
    assessor: Person
    second: Person
    round: VoteRound
    codes: list[str] = field(default_factory=list)

    @property
    def options(self) -> list[VoteOption]:
        return list(VoteOption.objects.filter(round=self.round).order_by("pk"))

    def vote(self, voter: int, *numbers: int) -> Receipt:
        """Voter number ``voter`` chooses options by their number."""
        options = self.options
        return cast(
            round_uid=str(self.round.uid),
            code=self.codes[voter],
            marks=[str(options[number].uid) for number in numbers],
        )

    @contextmanager
    def running(self, *, days: int = 0) -> Iterator[None]:
        """While ballots are taken; on the first day, or some ``days`` later."""
        with clock.playing("", self.round.opens_at + timedelta(days=days, hours=1)):
            yield

    @contextmanager
    def over(self, hours: int = 1) -> Iterator[None]:
        """After the vote."""
        with clock.playing("", self.round.closes_at + timedelta(hours=hours)):
            yield

    def close(self) -> VoteRound:
        with self.over():
            return close_round(round_id=self.round.pk, actor=as_actor(self.assessor))

    def count(self) -> VoteRound:
        self.close()
        with self.over():
            return count_round(round_id=self.round.pk, actor=as_actor(self.assessor))

    def rank(self) -> Ranking:
        """The first official divides the money; where a tie stands open it stops there."""
        with self.over():
            return rank_round(round_id=self.round.pk, actor=as_actor(self.assessor))

    def fix(self) -> Ranking:
        """Divided by the first official, and confirmed by the second."""
        made = self.rank()
        with self.over():
            return confirm_outcome(
                round_id=self.round.pk,
                outcome_hash=made.outcome_hash,
                actor=as_actor(self.second),
            )


def election(
    *,
    options: int = 3,
    voters: int = 3,
    slug: str = "by-vote",
    amounts: tuple[int, ...] = (),
    answers: Sequence[Mapping[str, Any]] = (),
    call: Call | None = None,
    begun: bool = False,
) -> Election:
    """An open round with ``options`` applications and ``voters`` codes. ``amounts`` in cents;
    ``answers`` replace those on the form, one mapping an option.

    It takes ballots from tomorrow, or with ``begun`` since an hour (for a browser, whose clock is
    the machine's).
    """
    call = call or open_example_call(slug)
    person = assessor_of(call)
    second = assessor_of(call, "Pieter Bakker")
    applicant = PersonFactory()
    for number in range(options):
        given: dict[str, Any] = {"titel": f"Initiatief {number + 1}"}
        if number < len(amounts):
            given["bedrag"] = amounts[number]
        if number < len(answers):
            given |= answers[number]
        ready_for_vote(call, person, applicant, answers=given)
    start = clock.now() + (timedelta(hours=-1) if begun else timedelta(days=1))
    made = make_round(
        call_id=call.pk, actor=as_actor(person), days=(start, start + timedelta(days=7))
    )
    panel = made.panels.get()
    for number in range(voters):
        add_member(
            panel_id=panel.pk,
            name=f"Kiezer {number + 1}",
            email=f"kiezer{number + 1}@example.org",
            actor=as_actor(person),
        )
    opened = open_round(round_id=made.pk, actor=as_actor(person))
    codes = [
        str(fresh_code(right_id=str(pk)))
        for pk in VoteRight.objects.filter(round=opened)
        .order_by("member__pk")
        .values_list("pk", flat=True)
    ]
    return Election(call, person, second, opened, codes)


def states(call: Call) -> list[State]:
    """The states of a call's applications, by key."""
    rows = Application.objects.filter(call=call).order_by("pk")
    return [State(state) for state in rows.values_list("state", flat=True)]
