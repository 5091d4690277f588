"""The request to supplement (Awb 4:5, first paragraph) and the decision not to treat."""

import datetime as dt

from documents.letters.composers.frame import (
    by_post,
    legal_basis,
    letter,
    objection,
    own_words,
    questions,
    the_title,
    this_decision,
)
from documents.letters.facts import LetterFacts, Missing, NotProcessed, Repair
from documents.letters.model import Block, Items, Letter, Paragraph, Section
from documents.letters.wording import count, day, weekday


def _items(missing: tuple[Missing, ...]) -> Items:
    lines = (f"{item.what}: {item.why}" if item.why else item.what for item in missing)
    return Items(tuple(lines), numbered=True)


def repair_request(facts: LetterFacts) -> Letter:
    """Asks for what is missing, once, with a last day. Preparatory: no objection (Awb 6:3)."""
    about = facts.read(Repair)
    until = weekday(about.deliver_by)
    things = count(len(about.missing), "onderdeel", "onderdelen")
    return letter(
        facts,
        subject=f"Vul uw aanvraag aan: uiterlijk {day(about.deliver_by)}",
        lead=(
            f"Uw aanvraag {the_title(facts)} is nog niet compleet: er ontbreken nog {things}. "
            f"Stuur ze ons uiterlijk {until}."
            if len(about.missing) != 1
            else f"Uw aanvraag {the_title(facts)} is nog niet compleet: er ontbreekt nog {things}. "
            f"Stuur het ons uiterlijk {until}."
        ),
        sections=[
            Section(
                "Wat hebben wij nog van u nodig?", (_items(about.missing), *_day_counts(about))
            ),
            _how(facts),
            _clock(facts, about),
            _otherwise(about),
            *own_words(facts),
            legal_basis(
                facts,
                ("Aanvullen van uw aanvraag", "artikel 4:5 van de Awb"),
                ("Wachttijd", "artikel 4:15 van de Awb"),
            )
            if facts.awb
            else None,
            questions(facts),
        ],
    )


def _day_counts(about: Repair) -> tuple[Block, ...]:
    if not about.complete_day_counts:
        return ()
    return (
        Paragraph(
            "De dag waarop uw aanvraag compleet is, bepaalt uw plaats in de volgorde. "
            "Wacht dus niet tot de laatste dag."
        ),
    )


def _how(facts: LetterFacts) -> Section:
    site = facts.authority.portal
    where = f"in uw dossier op {site}" if site else "in uw dossier"
    return Section(
        "Hoe stuurt u het op?",
        (
            Paragraph(
                f"U voegt de onderdelen toe {where}. Lukt dat niet? {by_post(facts)} Heeft "
                "u meer tijd nodig? Vraag dat dan vóór de laatste dag bij ons aan."
            ),
        ),
    )


def _clock(facts: LetterFacts, about: Repair) -> Section:
    asked = about.clock_stops_on
    since = f" Dat begint op {day(asked + dt.timedelta(days=1))}." if asked else ""
    return Section(
        f"Wat betekent dit voor de datum van {'ons besluit' if facts.awb else 'onze beslissing'}?",
        (
            Paragraph(
                "De dagen waarop wij op uw aanvulling wachten, tellen niet mee voor onze "
                f"beslistermijn.{since} Het stopt op de dag waarop alles binnen is, of na de "
                "laatste dag om aan te vullen."
            ),
        ),
    )


def _otherwise(about: Repair) -> Section:
    again = (
        f" U mag wel opnieuw aanvragen tot en met {day(about.window_closes_on)}."
        if about.window_closes_on
        else " U mag wel opnieuw aanvragen zolang de regeling open is en er nog geld is."
    )
    return Section(
        "Wat gebeurt er als u niets stuurt?",
        (
            Paragraph(
                "Dan kunnen wij besluiten om uw aanvraag niet te behandelen. Wij kijken dan niet "
                f"naar de inhoud van uw plan.{again}"
            ),
        ),
    )


def not_processed(facts: LetterFacts) -> Letter:
    """Decides not to treat an application that stayed incomplete (Awb 4:5)."""
    about = facts.read(NotProcessed)
    again = (
        f"Ja. U kunt een nieuwe aanvraag doen tot en met {day(about.window_closes_on)}."
        if about.window_closes_on
        else "Dat kan zolang de regeling open is en er nog geld is."
    )
    return letter(
        facts,
        subject="Wij behandelen uw aanvraag niet",
        lead=(
            f"Wij behandelen uw aanvraag {the_title(facts)} niet, omdat deze niet compleet is. "
            "Wij hebben niet naar de inhoud van uw plan gekeken."
        ),
        sections=[
            Section(
                f"Waarom nemen wij {this_decision(facts)}?",
                (
                    Paragraph(
                        f"Op {day(about.asked_on)} vroegen wij u om uw aanvraag aan te vullen. "
                        f"Dat kon tot en met {weekday(about.deliver_by)}. Dit ontbreekt nog:"
                    ),
                    _items(about.missing),
                    Paragraph("Zonder deze onderdelen kunnen wij uw aanvraag niet beoordelen."),
                ),
            ),
            Section("Kunt u opnieuw aanvragen?", (Paragraph(again),)),
            *own_words(facts),
            legal_basis(facts, ("Niet behandelen van een aanvraag", about.article)),
            objection(facts),
            questions(facts),
        ],
    )
