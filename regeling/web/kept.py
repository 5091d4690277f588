"""What somebody told before she had an account goes along into the form of a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.access import Request
from regeling.answers import validate
from regeling.definition import Definition
from regeling.definition.expression import Value
from regeling.models import Call

KEY = "check_answers"
"""In the session; the room of applications reads it when a draft begins."""


def keep(
    request: Request,
    call: Call,
    definition: Definition,
    answers: Mapping[str, Any],
    facts: Mapping[str, Value | None],
) -> None:
    """Keep these answers for the form of this call, without those that the form would refuse.

    `definition` is the text that governs the call.
    """
    problems = validate(definition, answers, final=False)
    wrong = {each.question for each in problems}
    told = {name: value for name, value in answers.items() if name not in wrong}
    told |= {name: facts.get(name) for name in ("applicant", "persons", "organisations")}
    request.session[KEY] = {"slug": call.slug, "answers": told}
