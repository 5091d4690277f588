"""A page of the editor put together: sentences with their fields, lists with their items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field

from regeling.definition.labels import path_words
from regeling.web.editor.controls import (
    Control,
    before_words,
    control,
    shapeless,
    shown_money,
    slot_at,
)
from regeling.web.editor.draft import Draft, Open
from regeling.web.editor.parts import PARTS
from regeling.web.editor.sentences import FIELD, Block, Many, Part, Say
from regeling.writing import Tree
from regeling.writing.tree import State, is_word, step


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and fields in turn; `broad` is a field on lines of its own, under those words."""

    tokens: tuple[str | Control, ...]
    help: str = ""

    @property
    def broad(self) -> Control | None:
        controls = self.controls
        return controls[-1] if len(controls) == 1 and controls[0].is_broad else None

    @property
    def words(self) -> str:
        return " ".join(each.strip() for each in self.tokens if isinstance(each, str)).rstrip(": ")

    @property
    def controls(self) -> list[Control]:
        return [each for each in self.tokens if isinstance(each, Control)]


@dataclass(slots=True)
class Section:
    """A block as the page shows it; `state` says whether the regulation has it."""

    path: str
    title: str
    lead: str
    level: int
    state: str = "here"  # here, missing or unknown
    reason: str | None = None  # why it was assumed
    may_be_none: bool = False
    can_go: bool = False
    sentences: list[Sentence] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    inner: list[Section] = field(default_factory=list)
    one: str = ""  # what an item is called; empty for what is no list
    add_error: str = ""

    @property
    def id(self) -> str:
        return "b-" + self.path.replace(".", "-")


@dataclass(slots=True)
class Item:
    """One of a list."""

    path: str
    title: str
    is_first: bool
    is_last: bool
    sentences: list[Sentence]
    inner: list[Section]

    @property
    def id(self) -> str:
        return "b-" + self.path.replace(".", "-")

    @property
    def count_open(self) -> int:
        own = [each for sentence in self.sentences for each in sentence.controls]
        return sum(each.is_open for each in own)

    @property
    def is_wrong(self) -> bool:
        return any(each.error for s in self.sentences for each in s.controls) or any(
            _is_wrong(each) for each in self.inner
        )


def _is_wrong(section: Section) -> bool:
    own = any(each.error for s in section.sentences for each in s.controls)
    return (
        own
        or bool(section.add_error)
        or any(each.is_wrong for each in section.items)
        or any(_is_wrong(each) for each in section.inner)
    )


Told = Mapping[str, tuple[str, str, tuple[str, ...]]]
"""By path: what is wrong, and what was typed."""


def sections(draft: Draft, part: Part, told: Told) -> list[Section]:
    """The blocks of a part, with everything in them."""
    return [_section(draft, each, "", told, 2) for each in part.blocks]


def controls(found: list[Section]) -> Iterator[Control]:
    """Every field of a page."""
    for section in found:
        for sentence in section.sentences:
            yield from sentence.controls
        for item in section.items:
            for sentence in item.sentences:
                yield from sentence.controls
            yield from controls(item.inner)
        yield from controls(section.inner)


def blocks_of(draft: Draft, part: Part) -> dict[str, Block | Many]:
    """What the language's sections of a part are described by, by their own path."""
    return dict(_blocks(draft, part.blocks, ""))


def _blocks(
    draft: Draft, blocks: tuple[Block | Many, ...], prefix: str
) -> Iterator[tuple[str, Block | Many]]:
    for block in blocks:
        path = _joined(prefix, block.path)
        if block.path:
            yield path, block
        if isinstance(block, Many):
            for index, item in enumerate(_items(draft.value(path))):
                yield from _blocks(draft, block.inner, f"{path}.{step(item, index)}")
        else:
            yield from _blocks(draft, block.inner, path)


def _section(draft: Draft, block: Block | Many, prefix: str, told: Told, level: int) -> Section:
    path = _joined(prefix, block.path)
    found = Section(path, block.title, block.lead, level)
    value = draft.value(path) if path else None
    slot = slot_at(path) if path else None
    found.reason = draft.reason(path) if path else None
    found.may_be_none = bool(slot and (slot.shape.may_be_none or slot.shape.item))
    if isinstance(block, Many):
        found.one = block.one
        found.state = "unknown" if is_word(value, "unknown") else "here"
        found.add_error = told.get(f"{path}~nieuw", ("",))[0]
        found.items = list(_items_of(draft, block, path, told, level))
        return found
    if block.path and block.new is not None and not isinstance(value, dict):
        found.state = "unknown" if is_word(value, "unknown") else "missing"
        return found
    found.can_go = block.new is not None and slot is not None and slot.default is not MISSING
    found.sentences = list(_sentences(draft, block.says, path, told))
    found.inner = [_section(draft, each, path, told, level + 1) for each in block.inner]
    return found


def _items_of(draft: Draft, block: Many, path: str, told: Told, level: int) -> Iterator[Item]:
    listed = _items(draft.value(path))
    for index, item in enumerate(listed):
        own = f"{path}.{step(item, index)}"
        yield Item(
            own,
            _title(item, block),
            index == 0,
            index == len(listed) - 1,
            list(_sentences(draft, block.says, own, told)),
            [_section(draft, each, own, told, level + 1) for each in block.inner],
        )


def _items(value: Tree | None) -> list[Tree]:
    return value if isinstance(value, list) else []


def _title(item: Tree, block: Many) -> str:
    """What an item is called in a list: its name or its first words, an amount with what it is."""
    if not isinstance(item, dict):
        return str(item)
    named = item.get(block.named)
    text = str(named) if isinstance(named, str) and not is_word(named, "unknown") else ""
    if block.named in ("amount", "maximum"):
        whole = "het geheel" if item.get("scope") == "total" else str(item.get("code", ""))
        text = " · ".join(filter(None, [shown_money(text), whole]))
    text = text or str(item.get("code") or block.one)
    return text if len(text) < 90 else f"{text[:88].rsplit(' ', 1)[0]} …"


def _sentences(draft: Draft, says: tuple[Say, ...], path: str, told: Told) -> Iterator[Sentence]:
    for say in says:
        if say.only and str(draft.value(_joined(path, say.only[0]))) not in say.only[1]:
            continue
        tokens = tuple(_tokens(draft, say, path, told))
        if any(isinstance(each, Control) for each in tokens):
            yield Sentence(tokens, say.help)


def _tokens(draft: Draft, say: Say, path: str, told: Told) -> Iterator[str | Control]:
    for index, piece in enumerate(FIELD.split(say.text)):
        if index % 2 == 0:
            if piece:
                yield piece
            continue
        found = control(draft, _joined(path, piece))
        if found is not None:
            yield found.told(*told[found.path]) if found.path in told else found


def _joined(prefix: str, path: str) -> str:
    return ".".join(each for each in (prefix, path) if each)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to decide, with its field or with the page where it is edited."""

    point: Open
    part: str
    anchor: str
    label: str
    field: Control | None
    before: str = ""
    summary: tuple[str, ...] = ()


def to_decide(draft: Draft, told: Told) -> list[Choice]:
    """Everything that is open, by page and in the order of the regulation."""
    found = []
    for point in draft.open_points:
        own = control(draft, point.path)
        if own is not None and own.path in told:
            own = own.told(*told[own.path])
        anchor = own.id if own else "b-" + point.path.replace(".", "-")
        found.append(
            Choice(
                point,
                part_of(point.path),
                anchor,
                name_of(draft, point.path),
                own,
                before_words(draft, point.path, point.before),
                tuple(_lines(draft.value(point.path))),
            )
        )
    order = [each.code for each in PARTS]
    return sorted(found, key=lambda each: order.index(each.part))


def name_of(draft: Draft, path: str) -> str:
    """What something is called: by the name of its item where it is in a list.

    As in "Vraag “Wanneer begint u?”: vroegste dag"; else as in "Beslistermijn".
    """
    steps = path.split(".")
    for end in range(len(steps) - 1, 0, -1):
        listed, own = ".".join(steps[:end]), ".".join(steps[: end + 1])
        one = _ONES.get(shapeless(listed))
        item = draft.value(own)
        if one is None or not isinstance(item, dict):
            continue
        rest = path_words(".".join(steps[end + 1 :])) if steps[end + 1 :] else ""
        name = _title(item, one)
        words = f"{one.one} “{name}”{': ' + rest if rest else ''}"
        return words[:1].upper() + words[1:]
    words = path_words(path)
    return words[:1].upper() + words[1:]


def _lists(blocks: tuple[Block | Many, ...], prefix: str) -> Iterator[tuple[str, Many]]:
    for block in blocks:
        path = _joined(prefix, block.path)
        if isinstance(block, Many):
            yield path, block
        yield from _lists(block.inner, path)


_ONES = {path: many for part in PARTS for path, many in _lists(part.blocks, "")}
"""What an item of a list is called, by the path of the list without codes."""


def part_of(path: str) -> str:
    """The page on which a path is edited; the first where none names it."""
    best, length = PARTS[0].code, 0
    for part in PARTS:
        for block in part.blocks:
            for own in _roots(block):
                if (path == own or path.startswith(f"{own}.")) and len(own) > length:
                    best, length = part.code, len(own)
    return best


def _roots(block: Block | Many) -> Iterator[str]:
    if block.path:
        yield block.path
        return
    for say in getattr(block, "says", ()):
        yield from say.keys


def _lines(value: Tree | None, depth: int = 0) -> Iterator[str]:
    """A section or list in a few words, for who decides about it as a whole."""
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                words = (each.get(key) for key in ("label", "question", "text", "name", "code"))
                yield next((str(word) for word in words if isinstance(word, str)), "")
            elif isinstance(each, str):
                yield str(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, str):
                yield f"{path_words(key)}: {each}"


__all__ = ["PARTS", "Choice", "Item", "Section", "Sentence", "State", "sections", "to_decide"]
