"""The letter as a person reads it: parts and blocks, without any layout."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from documents.letters.facts import LetterKind, Mark


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Quote:
    """Somebody else's words: an advice, an answer of the applicant."""

    text: str
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True)
class Items:
    items: tuple[str, ...]
    numbered: bool = False
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Lines:
    """An address or another text whose line ends matter."""

    lines: tuple[str, ...]
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True)
class Pairs:
    """Terms with what they are: rules with their source (short), questions with answers (not)."""

    rows: tuple[tuple[str, str], ...]
    short: bool = True
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True)
class Row:
    label: str
    amount: str
    part: Literal["line", "sum", "outcome"] = "line"


@dataclass(frozen=True)
class Table:
    """Amounts under each other; `caption` says what they are the amounts of."""

    caption: str
    head: tuple[str, str]
    rows: tuple[Row, ...]
    kind: Literal["table"] = "table"

    @property
    def is_short(self) -> bool:
        """Short enough to stay on one page."""
        return len(self.rows) <= 8


Block = Paragraph | Quote | Items | Lines | Pairs | Table


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]
    on_new_page: bool = False


@dataclass(frozen=True)
class Letter:
    """One letter. `lead` is its first sentence, which says the outcome."""

    kind: LetterKind
    mark: Mark
    sender: str
    sender_details: tuple[str, ...]
    addressee: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    dossier_number: str
    subject: str
    salutation: str
    lead: str
    sections: tuple[Section, ...]
    signature: tuple[str, ...]
    annexes: tuple[Section, ...] = ()
    notice: str = ""
    remark: str = ""
    language: str = "nl"


def with_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same letter, section or block with every piece of text put through `change`."""
    if isinstance(value, LetterKind):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_text(item, change) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        kept = {"kind", "mark", "part", "language"}
        changed = {
            field.name: with_text(getattr(value, field.name), change)
            for field in fields(value)
            if field.name not in kept
        }
        return replace(value, **changed)
    return value
