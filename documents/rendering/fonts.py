"""The typeface of letters: the same files that the pages use, found as static files."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

FAMILY = "Source Sans 3"
FOLDER = "portal/vendor"


@dataclass(frozen=True)
class Face:
    """One file of the typeface; `family` differs a subset, so that both are searched in order."""

    family: str
    weight: int
    path: Path


@cache
def faces() -> tuple[Face, ...]:
    """The four files. Raises ImproperlyConfigured when the set-up did not fetch them."""
    return tuple(
        Face(FAMILY if subset == "latin" else f"{FAMILY} Extended", weight, _find(subset, weight))
        for subset in ("latin", "latin-ext")
        for weight in (400, 700)
    )


def _find(subset: str, weight: int) -> Path:
    name = f"{FOLDER}/source-sans-3-{subset}-{weight}-normal.woff2"
    found = finders.find(name)
    if not isinstance(found, str):
        raise ImproperlyConfigured(f"static file {name} is missing: run the set-up again")
    return Path(found)


@cache
def coverage() -> frozenset[int]:
    """The code points that every weight can print."""
    from fontTools.ttLib import TTFont

    by_weight: dict[int, set[int]] = {}
    for face in faces():
        with TTFont(face.path, lazy=True) as font:
            by_weight.setdefault(face.weight, set()).update(font.getBestCmap())
    return frozenset(set.intersection(*by_weight.values()))


def style() -> str:
    """The @font-face rules, for a style sheet that is read from this machine."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{face.path.as_uri()}") format("woff2"); }}'
        for face in faces()
    )
