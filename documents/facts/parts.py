"""The parts that every letter of a dossier shares."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

from accounts.models import GroupMember, Party
from applications.models import Application, Involvement, Snapshot
from documents.letters.facts import (
    Addressee,
    Amount,
    Authority,
    Contact,
    Dossier,
    Known,
    LetterFacts,
    LetterKind,
    Mark,
    OwnWords,
    Regulation,
    Terms,
)
from documents.letters.values import Rule
from documents.letters.wording import listed
from regeling.definition import Column, Definition, LegalRegime, Unknown
from regeling.definition.codes import LetterKind as OwnKind
from regeling.models import Call
from timeline import clock

OWN_KINDS = {
    LetterKind.RECEIPT_CONFIRMATION: OwnKind.RECEIPT,
    LetterKind.REPAIR_REQUEST: OwnKind.SUPPLEMENT_REQUEST,
    LetterKind.NOT_PROCESSED: OwnKind.NOT_PROCESSED,
    LetterKind.AWARD: OwnKind.AWARD,
    LetterKind.DIRECT_SETTLEMENT: OwnKind.DIRECT_SETTLEMENT,
    LetterKind.REJECTION: OwnKind.REJECTION,
    LetterKind.INTENT_NOTICE: OwnKind.INTENT_NOTICE,
    LetterKind.SETTLEMENT: OwnKind.SETTLEMENT,
    LetterKind.LOWER_SETTLEMENT: OwnKind.LOWER_SETTLEMENT,
    LetterKind.WITHDRAWAL_CONFIRMATION: OwnKind.WITHDRAWAL,
}


def letter_facts(
    application: Application, kind: LetterKind, about: Any, *, explanation: str = ""
) -> LetterFacts:
    """The facts of a letter of this kind about this application, not yet sent."""
    definition = application.revision.definition
    weeks = definition.terms.payment_weeks
    own = [
        OwnWords(text=each.text, heading=each.heading)
        for each in definition.letters
        if each.letter == OWN_KINDS.get(kind)
    ]
    if explanation:
        own.append(OwnWords(text=explanation))
    return LetterFacts(
        kind=kind,
        authority=authority(application),
        addressee=addressee(application),
        dossier=dossier(application),
        regulation=regulation(application),
        about=about,
        contact=contact(application),
        broker=broker(application),
        mark=mark(application),
        terms=Terms() if isinstance(weeks, Unknown) else Terms(payment_weeks=weeks),
        own_words=tuple(own),
    )


def authority(application: Application) -> Authority:
    """Letterhead and addresses; a deciding body or court that no source gives is None."""
    row = application.call.revision.regulation.authority
    return Authority(
        sender_name=row.name,
        signing_body=known_text(application.revision.definition.identity.deciding_body),
        postal_address=row.postal_address,
        visiting_address=row.visiting_address,
        phone=row.phone,
        email=row.email,
        website=_plain_address(row.website),
        portal=_plain_address(settings.SITE_URL),
        objection_address=row.objection_address or row.postal_address,
        objection_url=_plain_address(row.objection_url),
        court=row.court or None,
    )


def addressee(application: Application) -> Addressee:
    """The party with its address; a group is written to through its lead_applicant."""
    party = application.party
    address, attention = party, ""
    if party.kind == Party.Kind.GROUP:
        lead = (
            GroupMember.objects.filter(group_id=party.pk, is_lead=True, left_at=None)
            .select_related("party")
            .first()
        )
        if lead:
            address, attention = lead.party, lead.party.name
    elif party.kind == Party.Kind.ORGANISATION:
        sent = Snapshot.objects.filter(application=application, made_by__isnull=False)
        attention = sent.order_by("number").values_list("made_by__name", flat=True).first() or ""
    return Addressee(
        name=party.name,
        attention=attention,
        street=address.street,
        postcode=address.postcode,
        place=address.place,
    )


def dossier(application: Application) -> Dossier:
    """The application as a letter names it."""
    definition = application.revision.definition
    at = application.submitted_at
    region = next((r for r in definition.territory.regions if r.code == application.region), None)
    activity = next((a for a in definition.activities if a.code == application.activity), None)
    return Dossier(
        number=application.number or "",
        title=application.title or "uw initiatief",
        applicant=application.party.name,
        received_on=clock.day(at) if at else None,
        received_time=at.astimezone(clock.AMSTERDAM).strftime("%H:%M") if at else "",
        asked_cents=application.amount_asked,
        activity=activity.name if activity else "",
        region=region.name if region else "",
        municipality=application.municipality,
    )


def regulation(application: Application) -> Regulation:
    """The regulation with where it is written, as far as a source says."""
    identity = application.revision.definition.identity
    articles = identity.articles
    fund = identity.legal_regime is LegalRegime.PRIVATE_FUND
    return Regulation(
        title=identity.title,
        call_title=application.call.title,
        legal_regime="private_fund" if fund else "awb",
        paragraph=known_text(identity.paragraph),
        rules=(
            Rule(subject="Vastgelegd in", source=known_text(identity.regulation)),
            Rule(
                subject="Artikelen",
                source=None if isinstance(articles, Unknown) else listed(articles),
            ),
        ),
    )


def contact(application: Application) -> Contact | None:
    """Who handles the dossier."""
    row = _involved(application, Involvement.Kind.ASSESSOR)
    if row is None:
        return None
    office = application.call.revision.regulation.authority
    return Contact(name=row.person.name, phone=row.person.phone or office.phone)


def broker(application: Application) -> Contact | None:
    """The broker who read along, if there was one."""
    row = _involved(application, Involvement.Kind.COACH)
    if row is None:
        return None
    return Contact(name=row.person.name, phone=row.person.phone, email=row.person.email)


def mark(application: Application) -> Mark:
    """Whether the letter says "voorbeeld" or "test" on every page."""
    if application.call.kind == Call.Kind.TEST:
        return "test"
    example = application.call.is_example or application.revision.definition.is_example_only
    return "voorbeeld" if example else ""


def budget(definition: Definition, answers: dict[str, Any], *, word: str) -> dict[str, Any]:
    """Costs and funding as tables of amounts; what was asked is the last line of the funding."""
    question = definition.form.filling(Column.BUDGET)
    told = (answers.get(question.code) if question else None) or {}
    asked = definition.form.filling(Column.AMOUNT_ASKED)
    cents = (answers.get(asked.code) if asked else None) or 0
    funding = _amounts(told.get("funding") or [])
    if cents and told:
        funding = (*funding, Amount(label=f"Gevraagde {word}", cents=cents))
    return {"costs": _amounts(told.get("costs") or []), "funding": funding}


def last4(definition: Definition, answers: dict[str, Any]) -> str:
    """The last four of the account that was given, all that a letter may show."""
    question = definition.form.filling(Column.IBAN)
    told = (answers.get(question.code) if question else None) or {}
    return str(told.get("last4", ""))


def answer(definition: Definition, answers: dict[str, Any], column: Column) -> Any:
    """The answer that fills a standard column."""
    question = definition.form.filling(column)
    return answers.get(question.code) if question else None


def window_closes(application: Application) -> Any:
    """The last day on which one can still apply, while that is ahead; else None."""
    closes_at = application.call.closes_at
    if closes_at is None or closes_at <= clock.now():
        return None
    return clock.day(closes_at - timedelta(seconds=1))


def known_text(value: str | Unknown | None) -> Known:
    """What a definition does not know is None in the facts; what it has not is empty."""
    if isinstance(value, Unknown):
        return None
    return value or ""


def _amounts(rows: list[dict[str, Any]]) -> tuple[Amount, ...]:
    return tuple(Amount(label=row["label"], cents=row["cents"]) for row in rows)


def _involved(application: Application, kind: str) -> Involvement | None:
    rows = Involvement.objects.filter(application=application, kind=kind).select_related("person")
    return rows.order_by("-since", "-pk").first()


def _plain_address(url: str) -> str:
    return url.split("://", 1)[-1].rstrip("/")
