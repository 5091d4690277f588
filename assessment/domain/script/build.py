"""Build ``verify_round.py``: one file, standard library only, out of the modules that count here.

The modules are laid after each other in the order in which they need each other, without their
import lines. What runs at a citizen's kitchen table is therefore the very source that ran here.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from assessment.domain.allocation_model import ENGINE

DOMAIN = Path(__file__).resolve().parent.parent
PACKAGE = "assessment.domain"
ENTRY = "script.checks_main"
NAME = "verify_round.py"

HEAD = '''\
#!/usr/bin/env python3
"""Stemronde narekenen / Check a vote round. Engine {engine}.

One file, standard library only, Python 3.11 or newer. Run with --help to read how.
Built from the modules that count in the product itself:
{modules}

Samen voor Elkaar. SPDX-License-Identifier: EUPL-1.2
Licensed under the EUPL, version 1.2: https://eupl.eu/1.2/en/
Copyright: Samen voor Elkaar contributors
"""

from __future__ import annotations
'''


class CannotBuild(Exception):
    """The modules cannot stand in one file; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A module of the script: its dotted name in this package, its text without imports, what it
    needs of the package and of the standard library, and the names it gives."""

    name: str
    text: str
    needs: tuple[str, ...]
    imports: tuple[str, ...]
    gives: tuple[str, ...]


def script() -> str:
    """The text of the script; the same modules give the same bytes."""
    parts = modules()
    _refuse_clashes(parts)
    imports = sorted({line for part in parts for line in part.imports}, key=_order)
    named = "\n".join(f"  {part.name}" for part in parts)
    pieces = [HEAD.format(engine=ENGINE, modules=named), "\n".join(imports)]
    pieces += [f"# ---- {PACKAGE}.{part.name}\n\n{part.text}" for part in parts]
    return "\n\n\n".join(piece.strip("\n") for piece in pieces) + END


END = """


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
"""


def modules() -> list[Part]:
    """The parts in the order in which they need each other, the entry last."""
    done: dict[str, Part] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise CannotBuild(f"{name} needs itself: {' > '.join((*above, name))}")
        if name in done:
            return
        part = read(name)
        for need in part.needs:
            visit(need, (*above, name))
        done[name] = part

    visit(ENTRY, ())
    return list(done.values())


def read(name: str) -> Part:
    """One module of the package, taken apart. Refuses imports that cannot be laid in one file."""
    source = (DOMAIN / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    needs: list[str] = []
    imports: list[str] = []
    cut: list[tuple[int, int]] = []
    for node in tree.body:
        if _for_types_only(node):
            cut.append((node.lineno, node.end_lineno or node.lineno))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            cut.append((node.lineno, node.end_lineno or node.lineno))
            _sort(name, node, needs, imports)
        elif any(isinstance(each, ast.Import | ast.ImportFrom) for each in ast.walk(node)):
            raise CannotBuild(f"{name} imports inside a function")
    return Part(
        name, _without(source, cut), tuple(sorted(set(needs))), tuple(imports), _gives(tree)
    )


def _sort(
    name: str, node: ast.Import | ast.ImportFrom, needs: list[str], imports: list[str]
) -> None:
    if any(alias.asname for alias in node.names):
        raise CannotBuild(f"{name} gives something imported another name")
    module = getattr(node, "module", None) or node.names[0].name
    if module == "__future__":
        return
    if module.startswith(f"{PACKAGE}."):
        needs.append(module.removeprefix(f"{PACKAGE}."))
    elif module == PACKAGE:
        raise CannotBuild(f"{name} imports a module of the package as a whole")
    elif module.split(".")[0] in sys.stdlib_module_names and getattr(node, "level", 0) == 0:
        lines = [ast.Import([alias]) for alias in node.names] if _plain(node) else [node]
        imports.extend(ast.unparse(line) for line in lines)
    else:
        raise CannotBuild(f"{name} imports {module}, which is not in the standard library")


def _plain(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.Import)


def _for_types_only(node: ast.stmt) -> bool:
    """``if TYPE_CHECKING:``, which no program runs."""
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def _without(source: str, cut: list[tuple[int, int]]) -> str:
    lines = source.splitlines()
    dropped = {number for first, last in cut for number in range(first, last + 1)}
    kept = [line for number, line in enumerate(lines, start=1) if number not in dropped]
    return "\n".join(kept).strip("\n")


def _gives(tree: ast.Module) -> tuple[str, ...]:
    names: list[str] = []
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                names.append(node.name)
            case ast.Assign():
                names += [each.id for each in node.targets if isinstance(each, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.append(name)
            case _:
                pass
    return tuple(names)


def _refuse_clashes(parts: list[Part]) -> None:
    owner: dict[str, str] = {}
    for part in parts:
        for name in part.gives:
            if owner.setdefault(name, part.name) != part.name:
                raise CannotBuild(f"{name} stands in {owner[name]} and in {part.name}")


def _order(line: str) -> tuple[bool, str]:
    return (line.startswith("from "), line)


if __name__ == "__main__":
    sys.stdout.write(script())
