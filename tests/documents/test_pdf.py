"""The file itself: PDF/A-3a and PDF/UA-1 as far as a program can see, the same bytes every time."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from documents.letters import LetterKind, compose
from documents.letters.facts import Amount, Award, LetterFacts, facts_to_plain
from documents.rendering import fonts, html, pdf
from documents.rendering.text import printable
from tests.documents.examples import COSTS, SENT_ON, facts


def printed(told: LetterFacts) -> pikepdf.Pdf:
    rendered = pdf.render(compose(told), facts=facts_to_plain(told), day=SENT_ON)
    return pikepdf.open(io.BytesIO(rendered.content))


def text_of(document: pikepdf.Pdf) -> str:
    """The text of the pages, through the fonts' own tables: what a reader hears or copies."""
    found = []
    for page in document.pages:
        tables = {
            name: _table(font) for name, font in page.resources.Font.items() if font.Type == "/Font"
        }
        table: dict[int, str] = {}
        for step in pikepdf.parse_content_stream(page):
            operands, operator = step.operands, step.operator
            if str(operator) == "Tf":
                table = tables[str(operands[0])]
            elif str(operator) in ("TJ", "Tj"):
                items = operands[0] if str(operator) == "TJ" else [operands[0]]
                found += [_read(bytes(item), table) for item in items if hasattr(item, "__bytes__")]
            elif str(operator) in ("Td", "Tm", "T*", "ET"):
                found.append(" ")
    return " ".join("".join(found).replace("\u00a0", " ").split())


def _table(font: Any) -> dict[int, str]:
    """Glyph numbers to letters, from the ToUnicode table of a font."""
    pairs: dict[int, str] = {}
    lines = font.ToUnicode.read_bytes().decode().splitlines()
    for line in lines:
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and all(set(part) <= set("0123456789abcdefABCDEF") for part in parts):
            pairs[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return pairs


def _read(data: bytes, table: dict[int, str]) -> str:
    glyphs = [int.from_bytes(data[at : at + 2]) for at in range(0, len(data) - 1, 2)]
    return "".join(table.get(glyph, "") for glyph in glyphs)


def walk(node: Any) -> Any:
    """Every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from walk(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from walk(node.get("/K", pikepdf.Array()))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_letter_says_which_standards_it_follows(kind: LetterKind) -> None:
    document = printed(facts(kind))
    root = document.Root
    metadata = root.Metadata.read_bytes().decode()

    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert metadata.count("pdfaExtension:schemas") == 2
    assert str(root.Lang) == "nl"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert root.OutputIntents[0].S == "/GTS_PDFA1"
    assert str(document.docinfo.Title).endswith("(2026-000123-7)")
    assert "/JavaScript" not in root.get("/Names", {})


def test_fonts_are_embedded_and_can_be_read_aloud() -> None:
    document = printed(facts(LetterKind.AWARD))
    seen = set()
    for page in document.pages:
        for font in page.resources.Font.values():
            inner = font.DescendantFonts[0]
            names = {str(key) for key in inner.FontDescriptor.keys()}  # noqa: SIM118  a pdf object
            assert names & {"/FontFile2", "/FontFile3"}
            assert "/ToUnicode" in font
            seen.add(str(inner.BaseFont).split("+")[-1])

    assert seen
    assert all("Source" in name for name in seen)


def test_structure_has_headings_in_order_and_tables_with_heads() -> None:
    document = printed(facts(LetterKind.AWARD))
    kinds = [str(node.S) for node in walk(document.Root.StructTreeRoot.K)]

    levels = [int(kind[2]) for kind in kinds if kind in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert kinds.count("/TH") > kinds.count("/Table")
    assert not [kind for kind in kinds if kind == "/Figure"]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_lists_and_tables_hold_what_they_may_hold(kind: LetterKind) -> None:
    inside = {
        "/Table": {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"},
        "/THead": {"/TR"},
        "/TBody": {"/TR"},
        "/TR": {"/TH", "/TD"},
        "/L": {"/LI", "/L", "/Caption"},
        "/LI": {"/Lbl", "/LBody"},
    }
    document = printed(facts(kind))

    for node in walk(document.Root.StructTreeRoot.K):
        children = list(node.get("/K", []))
        assert children, f"{node.S} is empty"
        if str(node.S) in inside:
            assert {str(child.S) for child in children} <= inside[str(node.S)]


def test_the_facts_are_attached_as_data() -> None:
    told = facts(LetterKind.AWARD)
    document = printed(told)

    file = document.Root.AF[0]
    attached = document.attachments["feiten.json"].get_file().read_bytes()

    assert str(file.AFRelationship) == "/Data"
    assert json.loads(attached) == facts_to_plain(told)


def test_the_same_facts_give_the_same_bytes() -> None:
    told = facts(LetterKind.LOWER_SETTLEMENT)
    first, second = (
        pdf.render(compose(told), facts=facts_to_plain(told), day=SENT_ON) for _ in range(2)
    )

    assert first.content == second.content
    assert first.fingerprint.startswith("weasyprint 70")
    assert "subset harfbuzz" in first.fingerprint


@pytest.mark.parametrize(("mark", "word"), [("voorbeeld", "VOORBEELD"), ("test", "TEST")])
def test_every_page_has_its_number_and_an_example_its_mark(mark: Any, word: str) -> None:
    document = printed(facts(LetterKind.AWARD, mark=mark))

    assert len(document.pages) > 1
    text = text_of(document)
    assert text.count(word) >= len(document.pages)
    for number in range(1, len(document.pages) + 1):
        assert f"Pagina {number} van {len(document.pages)}" in text
    assert text.count("2026-000123-7") > len(document.pages)


def test_a_real_letter_has_no_mark() -> None:
    told = facts(LetterKind.WITHDRAWAL_CONFIRMATION)
    told = replace(told, mark="", regulation=replace(told.regulation, paragraph="2", rules=()))

    assert "VOORBEELD" not in text_of(printed(told))


@pytest.mark.slow
def test_a_name_of_900_letters_40_lines_of_costs_and_emoji_come_out_right() -> None:
    told = facts(LetterKind.AWARD)
    assert isinstance(told.about, Award)
    name = ("Stichting Samen Sterk " * 50)[:899] + "Z"
    costs = tuple(Amount(label=f"Kostenpost {n} met tuinstoel", cents=n * 1234) for n in range(40))
    told = replace(
        told,
        addressee=replace(told.addressee, name=name, attention=""),
        dossier=replace(told.dossier, applicant=name, title="Feest 🎉 op het plein 👩‍🌾 日本"),
        about=replace(told.about, costs=costs, activities="Zon ☀️ en muziek 🎶\u2028en dans"),
    )

    document = printed(told)
    text = text_of(document)

    assert name.split()[-1] in text
    assert "Kostenpost 39 met tuinstoel" in text
    assert "€ 481,26" in text
    assert "Feest [feest] op het plein [emoji]" in text
    assert "Zon [zon] en muziek [muziek]" in text
    assert "Een paar tekens uit uw tekst" in text
    assert sum(cost.cents for cost in costs) == 962_520
    assert "€ 9.625,20" in text


def test_a_letter_fetches_nothing_from_elsewhere() -> None:
    page = html.whole_page(compose(facts(LetterKind.AWARD)), made_on=SENT_ON).replace(
        "</head>", '<link rel="attachment" href="file:///etc/passwd"></head>'
    )

    document = pikepdf.open(io.BytesIO(pdf.press().print(page, attached="{}", day=SENT_ON)))

    assert list(document.attachments) == ["feiten.json"]


def test_what_people_type_is_text_and_never_markup() -> None:
    told = facts(LetterKind.AWARD)
    told = replace(told, dossier=replace(told.dossier, title="<b>Tuin</b> & <script>x</script>"))

    page = html.part_of_page(compose(told))

    assert "<script>" not in page
    assert "&lt;b&gt;Tuin" in page


def test_on_a_page_the_letter_starts_at_the_second_heading() -> None:
    page = html.part_of_page(compose(facts(LetterKind.AWARD)))

    assert page.count("<h2") == 1
    assert "<h1" not in page
    assert "<h3>Waarop baseren wij dit besluit?</h3>" in page


@pytest.mark.parametrize(
    ("text", "written", "replaced"),
    [
        ("Gewoon één café", "Gewoon één café", False),
        ("regel\r\ntwee\x07", "regel\ntwee", False),
        ("a\u2028b", "a\nb", False),
        ("👩‍👩‍👧‍👦!", "[emoji]!", True),
        ("👍🏽", "[duim omhoog]", True),
        ("東京", "[teken]", True),
        ("Ȑudolf", "Rudolf", False),
        ("ﬁets", "fiets", False),
        ("\u200bleeg\ufeff", "leeg", False),
    ],
)
def test_signs_that_no_font_has_become_words(text: str, written: str, replaced: bool) -> None:
    assert printable(text, fonts.coverage()) == (written, replaced)


def test_the_fonts_cover_the_names_of_this_country() -> None:
    names = "Ayşe Çelik, Łukasz Żak, Siân Ó Briain, Ĳsbrand, Jürgen Weiß, Åsa, Đorđe, Ștefan, €"

    assert printable(names, fonts.coverage()) == (names, False)


def test_the_costs_of_the_example_fit_their_sum() -> None:
    assert sum(line.cents for line in COSTS) == 130_000
