"""PDF/A-3a and PDF/UA-1 from a letter: same letter, same bytes. For workers, not for web pages."""

import atexit
import datetime as dt
import json
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from typing import Any

from documents.letters.model import Letter
from documents.rendering import finisher, fonts, html
from documents.rendering.text import printable_letter
from timeline.canon import sha256

VARIANT = "pdf/a-3a"


@dataclass(frozen=True)
class Rendered:
    """The bytes of a letter, their hash and what they were made with."""

    content: bytes
    sha256: str
    fingerprint: str


class Press:
    """What one process shares between letters: parsed styles and the fonts behind them.

    A style sheet without this font configuration would ignore the fonts without a word.
    """

    @cached_property
    def fonts(self) -> Any:
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()

    @cached_property
    def styles(self) -> list[Any]:
        from weasyprint import CSS

        return [CSS(string=_styles(), font_config=self.fonts)]

    def print(self, page: str, *, attached: str, day: dt.date) -> bytes:
        """The PDF of an HTML page with its facts attached. Fetches nothing but data: addresses."""
        from weasyprint import HTML, Attachment
        from weasyprint.urls import URLFetcher

        moment = dt.datetime.combine(day, dt.time(), dt.UTC)
        facts = Attachment(
            string=attached,
            name="feiten.json",
            description="De feiten van deze brief",
            created=moment,
            modified=moment,
            relationship="Data",
        )
        document = HTML(
            string=page, url_fetcher=URLFetcher(allowed_protocols={"data"}), media_type="print"
        )
        written: bytes = document.write_pdf(
            stylesheets=self.styles,
            font_config=self.fonts,
            pdf_variant=VARIANT,
            attachments=[facts],
            finisher=finisher.name_pdf_ua,
        )
        return written


@cache
def press() -> Press:
    """The press of this process. Its fonts are given back before the interpreter falls apart."""
    atexit.register(press.cache_clear)
    return Press()


def render(letter: Letter, *, facts: dict[str, Any], day: dt.date) -> Rendered:
    """The PDF of a letter that is dated on `day`, with `facts` attached as JSON.

    Signs that the fonts lack are replaced by words first, so that nothing prints as a gap.
    """
    cleaned = printable_letter(letter, fonts.coverage())
    attached = json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1)
    page = html.whole_page(cleaned, made_on=day)
    content = press().print(page, attached=attached, day=day)
    return Rendered(content, sha256(content), fingerprint())


def _styles() -> str:
    parts = (fonts.style(), html.PAGE_STYLE.read_text(), html.STYLE.read_text())
    return "\n".join(parts)


@cache
def fingerprint() -> str:
    """What the bytes depend on beside the letter: versions, templates, styles and fonts."""
    from weasyprint.text.ffi import harfbuzz_subset, pango

    design = "".join(
        (
            html.PAGE_STYLE.read_text(),
            html.STYLE.read_text(),
            *(_source(name) for name in ("letter.html", "letter_body.html")),
            *(sha256(face.path.read_bytes()) for face in fonts.faces()),
        )
    )
    return ", ".join(
        (
            f"weasyprint {version('weasyprint')}",
            f"pydyf {version('pydyf')}",
            f"pango {pango.pango_version()}",
            f"subset {'harfbuzz' if harfbuzz_subset else 'fonttools'}",
            f"letter {sha256(design)[:16]}",
        )
    )


def _source(name: str) -> str:
    from django.template.loader import get_template

    return str(get_template(f"documents/{name}").template.source)  # type: ignore[attr-defined]  # of Django's engine
