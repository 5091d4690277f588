"""Letters: plain facts in, a letter model out. No database, no clock, no files.

`compose` is the only door: it takes the frozen facts of one letter and returns the
letter as a person reads it, part by part. Rendering lies in `documents.rendering`.
"""

from documents.letters.composers import compose
from documents.letters.facts import LetterFacts, LetterKind
from documents.letters.model import Letter

__all__ = ["Letter", "LetterFacts", "LetterKind", "compose"]
