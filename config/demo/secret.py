"""A secret of the demo's own, made at the first start and kept beside its database."""

from __future__ import annotations

import secrets
from pathlib import Path


def secret(file: Path) -> str:
    """The secret in ``file``; when it is absent a new one, readable by its owner only."""
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        with file.open("x") as handle:
            file.chmod(0o600)
            handle.write(made)
        return made
