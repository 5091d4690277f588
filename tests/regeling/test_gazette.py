"""The announcement for the Provinciaal Blad (Awb 4:25 to 4:28), or what is unknown."""

from __future__ import annotations

import pytest

from regeling.definition import parse
from regeling.delivered import collection, files
from regeling.gazette import EXAMPLE, Announcement, Missing, gazette
from tests.regeling.samples import MEETING, SMALL, VOTING, read

STEP = "    changes:\n      - amount: {amount}\n        published_on: 2026-01-20\n"
TOTAL = "    amount: 10000\n    published_on: 2026-01-05\n"


def announced(*changes: tuple[str, str], text: str = SMALL, window: str = "") -> Announcement:
    found = gazette(read(text, *changes), window=window)
    assert isinstance(found, Announcement), found
    return found


def test_it_names_the_basis_the_period_the_ceiling_the_order_and_who_decides() -> None:
    found = announced()
    assert found.title == "Openstelling en subsidieplafond Een kleine regeling"
    assert not found.example
    assert EXAMPLE not in found.text
    assert all(section.title for section in found.sections)
    for words in (
        "Bekendmaking van Het college.",
        "de artikelen 3:40, 4:25, 4:26 en 4:27 van de Algemene wet bestuursrecht",
        "op de Regeling Klein, paragraaf 1, artikel 1.",
        "ingediend vanaf 1 februari 2026 en vóór 1 maart 2026.",
        "Het subsidieplafond is €\u00a010.000.",
        "- het plafond voor Noord: €\u00a06.000",
        "Dit wordt bekendgemaakt op 5 januari 2026.",
        "Besloten door Het college op [dag van het besluit].",
        "[naam, functie en handtekening]",
    ):
        assert words in found.text, words


@pytest.mark.parametrize(
    ("text", "changes", "wording"),
    [
        (SMALL, (), "in de volgorde waarin zij volledig zijn ontvangen, voor zover"),
        (
            MEETING,
            (("rule: receipt", "rule: committee"),),
            "in de volgorde van de vastgestelde prioriteit, voor zover",
        ),
        (VOTING, (), "aan de hoogst gerangschikte aanvragen, voor zover"),
        (VOTING, (("rule: votes", "rule: lottery"),), "in de volgorde die door loting is"),
        (VOTING, (("rule: votes", "rule: pro_rata"),), "wordt naar verhouding verdeeld over"),
    ],
)
def test_the_order_of_treatment_is_told_in_the_words_of_the_province(
    text: str, changes: tuple[tuple[str, str], ...], wording: str
) -> None:
    assert wording in announced(*changes, text=text).text


def test_a_ceiling_of_nothing_says_that_it_is_closed() -> None:
    lines = SMALL[SMALL.index("  - scope: region\n") : SMALL.index("windows:\n")]
    found = announced((lines, ""), ("amount: 10000", "amount: 0"))
    assert "Het subsidieplafond is €\u00a00." in found.text
    assert (
        "gesloten: een aanvraag wordt geweigerd op grond van artikel 4:25, tweede lid" in found.text
    )


def test_a_raised_ceiling_names_what_stood_before() -> None:
    found = announced((TOTAL, TOTAL + STEP.format(amount=12500)))
    assert "Het subsidieplafond is €\u00a012.500." in found.text
    assert "is op 20 januari 2026 verhoogd van €\u00a010.000 naar €\u00a012.500" in found.text
    assert "Een verlaging geldt niet" not in found.text


def test_a_lowered_ceiling_leaves_who_is_in_alone() -> None:
    found = announced((TOTAL, TOTAL + STEP.format(amount=8000)))
    assert "verlaagd van €\u00a010.000 naar €\u00a08.000" in found.text
    assert (
        "Een verlaging geldt niet voor aanvragen die al zijn ingediend (artikel 4:27" in found.text
    )


def test_a_day_that_nobody_chose_yet_is_a_place_to_fill_in() -> None:
    found = announced(("published_on: 2026-01-05", "published_on: unknown"))
    assert "op [dag van bekendmaking, vóór 1 februari 2026]." in found.text


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("paragraph: '1'", "paragraph: unknown", "paragraaf"),
        ("regulation: Regeling Klein", "regulation: unknown", "naam van de regeling"),
        ("legal_regime: awb", "legal_regime: unknown", "soort besluit"),
        ("deciding_body: Het college", "deciding_body: unknown", "wie beslist"),
        ("    opens: 2026-02-01", "    opens: unknown", "periode: eerste dag"),
        ("    closing: before", "    closing: unknown", "periode: meetellen van de laatste dag"),
        ("amount: 6000", "amount: unknown", "subsidieplafond: bedrag (het plafond voor Noord)"),
        ("  rule: receipt", "  rule: unknown", "verdeling: verdeelregel"),
    ],
)
def test_what_is_unknown_is_named_and_nothing_is_invented(old: str, new: str, what: str) -> None:
    assert gazette(read(SMALL, (old, new))) == Missing((what,))


def test_a_private_fund_announces_nothing() -> None:
    found = gazette(read(SMALL, ("legal_regime: awb", "legal_regime: private_fund")))
    assert isinstance(found, Missing)
    assert "particulier fonds" in found.what[0]


def test_one_period_can_be_announced_by_itself() -> None:
    window = SMALL[SMALL.index("  - code: voorjaar\n") : SMALL.index("form:\n")]
    later = window.replace("voorjaar", "najaar").replace("2026-0", "2027-0")
    found = announced((window, window + later), window="najaar")
    assert "1 februari 2027" in found.text
    assert "1 februari 2026" not in found.text
    with pytest.raises(KeyError):
        gazette(read(SMALL), window="zomer")


def test_nothing_that_comes_along_can_be_published_as_if_it_were_real() -> None:
    """Their facts are of other authorities or rest on assumptions."""
    for path in (*files(), *collection()):
        found = gazette(parse(path.read_text(encoding="utf-8"), file=path.name))
        assert isinstance(found, Missing) or EXAMPLE in found.text, path.name
