"""From facts to a stored file. Called by delivery handlers in the worker, outside a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents import storage
from documents.facts.dating import dated
from documents.facts.text import facts_text
from documents.letters import LetterFacts, compose
from documents.letters.facts import facts_to_plain
from documents.rendering import pdf


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter that lies in storage and that no row names yet."""

    facts: LetterFacts
    text: str
    subject: str
    path: str
    size: int
    sha256: str
    fingerprint: str
    day: date


def print_letter(facts: LetterFacts, *, cause: str, day: date) -> Printed:
    """Date the facts, render them and store the file under its hash.

    Raises what composing or rendering raises; nothing is announced then.
    """
    sent = dated(facts, day)
    letter = compose(sent)
    rendered = pdf.render(letter, facts=facts_to_plain(sent), day=day)
    path = storage.keep(kind=facts.kind, cause=cause, content=rendered.content)
    return Printed(
        facts=sent,
        text=facts_text(sent),
        subject=letter.subject,
        path=path,
        size=len(rendered.content),
        sha256=rendered.sha256,
        fingerprint=rendered.fingerprint,
        day=day,
    )
