"""Writes in the text of a definition and leaves the rest as it stands: comments, order, layout.

The text is the truth that the command line reads and that a page edits by field. A change is put
into the characters themselves, between the marks of the YAML parser; every change is read back and
compared with what was asked before it is handed out.
"""

from regeling.writing.editing import add, comment_at, decide, move, note, put, remove
from regeling.writing.tree import (
    Tree,
    Word,
    WritingError,
    get,
    literal_path,
    state_of,
    steps_of,
    tree_of,
)
from regeling.writing.values import tree_of_value, write

__all__ = [
    "Tree",
    "Word",
    "WritingError",
    "add",
    "comment_at",
    "decide",
    "get",
    "literal_path",
    "move",
    "note",
    "put",
    "remove",
    "state_of",
    "steps_of",
    "tree_of",
    "tree_of_value",
    "write",
]
