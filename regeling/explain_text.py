"""A whole regulation as one plain text (Markdown): for reading, and for the pages under docs/."""

from __future__ import annotations

from collections.abc import Iterator

from regeling import delivered
from regeling.definition import Assumption, Definition, parse
from regeling.definition.labels import path_words
from regeling.explain import explain
from regeling.telling import Section

EXAMPLE = "Dit is een bedacht voorbeeld. U kunt dit geld niet echt aanvragen."
RESTS = (
    "Niet alles is in een bron gevonden. Waar “(aanname)” staat, hebben wij zelf iets gekozen om te"
    " kunnen laten zien hoe het werkt. Daarom is dit alleen een voorbeeld."
)
ALL_ASSUMED = "Dit hele deel is een aanname: geen bron vertelt het."
MADE = (
    "Every page here is written by the engine from the definition of that name"
    " (`manage.py regeling explain --write docs/regulations`); a test fails when one is stale. What"
    " no source gives is called “niet bekend”, and what rests on an assumption is marked."
)


def as_text(definition: Definition) -> str:
    """The explanation with its summary, its assumptions and its sources."""
    return "\n".join(_lines(definition))


def _lines(definition: Definition) -> Iterator[str]:
    identity = definition.identity
    yield f"# {identity.title}"
    yield f"\n{identity.summary}"
    if identity.example:
        yield f"\n{EXAMPLE}"
    if definition.assumptions:
        yield f"\n{RESTS}"
    for each in explain(definition):
        yield from _section(each)
    if definition.assumptions:
        yield "\n## Wat hebben wij aangenomen?\n"
        yield from (f"- *{_about(each)}*: {each.reason}" for each in definition.assumptions)
    if identity.sources:
        yield "\n## Waar komt dit vandaan?\n"
        yield from (f"- {_source(each)}" for each in identity.sources)
    yield ""


def _about(assumption: Assumption) -> str:
    """What it is about, as in "periode, najaar, eerste dag"."""
    return path_words(assumption.path).replace(": ", ", ").replace("-", " ")


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {section.title}"
    if section.assumed:
        yield f"\n*{ALL_ASSUMED}*"
    for block in section.paragraphs:
        if block.lead:
            yield f"\n{block.lead}"
        if block.items:
            yield ""
            yield from (f"- {item}" for item in block.items)


def _source(address: str) -> str:
    return f"<{address}>" if address.startswith("http") else address


def pages() -> dict[str, str]:
    """File name and text of the page of every regulation that comes along, and of their list."""
    definitions = {
        path.stem: parse(path.read_text(encoding="utf-8"), file=path.name)
        for path in (*delivered.files(), *delivered.collection())
    }
    found = {f"{slug}.md": as_text(definition) for slug, definition in definitions.items()}
    return found | {"README.md": _list(definitions)}


def _list(definitions: dict[str, Definition]) -> str:
    by_title = sorted(definitions.items(), key=lambda each: each[1].identity.title.casefold())
    rows = [f"- [{each.identity.title}]({slug}.md)" for slug, each in by_title]
    return "\n".join(("# The regulations in plain Dutch", "", MADE, "", *rows, ""))
