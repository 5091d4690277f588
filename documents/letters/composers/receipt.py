"""Receipt and withdrawal: letters that confirm and decide nothing (no objection, Awb 6:3)."""

from documents.letters.composers.frame import (
    by_post,
    letter,
    money_word,
    own_words,
    questions,
    regulation_name,
    the_title,
)
from documents.letters.facts import LetterFacts, Receipt, Step, Withdrawal
from documents.letters.model import Block, Items, Letter, Pairs, Paragraph, Section
from documents.letters.wording import day, euro, full_stop, weekday


def receipt_confirmation(facts: LetterFacts) -> Letter:
    """Confirms what came in and when, and says what happens next (Awb 4:3a)."""
    about = facts.read(Receipt)
    late = f" Dat was {about.late_by} te laat." if about.late_by else ""
    return letter(
        facts,
        subject="Wij hebben uw aanvraag ontvangen",
        lead=f"Wij hebben uw aanvraag {the_title(facts)} ontvangen {_moment(facts)}.{late}",
        sections=[
            _received(facts, about),
            _late(about),
            _next(about),
            _order(about),
            _decision(facts, about),
            _change(facts),
            *own_words(facts),
            questions(facts),
            _privacy(facts),
        ],
    )


def _moment(facts: LetterFacts) -> str:
    dossier = facts.dossier
    if not dossier.received_on:
        return ""
    at = f" om {dossier.received_time} uur" if dossier.received_time else ""
    return f"op {weekday(dossier.received_on)}{at}"


def _received(facts: LetterFacts, about: Receipt) -> Section:
    rows = [("Regeling", regulation_name(facts))]
    if facts.dossier.asked_cents:
        rows.append(("Bedrag dat u vraagt", euro(facts.dossier.asked_cents)))
    rows.append(("Ons nummer", facts.dossier.number))
    blocks: list[Block] = [Pairs(tuple(rows))]
    if about.received:
        blocks += [Paragraph("Wij ontvingen van u:"), Items(about.received)]
    return Section("Wat hebben wij ontvangen?", tuple(blocks))


def _late(about: Receipt) -> Section | None:
    if not about.late_by:
        return None
    return Section(
        "Wat betekent het dat u te laat was?",
        (
            Paragraph(
                f"De aanvraagperiode was al voorbij: uw aanvraag kwam {about.late_by} na sluiting. "
                "Wij hebben uw aanvraag wel geregistreerd. Wij nemen er een apart besluit over en "
                "kijken daarbij ook of er een storing bij ons was. Waarschijnlijk moeten wij uw "
                "aanvraag afwijzen."
            ),
        ),
    )


def _next(about: Receipt) -> Section | None:
    if not about.steps:
        return None
    steps = tuple(_step(step) for step in about.steps)
    return Section("Wat gebeurt er nu?", (Items(steps, numbered=True),))


def _step(step: Step) -> str:
    until = f" Uiterlijk {weekday(step.day)}." if step.day else ""
    return f"{full_stop(step.title)} {full_stop(step.text)}".strip() + until


def _order(about: Receipt) -> Section | None:
    if not about.distribution:
        return None
    blocks: list[Block] = [Paragraph(full_stop(about.distribution))]
    if about.provisional_place:
        blocks.append(
            Paragraph(
                f"U heeft voorlopig nummer {about.provisional_place}. Uw plaats staat pas vast op "
                "de dag dat uw aanvraag compleet is."
            )
        )
    blocks.append(Paragraph("Met deze brief heeft u dus nog geen recht op geld."))
    return Section("Hoe verdelen wij het geld?", tuple(blocks))


def _decision(facts: LetterFacts, about: Receipt) -> Section | None:
    if not about.decide_by:
        return None
    letter_word = "besluit" if facts.awb else "beslissing"
    return Section(
        f"Wanneer krijgt u {'ons' if facts.awb else 'onze'} {letter_word}?",
        (
            Paragraph(
                f"U hoort uiterlijk {weekday(about.decide_by)} of u {money_word(facts)} krijgt. "
                "Moeten wij u om meer informatie vragen? Dan wordt deze datum later. De dagen "
                "waarop wij op uw antwoord wachten, tellen niet mee."
            ),
        ),
    )


def _change(facts: LetterFacts) -> Section:
    site = facts.authority.portal
    online = f"Dat kan in uw dossier op {site}" if site else "Dat kan in uw dossier"
    return Section(
        "Wilt u iets aanvullen, veranderen of intrekken?",
        (
            Paragraph(
                f"{online}. Liever op papier? {by_post(facts)} Zolang wij nog niets hebben "
                "besloten, kunt u uw aanvraag intrekken."
            ),
        ),
    )


def _privacy(facts: LetterFacts) -> Section:
    site = facts.authority.website
    more = f" Meer over uw privacy leest u op {site}." if site else ""
    return Section(
        "Wat doen wij met uw gegevens?",
        (Paragraph(f"Wij gebruiken uw gegevens alleen om uw aanvraag te behandelen.{more}"),),
    )


def withdrawal_confirmation(facts: LetterFacts) -> Letter:
    """Confirms that the applicant took the application back before a decision."""
    about = facts.read(Withdrawal)
    word = money_word(facts)
    again = f"U krijgt voor deze aanvraag geen {word}. Wij nemen er ook geen besluit meer over."
    if about.window_closes_on:
        again += (
            " Wilt u later toch weer aanvragen? Dat kan zolang de regeling open is: tot en met "
            f"{day(about.window_closes_on)}."
        )
    return letter(
        facts,
        subject="U heeft uw aanvraag ingetrokken",
        lead=(
            f"U heeft uw aanvraag {the_title(facts)} ingetrokken op {day(about.withdrawn_on)}. "
            "Dat hebben wij verwerkt."
        ),
        sections=[
            Section("Wat betekent dat voor u?", (Paragraph(again),)),
            Section(
                "Was dit niet de bedoeling?",
                (
                    Paragraph(
                        "Heeft u de aanvraag niet zelf ingetrokken, of was het een vergissing? "
                        "Bel ons dan zo snel mogelijk."
                    ),
                ),
            ),
            *own_words(facts),
            questions(facts),
        ],
    )
