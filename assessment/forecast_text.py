"""An outlook as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.domain.forecast.outlook import Outlook, Spread
from regeling.words import euro_words, weekday_words


def told(found: list[Outlook]) -> Iterator[str]:
    """One outlook, or several beside each other, as text."""
    yield f"{'':30}" + "".join(f"{each.title[:34]:>36}" for each in found)
    yield _beside("kans dat een loting beslist", [_chance(each) for each in found])
    yield _beside("te weinig stemmers", [f"{each.few} van {each.rounds}" for each in found])
    for label, name, money in (
        ("gevraagd", "asked", True),
        ("toegekend", "granted", True),
        ("blijft over", "left", True),
        ("krijgen geld", "funded", False),
    ):
        yield _beside(label, [_spread(getattr(each, name), money=money) for each in found])
    for each in found:
        yield from _weeks_and_days(each)
    yield ""
    rounds, seed = found[0].rounds, found[0].seed
    yield f"Gespeeld: {rounds} rondes met getal {seed}. Met hetzelfde getal komt dit er weer uit."


def _weeks_and_days(each: Outlook) -> Iterator[str]:
    yield ""
    yield f"{each.title}: werk per makelaar (gemiddeld; in negen van tien rondes hoogstens)"
    for week in each.weeks:
        when = f" vanaf {week.starts.isoformat()}" if week.starts else ""
        work = f"{_hours(week.minutes.mean)}; {_hours(week.minutes.p90)}"
        yield f"  week {week.number + 1:>3}{when}: {work}"
    yield f"{each.title}: dagen"
    for day in each.days:
        when = weekday_words(day.day) if day.day else "onbekend"
        closed = f" [{day.closed}]" if day.closed else ""
        article = f" ({day.article})" if day.article else ""
        yield f"  {when}{closed}: {day.label}{article}"
    yield f"{each.title}: aannames"
    for assumed in each.assumed:
        yield f"  {assumed}"


def _beside(label: str, cells: list[str]) -> str:
    return f"{label:30}" + "".join(f"{cell:>36}" for cell in cells)


def _chance(each: Outlook) -> str:
    """In per cents with one decimal; where the text draws no lot, that equals stay open."""
    thousandths = each.lot_per_thousand
    words = f"{thousandths // 10},{thousandths % 10}%"
    return words if each.draws else f"{words} (blijft open)"


def _spread(figure: Spread, *, money: bool) -> str:
    show = euro_words if money else str
    return f"{show(figure.mean)} ({show(figure.p10)} tot {show(figure.p90)})"


def _hours(minutes: int) -> str:
    return f"{minutes // 60} u {minutes % 60:02d}"
