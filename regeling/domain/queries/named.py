"""A regulation's text by the name that somebody gives it at a terminal."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from regeling.definition import Definition, DefinitionError, parse
from regeling.delivered import source
from regeling.domain.queries.governing import latest_of_all
from regeling.models import Publication, Revision
from timeline import clock


class NotFoundError(Exception):
    """There is no such text, or it is wrong; `lines` say everything about it, in Dutch."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def named(name: str) -> Definition:
    """The definition of a YAML file, of `slug@number`, or of a slug.

    A slug gives the text that people read now, else the delivered one. Raises `NotFoundError`.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return from_file(path)
    slug, _, number = name.partition("@")
    revision = _revision(slug, number)
    if revision is not None:
        return revision.definition
    try:
        return parse(source(slug), file=slug)
    except FileNotFoundError as error:
        raise NotFoundError(f"{name} is geen bestand en geen bekende regeling") from error


def from_file(path: Path) -> Definition:
    """The definition in a file; raises `NotFoundError` with everything that is wrong."""
    try:
        return parse(path.read_text(encoding="utf-8"), file=str(path))
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotFoundError(f"{path}: dit bestand is geen tekst in UTF-8") from error
    except DefinitionError as error:
        raise NotFoundError(*error.lines) from error


def _revision(slug: str, number: str) -> Revision | None:
    """The revision of that number; without a number the text that people read now, if any."""
    table = Publication._meta.db_table  # noqa: SLF001  Django's own, documented door to it
    if table not in connection.introspection.table_names():
        return None  # before set-up there are only the delivered texts
    if not number:
        return latest_of_all(at=clock.now()).filter(regulation__slug=slug).first()
    found = None
    if number.isdecimal():
        found = Revision.objects.filter(regulation__slug=slug, number=int(number)).first()
    if found is None:
        raise NotFoundError(f"{slug} heeft geen revisie {number}")
    return found
