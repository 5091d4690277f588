"""The announcement of a call and its ceiling for the Provinciaal Blad (Awb 3:40, 4:25 to 4:28).

It is written from the definition alone. What the definition does not know is never filled in: then
there is no announcement but a list of what must be known first. The day of the decision and of the
publication, and the signature, are places to fill in by whoever decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from regeling.definition import (
    Ceiling,
    CeilingScope,
    CeilingStep,
    Closing,
    Definition,
    Distribution,
    DistributionRule,
    LegalRegime,
    Unknown,
    Window,
    known,
    listed,
)
from regeling.definition.labels import path_words
from regeling.explain_dividing import dividing
from regeling.telling import Block, Section
from regeling.values import ceiling_name
from regeling.words import clock_words, day_words, euro_words, joined

EXAMPLE = "VOORBEELD. Dit is geen bekendmaking. Niet publiceren."
_ALLOWS = "voor zover het subsidieplafond dat toelaat"
_TREATED = "Aanvragen worden behandeld in de volgorde"
_RECEIPT = f"{_TREATED} waarin zij volledig zijn ontvangen, {_ALLOWS}."
_PRIORITY = f"{_TREATED} van de vastgestelde prioriteit, {_ALLOWS}."
_RANKED = f"Subsidie wordt verleend aan de hoogst gerangschikte aanvragen, {_ALLOWS}."
_ORDER = {
    DistributionRule.RECEIPT: _RECEIPT,
    DistributionRule.SCORE: _RANKED,
    DistributionRule.VOTES: _RANKED,
    DistributionRule.EQUAL_SHARES: _RANKED,
    DistributionRule.PRO_RATA: (
        "Het subsidieplafond wordt naar verhouding verdeeld over de aanvragen die daarvoor in"
        " aanmerking komen."
    ),
    DistributionRule.LOTTERY: f"{_TREATED} die door loting is vastgesteld, {_ALLOWS}.",
    DistributionRule.COMMITTEE: _PRIORITY,
}
"""The province's wordings for the order of treatment (4:26); another where none would be true."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What must be known before anything can be announced, in words."""

    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text that can be published; with `example` one that says of itself that it may not."""

    title: str
    sections: tuple[Section, ...]
    example: bool

    @property
    def text(self) -> str:
        """The announcement as plain text (Markdown)."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"# {self.title}"
        for section in self.sections:
            yield f"\n## {section.title}"
            for block in section.blocks:
                yield f"\n{block.lead}"
                if block.items:
                    yield ""
                    yield from (f"- {item}" for item in block.items)
        yield ""


def gazette(definition: Definition, *, window: str = "") -> Announcement | Missing:
    """The announcement of all periods, or of the one with that code; else what is unknown.

    A fund under private law announces nothing in the Provinciaal Blad; that too is said as what is
    missing. Raises `KeyError` for a code that the regulation does not have.
    """
    windows = _windows(definition, window)
    missing = tuple(_missing(definition, windows))
    if missing:
        return Missing(missing)
    how = known(definition.distribution, "distribution")
    title = f"Openstelling en subsidieplafond {definition.identity.title}"
    parts = (
        ("example", "Voorbeeld", [Block(EXAMPLE)] if definition.is_example_only else []),
        ("basis", "Besluit", _basis(definition)),
        ("period", "1. Aanvraagperiode", [Block(_period(each)) for each in windows]),
        ("ceiling", "2. Subsidieplafond", _ceilings(definition)),
        ("order", "3. Volgorde van behandeling", _order(how, definition)),
        ("published", "4. Bekendmaking", _published(definition, windows)),
        ("signed", "5. Ondertekening", _signed(definition)),
    )
    sections = (Section(code, head, tuple(blocks)) for code, head, blocks in parts)
    told = tuple(each for each in sections if each.blocks)
    return Announcement(title, told, definition.is_example_only)


def _windows(definition: Definition, code: str) -> tuple[Window, ...]:
    found = tuple(each for each in listed(definition.windows) if code in ("", each.code))
    if code and not found:
        raise KeyError(code)
    return found


def _missing(definition: Definition, windows: tuple[Window, ...]) -> Iterator[str]:
    identity = definition.identity
    if identity.legal_regime is LegalRegime.PRIVATE_FUND:
        yield "een besluit volgens de Awb: een particulier fonds maakt hier niets bekend"
    yield from _unknown(identity, "identity", "legal_regime", "regulation")
    yield from _unknown(identity, "identity", "paragraph", "deciding_body")
    if not windows:
        yield path_words("windows")
    for each in windows:
        yield from _unknown(each, "windows", "opens", "closes", "closing")
    if isinstance(definition.ceilings, Unknown):
        yield path_words("ceilings")
    for ceiling in listed(definition.ceilings):
        name = ceiling_name(ceiling, definition)
        yield from (f"{each} ({name})" for each in _unknown(ceiling, "ceilings", "amount"))
    if isinstance(definition.distribution, Unknown):
        yield path_words("distribution")
    else:
        yield from _unknown(definition.distribution, "distribution", "rule")


def _unknown(section: object, path: str, *keys: str) -> Iterator[str]:
    for key in keys:
        if isinstance(getattr(section, key), Unknown):
            yield path_words(f"{path}.{key}")


def _basis(definition: Definition) -> Iterator[Block]:
    identity = definition.identity
    name, paragraph = (
        known(identity.regulation, "regulation"),
        known(identity.paragraph, "paragraph"),
    )
    where = identity.regulation_reference
    found = f" ({where})" if isinstance(where, str) and where else ""
    part = paragraph if paragraph.lower().startswith("paragraaf") else f"paragraaf {paragraph}"
    articles = identity.articles
    which = f", {joined(articles)}" if isinstance(articles, tuple) and articles else ""
    yield Block(f"Bekendmaking van {identity.deciding_body}.")
    yield Block(
        "Dit rust op de artikelen 3:40, 4:25, 4:26 en 4:27 van de Algemene wet bestuursrecht en op"
        f" de {name}{found}, {part}{which}."
    )


def _period(window: Window) -> str:
    first = day_words(known(window.opens, "windows.opens"))
    start = f"{first}{_at(window.opens_time if window.opens_time != '00:00' else None)}"
    named = f"{window.label}: a" if window.label else "A"
    if not isinstance(window.closes, date):
        return (
            f"{named}anvragen kunnen worden ingediend vanaf {start}, zolang het subsidieplafond"
            " niet is bereikt."
        )
    last = f"{day_words(window.closes)}{_at(window.closing_time)}"
    until = "vóór" if window.closing is Closing.BEFORE else "tot en met"
    return f"{named}anvragen kunnen worden ingediend vanaf {start} en {until} {last}."


def _at(clock: str | None) -> str:
    return f", {clock_words(clock)}" if clock else ""


def _ceilings(definition: Definition) -> Iterator[Block]:
    ceilings = listed(definition.ceilings)
    total = next(each for each in ceilings if each.scope is CeilingScope.TOTAL)
    yield Block(f"Het subsidieplafond is {_amount(total)}.")
    if not total.amount and not total.changes:
        yield Block(
            "De regeling is daarmee gesloten: een aanvraag wordt geweigerd op grond van artikel"
            " 4:25, tweede lid, van de Algemene wet bestuursrecht."
        )
    parts = [each for each in ceilings if each is not total]
    if parts:
        items = (f"{ceiling_name(each, definition)}: {_amount(each)}" for each in parts)
        yield Block("Daarbinnen gelden deze deelplafonds:", tuple(items))
    changed = [line for each in ceilings for line in _changes(each, definition)]
    if changed:
        yield Block("Dit is een wijziging van wat eerder is bekendgemaakt:", tuple(changed))
    if any(step.amount < before for each in ceilings for before, step in _steps(each)):
        yield Block(
            "Een verlaging geldt niet voor aanvragen die al zijn ingediend (artikel 4:27, tweede"
            " lid; een voorbehoud volgens artikel 4:28 is niet gemaakt)."
        )


def _steps(ceiling: Ceiling) -> Iterator[tuple[int, CeilingStep]]:
    """Each change with the amount before it."""
    before = known(ceiling.amount, "ceilings.amount")
    for step in ceiling.changes:
        yield before, step
        before = step.amount


def _amount(ceiling: Ceiling) -> str:
    """The amount that holds now: the last change, else the first."""
    amounts = [known(ceiling.amount, "ceilings.amount")]
    amounts.extend(step.amount for step in ceiling.changes)
    return euro_words(amounts[-1])


def _changes(ceiling: Ceiling, definition: Definition) -> Iterator[str]:
    for before, step in _steps(ceiling):
        way = "verhoogd" if step.amount > before else "verlaagd"
        name = ceiling_name(ceiling, definition)
        day, old, new = day_words(step.published_on), euro_words(before), euro_words(step.amount)
        place = step.publication
        where = f" ({place})" if isinstance(place, str) and place else ""
        yield f"{name} is op {day} {way} van {old} naar {new}{where}"


def _order(how: Distribution, definition: Definition) -> Iterator[Block]:
    yield Block(_ORDER[known(how.rule, "distribution.rule")])
    yield Block("In gewone woorden:", tuple(dividing(how, definition)))


def _published(definition: Definition, windows: tuple[Window, ...]) -> Iterator[Block]:
    """The day on which it is announced, which lies before the period (4:27)."""
    total = next(each for each in listed(definition.ceilings) if each.scope is CeilingScope.TOTAL)
    first = day_words(min(known(each.opens, "windows.opens") for each in windows))
    if isinstance(total.published_on, date):
        yield Block(f"Dit wordt bekendgemaakt op {day_words(total.published_on)}.")
    else:
        yield Block(f"Dit wordt bekendgemaakt op [dag van bekendmaking, vóór {first}].")


def _signed(definition: Definition) -> Iterator[Block]:
    identity = definition.identity
    yield Block(f"Besloten door {identity.deciding_body} op [dag van het besluit].")
    yield Block("[naam, functie en handtekening]")
