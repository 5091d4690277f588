"""Answers when the text of the regulation changes: nothing is lost, and everything comes back.

A draft holds, per question, the answer and the version at which it was given. When another text
governs the draft, an answer stays where it stands as long as the same question asks the same kind
of answer. Else it is laid beside, under its question and its kind, and comes back when a text asks
it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regeling.definition import Definition, Question

BESIDE = "~"
"""Between the code of a question and the kind of the answer that lies beside; no code has it."""

Draft = dict[str, tuple[Any, int]]


@dataclass(frozen=True, slots=True)
class Beside:
    """An answer that the present text does not ask: its question as it was asked then."""

    code: str
    kind: str
    answer: Any


def moved(draft: Mapping[str, tuple[Any, int]], before: Definition, after: Definition) -> Draft:
    """The draft under ``after``, which was written under ``before``. Pure.

    Raises ``ValueError`` for an answer to a question that neither text knows and that says no kind.
    """
    found: Draft = {name: pair for name, pair in draft.items() if BESIDE in name}
    asked_before, asked_after = _questions(before), _questions(after)
    for code, pair in draft.items():
        if BESIDE in code:
            continue
        was, now = asked_before.get(code), asked_after.get(code)
        if was is None:
            raise ValueError(f"nothing is known of the question {code}")
        same = now is not None and now.kind == was.kind
        found[code if same else name_beside(code, was.kind)] = pair
    for code, question in asked_after.items():
        name = name_beside(code, question.kind)
        if name in found and code not in found:
            found[code] = found.pop(name)
    return found


def given(draft: Mapping[str, tuple[Any, int]]) -> dict[str, Any]:
    """The answers that the text of the draft asks."""
    return {code: value for code, (value, _at) in draft.items() if BESIDE not in code}


def beside(draft: Mapping[str, tuple[Any, int]]) -> tuple[Beside, ...]:
    """The answers that are kept although the text does not ask them, by question."""
    found = []
    for name, (value, _at) in sorted(draft.items()):
        code, _sep, kind = name.partition(BESIDE)
        if kind and value not in (None, "", []):
            found.append(Beside(code, kind, value))
    return tuple(found)


def carried(answers: Mapping[str, Any], before: Definition, after: Definition) -> dict[str, Any]:
    """What of the answers under ``before`` still answers a question of ``after``."""
    asked_before, asked_after = _questions(before), _questions(after)

    def still(code: str) -> bool:
        was, now = asked_before.get(code), asked_after.get(code)
        # What is no question of the form (a document that goes along) is left as it is.
        return was is None or (now is not None and now.kind == was.kind)

    return {code: value for code, value in answers.items() if still(code)}


def name_beside(code: str, kind: str) -> str:
    """Under which name an answer lies beside."""
    return f"{code}{BESIDE}{kind}"


def _questions(definition: Definition) -> dict[str, Question]:
    return {question.code: question for question in definition.form.questions}
