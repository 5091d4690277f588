"""A post of the editor as a change of the text. Nothing is changed while something is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from regeling.definition import DefinitionError
from regeling.definition.scalars import ScalarError, read_scalar
from regeling.definition.shapes import slots
from regeling.web.editor.controls import Control, slot_at
from regeling.web.editor.draft import STAYS, Draft, shape_of_path
from regeling.web.editor.posted import Leave, read, word
from regeling.web.editor.sentences import Block, Many
from regeling.writing import (
    Tree,
    Word,
    WritingError,
    add,
    comment_at,
    decide,
    literal_path,
    move,
    note,
    put,
    remove,
    tree_of,
    tree_of_value,
)
from regeling.writing.tree import NONE, at, steps_of

LAST = ("code", "scope")  # what names an item is changed last: the other paths still hold


@dataclass(slots=True)
class Outcome:
    """The new text, or what is wrong: by field, and for the whole page."""

    source: str
    told: dict[str, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not (self.told or self.sentences)


def changed(draft: Draft, controls: Iterable[Control], post: QueryDict) -> Outcome:
    """The text with every field that was changed, if what comes out has no new errors.

    An assumption of which the source was named is a fact first, so that its articles can be filled.
    """
    shown = list(controls)
    outcome = Outcome(draft.source)
    edits = list(_edits(draft, shown, post, outcome))
    if outcome.told:
        return outcome
    try:
        outcome.source = _taken_over(draft, post)
        for path, value in edits:
            outcome.source = _set(draft.of(outcome.source), path, value)
            if path in draft.anew and str(value) == draft.anew[path]:
                outcome.source = stays(outcome.source, path)
    except WritingError as error:
        outcome.sentences.append(_sentence(str(error)))
    if outcome.is_good and outcome.source != draft.source:
        _tell_new_problems(draft, outcome, shown)
    if not outcome.is_good:
        outcome.source = draft.source
    return outcome


def _edits(
    draft: Draft, shown: list[Control], post: QueryDict, outcome: Outcome
) -> list[tuple[str, Tree | None]]:
    """What was typed, by path; what cannot be read is told to `outcome`."""
    found: list[tuple[str, Tree | None]] = []
    for each in shown:
        try:
            value = read(each, post, draft.definition)
        except ScalarError as error:
            outcome.told[each.path] = _sentence(str(error))
            continue
        if not isinstance(value, Leave):
            found.append((each.path, value))
    return sorted(found, key=lambda each: each[0].rpartition(".")[2] in LAST)


def _set(draft: Draft, path: str, value: Tree | None) -> str:
    """The text with a value; where the default stands against what is inherited, it is said."""
    source = written(draft.source, path, value)
    slot = slot_at(path)
    if value is not None or slot is None or draft.of(source).value(path) is None:
        return source
    return (
        source
        if slot.default is MISSING
        else put(source, path, tree_of_value(slot.default, slot.shape))
    )


def written(source: str, path: str, value: Tree | None) -> str:
    """The text with a value at a path; where this very path was assumed, it is a fact from now."""
    tree = tree_of(source)
    where = literal_path(tree, path)
    if value is None:
        return remove(source, where)
    if where.endswith(".value") and at(tree, steps_of(where)) is not None:
        return decide(source, path, value)
    return put(source, where, value)


def stays(source: str, path: str) -> str:
    """The text with a remark that the older value was decided anew, and is the same."""
    where = literal_path(tree_of(source), path)
    before = comment_at(source, where)
    return note(source, where, f"{before}; {STAYS}" if before else STAYS)


def _tell_new_problems(draft: Draft, outcome: Outcome, shown: list[Control]) -> None:
    """Errors that were not there before: at their field, or else above the page."""
    before = {(each.field, each.sentence) for each in draft.problems}
    after = draft.of(outcome.source).problems
    paths = {each.path for each in shown}
    for each in after:
        if (each.field, each.sentence) in before:
            continue
        near = next((p for p in _around(each.field) if p in paths), "")
        below = next((p for p in paths if p.startswith(f"{each.field}.")), "")
        if near or below:
            outcome.told.setdefault(near or below, _sentence(each.sentence))
        else:
            outcome.sentences.append(f"{each.field}: {each.sentence}")


def _around(path: str) -> Iterable[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]


def acted(draft: Draft, act: str, post: QueryDict, blocks: dict[str, Block | Many]) -> Outcome:
    """What a button does: an item more, away, up or down; a section begun; a fact taken over."""
    name, _space, path = act.partition(" ")
    acts: dict[str, Callable[[Draft, str, QueryDict, dict[str, Block | Many]], str]] = {
        "erbij": _added,
        "weg": _taken_away,
        "omhoog": lambda draft, path, *_: move(draft.source, draft.place(path), -1),
        "omlaag": lambda draft, path, *_: move(draft.source, draft.place(path), 1),
        "begin": _begun,
        "geen": _nothing,
        "feit": _sourced,
        "blijft": lambda draft, path, *_: stays(draft.source, path),
    }
    outcome = Outcome(draft.source)
    if name not in acts or shape_of_path(path) is None:
        outcome.sentences.append(_("Deze knop hoort niet bij deze regeling."))
        return outcome
    try:
        outcome.source = acts[name](draft, path, post, blocks)
    except ScalarError as error:
        if name == "erbij":
            outcome.told[f"{path}~nieuw"] = _sentence(str(error))
        else:
            outcome.sentences.append(_sentence(str(error)))
    except (WritingError, DefinitionError) as error:
        outcome.sentences.append(_sentence(str(error)))
    return outcome


def _taken_away(draft: Draft, path: str, *_more: object) -> str:
    """The text without it; what is inherited from another regulation is dropped by name."""
    source = remove(draft.source, draft.place(path))
    named = not path.rpartition(".")[2].isdecimal()
    inherits = at(draft.tree, ["extends"]) is not None and named
    stands = inherits and draft.of(source).value(path) is not None
    return add(source, "drop", Word(path)) if stands else source


def _added(draft: Draft, path: str, post: QueryDict, blocks: dict[str, Block | Many]) -> str:
    block = blocks.get(path)
    if not isinstance(block, Many):
        raise WritingError(_("hier kan niets bij"))
    text = word(post, f"{path}~nieuw").strip()
    slot = slot_at(f"{path}.0.{block.named}")
    if slot is None or not text:
        raise ScalarError(_("typ eerst wat erbij komt"))
    if slot.shape.base is int:
        text = text.replace(".", "").replace(",", ".")
    read_scalar(text, slot.shape, quoted=slot.shape.base is str)
    shape = shape_of_path(f"{path}.0")
    item: dict[str, Tree] = {}
    if shape and "code" in slots(shape.base) and not path.startswith("ceilings"):
        item["code"] = Word(_free_code(draft, path, text))
    item |= {block.named: text if slot.shape.base is str else Word(text), **block.new}
    if block.named != "label" and path.endswith("tiers") and "kind" in item:
        item["label"] = text
    return add(draft.source, draft.place(path), _in_order(item, path))


def _in_order(item: dict[str, Tree], path: str) -> Tree:
    shape = shape_of_path(f"{path}.0")
    order = list(slots(shape.base)) if shape else []
    return {key: item[key] for key in order if key in item}


def _free_code(draft: Draft, path: str, text: str) -> str:
    """A code from the first words of a name, other than those that are there."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    code = "-".join(words[:5])[:40].strip("-") or "nieuw"
    code = code if code[0].isalpha() else f"n-{code}"
    taken = _codes(draft.tree) if path.endswith("questions") else set(_codes_at(draft, path))
    number = 2
    free = code
    while free in taken:
        free, number = f"{code}-{number}", number + 1
    return free


def _codes_at(draft: Draft, path: str) -> Iterable[str]:
    listed = draft.value(path)
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield str(each.get("code", ""))


def _codes(tree: Tree) -> set[str]:
    if isinstance(tree, dict):
        own = {str(tree["code"])} if isinstance(tree.get("code"), str) else set()
        return own.union(*(_codes(each) for each in tree.values()))
    return set().union(*(_codes(each) for each in tree)) if isinstance(tree, list) else set()


def _begun(draft: Draft, path: str, _post: QueryDict, blocks: dict[str, Block | Many]) -> str:
    block = blocks.get(path)
    if not isinstance(block, Block) or block.new is None:
        raise WritingError(_("hier kan niets beginnen"))
    return written(draft.source, path, dict(block.new))


def _nothing(draft: Draft, path: str, _post: QueryDict, _blocks: dict[str, Block | Many]) -> str:
    shape = shape_of_path(path)
    nothing: Tree = [] if shape and shape.item is not None else NONE
    return written(draft.source, path, nothing)


def _taken_over(draft: Draft, post: QueryDict) -> str:
    """The text with every assumption of which the source was named as a fact."""
    source = draft.source
    for path in draft.assumed:
        named = word(post, f"{path}~bron").strip()
        if named:
            source = decide(source, path, note=named)
    return source


def _sourced(draft: Draft, path: str, post: QueryDict, _blocks: dict[str, Block | Many]) -> str:
    if not word(post, f"{path}~bron").strip():
        raise ScalarError(_("noem de bron: waar staat dit, of wie besloot het?"))
    return draft.source


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
