"""A regulation in plain Dutch, worked out from its definition: what its page tells a resident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from regeling.definition import (
    Amounts,
    Closing,
    Definition,
    Distribution,
    Frequency,
    LegalRegime,
    Period,
    RouteStep,
    TermStart,
    Tier,
    TierKind,
    Unknown,
    Vat,
    Window,
    WindowKind,
    listed,
)
from regeling.explain_deciding import (
    asked_of_the_municipality,
    dividing,
    meeting,
    support_words,
    voting,
)
from regeling.words import count_words, day_words, euro_words, joined, number_words

NOT_KNOWN = "niet bekend"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the sentences under it. `code` is stable: who, what, money, when, …"""

    code: str
    title: str
    sentences: tuple[str, ...]


def explain(definition: Definition) -> tuple[Section, ...]:
    """The sections of a regulation's page, in the order in which an applicant asks."""
    parts = (
        ("who", "Wie kan aanvragen?", _who),
        ("what", "Waarvoor?", _what),
        ("money", "Hoeveel kunt u krijgen?", _money),
        ("when", "Wanneer kunt u aanvragen?", _when),
        ("choosing", "Hoe kiezen wij?", _choosing),
        ("voting", "Hoe wordt er gestemd?", voting),
        ("dividing", "Hoe verdelen wij het geld?", _dividing),
        ("answer", "Wanneer hoort u het?", _answer),
        ("duties", "Wat moet u doen als u het krijgt?", _duties),
        ("law", "Waarop is dit gebaseerd?", _law),
    )
    sections = (Section(code, title, tuple(tell(definition))) for code, title, tell in parts)
    return tuple(section for section in sections if section.sentences)


def _who(definition: Definition) -> Iterator[str]:
    applicants = definition.applicants
    yield f"Aanvragen kan door {joined([each.label for each in applicants.classes], 'of')}."
    territory = definition.territory
    names = territory.all_municipalities
    if len(names) <= 8:
        yield f"Het initiatief is in {joined(names, 'of')}."
    else:
        yield f"Het initiatief is in {territory.name} ({len(names)} gemeenten)."
    if isinstance(applicants.frequency, Frequency):
        times = number_words(applicants.frequency.times)
        year = applicants.frequency.period is Period.CALENDAR_YEAR
        yield f"U kunt {times} keer {'per kalenderjaar' if year else 'per openstelling'} aanvragen."
    yield from applicants.exclusions
    if any(each.every_member_signs for each in applicants.classes):
        yield "Vraagt u met een groep aan? Dan ondertekent iedereen in de groep."


def _what(definition: Definition) -> Iterator[str]:
    for activity in definition.activities:
        yield f"{activity.name}. {activity.description}".strip()


def _money(definition: Definition) -> Iterator[str]:
    amounts = definition.amounts
    yield from _limits(amounts)
    for region in definition.territory.regions:
        if isinstance(region.maximum, int):
            yield f"In {region.name} is het hoogstens {euro_words(region.maximum)}."
    costs = amounts.costs
    if costs.only_payable is True:
        yield "Alleen kosten die u echt betaalt, tellen mee. Uren van vrijwilligers niet."
    if costs.own_labour_rate is not None:
        yield f"Uw eigen werk telt mee voor {euro_words(costs.own_labour_rate)} per uur."
    if costs.vat is Vat.EXCLUDED_IF_RECLAIMABLE:
        yield "Kunt u de btw terugvragen? Dan telt die niet mee."
    yield from costs.excluded


def _limits(amounts: Amounts) -> Iterator[str]:
    if isinstance(amounts.fixed, int):
        yield f"U krijgt {euro_words(amounts.fixed)}."
    if isinstance(amounts.minimum, int) and isinstance(amounts.maximum, int):
        yield f"Minstens {euro_words(amounts.minimum)} en hoogstens {euro_words(amounts.maximum)}."
    elif isinstance(amounts.maximum, int):
        yield f"Hoogstens {euro_words(amounts.maximum)}."
    elif isinstance(amounts.maximum, Unknown):
        yield f"Het hoogste bedrag is {NOT_KNOWN}."
    if isinstance(amounts.percentage, int):
        yield f"Wij betalen hoogstens {amounts.percentage}% van de kosten."


def _when(definition: Definition) -> Iterator[str]:
    if isinstance(definition.windows, Unknown):
        yield f"De periode is {NOT_KNOWN}."
    for window in listed(definition.windows):
        yield window_words(window)
        if isinstance(window.intake_until, date):
            yield f"Sommige gemeenten namen aanvragen aan tot {day_words(window.intake_until)}."
        if window.committee and isinstance(window.committee.meets_on, tuple):
            days = joined([day_words(each) for each in window.committee.meets_on])
            name = definition.panel.name if definition.panel is not None else "de commissie"
            yield f"{name[:1].upper()}{name[1:]} komt bijeen op {days}."
            if isinstance(window.committee.lead_days, int):
                lead = count_words(window.committee.lead_days, "dag", "dagen")
                yield f"Uw aanvraag is er {lead} van tevoren."


def window_words(window: Window) -> str:
    """When one can apply, in one sentence; "vóór" and "tot en met" are kept apart."""
    opens = NOT_KNOWN if isinstance(window.opens, Unknown) else day_words(window.opens)
    if window.kind is WindowKind.CONTINUOUS and not isinstance(window.closes, date):
        start = "" if isinstance(window.opens, Unknown) else f" vanaf {opens}"
        return f"U kunt aanvragen{start} zolang er geld is."
    if not isinstance(window.closes, date):
        return f"U kunt aanvragen vanaf {opens}; tot wanneer is {NOT_KNOWN}."
    last = day_words(window.closes)
    at = f" {window.closing_time.replace(':', '.')} uur" if window.closing_time else ""
    if window.closing is Closing.BEFORE:
        return f"U kunt aanvragen vanaf {opens} en vóór {last}{at}."
    return f"U kunt aanvragen vanaf {opens} tot en met {last}{at}."


def _choosing(definition: Definition) -> Iterator[str]:
    if definition.has(RouteStep.COACHING):
        yield "Vóór u indient, kan een makelaar met u meelezen."
    yield "Wij kijken eerst of uw aanvraag volledig is. Mist er iets, dan kunt u dat aanvullen."
    yield from asked_of_the_municipality(definition.municipal)
    yield from support_words(definition.vote)
    if definition.has(RouteStep.REVIEW):
        asks = " Wij letten op deze vragen." if listed(definition.criteria) else ""
        yield f"Daarna beoordelen wij uw plan.{asks}"
        yield from (criterion.question for criterion in listed(definition.criteria))
    yield from meeting(definition)


def _dividing(definition: Definition) -> Iterator[str]:
    if isinstance(definition.distribution, Distribution):
        yield from dividing(definition.distribution, definition)
    else:
        yield f"Hoe het geld wordt verdeeld, is {NOT_KNOWN}."


def _answer(definition: Definition) -> Iterator[str]:
    terms = definition.terms
    if isinstance(terms.decision_by, date):
        yield f"U hoort het uiterlijk op {day_words(terms.decision_by)}."
    elif isinstance(terms.decision_weeks, int):
        since = "de sluiting" if terms.decision_from is TermStart.WINDOW_CLOSE else "ontvangst"
        weeks = count_words(terms.decision_weeks, "week", "weken")
        yield f"U hoort het binnen {weeks} na {since}. Wachten op een aanvulling telt niet mee."
    elif isinstance(terms.decision_weeks, Unknown):
        yield f"Binnen hoeveel weken u het hoort, is {NOT_KNOWN}."
    if isinstance(terms.repair_weeks, int):
        weeks = count_words(terms.repair_weeks, "week", "weken")
        yield f"Vragen wij om een aanvulling, dan hebt u daar {weeks} voor."


def _duties(definition: Definition) -> Iterator[str]:
    for obligation in listed(definition.obligations):
        yield obligation.text
    for tier in listed(definition.tiers):
        yield _tier(tier)


def _tier(tier: Tier) -> str:
    upto = f"Tot en met {euro_words(tier.up_to)}" if tier.up_to is not None else "Bij elk bedrag"
    if tier.kind is TierKind.DIRECT:
        return f"{upto} hoeft u achteraf niets op te sturen. Een steekproef kan wel."
    start = "Daarboven" if tier.up_to is None else upto
    advance = ""
    if isinstance(tier.advance_percentage, int) and tier.advance_percentage:
        advance = f" Vooraf krijgt u {tier.advance_percentage}% als voorschot."
    return f"{start} stuurt u achteraf een kort verslag met de kosten.{advance}"


def _law(definition: Definition) -> Iterator[str]:
    identity = definition.identity
    yield f"De regeling heet: {_or_unknown(identity.regulation)}."
    yield f"De paragraaf is: {_or_unknown(identity.paragraph)}."
    yield f"Wie beslist: {_or_unknown(identity.deciding_body)}."
    if identity.legal_regime is LegalRegime.AWB:
        yield "Tegen een besluit kunt u bezwaar maken."
    elif identity.legal_regime is LegalRegime.PRIVATE_FUND:
        yield "Dit is geen besluit van de overheid. Bezwaar maken kan daarom niet."


def _or_unknown(text: str | Unknown) -> str:
    return NOT_KNOWN if isinstance(text, Unknown) else text
