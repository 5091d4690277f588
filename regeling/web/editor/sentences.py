"""What the editor's pages are made of: sentences with fields in them, as data.

A field is named by its key in braces; what it is (a choice, an amount, a day) follows from the
language itself. The sentences speak of a Dutch regulation and are Dutch, like its explanation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from regeling.writing import Tree

FIELD = re.compile(r"\{([a-z_.0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence with fields. `only` names a key and the words for which the sentence is shown."""

    text: str
    help: str = ""
    only: tuple[str, tuple[str, ...]] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(FIELD.findall(self.text))


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the language under a heading.

    `new` is what it begins with where the regulation has no such section yet; without it the
    section is always there.
    """

    path: str
    title: str
    says: tuple[Say, ...] = ()
    lead: str = ""
    new: Mapping[str, Tree] | None = None
    inner: tuple[Block | Many, ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A list of which items are added, removed and put in order.

    `one` is what an item is called, `named` the key that a new item is named by, `new` the rest
    that it begins with.
    """

    path: str
    title: str
    one: str
    named: str
    says: tuple[Say, ...]
    lead: str = ""
    new: Mapping[str, Tree] = field(default_factory=dict)
    inner: tuple[Block | Many, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the editor."""

    code: str
    title: str
    lead: str
    blocks: tuple[Block | Many, ...]
    explained: tuple[str, ...] = ()  # sections of the plain explanation that stand beside it
