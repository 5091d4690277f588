"""The definitions that come with the product.

What set-up loads stands in `definitions/`. The collection beside it, regulations of the province
and of others as their sources tell them, is there to be read, tried and begun from, and is loaded
only when somebody asks for it.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "definitions"
COLLECTION = (FOLDER / "overijssel", FOLDER / "elsewhere")
AUTHORITIES = FOLDER.parents[1] / "accounts" / "authorities_elsewhere.yaml"
"""The authorities of the collection, for those who load it (`manage.py load_authorities`)."""


def files() -> tuple[Path, ...]:
    """Every definition that set-up loads, by name."""
    return tuple(sorted(FOLDER.glob("*.yaml")))


def collection() -> tuple[Path, ...]:
    """Every other definition that comes along, by folder and name."""
    return tuple(path for folder in COLLECTION for path in sorted(folder.glob("*.yaml")))


def source(slug: str) -> str:
    """The YAML text of a definition that comes along; raises `FileNotFoundError` for another."""
    known = {path.stem: path for path in (*files(), *collection())}
    if slug not in known:
        raise FileNotFoundError(slug)
    return known[slug].read_text(encoding="utf-8")
