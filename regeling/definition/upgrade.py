"""What earlier versions of the language left unsaid, said in the present one.

Language 1 counted every choice as one (`power: 1`, a number that nothing ever read) and drew every
lot with a notary. Language 2 is part of language 3: what it did not have takes its default. A
revision that was stored then, and a file that still names its language, keep their meaning; from
the reading on they are definitions of the present language.
"""

from __future__ import annotations

from typing import Any

import yaml

from regeling.definition.codes import LotSource, TieBreak
from regeling.definition.model import LANGUAGE
from regeling.definition.nodes import child, key_of

_TEXT = "tag:yaml.org,2002:str"


def upgrade_text(found: dict[str, Any]) -> dict[str, Any]:
    """The values of a canonical text of any language, as the present one writes them."""
    if found["language"] > 1:
        return {**found, "language": LANGUAGE}
    vote, how = found.get("vote"), found.get("distribution")
    if isinstance(vote, dict):
        vote = {name: value for name, value in vote.items() if name != "power"}
    if isinstance(how, dict) and TieBreak.LOT in (how.get("ties") or ()):
        how = {"lot_source": str(LotSource.NOTARY), **how}
    return {**found, "language": LANGUAGE, "vote": vote, "distribution": how}


def upgrade_nodes(root: yaml.Node) -> None:
    """The same for the nodes of a YAML file."""
    language = child(root, "language")
    if not isinstance(language, yaml.ScalarNode) or language.value not in ("1", "2"):
        return
    first, language.value = language.value == "1", str(LANGUAGE)
    if not first:
        return
    vote, how = child(root, "vote"), child(root, "distribution")
    if isinstance(vote, yaml.MappingNode):
        vote.value = [pair for pair in vote.value if not _counts(*pair)]
    ties = child(how, "ties") if how is not None else None
    if not isinstance(how, yaml.MappingNode) or not isinstance(ties, yaml.SequenceNode):
        return
    draws = any(getattr(each, "value", "") == TieBreak.LOT for each in ties.value)
    if draws and child(how, "lot_source") is None:
        how.value.append((_scalar("lot_source", ties), _scalar(LotSource.NOTARY, ties)))


def _counts(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether this is the number that a vote's power was."""
    number = isinstance(value, yaml.ScalarNode) and value.value.isdecimal()
    return number and key_of(key) == "power"


def _scalar(text: str, beside: yaml.Node) -> yaml.ScalarNode:
    return yaml.ScalarNode(_TEXT, str(text), beside.start_mark, beside.end_mark)
