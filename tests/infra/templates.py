"""Migrated databases of earlier runs, kept in var/ until something that makes them changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "var" / "test-templates"
MAKERS = ("*/migrations/*.py", "*/triggers.py", "requirements/run.txt", "config/settings/*.py")
MODELS = ("*/models.py", "*/models/*.py")
AT_MOST = 6


def key(engine: str, *, migrate: bool) -> str:
    """The name of a template: the engine and a hash of all that makes it what it is."""
    said = hashlib.sha256()
    for pattern in MAKERS if migrate else (*MAKERS, *MODELS):
        for file in sorted(ROOT.glob(pattern)):
            said.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return f"{engine}-{'migrated' if migrate else 'synced'}-{said.hexdigest()[:20]}"


def find(name: str) -> Path | None:
    """The kept template (a file or a folder), or None."""
    kept = KEPT / name
    return kept if kept.exists() else None


def keep(name: str, copy: Callable[[Path], object]) -> None:
    """Let ``copy`` write a template, and keep it under ``name`` unless another run was first."""
    KEPT.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=KEPT))
    copy(draft / "made")
    try:
        (draft / "made").rename(KEPT / name)
    except OSError:  # a folder of this name has come in the meantime, and is as good
        _remove(draft / "made")
    draft.rmdir()
    for old in sorted(KEPT.glob("*-*-*"), key=os.path.getmtime, reverse=True)[AT_MOST:]:
        _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
