"""Filters and tags for amounts, dates, states and charts: `{% load portal %}`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.safestring import SafeString

from portal import charts, tones
from timeline import clock

register = template.Library()

NBSP = "\u00a0"


def _thousands(whole: int) -> str:
    """Group by three, with the point of Dutch or the comma of English."""
    mark = "," if (translation.get_language() or "nl").startswith("en") else "."
    return f"{whole:,}".replace(",", mark)


@register.filter
def number(value: int | None) -> str:
    """A whole number with its thousands apart: 12345 becomes "12.345"; None becomes ""."""
    if value is None:
        return ""
    return ("-" if value < 0 else "") + _thousands(abs(value))


@register.filter
def euro(cents: int | None) -> str:
    """An amount in cents as text: 200000 is "€ 2.000", 200050 is "€ 2.000,50"; None is "".

    The space after the sign is a no-break space, so that an amount never falls apart.
    """
    if cents is None:
        return ""
    whole, rest = divmod(abs(cents), 100)
    point = "." if (translation.get_language() or "nl").startswith("en") else ","
    text = _thousands(whole) + (f"{point}{rest:02d}" if rest else "")
    return f"€{NBSP}{'-' if cents < 0 else ''}{text}"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words, "24 maart 2026"; a moment counts as its day in Amsterdam; None is ""."""
    if value is None:
        return ""
    plain = clock.day(value) if isinstance(value, datetime) else value
    return formats.date_format(plain, "j F Y")


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in words, "24 maart 2026 om 14.32 uur", by the clock of Amsterdam; None is ""."""
    if value is None:
        return ""
    local = timezone.localtime(value, clock.AMSTERDAM)
    words = formats.date_format(local.date(), "j F Y")
    if (translation.get_language() or "nl").startswith("en"):
        return f"{words} at {local:%H:%M}"
    return f"{words} om {local:%H.%M} uur"


@register.filter
def until(value: datetime | None) -> str:
    """The end of something in words: as ``moment``, and midnight as the end of the day before it,
    "10 mei 2023 om 24.00 uur"; None is ""."""
    if value is None or timezone.localtime(value, clock.AMSTERDAM).strftime("%H:%M") != "00:00":
        return moment(value)
    words = day(value - timedelta(minutes=1))
    at = {"en": "at 24:00"}.get((translation.get_language() or "nl")[:2], "om 24.00 uur")
    return f"{words} {at}"


@register.filter
def tone(state: str) -> str:
    """The tone of a state's badge: neutral, busy, waiting, good or bad (portal.tones)."""
    return tones.tone(str(state))


@register.filter
def share(part: int, whole: int) -> int:
    """Part of a whole in whole per cents, rounded down; 0 when there is no whole."""
    return part * 100 // whole if whole else 0


@register.inclusion_tag("portal/parts/chart.html")
def barchart(
    rows: Iterable[Sequence[Any]], *, title: str, unit: str = "", label: str = ""
) -> dict[str, Any]:
    """Draw a bar chart with the same figures as a table under it.

    `rows` are pairs (label, value); values are whole and not negative, in cents when `unit` is
    "euro". `title` names the chart for everybody, `label` heads the first column.
    """
    show = euro if unit == "euro" else number
    bars = charts.bars([(str(name), int(value)) for name, value in rows], show=show)
    return {"title": title, "label": label, "bars": bars, "width": charts.WIDTH}


@register.simple_block_tag
def panel(content: SafeString, *, title: str = "", level: int = 2, tint: str = "") -> SafeString:
    """A white surface round whatever stands between the tags, with an optional heading."""
    return SafeString(
        render_to_string(
            "portal/parts/panel.html",
            {"content": content, "title": title, "level": level, "tint": tint},
        )
    )
