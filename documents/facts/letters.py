"""The facts of letters that decide nothing: receipt, withdrawal, copy of the application."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from applications.answers import answers_of, last_snapshot
from applications.domain.submission import words
from applications.models import Application, Attachment, Signature
from documents.facts.parts import budget, letter_facts, window_closes
from documents.letters.facts import (
    Answer,
    AttachedFile,
    Copy,
    LetterFacts,
    LetterKind,
    Part,
    Receipt,
    Step,
    Withdrawal,
)
from documents.letters.wording import count, day, euro
from regeling.definition import (
    Definition,
    DistributionRule,
    LegalRegime,
    Question,
    QuestionKind,
    RouteStep,
    Unknown,
)
from timeline import clock

DIVIDED = {
    DistributionRule.RECEIPT: (
        "Wij verdelen het geld op volgorde: wie het eerst een complete aanvraag heeft, gaat voor"
    ),
    DistributionRule.VOTES: "De aanvragen met de meeste stemmen krijgen als eerste geld",
}


def receipt_facts(application: Application) -> LetterFacts:
    """Receipt of what was submitted, with what happens next (Awb 4:3a)."""
    definition = application.revision.definition
    closes_at, at = application.call.closes_at, application.submitted_at
    late_by = at - closes_at if at and closes_at and at >= closes_at else None
    about = Receipt(
        received=_received(application),
        steps=() if late_by is not None else tuple(_steps(definition)),
        decide_by=application.decision_due,
        distribution=DIVIDED.get(DistributionRule(application.call.distribution_rule), ""),
        provisional_place=application.provisional_place,
        late_by="" if late_by is None else words(late_by),
    )
    return letter_facts(application, LetterKind.RECEIPT_CONFIRMATION, about)


def withdrawal_facts(application: Application) -> LetterFacts:
    """Confirmation that the applicant took the application back."""
    about = Withdrawal(withdrawn_on=clock.today(), window_closes_on=window_closes(application))
    return letter_facts(application, LetterKind.WITHDRAWAL_CONFIRMATION, about)


def copy_facts(application: Application) -> LetterFacts:
    """All that was sent in, question by question, as the last snapshot holds it."""
    definition, answers = application.revision.definition, answers_of(application)
    files = Attachment.objects.filter(application=application, removed_at=None).order_by("pk")
    about = Copy(
        parts=tuple(
            _part(definition, step.title, step.questions, answers) for step in definition.form.steps
        ),
        files=tuple(AttachedFile(name=row.name, size=row.size, sha256=row.sha256) for row in files),
        signed_by=tuple(_signed(application)),
        snapshot_hash=last_snapshot(application).hash,
    )
    return letter_facts(application, LetterKind.APPLICATION_COPY, about)


def _received(application: Application) -> tuple[str, ...]:
    files = Attachment.objects.filter(application=application, removed_at=None).count()
    attached = (count(files, "bijlage", "bijlagen"),) if files else ()
    return ("het aanvraagformulier met uw antwoorden", *attached)


def _steps(definition: Definition) -> list[Step]:
    steps = []
    if definition.has(RouteStep.COMPLETENESS):
        steps.append(
            Step(
                title="Wij kijken of uw aanvraag compleet is",
                text="Ontbreekt er iets? Dan vragen wij u om het aan te vullen",
            )
        )
    if definition.has(RouteStep.REVIEW):
        steps.append(Step(title="Wij beoordelen uw plan"))
    if definition.has(RouteStep.PANEL) and definition.panel:
        steps.append(
            Step(
                title="Uw plan wordt besproken in een vergadering",
                text=f"Die vergadering is van {definition.panel.name}",
            )
        )
    if definition.has(RouteStep.VOTE):
        steps.append(
            Step(title="Daarna is er een stemming over de plannen", text=_who_votes(definition))
        )
    regime = definition.identity.legal_regime
    last = "een beslissing" if regime is LegalRegime.PRIVATE_FUND else "een besluit"
    steps.append(Step(title=f"Wij nemen {last} en u krijgt een brief"))
    return steps


def _who_votes(definition: Definition) -> str:
    vote = definition.vote
    if vote is None or isinstance(vote, Unknown) or not vote.electorate:
        return ""
    return f"Er stemt: {vote.electorate[0].lower()}{vote.electorate[1:]}"


def _part(
    definition: Definition, title: str, questions: tuple[Question, ...], answers: dict[str, Any]
) -> Part:
    told, tables = [], {}
    for question in questions:
        value = answers.get(question.code)
        if question.kind is QuestionKind.BUDGET:
            tables = budget(definition, answers, word="bijdrage")
        elif question.kind is not QuestionKind.FILE and (value is not None or question.required):
            told.append(
                Answer(question=question.label, answer=_written(definition, question, value))
            )
    return Part(title=title, answers=tuple(told), **tables)


def _written(definition: Definition, question: Question, value: Any) -> str:
    """An answer as words; an account number shows its last four only."""
    if value is None or value == "":
        return ""
    match question.kind:
        case QuestionKind.MONEY:
            return euro(value)
        case QuestionKind.DATE:
            return day(date.fromisoformat(value))
        case QuestionKind.YES_NO:
            return "ja" if value else "nee"
        case QuestionKind.IBAN:
            return f"rekening die eindigt op {value['last4']}"
        case QuestionKind.CHOICE:
            return _choice(definition, question, value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _choice(definition: Definition, question: Question, value: str) -> str:
    labels = {each.code: each.label for each in question.choices}
    labels |= {each.code: each.name for each in definition.activities}
    return labels.get(value, value)


def _signed(application: Application) -> list[str]:
    rows = Signature.objects.filter(
        application=application, voided_at=None, signed_at__isnull=False
    ).select_related("person", "party")
    return [
        f"{row.person.name} op {day(clock.day(row.signed_at))}"
        for row in rows.order_by("signed_at", "pk")
        if row.signed_at
    ]
