"""Letters of a regulation that is still being written, with invented values and marked so."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from accounts.models import Authority as Office
from documents.facts.parts import OWN_KINDS, known_text
from documents.letters.facts import (
    About,
    Addressee,
    Amount,
    Authority,
    Award,
    Contact,
    Dossier,
    LetterFacts,
    LetterKind,
    Missing,
    NotProcessed,
    Obligation,
    OwnWords,
    Payment,
    Receipt,
    Regulation,
    Rejection,
    Repair,
    Settlement,
    Signature,
    Step,
    Terms,
)
from documents.letters.values import Reason, Rule
from documents.letters.wording import listed
from regeling.definition import Definition, LegalRegime, TierKind, Unknown
from regeling.definition import listed as items
from regeling.definition.code_words import code_words

MOST = 100_000  # cents, where the regulation has no maximum
WEEKS = 2


def kinds(definition: Definition) -> tuple[LetterKind, ...]:
    """The letters that applicants of this regulation can get, in the order in which they come."""
    tier = definition.tier_for(_cents(definition))
    direct = tier is not None and tier.kind is TierKind.DIRECT
    award = LetterKind.DIRECT_SETTLEMENT if direct else LetterKind.AWARD
    later = () if direct else (LetterKind.SETTLEMENT,)
    return (
        LetterKind.RECEIPT_CONFIRMATION,
        LetterKind.REPAIR_REQUEST,
        LetterKind.NOT_PROCESSED,
        award,
        LetterKind.REJECTION,
        *later,
    )


def invented(
    definition: Definition, office: Office, kind: LetterKind, *, today: date
) -> LetterFacts:
    """The facts of such a letter: every name, number and day in it is made up."""
    identity = definition.identity
    fund = identity.legal_regime is LegalRegime.PRIVATE_FUND
    articles = identity.articles
    return LetterFacts(
        kind=kind,
        authority=Authority(
            sender_name=office.name,
            signing_body=known_text(identity.deciding_body),
            postal_address=office.postal_address,
            phone=office.phone,
            email=office.email,
            portal=settings.SITE_URL.removeprefix("https://").removeprefix("http://"),
            objection_address=office.objection_address or office.postal_address,
            court=office.court or None,
        ),
        addressee=Addressee(
            name="Buurtgroep De Verzonnen Tuin",
            attention="V. Verzonnen",
            street="Voorbeeldstraat 1",
            postcode="1234 AB",
            place="Voorbeeldstad",
        ),
        dossier=Dossier(
            number="V2027-000000-0",
            title="Een verzonnen tuin",
            applicant="Buurtgroep De Verzonnen Tuin",
            received_on=today,
            received_time="12:00",
            asked_cents=_cents(definition),
        ),
        regulation=Regulation(
            title=identity.title,
            call_title=identity.title,
            legal_regime="private_fund" if fund else "awb",
            paragraph=known_text(identity.paragraph),
            rules=(
                Rule(subject="Vastgelegd in", source=known_text(identity.regulation)),
                Rule(
                    subject="Artikelen",
                    source=None if isinstance(articles, Unknown) else listed(articles),
                ),
            ),
        ),
        about=_about(definition, kind, today),
        contact=Contact(name="V. Behandelaar", phone=office.phone),
        mark="voorbeeld",
        preview=True,
        terms=_terms(definition),
        signature=Signature(name="V. Ondertekenaar", function="naam en functie verzonnen"),
        own_words=tuple(
            OwnWords(text=each.text, heading=each.heading)
            for each in definition.letters
            if each.letter == OWN_KINDS.get(kind)
        ),
    )


def _about(definition: Definition, kind: LetterKind, today: date) -> About:
    later = today + timedelta(weeks=WEEKS)
    cents = _cents(definition)
    outcome = Amount(label="U krijgt", cents=cents, part="outcome")
    missing = (Missing(what="Een begroting", why="Verzonnen: zonder begroting weten wij niets."),)
    match kind:
        case LetterKind.RECEIPT_CONFIRMATION:
            steps = tuple(
                Step(title=words[:1].upper() + words[1:])
                for words in map(code_words, definition.route)
            )
            return Receipt(received=("Het formulier",), steps=steps, decide_by=later)
        case LetterKind.REPAIR_REQUEST:
            return Repair(missing=missing, deliver_by=later, clock_stops_on=today)
        case LetterKind.NOT_PROCESSED:
            return NotProcessed(missing=missing, asked_on=today, deliver_by=later)
        case LetterKind.REJECTION:
            return Rejection(reasons=_reasons(definition))
        case LetterKind.SETTLEMENT:
            return Settlement(awarded_cents=cents, settled_cents=cents, awarded_on=today)
    duties = items(definition.obligations)
    return Award(
        amount_cents=cents,
        calculation=(Amount(label="Gevraagd", cents=cents), outcome),
        activities="Wij maken samen een verzonnen tuin.",
        starts_on=today,
        ends_on=later,
        obligations=tuple(
            Obligation(text=each.text, article=known_text(each.article)) for each in duties
        ),
        payment=Payment(cents=cents),
    )


def _reasons(definition: Definition) -> tuple[Reason, ...]:
    """The refusal sentence of the first rule, or of the first ground of the regulation."""
    for rule in definition.eligibility:
        return (Reason(sentence=rule.sentence, article=known_text(rule.article)),)
    for ground in items(definition.refusal_grounds):
        return (Reason(sentence=ground.text, article=known_text(ground.article)),)
    return (Reason(sentence="Verzonnen: het past niet bij de regeling.", article=None),)


def _terms(definition: Definition) -> Terms:
    weeks = definition.terms.payment_weeks
    return Terms() if isinstance(weeks, Unknown) else Terms(payment_weeks=weeks)


def _cents(definition: Definition) -> int:
    most = definition.amounts.maximum
    return MOST if most is None or isinstance(most, Unknown) else most
