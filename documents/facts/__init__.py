"""From the dossier to the facts of a letter: the only place where letters read the database."""

from documents.facts.dating import dated
from documents.facts.decisions import decision_facts, decision_hash
from documents.facts.preview import preview_award
from documents.facts.text import facts_from, facts_hash, facts_text

__all__ = [
    "dated",
    "decision_facts",
    "decision_hash",
    "facts_from",
    "facts_hash",
    "facts_text",
    "preview_award",
]
