"""Find what a page is about, or answer 404: who may not see it learns nothing about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from accounts.access import Request
from accounts.domain.grants import holds
from accounts.roles import Role
from applications.domain.queries.form import parts
from applications.models import Application
from applications.rules import judgeable
from applications.web.show import shown
from assessment.domain.interests import may_open
from assessment.domain.queries.rounds import STEWARDS, rounds_of
from assessment.models import VoteRound
from regeling.models import Call


def judged(request: Request, uid: UUID) -> Application:
    """The application that this person may judge."""
    person_id = request.person.pk if request.person else None
    row = (
        judgeable(person_id)
        .filter(uid=uid)
        .select_related("call__revision__regulation__authority", "revision", "party")
        .first()
    )
    if row is None:
        raise Http404
    return row


def interest_first(request: Request, application: Application) -> HttpResponseRedirect | None:
    """The way to the statement of interest, as long as this person did not make it."""
    if may_open(application.pk, request.actor.person_id):
        return None
    return HttpResponseRedirect(reverse("assessment:interest", args=[application.uid]))


def vote_round(request: Request, uid: UUID, roles: tuple[str, ...] = STEWARDS) -> VoteRound:
    """The round that this person runs, or reads in one of ``roles``."""
    row = rounds_of(request.actor.person_id, roles).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def runs_rounds(request: Request, call: Call) -> bool:
    """Does this person assess in the regulation of the call?"""
    regulation = call.revision.regulation
    return holds(
        request.actor.person_id,
        Role.ASSESSOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    )


def decides(request: Request, call: Call) -> bool:
    """Does this person take decisions in the regulation of the call?"""
    regulation = call.revision.regulation
    return holds(
        request.actor.person_id,
        Role.DECISION_MAKER,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    )


def version(request: Request) -> int | None:
    """The version that the page showed."""
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else None


def content(application: Application) -> list[dict[str, Any]]:
    """What was asked and answered, step by step, as people read it."""
    definition = application.revision.definition
    return [
        {
            "title": part.step.title,
            "rows": [
                {
                    "code": row.question.code,
                    "label": row.question.label,
                    "text": value if isinstance(value, str) else "",
                    "budget": value if isinstance(value, list) else [],
                    "files": row.files,
                }
                for row in part.rows
                if (value := shown(definition, row)) is not None or row.files
            ],
        }
        for part in parts(application, check=False)
    ]
