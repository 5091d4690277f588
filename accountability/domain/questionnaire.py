"""The questionnaire of an evaluation: its questions, who is asked, and what is answered.

Answering writes two rows that are never joined: that this person answered, and what somebody of her
group answered. All sheets are written anew each time, in no order, so that neither key, place on
the disk nor transaction tells which sheet came last.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accountability.domain.evaluation import open_one, tell
from accountability.domain.queries.evaluation import choices_of, questions_for, respondents
from accountability.models import (
    EvaluationInvitation,
    EvaluationQuestion,
    EvaluationSheet,
    Group,
)
from regeling.models import Evaluation
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, sha256
from timeline.locks import lock_one
from timeline.models import Event
from timeline.refusal import Conflict, Refused

Kind = EvaluationQuestion.Kind
LONGEST = 2000  # characters of one open answer
SHORTEST_TERM = timedelta(days=7)


def add_question(
    *,
    evaluation_id: int,
    kind: str,
    text: str,
    actor: Actor,
    choices: Iterable[str] = (),
    groups: Iterable[str] = (),
) -> EvaluationQuestion:
    """Add a question, for some groups or (none named) for everybody.

    Refuses an empty one, a choice of fewer than two answers, and any once the list was sent.
    """
    answers = list(dict.fromkeys(each.strip() for each in choices if each.strip()))
    if not text.strip():
        raise Refused(_("Schrijf de vraag op."), field="text")
    if kind == Kind.CHOICE and len(answers) < 2:
        raise Refused(_("Noem minstens twee antwoorden, elk op een regel."), field="choices")
    with transaction.atomic():
        evaluation = _unsent(evaluation_id, actor)
        rows = EvaluationQuestion.objects.filter(evaluation=evaluation)
        return EvaluationQuestion.objects.create(
            evaluation=evaluation,
            number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
            kind=kind,
            text=text.strip(),
            choices=canonical(answers if kind == Kind.CHOICE else []),
            groups=canonical([each for each in Group.values if each in set(groups)]),
        )


def drop_question(*, evaluation_id: int, number: int, actor: Actor) -> None:
    """Take a question out, while the list was not sent. Twice changes nothing."""
    with transaction.atomic():
        evaluation = _unsent(evaluation_id, actor)
        EvaluationQuestion.objects.filter(evaluation=evaluation, number=number).delete()


def send_questionnaire(
    *, evaluation_id: int, ends_on: date, seen_version: int, actor: Actor
) -> Evaluation:
    """Ask everybody who belongs to a group and has an address; the mails follow as a delivery.

    Refuses a term of less than a week, a list without questions, nobody to ask, and a second time.
    """
    if ends_on < clock.today() + SHORTEST_TERM:
        raise Refused(_("Geef mensen minstens een week de tijd."), field="ends_on")
    with transaction.atomic():
        evaluation = _unsent(evaluation_id, actor, seen_version=seen_version)
        if not EvaluationQuestion.objects.filter(evaluation=evaluation).exists():
            raise Refused(_("Er staat nog geen vraag in de lijst."), code="no_questions")
        asked = {
            email: group
            for email, group in respondents(evaluation).items()
            if questions_for(evaluation, group)
        }
        if not asked:
            raise Refused(_("Er is in deze periode niemand om iets te vragen."), code="nobody")
        EvaluationInvitation.objects.bulk_create(
            EvaluationInvitation(evaluation=evaluation, group=group, email=email)
            for email, group in sorted(asked.items())
        )
        evaluation.asked_at = clock.now()
        evaluation.ends_on = ends_on
        evaluation.version += 1
        evaluation.save(update_fields=["asked_at", "ends_on", "version"])
        tell(evaluation, "questionnaire_sent", actor, ends_on=ends_on, asked=len(asked))
        return evaluation


def remind(*, evaluation_id: int, actor: Actor) -> None:
    """Mail whoever did not answer yet once more, with a fresh link; the first one stops working.

    At most once a day, so that an impatient click is no second mail.
    """
    with transaction.atomic():
        evaluation = open_one(evaluation_id, actor)
        if evaluation.ends_on is None or clock.today() > evaluation.ends_on:
            raise Refused(_("De vragenlijst staat niet open."), code="closed")
        told = Event.objects.filter(
            stream__kind="evaluation",
            stream__uid=str(evaluation.uid),
            type="accountability.questionnaire_reminded",
            counts_for=clock.today(),
        )
        if told.exists():
            raise Refused(
                _("Vandaag is er al een herinnering gestuurd. Probeer het morgen weer."),
                code="reminded",
            )
        rows = EvaluationInvitation.objects.filter(evaluation=evaluation, answered=False)
        rows.update(mailed=False)
        tell(evaluation, "questionnaire_reminded", actor)


def fresh_link(invitation_id: int) -> str | None:
    """A new token for the mail of one invitation; None when she answered meanwhile."""
    token = secrets.token_urlsafe(24)
    made = EvaluationInvitation.objects.filter(pk=invitation_id, answered=False).update(
        token_hash=sha256(token)
    )
    return token if made else None


def invitation_of(token: str) -> EvaluationInvitation | None:
    """Whose link this is; None for one that was used, is too late or never was."""
    row = (
        EvaluationInvitation.objects.filter(token_hash=sha256(token))
        .select_related("evaluation__regulation__authority")
        .first()
    )
    if row is None or row.evaluation.ends_on is None:
        return None
    return row if clock.today() <= row.evaluation.ends_on else None


def answer(*, token: str, answers: Mapping[int, str]) -> None:
    """Hand in the answers (by number of the question) under a link, once.

    A question may be left out. Refuses (``Conflict``) a link that was used or is too late, an
    answer that the question does not have, and a text of more than 2,000 characters. There is no
    event: it would have a moment.
    """
    found = invitation_of(token)
    if found is None:
        raise _gone()
    with transaction.atomic():
        lock_one(Evaluation.objects.filter(pk=found.evaluation_id))
        given = _checked(found, answers)
        used = EvaluationInvitation.objects.filter(
            pk=found.pk, answered=False, token_hash=sha256(token)
        ).update(answered=True, token_hash="")
        if not used:
            raise _gone()
        _shuffle(found.evaluation, [(found.group, canonical(given))])


def _checked(found: EvaluationInvitation, answers: Mapping[int, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for question in questions_for(found.evaluation, found.group):
        told = answers.get(question.number, "").strip()
        if not told:
            continue
        field = f"q{question.number}"
        if question.kind == Kind.OPEN and len(told) > LONGEST:
            raise Refused(_("Dit is te lang: hooguit 2.000 tekens."), field=field)
        if question.kind != Kind.OPEN and told not in choices_of(question):
            raise Refused(_("Kies een van de antwoorden."), field=field)
        given[str(question.number)] = told
    if not given:
        raise Refused(_("Vul minstens één antwoord in."), code="empty")
    return given


def _shuffle(evaluation: Evaluation, more: list[tuple[str, str]]) -> None:
    rows = EvaluationSheet.objects.filter(evaluation=evaluation)
    sheets = [*rows.values_list("group", "answers"), *more]
    rows.delete()
    secrets.SystemRandom().shuffle(sheets)
    EvaluationSheet.objects.bulk_create(
        EvaluationSheet(evaluation=evaluation, group=group, answers=json_text)
        for group, json_text in sheets
    )


def _gone() -> Conflict:
    return Conflict(
        _("Met deze link is al geantwoord, of hij is verlopen. U hoeft niets meer te doen."),
        code="used",
    )


def _unsent(evaluation_id: int, actor: Actor, *, seen_version: int | None = None) -> Evaluation:
    evaluation = open_one(evaluation_id, actor, seen_version=seen_version)
    if evaluation.asked_at is not None:
        raise Refused(_("De vragenlijst is al verstuurd en verandert niet meer."), code="sent")
    return evaluation
