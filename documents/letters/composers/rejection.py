"""Rejection, and the notice of intent that must come before some decisions (Awb 4:7, 4:12)."""

from documents.letters.composers.award import ceiling_sentence, departure, departure_rule
from documents.letters.composers.frame import (
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
from documents.letters.facts import Ceiling, Hearing, Intent, LetterFacts, Place, Reason, Rejection
from documents.letters.model import Block, Items, Letter, Paragraph, Quote, Section
from documents.letters.wording import count, day, euro, full_stop, known, listed, weekday


def rejection(facts: LetterFacts) -> Letter:
    """Rejects: the reason first, each ground with its facts (Awb 4:25, 4:35 or the regulation)."""
    about = facts.read(Rejection)
    word = money_word(facts)
    first = full_stop(about.reasons[0].sentence) if about.reasons else ""
    return letter(
        facts,
        subject=f"U krijgt geen {word}",
        lead=f"U krijgt geen {word} voor {the_title(facts)}. {first}".strip(),
        sections=[
            _why(facts, about),
            departure(facts, about.departure),
            _advice(facts, about),
            hearing(about.hearing),
            _alternatives(facts, about),
            *own_words(facts),
            legal_basis(facts, *grounds(about.reasons), *departure_rule(facts, about.departure)),
            objection(facts),
            questions(facts),
        ],
        annexes=[_advice_annex(facts, about)],
    )


def _why(facts: LetterFacts, about: Rejection) -> Section:
    blocks: list[Block] = list(_first_details(about.reasons))
    blocks += reasons(about.reasons[1:])
    if about.ceiling:
        blocks.append(Paragraph(f"{ceiling_sentence(about.ceiling)} {_left(facts, about.ceiling)}"))
    if about.place:
        blocks.append(Paragraph(_place(about.place)))
    received = facts.dossier.received_on
    if received:
        blocks.append(Paragraph(f"Wij keken naar uw aanvraag van {day(received)}."))
    return Section(f"Waarom nemen wij {this_decision(facts)}?", tuple(blocks))


def _first_details(found: tuple[Reason, ...]) -> tuple[Block, ...]:
    if not found or not found[0].details:
        return ()
    return (Paragraph("Dit zijn de feiten:"), Items(found[0].details))


def _left(facts: LetterFacts, ceiling: Ceiling) -> str:
    left = ceiling.ceiling_cents - ceiling.awarded_before_cents
    if left <= 0:
        return "Er was dus niets meer over."
    asked = facts.dossier.asked_cents
    if left < asked:
        return f"Er was nog {euro(left)} over. Dat is minder dan u vroeg ({euro(asked)})."
    return f"Er was nog {euro(left)} over."


def _place(place: Place) -> str:
    said = []
    if place.votes is not None:
        said.append(f"Uw aanvraag kreeg {count(place.votes, 'stem', 'stemmen')}.")
    if place.rank and place.of:
        said.append(f"Daarmee staat uw aanvraag op plaats {place.rank} van de {place.of}.")
    if place.lowest_funded_votes is not None:
        said.append(
            "De laatste aanvraag die nog geld kreeg, had "
            f"{count(place.lowest_funded_votes, 'stem', 'stemmen')}."
        )
    return " ".join(said)


def _advice(facts: LetterFacts, about: Rejection) -> Section | None:
    if not about.advice:
        return None
    by = known(about.advice.by, example=facts.example)
    return Section(
        "Wie heeft ons geadviseerd?",
        (Paragraph(f"Wij kregen advies van {by}. U leest het advies in de bijlage."),),
    )


def _advice_annex(facts: LetterFacts, about: Rejection) -> Section | None:
    if not about.advice:
        return None
    by = known(about.advice.by, example=facts.example)
    blocks: list[Block] = [Paragraph(f"Advies van {by}:"), Quote(about.advice.text)]
    if about.advice.members:
        blocks.append(Paragraph(f"Het advies is gegeven door {listed(about.advice.members)}."))
    return Section(f"Bijlage: het advies bij {this_decision(facts)}", tuple(blocks))


def hearing(told: Hearing | None) -> Section | None:
    """What the applicant said about our intent, and what we did with it."""
    if not told:
        return None
    blocks: list[Block] = [
        Paragraph(f"Op {day(told.asked_on)} schreven wij u wat wij van plan waren.")
    ]
    if told.answered_on and told.answer:
        blocks += [Paragraph(f"U antwoordde op {day(told.answered_on)}:"), Quote(told.answer)]
    else:
        blocks.append(Paragraph("U heeft daar niet op gereageerd."))
    if told.reply:
        blocks.append(Paragraph(told.reply))
    return Section("Wat deden wij met uw reactie?", tuple(blocks))


def _alternatives(facts: LetterFacts, about: Rejection) -> Section | None:
    blocks: list[Block] = []
    if about.alternatives:
        blocks.append(Items(about.alternatives))
    if facts.broker:
        blocks.append(
            Paragraph(
                f"Uw 4D-makelaar {facts.broker.name} kijkt graag samen met u of het plan op een "
                "andere manier kan doorgaan."
            )
        )
    return Section("Wat kunt u nu doen?", tuple(blocks)) if blocks else None


def intent_notice(facts: LetterFacts) -> Letter:
    """Tells what we are about to decide and asks for a response; no decision, no objection."""
    about = facts.read(Intent)
    until = weekday(about.respond_by)
    return letter(
        facts,
        subject=f"Wij horen graag uw reactie, uiterlijk {day(about.respond_by)}",
        lead=f"{_plan(facts, about)} Voordat wij dat doen, horen wij graag wat u daarvan vindt.",
        sections=[
            Section("Waarom zijn wij dit van plan?", reasons(about.reasons)),
            Section(
                "Hoe kunt u reageren?",
                (
                    Paragraph(
                        f"U kunt tot en met {until} reageren in uw dossier, per brief of per "
                        "telefoon. Kloppen onze gegevens niet? Of is er iets wat wij moeten weten? "
                        "Laat het ons weten. Een reactie is niet verplicht."
                    ),
                ),
            ),
            Section(
                "Wat gebeurt er daarna?",
                (
                    Paragraph(
                        f"Daarna nemen wij {'ons besluit' if facts.awb else 'onze beslissing'}. "
                        "Daarin leest u wat wij met uw reactie deden. Deze brief is nog geen "
                        + (
                            "besluit. U kunt er geen bezwaar tegen maken."
                            if facts.awb
                            else "beslissing."
                        )
                    ),
                ),
            ),
            *own_words(facts),
            legal_basis(
                facts,
                *[("Reden van dit plan", reason.article) for reason in about.reasons],
                ("Uw reactie", "artikel 4:7 en 4:12 van de Awb")
                if facts.awb
                else ("Uw reactie", ""),
            ),
            questions(facts),
        ],
    )


def _plan(facts: LetterFacts, about: Intent) -> str:
    word = money_word(facts)
    if about.intended == "rejection":
        return f"Wij zijn van plan om uw aanvraag {the_title(facts)} af te wijzen."
    amount = euro(about.intended_cents or 0)
    was = f" in plaats van {euro(about.awarded_cents)}" if about.awarded_cents else ""
    return f"Wij zijn van plan om uw {word} lager vast te stellen: op {amount}{was}."
