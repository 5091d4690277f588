"""The text of a concept as the editor's pages look at it, also while there are errors in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from regeling.definition import Definition, DefinitionError, Problem, parse
from regeling.definition.extending import whole
from regeling.definition.nodes import compose
from regeling.definition.shapes import Shape, slots
from regeling.renewing import undecided
from regeling.writing import Tree, comment_at, literal_path, tree_of
from regeling.writing.order import shape_at
from regeling.writing.page import Page
from regeling.writing.tree import State, at, is_word, plain, state_of, steps_of

Find = Callable[[str], "str | None"]
STAYS = "blijft zoals het was"
"""The comment behind a value that was decided anew and stayed the same."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something that must still be decided: an unknown, an assumption, or an older value."""

    path: str
    why: str  # unknown, assumed or anew
    before: str = ""
    reason: str = ""


class Draft:
    """`find` gives the text that `extends:` names; `before` is the text that it was copied from."""

    def __init__(self, source: str, *, find: Find, before: str = "") -> None:
        self.source, self._find, self._before = source, find, before

    def of(self, source: str) -> Draft:
        """The same concept with another text."""
        return Draft(source, find=self._find, before=self._before)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return self._read[1]

    @cached_property
    def definition(self) -> Definition | None:
        """None while there are errors."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[Definition | None, tuple[Problem, ...]]:
        try:
            return parse(self.source, file="tekst", find=self._find), ()
        except DefinitionError as wrong:
            return None, wrong.problems

    @cached_property
    def is_readable(self) -> bool:
        """Whether it is YAML at all, so that it can be edited by field."""
        try:
            return isinstance(self.tree, dict)
        except DefinitionError:
            return False

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.source)

    @cached_property
    def _merged(self) -> Tree:
        """With what it inherits from the regulation that it goes on from."""
        root = compose(self.source, file="tekst")
        return plain(whole(root, find=self._find, note=lambda *_: None).root)

    def value(self, path: str) -> Tree | None:
        """What holds at a path: said here, assumed, or inherited; None is the default."""
        found = at(self.tree, steps_of(literal_path(self.tree, path)))
        return found if found is not None else at(self._merged, steps_of(path))

    def place(self, path: str) -> str:
        """Where a value stands in the text."""
        return literal_path(self.tree, path)

    def state(self, path: str) -> State:
        return state_of(self.tree, path)

    def reason(self, path: str) -> str | None:
        """Why this very path was assumed; None where it was not."""
        listed = at(self.tree, ["assumptions"])
        for entry in listed if isinstance(listed, list) else []:
            if isinstance(entry, dict) and entry.get("path") == path:
                return str(entry.get("reason", ""))
        return None

    @cached_property
    def anew(self) -> dict[str, str]:
        """Paths of which the older value, or nothing, still stands; with that older value."""
        if not self._before or not self.is_readable:
            return {}
        try:
            found = {each.path: each.before for each in undecided(self._before, self.source)}
        except DefinitionError:
            return {}
        return {path: was for path, was in found.items() if not self._stays(path)}

    def _stays(self, path: str) -> bool:
        return STAYS in comment_at(self._page, self.place(path))

    @cached_property
    def _page(self) -> Page:
        return Page(self.source)

    @cached_property
    def open_points(self) -> tuple[Open, ...]:
        """What must be decided before a real call can open, in the order of the language."""
        found: dict[str, Open] = {}
        for path, before in self.anew.items():
            found[path] = Open(path, "anew", before=before)
        for path in self.assumed:
            found.setdefault(path, Open(path, "assumed", reason=self.reason(path) or ""))
        for path in self._unknown():
            found.setdefault(path, Open(path, "unknown"))
        return tuple(sorted(found.values(), key=lambda each: _order(each.path)))

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Paths of the assumptions of this text, in their order."""
        listed = at(self.tree, ["assumptions"])
        entries = listed if isinstance(listed, list) else []
        return tuple(
            str(each["path"]) for each in entries if isinstance(each, dict) and "path" in each
        )

    def _unknown(self) -> tuple[str, ...]:
        if self.definition is not None:
            return self.definition.unknown_needed(real=True)
        return tuple(_unknown_in(self._merged, "")) if self.is_readable else ()


def _unknown_in(tree: Tree, path: str) -> Iterator[str]:
    pairs = tree.items() if isinstance(tree, dict) else ()
    for key, value in pairs:
        own = f"{path}.{key}" if path else key
        if is_word(value, "unknown"):
            yield own
        else:
            yield from _unknown_in(value, own)


def _order(path: str) -> tuple[int, str]:
    names = list(slots(Definition))
    first = path.split(".")[0]
    return (names.index(first) if first in names else len(names), "")


def shape_of_path(path: str) -> Shape | None:
    """What the language has at a path of a definition."""
    return shape_at(steps_of(path))
