"""What an evaluation reads: its calls, whom it asks, its figures and what people answered."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accountability.domain.evaluation_figures import (
    SCALE,
    Answered,
    Days,
    Decided,
    closed_answers,
    days_of,
    grounds_of,
    open_answers,
    told_from_ten,
)
from accountability.domain.figures import Row, figures
from accountability.domain.queries.money_facts import read
from accountability.models import EvaluationInvitation, EvaluationQuestion, EvaluationSheet, Group
from accounts.domain.grants import current, holders
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application, Involvement
from applications.states import BEFORE_SUBMISSION
from documents.basis import basis_from
from documents.domain.letters import addresses
from documents.models import Decision
from regeling.domain.texts import WRITERS
from regeling.models import Call, Evaluation, Regulation
from timeline import clock

AWARDED = (Decision.Kind.AWARD, Decision.Kind.DIRECT_SETTLEMENT)
REFUSED = (Decision.Kind.REJECTION, Decision.Kind.NOT_PROCESSED)


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of an evaluation: ``total`` as the monitor counts them, in numbers and cents;
    ``dropped`` are drafts that were never sent, None for one to nine of them."""

    calls: int
    total: Row
    ceiling: int
    days: Days | None
    grounds: tuple[tuple[str, int], ...]
    dropped: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with its answers: of a closed one by group, of an open one the texts."""

    question: EvaluationQuestion
    closed: tuple[Answered, ...] = ()
    texts: tuple[str, ...] = ()


def evaluations_of(person_id: int | None) -> QuerySet[Evaluation]:
    """The evaluations of regulations on which somebody writes, newest period first."""
    rows = Evaluation.objects.filter(regulation__in=regulations_for(person_id))
    return rows.select_related("regulation__authority").order_by("-last_day", "-pk")


def regulations_for(person_id: int | None) -> QuerySet[Regulation]:
    """The regulations that somebody may evaluate, by title."""
    allowed = Q(pk__in=[])
    for grant in current().filter(person_id=person_id or 0, role__in=WRITERS):
        own = Q(authority_id=grant.authority_id)
        allowed |= own & Q(slug=grant.regulation) if grant.regulation else own
    return Regulation.objects.filter(allowed).order_by("title", "pk")


def find(person_id: int | None, uid: UUID) -> Evaluation:
    """One evaluation; raises ``Evaluation.DoesNotExist``, also for a stranger."""
    return evaluations_of(person_id).get(uid=uid)


def calls_in(evaluation: Evaluation) -> list[Call]:
    """The calls of the regulation that opened in the period: the real ones, or else the examples.
    A test counts nowhere."""
    first, end = _bounds(evaluation)
    rows = Call.objects.filter(
        revision__regulation_id=evaluation.regulation_id, opens_at__gte=first, opens_at__lt=end
    ).order_by("opens_at", "pk")
    real = list(rows.filter(kind=Call.Kind.REAL))
    return real or list(rows.filter(kind=Call.Kind.EXAMPLE))


def told_of(evaluation: Evaluation) -> Told:
    """The figures of the period, as far as they are known now."""
    calls = calls_in(evaluation)
    keys = [call.pk for call in calls]
    facts = read(keys, as_of=evaluation.last_day, known_at=clock.now() + timedelta(seconds=1))
    made = figures(facts, by="municipality", labels={})
    decided = list(_decided(_decisions(evaluation, keys)))
    return Told(
        calls=len(calls),
        total=made.total,
        ceiling=made.ceiling,
        days=days_of(decided),
        grounds=grounds_of(decided),
        dropped=told_from_ten(_dropped(keys).count()),
    )


def respondents(evaluation: Evaluation) -> dict[str, str]:
    """Whom to ask: address to group. Who belongs to two groups is asked in the first."""
    keys = [call.pk for call in calls_in(evaluation)]
    decisions = _decisions(evaluation, keys).select_related("application__party")
    found: dict[str, str] = {}
    for group, kinds in ((Group.AWARDED, AWARDED), (Group.REFUSED, REFUSED)):
        rows = decisions.filter(kind__in=kinds)
        _add(found, group, (each for row in rows for each in addresses(row.application.party)))
    dropped = _dropped(keys).select_related("party")
    _add(found, Group.DROPPED, (each for row in dropped for each in addresses(row.party)))
    _add(found, Group.BROKER, _brokers(evaluation.regulation, keys))
    panel = holders(
        Role.PANEL_MEMBER,
        authority=evaluation.regulation.authority.code,
        regulation=evaluation.regulation.slug,
    )
    _add(found, Group.PANEL, panel.values_list("email", flat=True))
    return found


def outcomes(evaluation: Evaluation) -> list[Outcome]:
    """What people answered, question by question; nothing that tells of a few."""
    sheets = [
        (row.group, json.loads(row.answers))
        for row in EvaluationSheet.objects.filter(evaluation=evaluation)
    ]
    told = []
    for question in questions_of(evaluation):
        given: dict[str, list[str]] = defaultdict(list)
        for group in Group.values:
            for own, answers in sheets:
                if own == group and str(question.number) in answers:
                    given[group].append(answers[str(question.number)])
        if question.kind == EvaluationQuestion.Kind.OPEN:
            told.append(Outcome(question, texts=open_answers(given)))
        else:
            told.append(Outcome(question, closed=closed_answers(given, choices_of(question))))
    return told


def questions_of(evaluation: Evaluation) -> list[EvaluationQuestion]:
    """The questions in their order."""
    return list(EvaluationQuestion.objects.filter(evaluation=evaluation).order_by("number"))


def questions_for(evaluation: Evaluation, group: str) -> list[EvaluationQuestion]:
    """The questions that a group is asked."""
    return [
        row for row in questions_of(evaluation) if not (groups := groups_of(row)) or group in groups
    ]


def groups_of(question: EvaluationQuestion) -> list[str]:
    """Whom a question is for; empty for everybody."""
    found: list[str] = json.loads(question.groups)
    return found


def choices_of(question: EvaluationQuestion) -> list[str]:
    """What one can answer to a closed question."""
    if question.kind == EvaluationQuestion.Kind.SCALE:
        return [str(number) for number in SCALE]
    found: list[str] = json.loads(question.choices)
    return found


def asked_and_answered(evaluation: Evaluation) -> tuple[int, int | None]:
    """How many were asked, and how many answered (None for one to nine)."""
    asked = EvaluationInvitation.objects.filter(evaluation=evaluation).count()
    answered = EvaluationSheet.objects.filter(evaluation=evaluation).count()
    return asked, told_from_ten(answered)


def _bounds(evaluation: Evaluation) -> tuple[datetime, datetime]:
    end = evaluation.last_day + timedelta(days=1)
    return clock.moment(evaluation.first_day), clock.moment(end)


def _decisions(evaluation: Evaluation, calls: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(
        application__call_id__in=calls,
        track=Decision.Track.AWARD,
        state=Decision.State.ANNOUNCED,
        sent_on__lte=evaluation.last_day,
    ).order_by("pk")


def _decided(decisions: QuerySet[Decision]) -> Iterable[Decided]:
    for row in decisions.select_related("application"):
        application = row.application
        if row.sent_on is None or application.submitted_at is None:
            continue
        reasons = basis_from(row.basis).reasons if row.kind in REFUSED else ()
        yield Decided(
            received_on=clock.day(application.submitted_at),
            decided_on=row.sent_on,
            due_on=application.decision_due,
            grounds=tuple(each.article or each.sentence for each in reasons),
        )


def _dropped(calls: list[int]) -> QuerySet[Application]:
    """Drafts that were never sent and cannot be any more."""
    return Application.objects.filter(
        call_id__in=calls,
        state__in=sorted(BEFORE_SUBMISSION),
        call__closes_at__lte=clock.now(),
    ).order_by("pk")


def _brokers(regulation: Regulation, calls: list[int]) -> list[str]:
    coached = Involvement.objects.filter(
        application__call_id__in=calls, kind=Involvement.Kind.COACH
    ).values("person_id")
    granted = holders(
        Role.BROKER, authority=regulation.authority.code, regulation=regulation.slug
    ).values("pk")
    people = Person.objects.filter(Q(pk__in=coached) | Q(pk__in=granted)).order_by("pk")
    return list(people.values_list("email", flat=True))


def _add(found: dict[str, str], group: str, emails: Iterable[str]) -> None:
    for email in emails:
        if email:
            found.setdefault(email.strip().lower(), str(group))
