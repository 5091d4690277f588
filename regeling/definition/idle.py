"""What a definition says and the engine does not act on yet.

It is read, checked and explained all the same; people have to do it themselves. `regeling check`
prints these remarks, so that nothing is silently ignored.
"""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition.codes import Column, Login, TerritoryCounts, Unfunded, Unknown, Vat
from regeling.definition.fields import listed
from regeling.definition.model import Definition, Distribution, Vote
from regeling.definition.notes import Note


def idle(definition: Definition) -> tuple[Note, ...]:
    """The parts that people have to watch over themselves, in the order of the definition."""
    return (
        *_who(definition),
        *_amounts(definition),
        *_ceilings_and_windows(definition),
        *_form(definition),
        *_deciding(definition),
        *_afterwards(definition),
    )


def _who(definition: Definition) -> Iterator[Note]:
    for each in definition.applicants.classes:
        path = f"applicants.classes.{each.code}"
        if each.login not in (None, Login.ANY, Unknown.UNKNOWN):
            yield Note(
                f"{path}.login",
                "waarmee iemand inlogt wordt niet afgedwongen; kijk dat bij de aanvraag na",
            )
        if each.lead_applicant is not None:
            yield Note(f"{path}.lead_applicant", "wie penvoerder is wordt niet nagekeken")
        if each.legal_forms:
            yield Note(
                f"{path}.legal_forms",
                "de rechtsvorm wordt niet nagekeken in het Handelsregister; dat doet een mens",
            )
        if each.exclusions:
            yield Note(f"{path}.exclusions", "wie is uitgesloten, beoordeelt een mens")
    if definition.applicants.exclusions:
        yield Note("applicants.exclusions", "wie is uitgesloten, beoordeelt een mens")
    if definition.territory.counts in (TerritoryCounts.SEAT, TerritoryCounts.BOTH):
        yield Note(
            "territory.counts",
            "de vestigingsplaats wordt niet nagekeken; alleen waar de activiteit is, telt",
        )
    if definition.territory.charge_elsewhere:
        yield Note(
            "territory.charge_elsewhere",
            "een aanvraag komt altijd ten laste van de regio waarin zij ligt",
        )


def _amounts(definition: Definition) -> Iterator[Note]:
    amounts = definition.amounts
    if isinstance(amounts.cumulation, int):
        yield Note(
            "amounts.cumulation",
            "andere subsidies voor hetzelfde plan zijn niet bekend; een mens telt ze erbij",
        )
    if amounts.costs.only_payable is True:
        yield Note("amounts.costs.only_payable", "of kosten echt betaald zijn, ziet een mens")
    if isinstance(amounts.costs.vat, Vat):
        yield Note("amounts.costs.vat", "btw wordt uitgelegd, niet nagerekend")
    if amounts.costs.excluded:
        yield Note("amounts.costs.excluded", "welke kosten niet meetellen, beoordeelt een mens")
    hours = definition.form.filling(Column.OWN_HOURS)
    if amounts.costs.own_labour_rate is not None and hours is None:
        yield Note(
            "amounts.costs.own_labour_rate",
            "eigen uren tellen pas mee als een vraag ze telt, met 'fills: own_hours'",
        )


def _ceilings_and_windows(definition: Definition) -> Iterator[Note]:
    for each in listed(definition.ceilings):
        if each.carry_over_years is not None:
            yield Note(
                f"ceilings.{each.code or each.scope}.carry_over_years",
                "wat overblijft gaat niet vanzelf mee; verhoog het plafond van een later jaar",
            )
    for window in listed(definition.windows):
        if window.intake_until not in (None, Unknown.UNKNOWN):
            yield Note(
                f"windows.{window.code}.intake_until",
                "de eerdere dag bij de gemeente wordt getoond; indienen kan tot het sluiten",
            )


def _form(definition: Definition) -> Iterator[Note]:
    for step in definition.form.steps:
        for question in step.questions:
            if question.retention is not None:
                yield Note(
                    f"form.steps.{step.code}.questions.{question.code}.retention",
                    "het antwoord wordt bewaard zolang het dossier; verwijder het zelf eerder",
                )


def _deciding(definition: Definition) -> Iterator[Note]:
    vote, how = definition.vote, definition.distribution
    if isinstance(vote, Vote) and isinstance(vote.panel_size, int):
        yield Note("vote.panel_size", "hoeveel mensen mogen stemmen, wordt niet geteld")
    if isinstance(vote, Vote) and vote.minimum_age:
        yield Note("vote.minimum_age", "hoe oud een stemmer is, wordt verteld en niet nagekeken")
    if not isinstance(how, Distribution):
        return
    if how.unfunded is Unfunded.NEXT_ROUND:
        yield Note(
            "distribution.unfunded",
            "een volgende ronde neemt niets vanzelf over; de aanvrager dient opnieuw in",
        )
    if how.reserve_until not in (None, Unknown.UNKNOWN):
        yield Note("distribution.reserve_until", "de reservelijst eindigt niet vanzelf op die dag")


def _afterwards(definition: Definition) -> Iterator[Note]:
    for tier in listed(definition.tiers):
        if tier.asks:
            yield Note(
                f"tiers.{tier.code}.asks",
                "het formulier voor het verslag is voor iedereen hetzelfde; vraag zelf om de rest",
            )
    if definition.spot_check is not None and not isinstance(definition.spot_check, Unknown):
        yield Note("spot_check", "een steekproef wordt niet getrokken; doe dat zelf")
    if definition.mandates:
        yield Note(
            "mandates",
            "wie tot welk bedrag tekent, volgt uit de rechten die een beheerder geeft",
        )
