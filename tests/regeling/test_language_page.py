"""docs/language.md names every key of the language, with examples that the reader takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from regeling.definition import Definition, codes
from regeling.definition.facts import FACTS
from regeling.definition.scalars import read_scalar
from regeling.definition.shapes import Shape, slots

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def keys(kind: type) -> Iterator[str]:
    for slot in slots(kind).values():
        yield f"{kind.__name__}.{slot.name}"
        shape = slot.shape
        while shape.item is not None:
            shape = shape.item
        if shape.is_section:
            yield from keys(shape.base)


def used(node: yaml.Node, shape: Shape) -> Iterator[str]:
    """The keys that an example uses; a key or value that the language does not have is an error."""
    if isinstance(node, yaml.SequenceNode):
        assert shape.item is not None, node.start_mark
        for each in node.value:
            yield from used(each, shape.item)
    elif isinstance(node, yaml.MappingNode):
        known = slots(shape.base)
        for key, value in node.value:
            assert key.value in known, key.start_mark
            yield f"{shape.base.__name__}.{key.value}"
            yield from used(value, known[key.value].shape)
    else:
        assert isinstance(node, yaml.ScalarNode)
        read_scalar(node.value, shape, quoted=node.style in ("'", '"'))


def test_every_key_has_an_example_that_the_reader_takes() -> None:
    found: set[str] = set()
    for example in EXAMPLES:
        root = yaml.compose(example, Loader=yaml.SafeLoader)
        found.update(used(root, Shape(Definition)))
    assert set(keys(Definition)) - found == set()


def test_every_word_and_every_fact_is_named() -> None:
    lists = (each for each in vars(codes).values() if isinstance(each, type))
    words = [each for each in lists if issubclass(each, codes.StrEnum) and len(each)]
    missing = [
        str(word.value)
        for each in words
        for word in each
        if not re.search(rf"(?<![\w-]){word.value}(?![\w-])", PAGE)
    ]
    assert missing == []
    assert [name for name in FACTS if name not in PAGE] == []
