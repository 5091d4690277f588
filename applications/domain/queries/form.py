"""What the form of a draft asks, what is answered, and what is still wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import GroupMember, Party
from applications.answers import Answers, answers_of, read, sent_under
from applications.domain.queries.earlier import earlier_applications
from applications.models import Application, Attachment, Snapshot
from regeling.answers import Problem, asked, validate
from regeling.definition import Definition, FormStep, Frequency, Question, QuestionKind
from regeling.definition.expression import Value
from timeline import clock

EVIDENCE = "stukken"  # the step for what a kind of applicant must send along
MOST_EVIDENCE = 5  # files for one such document


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
    """What conditions may know beside the answers: who applies, with how many, how often, today."""
    facts: dict[str, Value | None] = {
        "applicant": application.applicant_class,
        "received_on": clock.day(application.submitted_at or clock.now()),
    }
    if application.party.kind == Party.Kind.GROUP:
        members = GroupMember.objects.filter(group_id=application.party_id, left_at=None)
        kinds = list(members.values_list("party__kind", flat=True))
        facts["persons"] = kinds.count(Party.Kind.PERSON)
        facts["organisations"] = kinds.count(Party.Kind.ORGANISATION)
    frequency = application.revision.definition.applicants.frequency
    if isinstance(frequency, Frequency):
        facts["earlier_applications"] = earlier_applications(application, frequency)
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


def steps_of(
    application: Application, definition: Definition | None = None
) -> tuple[FormStep, ...]:
    """The steps of the form, and a last one for what this kind of applicant must send along.

    Of the text that governs the dossier, or of the ``definition`` under which something was sent.
    """
    definition = definition or application.revision.definition
    kind = definition.applicants.of(application.applicant_class)
    if kind is None or not kind.evidence:
        return definition.form.steps
    documents = tuple(
        Question(
            code=each.code,
            kind=QuestionKind.FILE,
            label=each.label,
            required=each.required,
            most_files=MOST_EVIDENCE,
        )
        for each in kind.evidence
    )
    return (
        *definition.form.steps,
        FormStep(code=EVIDENCE, title=_("Stukken"), questions=documents),
    )


def question_of(application: Application, code: str) -> Question | None:
    """A question of the form, or a document that goes along, by its code."""
    found = (each for step in steps_of(application) for each in step.questions)
    return next((each for each in found if each.code == code), None)


def problems_of(application: Application, given: Answers) -> tuple[Problem, ...]:
    """What is missing or wrong. A document that is missing is a matter of completeness (4:5)."""
    definition = application.revision.definition
    known = {question.code for question in definition.form.questions}
    answers = {code: value for code, value in given.items() if code in known}
    return validate(definition, answers, final=True, facts=facts_of(application))


def parts(
    application: Application, snapshot: Snapshot | None = None, *, check: bool = True
) -> list[Part]:
    """The whole form as it is answered: steps in order, only what is asked.

    As it is now, or as it was sent in a ``snapshot``, under the text of that day; with ``check``
    each part holds what is still missing or wrong.
    """
    text = sent_under(application, snapshot) if snapshot else application.revision
    definition = text.definition
    files = sent_files(snapshot) if snapshot else files_of(application)
    given = dict(read(snapshot) if snapshot else answers_of(application))
    given |= {code: [str(row.uid) for row in rows] for code, rows in files.items()}
    there = {question.code for question in asked(definition, given, facts_of(application))}
    problems = problems_of(application, given) if check else ()
    return [
        Part(
            step,
            tuple(
                Row(question, given.get(question.code), files.get(question.code, ()))
                for question in step.questions
                if question.code in there or step.code == EVIDENCE
            ),
            _first(problems, step),
        )
        for step in steps_of(application, definition)
    ]


def _first(problems: tuple[Problem, ...], step: FormStep) -> dict[str, str]:
    codes = {question.code for question in step.questions}
    found: dict[str, str] = {}
    for problem in problems:
        if problem.question in codes:
            known = found.get(problem.question)
            found[problem.question] = f"{known} {problem.sentence}" if known else problem.sentence
    return found
