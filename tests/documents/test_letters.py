"""What the letters say: the outcome first, the clause where it belongs, nothing invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.facts.dating import dated
from documents.letters import Letter, LetterKind, compose
from documents.letters.facts import (
    DECISION_KINDS,
    Dossier,
    LetterFacts,
    OwnWords,
    Rejection,
    Terms,
    facts_from_plain,
    facts_to_plain,
)
from documents.letters.wording import IncompleteFactsError, euro, shortened
from tests.documents.examples import facts

ALL = list(LetterKind)


def all_text(letter: Any) -> str:
    """Every piece of text in a letter, one under the other."""
    if isinstance(letter, str):
        return letter
    if isinstance(letter, tuple):
        return "\n".join(all_text(item) for item in letter)
    if hasattr(letter, "__dataclass_fields__"):
        return "\n".join(all_text(getattr(letter, name)) for name in letter.__dataclass_fields__)
    return ""


def headings(letter: Letter) -> list[str]:
    return [section.heading for section in letter.sections]


@pytest.mark.parametrize("kind", ALL)
def test_facts_survive_being_stored(kind: LetterKind) -> None:
    told = facts(kind)

    assert facts_from_plain(facts_to_plain(told)) == told


def test_facts_of_an_unknown_format_are_refused() -> None:
    plain = facts_to_plain(facts(LetterKind.AWARD))

    with pytest.raises(ValueError, match="format"):
        facts_from_plain({**plain, "format": 2})
    with pytest.raises(TypeError, match="surplus"):
        facts_from_plain({**plain, "surplus": 1})


@pytest.mark.parametrize("kind", ALL)
def test_subject_and_first_sentence_say_the_outcome(kind: LetterKind) -> None:
    letter = compose(facts(kind))
    words = {
        LetterKind.RECEIPT_CONFIRMATION: "ontvangen",
        LetterKind.APPLICATION_COPY: "kopie",
        LetterKind.REPAIR_REQUEST: "21 april 2026",
        LetterKind.NOT_PROCESSED: "niet",
        LetterKind.AWARD: "€ 750",
        LetterKind.DIRECT_SETTLEMENT: "€ 1.000",
        LetterKind.REJECTION: "geen subsidie",
        LetterKind.INTENT_NOTICE: "reactie",
        LetterKind.SETTLEMENT: "€ 1.000",
        LetterKind.LOWER_SETTLEMENT: "€ 600",
        LetterKind.WITHDRAWAL_CONFIRMATION: "ingetrokken",
    }

    for text in (letter.subject, letter.lead):
        if kind is not LetterKind.INTENT_NOTICE:
            assert words[kind].lower() in text.replace("\u00a0", " ").lower()
    assert letter.dossier_number == "2026-000123-7"


@pytest.mark.parametrize("kind", ALL)
def test_only_a_decision_under_the_awb_has_an_objection_clause(kind: LetterKind) -> None:
    told = facts(kind)
    fund = replace(told, regulation=replace(told.regulation, legal_regime="private_fund"))

    public, private = all_text(compose(told)), all_text(compose(fund))

    decides = kind in DECISION_KINDS
    assert ("Dan kunt u bezwaar maken" in public) == decides
    assert ("voorzieningenrechter van de Rechtbank Overijssel" in public) == decides
    assert ("woensdag 6 mei 2026" in public.replace("\u00a0", " ")) == decides
    assert "voorzieningenrechter" not in private
    assert ("U kunt daarom geen bezwaar maken" in private) == decides
    assert "subsidie voor" not in private


def test_the_objection_clause_names_all_that_the_law_asks() -> None:
    text = all_text(compose(facts(LetterKind.REJECTION)))

    for part in (
        "binnen zes weken",
        "dag na de datum van verzending",
        "Gedeputeerde Staten van Overijssel",
        "Postbus 10078",
        "samen.example.nl/bezwaar",
        "uw naam en adres",
        "uw handtekening",
        "waarom u het niet eens bent",
        "blijft het besluit toch gelden",
        "Bel ons eerst: 038 499 88 99",
    ):
        assert part in text


@pytest.mark.parametrize("kind", sorted(DECISION_KINDS))
def test_a_decision_is_signed_on_behalf_of_the_body(kind: LetterKind) -> None:
    letter = compose(facts(kind))

    assert letter.signature == (
        "Gedeputeerde Staten van Overijssel,",
        "namens deze,",
        "drs. A. de Groot",
        "teamleider Subsidies",
    )


def test_a_body_that_stands_in_the_address_is_written_once() -> None:
    told = facts(LetterKind.REJECTION)
    address = "Gedeputeerde Staten van Overijssel\nPostbus 10078\n8000 GB Zwolle"
    named = replace(told, authority=replace(told.authority, objection_address=address))

    text = all_text(compose(named))

    assert text.count("Gedeputeerde Staten van Overijssel\n") == 1


@pytest.mark.parametrize("kind", sorted(DECISION_KINDS))
def test_what_no_source_gives_is_printed_as_unknown_in_examples_only(kind: LetterKind) -> None:
    told = facts(kind)
    nobody = replace(told, authority=replace(told.authority, signing_body=None))

    assert "niet bekend (voorbeeld)" in all_text(compose(nobody))
    with pytest.raises(IncompleteFactsError):
        compose(replace(nobody, mark=""))


@pytest.mark.parametrize("mark", ["voorbeeld", "test"])
def test_an_example_says_so(mark: Any) -> None:
    letter = compose(facts(LetterKind.AWARD, mark=mark))

    assert letter.mark == mark
    assert "geen rechten" in letter.notice
    real = facts(LetterKind.WITHDRAWAL_CONFIRMATION, mark="")
    assert compose(real).notice == ""


def test_a_preview_promises_nothing() -> None:
    told = facts(LetterKind.AWARD, preview=True, sent_on=None, terms=Terms(), signature=None)
    letter = compose(replace(told, mark="", dossier=replace(told.dossier, number="")))

    assert letter.mark == "voorbeeld"
    assert "nog niets besloten" in letter.notice
    assert ("Ons nummer", "volgt bij indienen") in letter.references
    assert "De laatste dag staat straks" in all_text(letter)


def test_the_terms_count_from_the_day_of_sending() -> None:
    told = facts(LetterKind.AWARD, terms=Terms(), sent_on=None)

    sent = dated(told, dt.date(2026, 4, 13))

    assert sent.sent_on == dt.date(2026, 4, 13)
    assert sent.terms.objection_until == dt.date(2026, 5, 26)  # Whit Monday is skipped
    assert sent.terms.payment_by == dt.date(2026, 5, 26)
    assert dated(facts(LetterKind.REJECTION, terms=Terms()), dt.date(2026, 3, 24)).terms == Terms(
        objection_until=dt.date(2026, 5, 6)
    )


def test_money_that_was_paid_too_much_is_asked_back_by_a_day() -> None:
    sent = dated(facts(LetterKind.LOWER_SETTLEMENT, terms=Terms()), dt.date(2026, 3, 24))

    text = all_text(compose(sent)).replace("\u00a0", " ")

    assert "moet u € 300 terugbetalen" in text
    assert "uiterlijk woensdag 6 mei 2026" in text


def test_part_of_the_amount_comes_with_its_reasons() -> None:
    letter = compose(facts(LetterKind.AWARD))
    text = all_text(letter).replace("\u00a0", " ")

    assert "U vroeg € 1.000 en krijgt € 750" in text
    assert "Er was niet genoeg geld over" in text
    assert "118 stemmen" in text
    assert "plaats 25 van de 47" in text
    assert headings(letter).index("Hoe hebben wij het bedrag berekend?") < headings(letter).index(
        "Bent u het niet eens met dit besluit?"
    )
    assert [section.heading for section in letter.annexes] == [
        "Bijlage: uw begroting",
        "Bijlage: het advies bij dit besluit",
    ]


def test_the_clock_stands_still_from_the_day_after_the_request() -> None:
    text = all_text(compose(facts(LetterKind.REPAIR_REQUEST))).replace("\u00a0", " ")

    assert "Dat begint op 25 maart 2026." in text


def test_without_a_postal_address_nobody_is_sent_to_one() -> None:
    for kind in (LetterKind.RECEIPT_CONFIRMATION, LetterKind.REPAIR_REQUEST):
        told = facts(kind)
        bare = replace(told, authority=replace(told.authority, postal_address=""))
        assert "adres bovenaan" in all_text(compose(told))
        assert "adres bovenaan" not in all_text(compose(bare))


def test_articles_stand_together_and_not_in_the_sentences() -> None:
    letter = compose(facts(LetterKind.REJECTION))

    for section in letter.sections:
        if section.heading != "Welke regels gelden er?":
            assert "artikel" not in all_text(section)


def test_own_words_stand_under_their_heading() -> None:
    own = (OwnWords(text="Kom langs.", heading="Feest?"), OwnWords(text="Veel plezier!"))

    letter = compose(facts(LetterKind.AWARD, own_words=own))

    assert "Feest?" in headings(letter)
    assert "Wat willen wij u nog meegeven?" in headings(letter)


def test_no_account_number_but_its_last_four() -> None:
    assert "eindigt op 0300" in all_text(compose(facts(LetterKind.DIRECT_SETTLEMENT)))


def test_a_rejection_without_votes_or_ceiling_says_nothing_about_them() -> None:
    told = facts(LetterKind.REJECTION)
    assert isinstance(told.about, Rejection)
    bare = replace(told, about=replace(told.about, place=None, ceiling=None))

    text = all_text(compose(bare))

    assert "stem" not in text.replace("stemmen.", "", 1) or "met meer stemmen" in text
    assert "subsidieplafond" not in text


@given(st.text(max_size=900), st.sampled_from(ALL))
def test_any_name_and_title_make_a_letter(name: str, kind: LetterKind) -> None:
    told = facts(kind)
    dossier = replace(told.dossier, title=name, applicant=name)
    letter = compose(
        replace(told, dossier=dossier, addressee=replace(told.addressee, name=name, attention=""))
    )

    assert len(letter.subject) < 300
    assert all(len(value) < 400 for _label, value in letter.references)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_reads_back(cents: int) -> None:
    text = euro(cents).replace("\u00a0", "").replace("€", "").replace(".", "")
    whole, _, rest = text.partition(",")
    sign = -1 if text.startswith("-") else 1

    assert sign * (abs(int(whole)) * 100 + int(rest or 0)) == cents


def test_a_long_title_ends_at_a_word() -> None:
    assert shortened("een twee drie vier", 12) == "een twee…"
    assert shortened("kort") == "kort"


def test_facts_of_another_kind_are_refused() -> None:
    told: LetterFacts = facts(LetterKind.AWARD)

    with pytest.raises(TypeError):
        replace(told, kind=LetterKind.REJECTION)
    with pytest.raises(TypeError):
        told.read(Dossier)
