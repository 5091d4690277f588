"""The definitions that come with the product."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "definitions"


def files() -> tuple[Path, ...]:
    """Every delivered definition, by name."""
    return tuple(sorted(FOLDER.glob("*.yaml")))


def source(slug: str) -> str:
    """The YAML text of a delivered definition; raises `FileNotFoundError` for an unknown slug."""
    return (FOLDER / f"{slug}.yaml").read_text(encoding="utf-8")
