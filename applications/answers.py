"""The answers of an application: in the draft while it is written, in snapshots once it is sent."""

from __future__ import annotations

import json
from typing import Any

from applications.models import Application, Snapshot
from applications.moving import carried, given
from applications.states import BEFORE_SUBMISSION
from regeling.models import Revision
from timeline.canon import canonical, sha256

Answers = dict[str, Any]


def drafted(application: Application) -> dict[str, tuple[Any, int]]:
    """The draft: per question the answer and the version at which it was given.

    Also what lies beside because the present text does not ask it (``applications.moving``).
    """
    return {code: (value, at) for code, (value, at) in json.loads(application.draft).items()}


def answers_of(application: Application) -> Answers:
    """What the applicant says now: her draft, or the last snapshot after submission."""
    if application.state in BEFORE_SUBMISSION:
        return given(drafted(application))
    return _sent(application, last_snapshot(application))


def sent_under(application: Application, snapshot: Snapshot) -> Revision:
    """The text of the regulation under which a snapshot was sent."""
    digest = json.loads(snapshot.text)["regulation"]
    if digest == application.revision.sha256:
        return application.revision
    return Revision.objects.get(regulation=application.revision.regulation_id, sha256=digest)


def _sent(application: Application, snapshot: Snapshot) -> Answers:
    """What was sent, as far as it answers the text that governs the dossier now."""
    before, after = sent_under(application, snapshot), application.revision
    found = read(snapshot)
    return found if before == after else carried(found, before.definition, after.definition)


def last_snapshot(application: Application) -> Snapshot:
    """The newest of what was sent in."""
    return Snapshot.objects.filter(application=application).latest("number")


def read(snapshot: Snapshot) -> Answers:
    """The answers in a snapshot."""
    answers: Answers = json.loads(snapshot.text)["answers"]
    return answers


def content(application: Application, answers: Answers, members: list[str]) -> str:
    """The canonical text that people sign and a snapshot keeps: who asks what."""
    return canonical(
        {
            "applicant": str(application.party.uid),
            "applicant_class": application.applicant_class,
            "members": members,
            "regulation": application.revision.sha256,
            "answers": answers,
        }
    )


def content_hash(text: str) -> str:
    """What a signature names."""
    return sha256(text)
