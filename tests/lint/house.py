"""Rules of this house that no ready-made linter knows; run by ``python -m tests.lint.house``.

Python files are read as syntax trees, templates as text. Each rule yields a line and a sentence.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("timeline", "accounts", "regeling", "applications", "documents", "assessment",
    "accountability", "community", "portal")  # fmt: skip
LONGEST = 400
CLOCK = "timeline/clock.py"
MACHINE = Path("applications/models/application.py")
# Files, connections and cursors are closed too.
EVERYDAY = {"close"}
ALLAUTH = ["account", "allauth", "mfa", "socialaccount"]


@dataclass(frozen=True, slots=True)
class Breach:
    """A line that breaks a rule."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.split("/")[0]

    @property
    def is_ours(self) -> bool:
        return self.room in (*ROOMS, "config") and "/migrations/" not in self.path


Found = Iterator[tuple[int, str]]
Rule = Callable[[Source], Found]


def transitions(tree: ast.Module) -> set[str]:
    """The names of the transition methods of the state machine: what ``@step`` decorates."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(_called(decorator) == "step" for decorator in node.decorator_list)
    }


def only_the_lifecycle_moves(names: set[str]) -> Rule:
    """Design decision 2: nothing but ``move`` calls a transition or writes the state."""

    def rule(source: Source) -> Found:
        modules = _imported(source.tree)
        for call in _calls(source.tree):
            if not isinstance(call.func, ast.Attribute):
                continue
            receiver, method = ast.unparse(call.func.value), call.func.attr
            bare = not call.args and not call.keywords and receiver not in modules
            everyday = method in EVERYDAY and "application" not in receiver
            if method in names and bare and not everyday:
                yield call.lineno, f"{method}() is a transition: call applications.lifecycle.move"
            writes = method == "update" and any(key.arg == "state" for key in call.keywords)
            if writes and "Application." in receiver:
                yield call.lineno, "the state changes only through applications.lifecycle.move"

    return rule


def no_get_model(source: Source) -> Found:
    """A lower room may not reach a higher one behind the linter's back."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name) and _last(node) == "get_model":
            yield node.lineno, "get_model hides an import between rooms"


def one_clock(source: Source) -> Found:
    """Now comes only from ``timeline.clock``."""
    if source.path == CLOCK or not source.is_ours:
        return
    asked = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "datetime.today",
        "timezone.localdate", "time.time"}  # fmt: skip
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            name = ".".join(ast.unparse(node).split(".")[-2:])
            if name in asked:
                yield node.lineno, f"{name}: ask timeline.clock for the time"
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield node.value.lineno, f"{node.arg} reads a clock of its own: use timeline.clock"


def signals_at_one_door(source: Source) -> Found:
    """Signals of libraries are received in ``receivers.py``; we send none of our own."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _called(node) == "Signal":
            yield node.lineno, "no signals of our own: record an event"
        if source.path.endswith("/receivers.py") or not isinstance(node, ast.ImportFrom):
            continue
        module = node.module or ""
        if module.endswith(".signals") or "receiver" in {name.name for name in node.names}:
            yield node.lineno, "signals are received in receivers.py only"


def foreign_keys_leave_no_trace(source: Source) -> Found:
    """A key to a lower room has ``related_name="+"``: the lower room does not know the higher."""
    if "/models" not in source.path:
        return
    elsewhere = _rooms_of_names(source.tree)
    for call in _calls(source.tree):
        if _called(call) not in ("ForeignKey", "OneToOneField", "ManyToManyField") or not call.args:
            continue
        target = call.args[0]
        named = isinstance(target, ast.Constant) and "." in str(target.value)
        room = str(target.value).split(".")[0] if named else elsewhere.get(ast.unparse(target))  # type: ignore[attr-defined]  # named: a constant
        related = next((key.value for key in call.keywords if key.arg == "related_name"), None)
        hidden = isinstance(related, ast.Constant) and related.value == "+"
        if room in ROOMS and room != source.room and not hidden:
            yield call.lineno, f'a key to {room} needs related_name="+"'


def tasks_are_shared(source: Source) -> Found:
    """A task belongs to its room, not to the Celery application of this installation."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if _called(decorator) == "task":
                    yield node.lineno, "use shared_task"


def files_stay_short(source: Source) -> Found:
    """A file does one thing that its name says."""
    lines = source.text.count("\n")
    if lines > LONGEST and "/migrations/" not in source.path:
        yield LONGEST, f"{lines} lines; at most {LONGEST}: this file does more than one thing"


def exceptions_have_a_reason(source: Source) -> Found:
    """A linter is told to look away only with the reason beside it."""
    quiet = re.compile(
        r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore(?:\[[\w, -]+\])?)\s*(#?\s*\w.*)?$"
    )
    for number, line in enumerate(source.text.splitlines(), start=1):
        found = quiet.search(line)
        if found and not found[1]:
            yield number, "say why, behind the code of the rule"


def templates(path: str, text: str) -> Found:
    """Templates build on the portal's page and parts (or their own), without script or style."""
    inside = path.partition("/templates/")[2].split("/")[0]
    # What replaces a page of allauth builds on the others of allauth, which we replace as well.
    own = ALLAUTH if inside in ALLAUTH else [inside]
    for number, line in enumerate(text.splitlines(), start=1):
        for tag, name in re.findall(r"{%-?\s*(extends|include)\s+[\"']([^\"']+)", line):
            allowed = "portal/base" if tag == "extends" else "portal/parts/"
            if name.split("/")[0] not in own and not name.startswith(allowed):
                yield number, f"{tag} {name}: build on portal/base.html and portal/parts/"
        if "/letter" not in path:
            if re.search(r"\sstyle\s*=\s*[\"']|<style\b", line):
                yield number, "no style in a page: the security policy refuses it"
            if re.search(
                r"<script\b(?![^>]*(?:\bsrc=|json))|\son[a-z]+\s*=\s*[\"']|javascript:", line
            ):
                yield number, "no script in a page: the security policy refuses it"


def rules() -> list[Rule]:
    """All rules for Python files."""
    machine = transitions(ast.parse((ROOT / MACHINE).read_text(encoding="utf-8")))
    return [
        only_the_lifecycle_moves(machine),
        no_get_model,
        one_clock,
        signals_at_one_door,
        foreign_keys_leave_no_trace,
        tasks_are_shared,
        files_stay_short,
        exceptions_have_a_reason,
    ]


def breaches(path: str, text: str, checks: Iterable[Rule]) -> Iterator[Breach]:
    """What is wrong with one file."""
    if path.endswith(".html"):
        yield from (Breach(path, line, said) for line, said in templates(path, text))
        return
    source = Source(path, text, ast.parse(text))
    if path.startswith("tests/lint/"):
        return  # here the breaches stand as examples
    for rule in checks:
        if source.is_ours or rule in (files_stay_short, exceptions_have_a_reason):
            yield from (Breach(path, line, said) for line, said in rule(source))


def files() -> list[str]:
    """The Python files and templates that belong to the source."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.html"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(path for path in listed.stdout.split() if (ROOT / path).exists())


def main() -> int:
    checks = rules()
    found = [
        breach
        for path in files()
        for breach in breaches(path, (ROOT / path).read_text(encoding="utf-8"), checks)
    ]
    print(*found, sep="\n", end="\n" if found else "")  # noqa: T201  a command's answer
    return 1 if found else 0


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(node: ast.expr) -> str:
    return _last(node.func if isinstance(node, ast.Call) else node)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _imported(tree: ast.Module) -> set[str]:
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }


def _rooms_of_names(tree: ast.Module) -> dict[str, str]:
    return {
        name.asname or name.name: (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


if __name__ == "__main__":
    sys.exit(main())
