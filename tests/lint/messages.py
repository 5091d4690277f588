"""Every Dutch text of pages and code, and whether the English catalogue has it.

``python -m tests.lint.messages`` lists what is missing; ``--update`` adds it to the catalogue
with an empty translation and drops what no page says any more. No gettext is needed: Python files
are read as syntax trees, templates through Django's own extraction.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
SINGLE = {"gettext", "gettext_lazy", "gettext_noop", "_", "_lazy"}
COUNTED = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(r"(?<![\w.])(n?p?gettext|_)\(")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

Key = tuple[str | None, str, str | None]  # context, text, plural


def spoken() -> dict[Key, str]:
    """Every text that is marked for translation, and a place where it stands."""
    found: dict[Key, str] = {}
    for path in _files():
        text = (ROOT / path).read_text(encoding="utf-8")
        keys = _of_template(text) if path.endswith((".html", ".txt")) else _of_python(text)
        for key in keys:
            found.setdefault(key, path)
    return found


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return sorted(
        path
        for path in set(listed)
        if path.split("/")[0] != "tests"
        and (path.endswith(".py") or ("/templates/" in path and path.endswith((".html", ".txt"))))
        and (ROOT / path).exists()
    )


def _of_python(text: str) -> Iterator[Key]:
    if "translation import" not in text:
        return
    tree = ast.parse(text)
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            key = _key(names.get(node.func.id, ""), node.args)
            if key:
                yield key


def _imported(tree: ast.Module) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
    return names


def _of_template(text: str) -> Iterator[Key]:
    plain = templatize(text)
    for call in CALL.finditer(plain):
        for end in (found.end() for found in re.finditer(r"\)", plain[call.start() :])):
            try:
                tree = ast.parse(plain[call.start() : call.start() + end], mode="eval")
            except SyntaxError:
                continue
            if isinstance(tree.body, ast.Call):
                key = _key(call[1] if call[1] != "_" else "gettext", tree.body.args)
                if key:
                    yield key
            break


def _key(function: str, args: list[ast.expr]) -> Key | None:
    texts = [
        each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None
        for each in args
    ]
    if function in SINGLE and texts and texts[0]:
        return None, texts[0], None
    if function in COUNTED and len(texts) > 1 and texts[0]:
        return None, texts[0], texts[1]
    if function in IN_CONTEXT and len(texts) > 1 and texts[1]:
        return texts[0], texts[1], None
    return None


def problems() -> list[str]:
    """What is missing, out of use, or has other placeholders than the Dutch, as sentences."""
    catalogue = polib.pofile(str(CATALOGUE))
    known = {_entry_key(entry): entry for entry in catalogue if not entry.obsolete}
    told = []
    said = spoken()
    for key, path in said.items():
        entry = known.get(key)
        if entry is None or entry.fuzzy or not _translations(entry):
            told.append(f"{path}: no English for {key[1]!r}")
            continue
        wanted = set(PLACEHOLDER.findall(key[1] + (key[2] or "")))
        if any(set(PLACEHOLDER.findall(each)) - wanted for each in _translations(entry)):
            told.append(f"{path}: other placeholders in the English of {key[1]!r}")
    told += [f"django.po: no page says {key[1]!r}" for key in known if key not in said]
    return told


def update() -> None:
    """Bring the catalogue in step with the pages; what is new has an empty translation."""
    catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue.metadata = {
        "Project-Id-Version": "Samen voor Elkaar",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    known = {_entry_key(entry): entry for entry in catalogue if not entry.obsolete}
    fresh = polib.POFile()
    fresh.metadata = catalogue.metadata
    for key in sorted(spoken(), key=lambda each: (each[1], each[0] or "", each[2] or "")):
        fresh.append(known.get(key) or _entry(key))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))


def _entry(key: Key) -> polib.POEntry:
    context, text, plural = key
    flags = ["python-format"] if PLACEHOLDER.search(text + (plural or "")) else []
    entry = polib.POEntry(msgid=text, flags=flags)
    if context is not None:
        entry.msgctxt = context
    if plural is not None:
        entry.msgid_plural = plural
        entry.msgstr_plural = {0: "", 1: ""}
    return entry


def _entry_key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def _translations(entry: polib.POEntry) -> list[str]:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return texts if all(texts) else []


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    found = problems()
    sys.stdout.write("\n".join(found or ["every text has its English"]) + "\n")
    sys.exit(bool(found))
