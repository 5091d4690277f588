"""Award and direct settlement: twelve parts, in the order in which a recipient asks for them."""

from documents.letters.composers.frame import (
    amounts,
    grounds,
    legal_basis,
    letter,
    money_word,
    objection,
    own_words,
    period,
    questions,
    reasons,
    regulation_name,
    the_title,
    this_decision,
    with_sum,
)
from documents.letters.facts import (
    Award,
    Ceiling,
    Departure,
    LetterFacts,
    LetterKind,
    Obligation,
    Payment,
    Place,
)
from documents.letters.model import Block, Items, Letter, Paragraph, Quote, Section
from documents.letters.wording import (
    count,
    day,
    euro,
    full_stop,
    known,
    listed,
    shortened,
    weekday,
)


def award(facts: LetterFacts) -> Letter:
    """Awards at most an amount; the settlement follows after the activities (Awb 4:29, 4:31)."""
    return _letter(facts, at_most="maximaal ")


def direct_settlement(facts: LetterFacts) -> Letter:
    """Settles at once, without an award before it (Awb 4:42, 4:43)."""
    return _letter(facts, at_most="")


def _letter(facts: LetterFacts, *, at_most: str) -> Letter:
    about = facts.read(Award)
    amount, word = euro(about.amount_cents), money_word(facts)
    return letter(
        facts,
        subject=f"U krijgt {at_most}{amount} {word}",
        lead=f"U krijgt van ons {at_most}{amount} {word} voor {the_title(facts)}.{_less(facts)}",
        sections=[
            _basis(facts, about),
            departure(facts, about.departure),
            _calculation(facts, about),
            _activities(facts, about),
            _obligations(about, word),
            _payment(facts, about),
            _accountability(facts, about),
            _otherwise(facts),
            _state_aid(about, word),
            _publication(facts, about),
            *own_words(facts),
            legal_basis(facts, *_rules(facts, about)),
            objection(facts),
            questions(facts),
        ],
        annexes=[_budget(facts, about), _advice(facts, about)],
    )


def _less(facts: LetterFacts) -> str:
    about = facts.read(Award)
    if about.amount_cents < facts.dossier.asked_cents:
        return (
            f" U vroeg {euro(facts.dossier.asked_cents)}. Hieronder leest u waarom het bedrag "
            "lager is."
        )
    if facts.kind == LetterKind.DIRECT_SETTLEMENT:
        return " Dit bedrag staat meteen vast."
    return ""


def _rules(facts: LetterFacts, about: Award) -> list[tuple[str, str | None]]:
    rules: list[tuple[str, str | None]] = []
    if facts.awb and facts.kind == LetterKind.AWARD:
        rules.append(("Verlenen van subsidie", "artikel 4:29 tot en met 4:31 van de Awb"))
    if facts.awb and facts.kind == LetterKind.DIRECT_SETTLEMENT:
        rules.append(("Direct vaststellen van subsidie", "artikel 4:42 en 4:43 van de Awb"))
    rules += grounds(about.differences)
    rules += departure_rule(facts, about.departure)
    rules += [("Waar u zich aan houdt", duty.article) for duty in about.obligations]
    if facts.awb:
        rules.append(("Betalen", "artikel 4:52 en 4:87 van de Awb"))
        rules.append(
            ("Wijzigen en terugvorderen", "artikel 4:46 tot en met 4:49 en 4:57 van de Awb")
        )
    return rules


def _basis(facts: LetterFacts, about: Award) -> Section:
    dossier, example = facts.dossier, facts.example
    received = f" van {day(dossier.received_on)}" if dossier.received_on else ""
    blocks: list[Block] = [
        Paragraph(
            f"Wij keken naar uw aanvraag{received} en naar de regels van de regeling "
            f"{regulation_name(facts)}."
        )
    ]
    if len(dossier.applicant) > 60:
        blocks.append(Paragraph(f"De aanvrager is {dossier.applicant}."))
    if about.advice:
        by = known(about.advice.by, example=example)
        blocks.append(Paragraph(f"Wij kregen advies van {by}. U leest het in de bijlage."))
    if about.place:
        blocks.append(Paragraph(place_sentence(about.place)))
    if about.ceiling:
        blocks.append(Paragraph(ceiling_sentence(about.ceiling)))
    return Section(f"Waarop baseren wij {this_decision(facts)}?", tuple(blocks))


def departure(facts: LetterFacts, told: Departure | None) -> Section | None:
    """That we depart from vote or advice, and why, in the words of who decides (Awb 3:50)."""
    if told is None:
        return None
    said = ""
    if told.advised_cents == 0:
        said = f"Volgens {told.source} kreeg uw aanvraag geen geld. "
    elif told.advised_cents:
        said = f"Volgens {told.source} kreeg uw aanvraag {euro(told.advised_cents)}. "
    return Section(
        f"Waarom wijken wij af van {told.source}?",
        (
            Paragraph(f"{said}Wij nemen een andere beslissing. Dit is de reden:"),
            Quote(told.reason),
        ),
    )


def departure_rule(facts: LetterFacts, told: Departure | None) -> list[tuple[str, str | None]]:
    """The article under which a departure is explained; none where the Awb does not apply."""
    return [("Afwijken van een advies", "artikel 3:50 van de Awb")] if told and facts.awb else []


def place_sentence(place: Place) -> str:
    """Rank and votes, as far as there are any."""
    votes = f"kreeg {count(place.votes, 'stem', 'stemmen')}" if place.votes is not None else ""
    rank = f"staat op plaats {place.rank}" if place.rank else ""
    of = f" van de {place.of} aanvragen" if place.rank and place.of else ""
    return f"Uw aanvraag {listed(part for part in (votes, rank + of) if part)}."


def ceiling_sentence(ceiling: Ceiling) -> str:
    """What there was to divide, and what was given before (Awb 4:25)."""
    return (
        f"Voor {ceiling.label} is {euro(ceiling.ceiling_cents)} beschikbaar (het subsidieplafond). "
        f"Daarvan was al {euro(ceiling.awarded_before_cents)} verdeeld."
    )


def _calculation(facts: LetterFacts, about: Award) -> Section | None:
    table = amounts("Berekening van het bedrag", "Onderdeel", about.calculation)
    blocks: list[Block] = [table] if table else []
    if about.differences:
        asked = euro(facts.dossier.asked_cents)
        blocks.append(
            Paragraph(f"U vroeg {asked} en krijgt {euro(about.amount_cents)}. Dat komt hierdoor:")
        )
        blocks += reasons(about.differences)
    return Section("Hoe hebben wij het bedrag berekend?", tuple(blocks)) if blocks else None


def _activities(facts: LetterFacts, about: Award) -> Section:
    what = about.activities or facts.dossier.activity or facts.dossier.title
    blocks: list[Block] = [
        Paragraph(f"De {money_word(facts)} is alleen voor deze activiteiten:"),
        Quote(what),
    ]
    when = period(about.starts_on, about.ends_on)
    if when:
        blocks.append(Paragraph(when))
    return Section(f"Waarvoor is de {money_word(facts)}?", tuple(blocks))


def _obligations(about: Award, word: str) -> Section | None:
    if not about.obligations:
        return None
    items = tuple(_obligation(duty) for duty in about.obligations)
    return Section(
        "Waar moet u zich aan houden?",
        (Paragraph(f"Bij deze {word} horen verplichtingen:"), Items(items, numbered=True)),
    )


def _obligation(duty: Obligation) -> str:
    until = f" Uiterlijk {day(duty.due_on)}." if duty.due_on else ""
    return full_stop(duty.text) + until


def _payment(facts: LetterFacts, about: Award) -> Section:
    if not about.payment or not about.payment.cents:
        return Section(
            "Wanneer krijgt u het geld?",
            (Paragraph("U krijgt geen voorschot. Wij betalen nadat wij het bedrag vaststellen."),),
        )
    return Section("Wanneer krijgt u het geld?", (Paragraph(paid(facts, about.payment)),))


def paid(facts: LetterFacts, payment: Payment) -> str:
    """What is paid, on which account and by when (Awb 4:87: within six weeks)."""
    what = "als voorschot" if payment.is_advance else "in één keer"
    account = f" op uw rekening die eindigt op {payment.iban_last4}" if payment.iban_last4 else ""
    until = (
        f"uiterlijk {weekday(facts.terms.payment_by)}"
        if facts.terms.payment_by
        else "binnen zes weken nadat wij de brief versturen"
    )
    return (
        f"Wij betalen {euro(payment.cents)} {what}{account}. Het geld staat {until} op de rekening."
    )


def _accountability(facts: LetterFacts, about: Award) -> Section | None:
    duty = about.accountability
    if not duty:
        return None
    blocks: list[Block] = []
    if duty.tier == "direct":
        blocks.append(
            Paragraph(
                "U hoeft ons niets te sturen. Wij horen wel graag hoe het ging: u mag ons uw "
                "verhaal en foto's sturen."
            )
        )
    else:
        until = f" Doe dat uiterlijk {weekday(duty.report_by)}." if duty.report_by else ""
        blocks.append(
            Paragraph(f"Laat ons na afloop in uw dossier weten wat u heeft gedaan.{until}")
        )
        if duty.report_contents:
            blocks += [Paragraph("Wij vragen u om:"), Items(duty.report_contents)]
        blocks.append(
            Paragraph(
                f"Daarna stellen wij de {money_word(facts)} vast: u hoort dan welk bedrag "
                "definitief is."
            )
        )
    checks = []
    if duty.spot_check_until:
        checks.append(
            f"Tot en met {day(duty.spot_check_until)} kunnen wij controleren of u de activiteiten "
            "heeft uitgevoerd (een steekproef)."
        )
    if duty.keep_until:
        checks.append(f"Bewaar daarom uw administratie tot en met {day(duty.keep_until)}.")
    if checks:
        blocks.append(Paragraph(" ".join(checks)))
    return Section("Hoe laat u zien wat u heeft gedaan?", tuple(blocks))


def _otherwise(facts: LetterFacts) -> Section:
    word = money_word(facts)
    return Section(
        "Wat als het anders loopt?",
        (
            Paragraph(
                "Gaan de activiteiten niet door, later door of anders dan u schreef? Of lukt het "
                "niet om u aan een verplichting te houden? Laat ons dat dan meteen weten. Dat "
                "bent u verplicht. Vaak vinden wij samen een oplossing."
            ),
            Paragraph(
                "Doet u de activiteiten niet of maar voor een deel, of houdt u zich niet aan de "
                f"verplichtingen? Dan kunnen wij de {word} lager maken of stoppen. Te veel "
                "betaald geld moet u terugbetalen."
            ),
        ),
    )


def _state_aid(about: Award, word: str) -> Section | None:
    if not about.state_aid:
        return None
    return Section(f"Is deze {word} staatssteun?", (Paragraph(about.state_aid),))


def _publication(facts: LetterFacts, about: Award) -> Section:
    text = (
        f"Wij maken openbaar wie {money_word(facts)} krijgt, waarvoor en hoeveel. Namen van "
        "privépersonen maken wij niet openbaar."
        if about.published
        else "Wij maken uw naam niet openbaar, want u vraagt aan als privépersoon."
    )
    return Section(f"Wat maken wij openbaar over {this_decision(facts)}?", (Paragraph(text),))


def _budget(facts: LetterFacts, about: Award) -> Section | None:
    costs = amounts("Kosten", "Kosten", with_sum(about.costs, "Totaal kosten"))
    funding = amounts("Dekking", "Dekking", with_sum(about.funding, "Totaal dekking"))
    blocks: list[Block] = [table for table in (costs, funding) if table]
    if not blocks:
        return None
    intro = Paragraph(
        f"Dit is de begroting van {shortened(facts.dossier.title)} waar {this_decision(facts)} "
        "bij hoort."
    )
    return Section("Bijlage: uw begroting", (intro, *blocks), on_new_page=len(about.costs) > 12)


def _advice(facts: LetterFacts, about: Award) -> Section | None:
    if not about.advice:
        return None
    by = known(about.advice.by, example=facts.example)
    blocks: list[Block] = [Paragraph(f"Advies van {by}:"), Quote(about.advice.text)]
    if about.advice.members:
        blocks.append(Paragraph(f"Het advies is gegeven door {listed(about.advice.members)}."))
    return Section(f"Bijlage: het advies bij {this_decision(facts)}", tuple(blocks))
