"""What the form of a draft asks, what is answered, and what is still wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import GroupMember, Party
from applications.answers import Answers, answers_of, read
from applications.models import Application, Attachment, Snapshot
from regeling.answers import Problem, asked, validate
from regeling.definition import FormStep, Question
from regeling.definition.expression import Value
from timeline import clock


@dataclass(frozen=True, slots=True)
class Row:
    """One question as it was answered; ``files`` hold the attachments of a file question."""

    question: Question
    answer: Any
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the form with its asked questions, and what is wrong in it by question."""

    step: FormStep
    rows: tuple[Row, ...]
    problems: dict[str, str]

    @property
    def is_touched(self) -> bool:
        return any(row.answer not in (None, "", []) for row in self.rows)


def facts_of(application: Application) -> dict[str, Value | None]:
    """What conditions may know beside the answers: who applies, with how many, and today."""
    facts: dict[str, Value | None] = {
        "applicant": application.applicant_class,
        "received_on": clock.day(application.submitted_at or clock.now()),
    }
    if application.party.kind == Party.Kind.GROUP:
        members = GroupMember.objects.filter(group_id=application.party_id, left_at=None)
        kinds = list(members.values_list("party__kind", flat=True))
        facts["persons"] = kinds.count(Party.Kind.PERSON)
        facts["organisations"] = kinds.count(Party.Kind.ORGANISATION)
    return facts


def files_of(application: Application) -> dict[str, tuple[Attachment, ...]]:
    """The files that are there now, by question, oldest first."""
    found: dict[str, tuple[Attachment, ...]] = {}
    for row in Attachment.objects.filter(application=application, removed_at=None).order_by("pk"):
        found[row.question] = (*found.get(row.question, ()), row)
    return found


def sent_files(snapshot: Snapshot) -> dict[str, tuple[Attachment, ...]]:
    """The files that went along with a snapshot, by question, also those replaced since."""
    named = {uid for value in read(snapshot).values() if isinstance(value, list) for uid in value}
    found: dict[str, tuple[Attachment, ...]] = {}
    rows = Attachment.objects.filter(application=snapshot.application_id, uid__in=named)
    for row in rows.order_by("pk"):
        found[row.question] = (*found.get(row.question, ()), row)
    return found


def was_sent(attachment: Attachment) -> bool:
    """Did this file go along with a submission or supplement? Then it stays to be read."""
    return Snapshot.objects.filter(
        application=attachment.application_id, text__contains=str(attachment.uid)
    ).exists()


def with_files(application: Application, answers: Answers) -> Answers:
    """The answers, in which each file question answers with the uids of the files there now."""
    files = files_of(application)
    return {**answers, **{code: [str(row.uid) for row in rows] for code, rows in files.items()}}


def parts(
    application: Application, snapshot: Snapshot | None = None, *, check: bool = True
) -> list[Part]:
    """The whole form as it is answered: steps in order, only what is asked.

    As it is now, or as it was sent in a ``snapshot``; with ``check`` each part holds what is still
    missing or wrong.
    """
    definition = application.revision.definition
    files = sent_files(snapshot) if snapshot else files_of(application)
    given = dict(read(snapshot) if snapshot else answers_of(application))
    given |= {code: [str(row.uid) for row in rows] for code, rows in files.items()}
    facts = facts_of(application)
    there = {question.code for question in asked(definition, given, facts)}
    problems = validate(definition, given, final=True, facts=facts) if check else ()
    return [
        Part(
            step,
            tuple(
                Row(question, given.get(question.code), files.get(question.code, ()))
                for question in step.questions
                if question.code in there
            ),
            _first(problems, step),
        )
        for step in definition.form.steps
    ]


def _first(problems: tuple[Problem, ...], step: FormStep) -> dict[str, str]:
    codes = {question.code for question in step.questions}
    found: dict[str, str] = {}
    for problem in problems:
        if problem.question in codes:
            known = found.get(problem.question)
            found[problem.question] = f"{known} {problem.sentence}" if known else problem.sentence
    return found
