"""Facts as canonical text: what is hashed, signed and stored."""

from __future__ import annotations

import json

from documents.letters.facts import LetterFacts, facts_from_plain, facts_to_plain
from timeline.canon import canonical, sha256


def facts_text(facts: LetterFacts) -> str:
    """The canonical text of the facts."""
    return canonical(facts_to_plain(facts))


def facts_hash(facts: LetterFacts) -> str:
    """The hash of that text: what a signature names."""
    return sha256(facts_text(facts))


def facts_from(text: str) -> LetterFacts:
    """The facts in a stored text."""
    return facts_from_plain(json.loads(text))
