"""Evaluate a regulation: a period, and what was found in it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accountability.domain.queries.evaluation import choices_of, outcomes, told_of
from accountability.models import EvaluationInvitation, EvaluationQuestion
from regeling.domain.texts import may_write
from regeling.models import ChangeReason, Evaluation, Finding, Regulation
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, sha256
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

Kind = EvaluationQuestion.Kind
FIRST = (
    (Kind.SCALE, "Hoe duidelijk was de regeling voor u? (1 is heel onduidelijk, 5 heel duidelijk)"),
    (Kind.SCALE, "Hoe eerlijk vindt u hoe het geld is verdeeld? (1 is oneerlijk, 5 is eerlijk)"),
    (Kind.OPEN, "Wat ging er goed?"),
    (Kind.OPEN, "Wat moet er anders, en hoe?"),
)
"""The questions with which a questionnaire starts, in Dutch as everything that is kept of it."""


def start_evaluation(
    *, regulation_id: int, title: str, first_day: date, last_day: date, actor: Actor
) -> Evaluation:
    """Start an evaluation of a regulation over a period, with a first set of questions.

    Refuses a stranger, a period that is not over, and one that ends before it begins.
    """
    if last_day < first_day:
        raise Refused(_("De laatste dag ligt vóór de eerste."), field="last_day")
    if last_day >= clock.today():
        raise Refused(_("Deze periode is nog niet voorbij."), field="last_day")
    if not title.strip():
        raise Refused(_("Geef de evaluatie een naam."), field="title")
    with transaction.atomic():
        regulation = Regulation.objects.select_related("authority").get(pk=regulation_id)
        person_id = _person(regulation, actor)
        row = Evaluation.objects.create(
            regulation=regulation,
            title=title.strip(),
            first_day=first_day,
            last_day=last_day,
            made_by_id=person_id,
            made_at=clock.now(),
        )
        EvaluationQuestion.objects.bulk_create(
            EvaluationQuestion(evaluation=row, number=number, kind=kind, text=text)
            for number, (kind, text) in enumerate(FIRST, 1)
        )
        tell(row, "evaluation_started", actor, first_day=first_day, last_day=last_day)
        return row


def add_finding(
    *,
    evaluation_id: int,
    text: str,
    actor: Actor,
    article: str = "",
    path: str = "",
    proposal: str = "",
) -> Finding:
    """Write down what was found, about an article or a part (``path``) of the definition.

    Refuses an empty one, and one in an evaluation that is finished.
    """
    if not text.strip():
        raise Refused(_("Schrijf op wat u hebt gevonden."), field="text")
    with transaction.atomic():
        evaluation = open_one(evaluation_id, actor)
        last = Finding.objects.filter(evaluation=evaluation).aggregate(last=Max("number"))["last"]
        row = Finding.objects.create(
            evaluation=evaluation,
            number=(last or 0) + 1,
            text=text.strip(),
            article=article.strip(),
            path=path.strip(),
            proposal=proposal.strip(),
            person_id=_person(evaluation.regulation, actor),
            made_at=clock.now(),
        )
        tell(evaluation, "finding_added", actor, finding=str(row.uid))
        return row


def drop_finding(*, finding_id: int, actor: Actor) -> None:
    """Take a finding away, while no change names it. Its number is not given again."""
    with transaction.atomic():
        row = Finding.objects.select_related("evaluation").get(pk=finding_id)
        evaluation = open_one(row.evaluation_id, actor)
        if ChangeReason.objects.filter(finding=row).exists():
            raise Refused(_("Een wijziging noemt deze bevinding al. Zij blijft staan."))
        if Finding.objects.filter(evaluation=evaluation, number__gt=row.number).exists():
            raise Refused(_("Alleen de laatste bevinding kan weg: de nummers blijven zo kloppen."))
        row.delete()
        tell(evaluation, "finding_dropped", actor, finding=str(row.uid))


def finish(*, evaluation_id: int, seen_version: int, actor: Actor) -> Evaluation:
    """Fix figures, answers and findings; whoever was asked is forgotten.

    Refuses while people may still answer, and an evaluation without a finding.
    """
    with transaction.atomic():
        evaluation = open_one(evaluation_id, actor, seen_version=seen_version)
        if evaluation.ends_on is not None and clock.today() <= evaluation.ends_on:
            raise Refused(_("De vragenlijst staat nog open."), code="still_open")
        if not Finding.objects.filter(evaluation=evaluation).exists():
            raise Refused(_("Schrijf eerst op wat u hebt gevonden."), code="no_findings")
        evaluation.told = kept_text(evaluation)
        evaluation.told_sha256 = sha256(evaluation.told)
        evaluation.finished_at = clock.now()
        evaluation.version += 1
        evaluation.save()
        EvaluationInvitation.objects.filter(evaluation=evaluation).delete()
        tell(evaluation, "evaluation_finished", actor, sha256=evaluation.told_sha256)
        return evaluation


def kept_text(evaluation: Evaluation) -> str:
    """What is kept of an evaluation as canonical text: figures, answers and findings."""
    findings = Finding.objects.filter(evaluation=evaluation).order_by("number")
    return canonical(
        {
            "first_day": evaluation.first_day,
            "last_day": evaluation.last_day,
            "figures": asdict(told_of(evaluation)),
            "answers": [
                {
                    "question": each.question.text,
                    "choices": choices_of(each.question),
                    "closed": [asdict(row) for row in each.closed],
                    "texts": each.texts,
                }
                for each in outcomes(evaluation)
            ],
            "findings": [
                [each.code, each.article, each.path, each.text, each.proposal] for each in findings
            ],
        }
    )


def open_one(evaluation_id: int, actor: Actor, *, seen_version: int | None = None) -> Evaluation:
    """The evaluation, locked; refuses a stranger, one that is finished, and another version."""
    row = lock_one(
        Evaluation.objects.filter(pk=evaluation_id).select_related("regulation__authority")
    )
    _person(row.regulation, actor)
    if row.finished_at is not None:
        raise Refused(_("Deze evaluatie is afgerond en verandert niet meer."), code="finished")
    if seen_version is not None and seen_version != row.version:
        raise Conflict(_("Iemand anders heeft deze evaluatie intussen veranderd."), code="version")
    return row


def tell(evaluation: Evaluation, what: str, actor: Actor, **facts: object) -> None:
    """Write down what happened to an evaluation."""
    record(
        stream=("evaluation", str(evaluation.uid)),
        type=f"accountability.{what}",
        facts={"regulation": evaluation.regulation.slug, **facts},
        actor=actor,
    )


def _person(regulation: Regulation, actor: Actor) -> int:
    person_id = actor.person_id
    if person_id is None or not may_write(
        person_id, authority=regulation.authority.code, slug=regulation.slug
    ):
        raise _not_allowed()
    return person_id


def _not_allowed() -> NotAllowed:
    return NotAllowed(_("Alleen een opsteller of beheerder van deze overheid kan dit."))
