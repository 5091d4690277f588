"""Settlement: as awarded (Awb 4:46, first paragraph) or lower (second paragraph, after hearing)."""

from documents.letters.composers.award import paid
from documents.letters.composers.frame import (
    amounts,
    grounds,
    legal_basis,
    letter,
    money_word,
    objection,
    own_words,
    questions,
    reasons,
    the_title,
    this_decision,
)
from documents.letters.composers.rejection import hearing
from documents.letters.facts import Amount, LetterFacts, Payment, Settlement
from documents.letters.model import Block, Items, Letter, Paragraph, Section
from documents.letters.wording import day, euro, full_stop, weekday


def settlement(facts: LetterFacts) -> Letter:
    """Settles on the amount that was awarded."""
    about = facts.read(Settlement)
    word, amount = money_word(facts), euro(about.settled_cents)
    return letter(
        facts,
        subject=f"Uw {word} is vastgesteld op {amount}",
        lead=(
            f"Wij stellen uw {word} voor {the_title(facts)} vast op {amount}. "
            "Dat is het hele bedrag dat wij u hebben toegezegd."
        ),
        sections=[
            _reported(facts, about),
            _sums(about),
            _money(facts, about),
            Section(
                "Is het hiermee klaar?",
                (
                    Paragraph(
                        f"Ja. Met {this_decision(facts)} is uw {word} afgerond. Alleen als later "
                        "blijkt dat gegevens niet klopten, kunnen wij hierop terugkomen. Dat kan "
                        "tot vijf jaar na deze brief."
                        if facts.awb
                        else f"Ja. Met {this_decision(facts)} is uw {word} afgerond."
                    ),
                ),
            ),
            *own_words(facts),
            legal_basis(facts, *_rules(facts, "artikel 4:46, eerste lid, van de Awb")),
            objection(facts),
            questions(facts),
        ],
    )


def lower_settlement(facts: LetterFacts) -> Letter:
    """Settles lower, on a ground of Awb 4:46(2), with what was weighed and what is paid back."""
    about = facts.read(Settlement)
    word, amount = money_word(facts), euro(about.settled_cents)
    return letter(
        facts,
        subject=f"Uw {word} is lager vastgesteld: {amount}",
        lead=(
            f"Wij stellen uw {word} voor {the_title(facts)} vast op {amount}. Dat is "
            f"{euro(about.awarded_cents - about.settled_cents)} minder dan wij u hebben toegezegd."
        ),
        sections=[
            _why(about),
            _reported(facts, about),
            _sums(about),
            _weighed(about),
            hearing(about.hearing),
            _money(facts, about),
            *own_words(facts),
            legal_basis(facts, *_lower_rules(facts, about)),
            objection(facts),
            questions(facts),
        ],
    )


def _rules(facts: LetterFacts, article: str) -> list[tuple[str, str | None]]:
    if not facts.awb:
        return []
    return [
        ("Vaststellen van subsidie", article),
        ("Betalen", "artikel 4:52 en 4:87 van de Awb"),
    ]


def _lower_rules(facts: LetterFacts, about: Settlement) -> list[tuple[str, str | None]]:
    found = [*([about.ground] if about.ground else []), *about.reasons]
    rules = list(grounds(found))
    rules += _rules(facts, "artikel 4:46, tweede lid, van de Awb")
    if facts.awb and about.hearing:
        rules.append(("Uw reactie vooraf", "artikel 4:7, 4:9 en 4:12 van de Awb"))
    if facts.awb and about.paid_cents > about.settled_cents:
        rules.append(("Terugbetalen", "artikel 4:57, 4:86 en 4:87 van de Awb"))
    return rules


def _why(about: Settlement) -> Section:
    found = [*([about.ground] if about.ground else []), *about.reasons]
    return Section("Waarom is het bedrag lager?", reasons(found))


def _reported(facts: LetterFacts, about: Settlement) -> Section | None:
    blocks: list[Block] = []
    if about.awarded_on:
        blocks.append(
            Paragraph(
                f"Op {day(about.awarded_on)} schreven wij u dat u maximaal "
                f"{euro(about.awarded_cents)} {money_word(facts)} kreeg."
            )
        )
    if about.reported_on:
        blocks.append(Paragraph(f"Op {day(about.reported_on)} kregen wij uw verslag."))
    if about.reported:
        blocks += [Paragraph("U liet ons weten:"), Items(about.reported)]
    heading = f"Waarop baseren wij {this_decision(facts)}?"
    return Section(heading, tuple(blocks)) if blocks else None


def _sums(about: Settlement) -> Section:
    lines = about.calculation or (
        Amount(label="Toegezegd bedrag", cents=about.awarded_cents),
        Amount(label="Vastgesteld bedrag", cents=about.settled_cents, part="sum"),
        Amount(label="Al betaald", cents=-about.paid_cents),
        Amount(
            label="Nog te betalen" if _rest(about) >= 0 else "Terug te betalen",
            cents=abs(_rest(about)),
            part="outcome",
        ),
    )
    table = amounts("Berekening van het bedrag", "Onderdeel", lines)
    return Section("Hoe hebben wij het bedrag berekend?", (table,) if table else ())


def _rest(about: Settlement) -> int:
    return about.settled_cents - about.paid_cents


def _weighed(about: Settlement) -> Section | None:
    if not about.proportionality:
        return None
    return Section(
        "Hebben wij rekening gehouden met uw situatie?",
        (Paragraph(full_stop(about.proportionality)),),
    )


def _money(facts: LetterFacts, about: Settlement) -> Section:
    rest = _rest(about)
    if rest > 0:
        text = paid(facts, Payment(cents=rest, iban_last4=about.iban_last4))
        return Section("Wanneer krijgt u het geld?", (Paragraph(text),))
    if rest == 0:
        text = "Wij hebben het hele bedrag al betaald. U krijgt dus niets meer van ons."
        return Section("Krijgt u nog geld?", (Paragraph(text),))
    return _pay_back(facts, -rest)


def _pay_back(facts: LetterFacts, cents: int) -> Section:
    until = (
        f"Betaal dit bedrag uiterlijk {weekday(facts.terms.repayment_by)}."
        if facts.terms.repayment_by
        else "U heeft daarvoor zes weken de tijd, vanaf de dag van verzending van de brief."
    )
    return Section(
        "Wat moet u terugbetalen?",
        (
            Paragraph(
                f"U kreeg al meer van ons. Daarom moet u {euro(cents)} terugbetalen. {until}"
            ),
            Paragraph(
                "U krijgt van ons een rekening waarop staat hoe u betaalt. Kunt u niet alles in "
                "één keer betalen? Bel ons dan voor een regeling in delen. Betaalt u te laat? Dan "
                "kunnen wij wettelijke rente rekenen."
            ),
        ),
    )
