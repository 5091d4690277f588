"""What a municipality is asked about an application in it, and what it answers.

The questions stand in the regulation. No answer in time is noted and holds nothing up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import holders
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from applications.rules import may_answer
from assessment.models import MunicipalAnswer, MunicipalRequest
from regeling.words import day_words
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

Answer = MunicipalAnswer.Answer


def ask(*, application_id: int, actor: Actor) -> MunicipalRequest | None:
    """Ask the municipality of a complete application; once. None where the regulation asks nothing
    or the application names no municipality."""
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("call", "revision")
        )
        known = MunicipalRequest.objects.filter(application=application).first()
        if known:
            return known
        municipal = application.revision.definition.municipal
        if municipal is None or not application.municipality:
            return None
        today = clock.today()
        request = MunicipalRequest.objects.create(
            application=application,
            municipality=application.municipality,
            questions=canonical([[each.code, each.question] for each in municipal.questions]),
            asked_on=today,
            due_on=today + timedelta(weeks=municipal.weeks),
        )
        record(
            stream=("application", str(application.uid)),
            type="assessment.municipality_asked",
            facts={
                "request": str(request.uid),
                "municipality": request.municipality,
                "due_on": request.due_on,
                "silent_on": request.due_on + timedelta(days=1),
            },
            actor=actor,
        )
        return request


def answer(
    *, request_id: int, answers: Mapping[str, tuple[str, str]], actor: Actor
) -> MunicipalRequest:
    """Answer questions (code to yes, no or unknown, and an explanation), or change an answer.

    Earlier answers stay as rows. Refuses after the last day, and "no" or "unknown" without a word
    why.
    """
    with transaction.atomic():
        request = lock_one(
            MunicipalRequest.objects.filter(pk=request_id).select_related("application")
        )
        if actor.person_id is None or not may_answer(actor.person_id, request.application_id):
            raise NotAllowed(_("Deze vraag is niet aan u gesteld."))
        if clock.today() > request.due_on:
            raise Conflict(
                _("U kon antwoorden tot en met %(day)s.") % {"day": day_words(request.due_on)},
                code="too_late",
            )
        asked, known = dict(questions_of(request)), latest(request)
        for code, (given, explanation) in answers.items():
            _refuse_wrong(asked, code, given, explanation.strip())
            before = known.get(code)
            if before and (before.answer, before.explanation) == (given, explanation.strip()):
                continue
            MunicipalAnswer.objects.create(
                request=request,
                question=code,
                answer=given,
                explanation=explanation.strip(),
                person_id=actor.person_id,
                answered_at=clock.now(),
            )
        record(
            stream=("application", str(request.application.uid)),
            type="assessment.municipality_answered",
            facts={
                "request": str(request.uid),
                "answers": {code: given for code, (given, _why) in sorted(answers.items())},
            },
            actor=actor,
        )
        return request


def note_silence(*, request_id: int, actor: Actor) -> bool:
    """Note that the day passed while a question was unanswered. False when all were answered."""
    with transaction.atomic():
        request = lock_one(
            MunicipalRequest.objects.filter(pk=request_id).select_related("application")
        )
        missing = sorted({code for code, _text in questions_of(request)} - set(latest(request)))
        if request.silent_at or not missing:
            return False
        request.silent_at = clock.now()
        request.save()
        record(
            stream=("application", str(request.application.uid)),
            type="assessment.municipality_silent",
            facts={"request": str(request.uid), "questions": missing},
            actor=actor,
        )
        return True


def contacts_of(request: MunicipalRequest) -> list[Person]:
    """Who is asked: the contacts of this municipality for this regulation and region, by key."""
    application = request.application
    regulation = application.call.revision.regulation
    people = holders(
        Role.MUNICIPAL_CONTACT,
        authority=regulation.authority.code,
        regulation=regulation.slug,
        region=application.region,
    )
    return [each for each in people if may_answer(each.pk, application.pk)]


def questions_of(request: MunicipalRequest) -> list[tuple[str, str]]:
    """Code and text of each question, in order."""
    return [(code, text) for code, text in json.loads(request.questions)]


def latest(request: MunicipalRequest) -> dict[str, MunicipalAnswer]:
    """The answer that counts for each question that was answered."""
    rows = MunicipalAnswer.objects.filter(request=request).select_related("person")
    return {row.question: row for row in rows.order_by("answered_at", "pk")}


def told_answers(application_id: int) -> dict[str, Any] | None:
    """What the municipality was asked and said, as plain values; None where it was not asked."""
    request = MunicipalRequest.objects.filter(application_id=application_id).first()
    if request is None:
        return None
    found = latest(request)
    return {
        "municipality": request.municipality,
        "due_on": request.due_on,
        "silent": request.silent_at is not None,
        "answers": [
            {
                "question": text,
                "answer": found[code].answer if code in found else "",
                "explanation": found[code].explanation if code in found else "",
                "by": found[code].person.name if code in found else "",
            }
            for code, text in questions_of(request)
        ],
    }


def _refuse_wrong(asked: Mapping[str, str], code: str, given: str, explanation: str) -> None:
    if code not in asked:
        raise Refused(_("Deze vraag is niet gesteld."), field=f"answer_{code}")
    if given not in Answer.values:
        raise Refused(_("Kies een antwoord."), field=f"answer_{code}")
    if given != Answer.YES and not explanation:
        raise Refused(
            _("Schrijf in een paar woorden waarom."), field=f"explanation_{code}", code="why"
        )
