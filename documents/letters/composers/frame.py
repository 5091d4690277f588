"""What every letter shares: the frame around it, and the parts that return in many kinds.

Parts and order follow section 4 of the practice for Dutch subsidy decisions: sender, addressee,
day of sending, reference, a subject that says the outcome, the outcome in the first sentence,
questions as headings, articles in a part of their own, the objection clause (Awb 3:45, 6:5)
only in decisions under the Awb.
"""

import datetime as dt
from collections.abc import Iterable

from documents.letters.facts import Amount, Known, LetterFacts, Reason
from documents.letters.model import (
    Block,
    Items,
    Letter,
    Lines,
    Pairs,
    Paragraph,
    Row,
    Section,
    Table,
)
from documents.letters.values import Rule
from documents.letters.wording import (
    day,
    euro,
    full_stop,
    known,
    listed,
    shortened,
    weekday,
)

CALL = "Neem dan contact met ons op."
NOTICES = {
    "": "",
    "voorbeeld": "Dit is een voorbeeld. Aan deze brief kunt u geen rechten ontlenen.",
    "test": "Dit is een test. Aan deze brief kunt u geen rechten ontlenen.",
}


def letter(
    facts: LetterFacts,
    *,
    subject: str,
    lead: str,
    sections: Iterable[Section | None],
    annexes: Iterable[Section | None] = (),
) -> Letter:
    """The frame around the parts; parts that are None have nothing to say and fall out."""
    kept = tuple(annex for annex in annexes if annex)
    return Letter(
        kind=facts.kind,
        mark="voorbeeld" if facts.preview else facts.mark,
        sender=facts.authority.sender_name,
        sender_details=_sender_details(facts),
        addressee=_addressee(facts),
        references=_references(facts, kept),
        dossier_number=facts.dossier.number,
        subject=subject,
        salutation=_salutation(facts),
        lead=lead,
        sections=tuple(section for section in sections if section),
        signature=_signature(facts),
        annexes=kept,
        notice=_notice(facts),
    )


def _notice(facts: LetterFacts) -> str:
    if facts.preview:
        return "Dit is een voorbeeld. Zo kan uw brief eruitzien. Er is nog niets besloten."
    return NOTICES[facts.mark]


def _sender_details(facts: LetterFacts) -> tuple[str, ...]:
    office = facts.authority
    details = (
        *office.postal_address.splitlines(),
        *office.visiting_address.splitlines(),
        office.phone,
        office.email,
        office.website,
    )
    return tuple(line.strip() for line in details if line.strip())


def _addressee(facts: LetterFacts) -> tuple[str, ...]:
    to = facts.addressee
    attention = f"t.a.v. {shortened(to.attention)}" if to.attention else ""
    place = f"{to.postcode}  {to.place.upper()}" if to.postcode else to.place
    lines = (shortened(to.name, 160), attention, to.street, place.strip())
    return tuple(line for line in lines if line)


def _references(facts: LetterFacts, annexes: tuple[Section, ...]) -> tuple[tuple[str, str], ...]:
    sent = day(facts.sent_on) if facts.sent_on else "nog niet verzonden"
    rows = [
        ("Datum van verzending", sent),
        ("Ons nummer", facts.dossier.number or "volgt bij indienen"),
        ("Uw aanvraag", shortened(facts.dossier.title)),
        ("Regeling", facts.regulation.title),
    ]
    if facts.contact:
        rows.append(("Contactpersoon", listed_contact(facts)))
    if annexes:
        rows.append(("Bijlagen", str(len(annexes))))
    return tuple(rows)


def listed_contact(facts: LetterFacts) -> str:
    """Name and telephone of who answers questions."""
    if not facts.contact:
        return ""
    return ", ".join(part for part in (facts.contact.name, facts.contact.phone) if part)


def _salutation(facts: LetterFacts) -> str:
    name = facts.addressee.attention or facts.addressee.name
    return f"Beste {name}," if len(name) <= 60 else "Beste aanvrager,"


def _signature(facts: LetterFacts) -> tuple[str, ...]:
    office = facts.authority
    if not facts.is_decision:
        return ("Met vriendelijke groet,", office.signing_body or office.sender_name)
    body = known(office.signing_body, example=facts.example) or office.sender_name
    if not facts.signature:
        return (f"{body},", "namens deze,", "(nog niet ondertekend)")
    signed = (f"{body},", "namens deze,", facts.signature.name, facts.signature.function)
    return tuple(line for line in signed if line)


def by_post(facts: LetterFacts) -> str:
    """How to send something on paper; without a postal address one asks us."""
    number = facts.dossier.number
    if facts.authority.postal_address:
        return f"Stuur dan een brief naar het adres bovenaan en zet ons nummer {number} erbij."
    return f"Vraag ons dan hoe dat kan, en noem ons nummer {number}."


def money_word(facts: LetterFacts) -> str:
    """What the money is called: a private fund gives no "subsidie" (Awb 4:21)."""
    return "subsidie" if facts.awb else "bijdrage"


def this_decision(facts: LetterFacts) -> str:
    return "dit besluit" if facts.awb else "deze beslissing"


def the_title(facts: LetterFacts) -> str:
    return f"“{shortened(facts.dossier.title)}”"


def amounts(caption: str, head: str, lines: Iterable[Amount]) -> Table | None:
    """A table of amounts, or None when there is no line."""
    found = tuple(lines)
    exact = any(line.cents % 100 for line in found)
    rows = tuple(Row(line.label, euro(line.cents, always_cents=exact), line.part) for line in found)
    return Table(caption, (head, "Bedrag"), rows) if rows else None


def with_sum(lines: Iterable[Amount], label: str = "Totaal") -> tuple[Amount, ...]:
    """The lines with their sum below."""
    found = tuple(lines)
    total = sum(line.cents for line in found)
    return (*found, Amount(label=label, cents=total, part="outcome")) if found else ()


def reasons(found: Iterable[Reason]) -> tuple[Block, ...]:
    """Each reason as a paragraph, the facts that it rests on below it."""
    blocks: list[Block] = []
    for reason in found:
        blocks.append(Paragraph(full_stop(reason.sentence)))
        if reason.details:
            blocks.append(Items(reason.details))
    return tuple(blocks)


def period(starts: dt.date | None, ends: dt.date | None) -> str:
    """When the activities are, as far as that is known."""
    if starts and ends:
        return f"De activiteiten zijn van {day(starts)} tot en met {day(ends)}."
    if ends:
        return f"De activiteiten zijn klaar op {day(ends)}."
    if starts:
        return f"De activiteiten beginnen op {day(starts)}."
    return ""


def own_words(facts: LetterFacts) -> tuple[Section, ...]:
    """What the regulation or the person who decides wants to add, each under its heading."""
    found: dict[str, list[Block]] = {}
    for told in facts.own_words:
        heading = told.heading or "Wat willen wij u nog meegeven?"
        found.setdefault(heading, []).append(Paragraph(told.text))
    return tuple(Section(heading, tuple(blocks)) for heading, blocks in found.items())


def legal_basis(facts: LetterFacts, *more: tuple[str, Known]) -> Section:
    """The part with the articles: the regulation, its rules and those of the reasons used."""
    example = facts.example
    paragraph = Rule(subject="Paragraaf", source=facts.regulation.paragraph)
    rules = (
        paragraph,
        *facts.regulation.rules,
        *(Rule(subject=what, source=where) for what, where in more),
    )
    found: dict[str, list[str]] = {"Regeling": [regulation_name(facts)]}
    for rule in rules:
        source = known(rule.source, example=example)
        sources = found.setdefault(rule.subject, [])
        if source and source not in sources:
            sources.append(source)
    rows = [(subject, listed(sources)) for subject, sources in found.items() if sources]
    if any("Awb" in sources for _subject, sources in rows):
        rows.append(("Awb", "de Algemene wet bestuursrecht"))
    return Section("Welke regels gelden er?", (Pairs(tuple(rows)),))


def regulation_name(facts: LetterFacts) -> str:
    """The regulation with the call in which the application came in."""
    title, call = facts.regulation.title, facts.regulation.call_title
    return f"{title} ({call})" if call and title not in call else call or title


def grounds(found: Iterable[Reason]) -> tuple[tuple[str, Known], ...]:
    """The articles of reasons, as lines of the legal basis."""
    return tuple(("Reden van dit besluit", reason.article) for reason in found)


def questions(facts: LetterFacts) -> Section:
    """Whom to ask: the person who handles the dossier, and the broker who helps."""
    office = facts.authority
    phone = (facts.contact and facts.contact.phone) or office.phone
    mail = (facts.contact and facts.contact.email) or office.email
    ways = [f"bellen: {phone}"] * bool(phone) + [f"mailen: {mail}"] * bool(mail)
    who = f" Vraag naar {facts.contact.name}." if facts.contact else ""
    ask = f"U kunt ons {listed(ways).replace(' en mailen', ' of mailen')}." if ways else CALL
    number = f" Noem daarbij ons nummer {facts.dossier.number}." if facts.dossier.number else ""
    blocks: list[Block] = [Paragraph(f"{ask}{who}{number}")]
    if facts.broker:
        reach = [part for part in (facts.broker.phone, facts.broker.email) if part]
        how = f" ({listed(reach)})" if reach else ""
        blocks.append(
            Paragraph(f"Uw 4D-makelaar {facts.broker.name}{how} denkt ook graag met u mee.")
        )
    return Section("Heeft u vragen?", tuple(blocks))


def objection(facts: LetterFacts) -> Section:
    """The objection clause with the computed last day (Awb 3:45, 6:4 to 6:8, 8:81).

    A private fund takes no decision in the sense of the Awb: then the letter says so.
    """
    if not facts.awb:
        return Section(
            "Bent u het niet eens met deze beslissing?",
            (
                Paragraph(
                    "Bel of mail ons dan. Wij leggen graag uit hoe wij tot deze beslissing kwamen. "
                    "Deze bijdrage komt uit een fonds. De beslissing is geen besluit volgens de "
                    "Algemene wet bestuursrecht. U kunt daarom geen bezwaar maken."
                ),
            ),
        )
    return Section("Bent u het niet eens met dit besluit?", tuple(_objection_blocks(facts)))


def _objection_blocks(facts: LetterFacts) -> Iterable[Block]:
    office = facts.authority
    example = facts.example
    if office.phone:
        yield Paragraph(f"Bel ons eerst: {office.phone}. Vaak komen wij er samen uit.")
    yield Paragraph(f"Raakt dit besluit u rechtstreeks? Dan kunt u bezwaar maken. {_last(facts)}")
    yield Paragraph("Stuur uw bezwaar naar:")
    yield Lines(_objection_address(facts))
    if office.objection_url:
        yield Paragraph(f"Of gebruik het formulier op {office.objection_url}.")
    yield Paragraph("Zet in uw bezwaar:")
    yield Items(
        (
            "uw naam en adres;",
            "de datum;",
            f"tegen welk besluit u bezwaar maakt: noem ons nummer {facts.dossier.number};",
            "waarom u het niet eens bent met het besluit;",
            "uw handtekening.",
        )
    )
    court = known(office.court, example=example)
    where = f" van de {court}" if office.court else f" van de rechtbank: {court}," if court else ""
    judge = f"de voorzieningenrechter{where}"
    yield Paragraph(
        "Als u bezwaar maakt, blijft het besluit toch gelden. Kunt u daar niet op wachten? Vraag "
        f"dan {judge} om een tijdelijke maatregel (voorlopige voorziening). Dat kan alleen als u "
        "ook bezwaar maakt. U betaalt hiervoor griffierecht."
    )


def _objection_address(facts: LetterFacts) -> tuple[str, ...]:
    """The body with the address for objections, which may name the body itself."""
    office = facts.authority
    lines = tuple(line.strip() for line in office.objection_address.splitlines() if line.strip())
    if lines and (office.signing_body is None or office.signing_body in lines):
        return lines
    return (known(office.signing_body, example=facts.example) or office.sender_name, *lines)


def _last(facts: LetterFacts) -> str:
    term = "Dat kan binnen zes weken, vanaf de dag na de datum van verzending van deze brief."
    if not facts.terms.objection_until:
        return f"{term} De laatste dag staat straks in de brief die wij u sturen."
    return f"{term} De laatste dag is {weekday(facts.terms.objection_until)}."
