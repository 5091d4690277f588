"""Facts of one letter of each kind, as tests and looks need them."""

import datetime as dt
from dataclasses import replace
from typing import Any

from documents.letters.facts import (
    Accountability,
    Addressee,
    Advice,
    Amount,
    Answer,
    AttachedFile,
    Authority,
    Award,
    Ceiling,
    Contact,
    Copy,
    Dossier,
    Hearing,
    Intent,
    LetterFacts,
    LetterKind,
    Missing,
    NotProcessed,
    Obligation,
    Part,
    Payment,
    Place,
    Reason,
    Receipt,
    Regulation,
    Rejection,
    Repair,
    Settlement,
    Signature,
    Step,
    Terms,
    Withdrawal,
)
from documents.letters.values import Rule

SENT_ON = dt.date(2026, 3, 24)

AUTHORITY = Authority(
    sender_name="Provincie Overijssel",
    signing_body="Gedeputeerde Staten van Overijssel",
    postal_address="Postbus 10078\n8000 GB Zwolle",
    phone="038 499 88 99",
    email="postbus@example.nl",
    website="samen.example.nl",
    objection_address="Team Juridische Zaken\nPostbus 10078\n8000 GB Zwolle",
    objection_url="samen.example.nl/bezwaar",
    court="Rechtbank Overijssel",
)

COSTS = (
    Amount(label="Grond, planten en bomen", cents=64_250),
    Amount(label="Gereedschap", cents=21_000),
    Amount(label="Bank van gerecycled hout", cents=38_900),
    Amount(label="Koffie en thee bij de werkochtenden", cents=5_850),
)
FUNDING = (
    Amount(label="Eigen bijdrage van de buurt", cents=30_000),
    Amount(label="Gevraagde subsidie", cents=100_000),
)

ABOUT: dict[LetterKind, Any] = {
    LetterKind.RECEIPT_CONFIRMATION: Receipt(
        received=("het aanvraagformulier", "uw begroting", "2 bijlagen"),
        steps=(
            Step(title="Wij kijken of uw aanvraag compleet is"),
            Step(title="Wij beoordelen uw plan", text="Uw 4D-makelaar kan u daarover bellen"),
            Step(
                title="Inwoners stemmen over de plannen",
                text="U hoort van ons wanneer dat begint",
                day=dt.date(2026, 5, 12),
            ),
        ),
        decide_by=dt.date(2026, 6, 1),
        distribution="Wij verdelen het geld op volgorde van binnenkomst van complete aanvragen",
        provisional_place=12,
    ),
    LetterKind.REPAIR_REQUEST: Repair(
        missing=(
            Missing(
                what="Een begroting die klopt", why="de kosten en de dekking verschillen € 250"
            ),
            Missing(
                what="De handtekening van Fatma Yildiz", why="zij hoort bij de groep die aanvraagt"
            ),
        ),
        deliver_by=dt.date(2026, 4, 21),
        clock_stops_on=dt.date(2026, 3, 24),
        complete_day_counts=True,
        window_closes_on=dt.date(2026, 4, 30),
    ),
    LetterKind.NOT_PROCESSED: NotProcessed(
        missing=(Missing(what="De handtekening van Fatma Yildiz"),),
        asked_on=dt.date(2026, 2, 10),
        deliver_by=dt.date(2026, 3, 10),
    ),
    LetterKind.AWARD: Award(
        amount_cents=75_000,
        calculation=(
            Amount(label="Kosten die meetellen", cents=130_000),
            Amount(label="Kosten die niet meetellen: koffie en thee", cents=-5_850),
            Amount(label="Het hoogste bedrag per aanvraag", cents=100_000),
            Amount(label="Uw subsidie", cents=75_000, part="outcome"),
        ),
        differences=(
            Reason(
                sentence="Er was niet genoeg geld over voor het hele bedrag",
                article="artikel 4:25 van de Awb",
                details=("Plafond: € 25.000", "Al verdeeld: € 24.250"),
            ),
        ),
        place=Place(rank=25, of=47, votes=118),
        ceiling=Ceiling(label="Salland", ceiling_cents=2_500_000, awarded_before_cents=2_425_000),
        advice=Advice(
            by="de adviescommissie Salland",
            text="Het plan brengt buren samen en de buurt werkt zelf mee.",
            members=("J. Bakker", "S. Öztürk"),
        ),
        activities=(
            "U maakt met de buurt een tuin op het veldje aan de Kerkstraat, met een bank, "
            "fruitbomen en een kruidentuin voor de school."
        ),
        starts_on=dt.date(2026, 4, 6),
        ends_on=dt.date(2026, 10, 31),
        obligations=(
            Obligation(text="U voert de activiteiten uit zoals u ze beschreef"),
            Obligation(text="U meldt het ons meteen als het anders loopt", article=None),
            Obligation(text="U zet uw initiatief op de kaart van Samen voor Elkaar"),
        ),
        payment=Payment(cents=67_500, iban_last4="0300", is_advance=True),
        accountability=Accountability(
            tier="report",
            report_by=dt.date(2027, 1, 31),
            report_contents=("wat u heeft gedaan", "hoeveel mensen meededen", "wat het kostte"),
            keep_until=dt.date(2027, 12, 31),
        ),
        published=True,
        costs=COSTS,
        funding=FUNDING,
    ),
    LetterKind.DIRECT_SETTLEMENT: Award(
        amount_cents=100_000,
        calculation=(
            Amount(label="Bedrag dat u vroeg", cents=100_000),
            Amount(label="Uw subsidie", cents=100_000, part="outcome"),
        ),
        activities="U maakt met de buurt een tuin op het veldje aan de Kerkstraat.",
        ends_on=dt.date(2026, 10, 31),
        obligations=(Obligation(text="U meldt het ons meteen als het anders loopt"),),
        payment=Payment(cents=100_000, iban_last4="0300"),
        accountability=Accountability(
            tier="direct",
            spot_check_until=dt.date(2027, 10, 31),
            keep_until=dt.date(2027, 10, 31),
        ),
        costs=COSTS,
        funding=FUNDING,
    ),
    LetterKind.REJECTION: Rejection(
        reasons=(
            Reason(
                sentence="Het geld was al verdeeld onder aanvragen met meer stemmen",
                article="artikel 4:25 van de Awb",
            ),
        ),
        place=Place(rank=31, of=47, votes=12, lowest_funded_votes=19),
        ceiling=Ceiling(label="Salland", ceiling_cents=2_500_000, awarded_before_cents=2_500_000),
        alternatives=(
            "U kunt in de volgende ronde opnieuw aanvragen.",
            "Vraag ook eens bij uw gemeente of bij een fonds.",
        ),
    ),
    LetterKind.INTENT_NOTICE: Intent(
        intended="lower_settlement",
        reasons=(
            Reason(
                sentence="U heeft de activiteiten voor een deel uitgevoerd",
                article="artikel 4:46, tweede lid, onder a, van de Awb",
                details=("Gepland: 10 avonden", "Gedaan: 6 avonden"),
            ),
        ),
        respond_by=dt.date(2026, 4, 14),
        intended_cents=60_000,
        awarded_cents=100_000,
    ),
    LetterKind.SETTLEMENT: Settlement(
        awarded_cents=100_000,
        settled_cents=100_000,
        paid_cents=90_000,
        awarded_on=dt.date(2025, 6, 12),
        reported_on=dt.date(2026, 2, 2),
        reported=("de tuin is klaar", "42 mensen deden mee", "samen 310 uur vrijwilligerswerk"),
        iban_last4="0300",
    ),
    LetterKind.LOWER_SETTLEMENT: Settlement(
        awarded_cents=100_000,
        settled_cents=60_000,
        paid_cents=90_000,
        awarded_on=dt.date(2025, 6, 12),
        reported_on=dt.date(2026, 2, 2),
        reported=("6 van de 10 avonden gingen door",),
        ground=Reason(
            sentence="U heeft de activiteiten voor een deel uitgevoerd",
            article="artikel 4:46, tweede lid, onder a, van de Awb",
            details=("Gepland: 10 avonden", "Gedaan: 6 avonden"),
        ),
        proportionality="U kon er weinig aan doen dat de zaal dicht was. De zaal kostte wel minder",
        hearing=Hearing(
            asked_on=dt.date(2026, 2, 20),
            answered_on=dt.date(2026, 3, 1),
            answer="De zaal was vier keer dicht. Wij hebben de kosten wel gemaakt.",
            reply="De kosten voor de zaal van die avonden tellen daarom mee.",
        ),
    ),
    LetterKind.WITHDRAWAL_CONFIRMATION: Withdrawal(
        withdrawn_on=dt.date(2026, 3, 23), window_closes_on=dt.date(2026, 4, 30)
    ),
    LetterKind.APPLICATION_COPY: Copy(
        parts=(
            Part(
                title="Uw plan",
                answers=(
                    Answer(question="Hoe heet uw initiatief?", answer="Buurttuin Kerkstraat"),
                    Answer(
                        question="Wat gaat u doen?",
                        answer="Wij maken samen een tuin.\n\nIedereen mag meedoen.",
                    ),
                    Answer(question="Wilt u nog iets kwijt?", answer=""),
                ),
            ),
            Part(title="Uw begroting", costs=COSTS, funding=FUNDING),
        ),
        files=(AttachedFile(name="schets.pdf", size=412_331, sha256="ab" * 32),),
        signed_by=("Fatma Yildiz op 2 maart 2026", "Jan de Boer op 2 maart 2026"),
        snapshot_hash="0123456789abcdef" * 4,
    ),
}


def facts(kind: LetterKind, **changes: Any) -> LetterFacts:
    """A letter of this kind, sent on 24 March 2026, with what `changes` says."""
    made = LetterFacts(
        kind=kind,
        authority=AUTHORITY,
        addressee=Addressee(
            name="Buurtvereniging De Kerkstraat",
            attention="Fatma Yildiz",
            street="Kerkstraat 12",
            postcode="8102 AB",
            place="Raalte",
        ),
        dossier=Dossier(
            number="2026-000123-7",
            title="Buurttuin Kerkstraat",
            applicant="Buurtvereniging De Kerkstraat",
            received_on=dt.date(2026, 3, 2),
            received_time="14:32",
            asked_cents=100_000,
            region="Salland",
            municipality="Raalte",
        ),
        regulation=Regulation(
            title="KrachtvanSalland-cheque",
            call_title="Ronde 2026",
            legal_regime="awb",
            paragraph=None,
            rules=(Rule(subject="Hoogste bedrag", source=None),),
        ),
        about=ABOUT[kind],
        contact=Contact(name="Marieke Jansen", phone="038 499 75 00"),
        broker=Contact(name="Henk Wolters", phone="06 12345678"),
        mark="voorbeeld",
        sent_on=SENT_ON,
        terms=Terms(
            objection_until=dt.date(2026, 5, 6),
            payment_by=dt.date(2026, 5, 6),
            repayment_by=dt.date(2026, 5, 6),
        ),
        signature=Signature(name="drs. A. de Groot", function="teamleider Subsidies"),
    )
    return replace(made, **changes)
