"""Who may apply, where and for what, in plain Dutch; `explain` makes the page of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regeling.conditions import condition_words
from regeling.definition import (
    Activity,
    ApplicantClass,
    Definition,
    Frequency,
    Login,
    MemberKind,
    PartyKind,
    Period,
    Region,
    Territory,
    TerritoryCounts,
    Unknown,
    listed,
)
from regeling.explain_money import limit_words
from regeling.telling import Say, Several, Told, say
from regeling.words import count_words, joined, number_words

_AMOUNTS = re.compile(r"€\xa0[\d.,]*\d")
FEW = 8
"""Up to so many municipalities are named in a sentence; more become a list of their own."""
_PERIODS = {
    Period.CALL: "per openstelling",
    Period.CALENDAR_YEAR: "per kalenderjaar",
    Period.EVER: "in totaal",
}
_LOGINS = {
    Login.DIGID: "Inloggen gaat met DigiD.",
    Login.EHERKENNING: "Inloggen gaat met eHerkenning.",
    Login.ANY: "Inloggen gaat met DigiD of met eHerkenning.",
}
_LEAD = {
    PartyKind.PERSON: "Een van de inwoners is penvoerder",
    PartyKind.GROUP: "Een groep is penvoerder",
    PartyKind.ORGANISATION: "Een organisatie is penvoerder",
}


def who(definition: Definition) -> Iterator[Told]:
    """The kinds of applicants with what each must bring, how often, and who cannot."""
    applicants = definition.applicants
    told = [(each, " ".join(_class_words(each))) for each in applicants.classes]
    apart = any(details or " of " in each.label for each, details in told)
    if apart and len(told) > 1:
        items = [_class_item(each, details) for each, details in told]
        yield Several("Aanvragen kan:", tuple(items))
    else:
        labels = joined([each.label for each in applicants.classes], "of")
        yield say(f"Aanvragen kan {labels}.", "applicants.classes")
        yield from (say(details, "applicants.classes") for _, details in told if details)
    yield from _frequency(applicants.frequency)
    if len(applicants.exclusions) > 1:
        excluded = (say(each, "applicants.exclusions") for each in applicants.exclusions)
        yield Several("Niet iedereen kan aanvragen:", tuple(excluded))
    else:
        yield from (say(each, "applicants.exclusions") for each in applicants.exclusions)


def _class_item(each: ApplicantClass, details: str) -> Say:
    text = f"{each.label}. {details}" if details else each.label
    return say(text, f"applicants.classes.{each.code}")


def _class_words(each: ApplicantClass) -> Iterator[str]:
    """What the name of the class does not say yet."""
    if each.kind is PartyKind.GROUP:
        yield from _group_words(each)
    if not all(form in each.label for form in each.legal_forms):
        yield f"De rechtsvorm is {joined(each.legal_forms, 'of')}."
    if each.signatories > 1 and "handtekening" not in each.label:
        people = count_words(each.signatories, "mens", "mensen")
        yield f"Namens een organisatie ondertekenen {people}."
    if isinstance(each.login, Login):
        yield _LOGINS[each.login]
    elif isinstance(each.login, Unknown):
        yield "Waarmee u inlogt, is niet bekend."
    needed = [item.label for item in each.evidence if item.required]
    if needed:
        yield f"Stuur mee: {joined(needed)}."
    if len(needed) < len(each.evidence):
        rest = joined([item.label for item in each.evidence if not item.required])
        yield f"Stuur mee als u het hebt: {rest}."
    yield from each.exclusions


def _group_words(each: ApplicantClass) -> Iterator[str]:
    least = number_words(each.minimum_members)
    if each.minimum_members > 1 and least not in each.label.lower().split():
        yield f"De groep heeft minstens {least} leden."
    if each.member_kind is MemberKind.PERSON and "organisatie" in each.label:
        yield "De leden zijn inwoners."
    elif each.member_kind is MemberKind.ORGANISATION and "organisatie" not in each.label:
        yield "De leden zijn organisaties."
    elif each.member_kind is MemberKind.ANY and "inwoners" not in each.label:
        yield "Inwoners en organisaties kunnen samen een groep zijn."
    if each.every_member_signs:
        yield "Iedereen in de groep ondertekent."
    if each.lead_applicant is not None:
        yield f"{_LEAD[each.lead_applicant]}: die vraagt aan en krijgt het geld."


def _frequency(frequency: Frequency | Unknown | None) -> Iterator[Say]:
    path = "applicants.frequency"
    if isinstance(frequency, Frequency):
        times = number_words(frequency.times)
        yield say(f"U kunt {_PERIODS[frequency.period]} {times} keer aanvragen.", path)
    elif isinstance(frequency, Unknown):
        yield say("Hoe vaak u kunt aanvragen, is niet bekend.", path)


def where(definition: Definition) -> Iterator[Told]:
    """What must lie in the territory, and which municipalities and villages that is."""
    territory = definition.territory
    names = listed(territory.all_municipalities)
    paths = ("territory.municipalities", "territory.regions", "territory.counts")
    in_parts = len(territory.regions) > 1
    few = 0 < len(names) <= FEW and not in_parts
    place = joined(names, "of") if few else territory.name
    yield say(_counts(territory, place), *paths)
    if in_parts:
        yield Several("Dit zijn de streken:", tuple(map(_region_item, territory.regions)))
    elif not names:
        yield say("Welke gemeenten daarbij horen, is niet bekend.", *paths)
    else:
        if len(names) > FEW:
            yield say(f"Het gaat om {len(names)} gemeenten: {joined(names)}.", *paths)
        yield from _own_body(territory)
    places = (
        say(f"in {each.municipality}: {joined(each.names)}.", "territory.places")
        for each in territory.places
    )
    yield Several("Deze dorpen en wijken horen erbij:", tuple(places))
    if territory.charge_elsewhere:
        yield say(
            "Gaat uw initiatief over de grens van een streek? Dan kan het geld ook van een andere"
            " streek komen.",
            "territory.charge_elsewhere",
        )


def _counts(territory: Territory, place: str) -> str:
    match territory.counts:
        case TerritoryCounts.ACTIVITY:
            return f"Uw initiatief is in {place}."
        case TerritoryCounts.SEAT:
            return f"U woont in {place}, of uw organisatie zit daar."
        case TerritoryCounts.BOTH:
            return (
                f"Uw initiatief is in {place}. U woont daar zelf ook, of uw organisatie zit daar."
            )
    return (
        f"Het gaat om {place}. Of uw initiatief daar moet zijn, of dat u er moet wonen, is niet"
        " bekend."
    )


def _region_item(region: Region) -> Say:
    names = listed(region.municipalities)
    which = joined(names) if names else "welke gemeenten, is niet bekend"
    body = f" Hier regelt {region.body} het." if isinstance(region.body, str) else ""
    return say(f"{region.name}: {which}.{body}", f"territory.regions.{region.code}")


def _own_body(territory: Territory) -> Iterator[Say]:
    for region in territory.regions:
        if isinstance(region.body, str):
            path = f"territory.regions.{region.code}"
            yield say(f"In {region.name} regelt {region.body} het.", path)


def what(definition: Definition) -> Iterator[Told]:
    """What is paid for, each with its own limits, and the themes."""
    items = [_activity(each, definition) for each in definition.activities]
    if len(items) == 1:
        yield items[0]
    else:
        yield Several("U kunt geld krijgen voor:", tuple(items))
    themes = (
        say(f"{each.name}. {each.description}".strip(), f"themes.{each.code}")
        for each in definition.themes
    )
    yield Several("Voor deze onderwerpen is apart geld:", tuple(themes))


def _activity(each: Activity, definition: Definition) -> Say:
    classes = {found.code: found.label for found in definition.applicants.classes}
    parts = [f"{each.name}.", each.description]
    if each.applicants:
        labels = joined([classes.get(code, code) for code in each.applicants], "of")
        parts.append(f"Dit is alleen voor {labels}.")
    parts.extend(text for text, _ in limit_words(each) if not _said(text, each.description))
    return say(" ".join(part for part in parts if part), f"activities.{each.code}")


def _said(limit: str, description: str) -> bool:
    """Whether the description already names every amount of the limit."""
    amounts = _AMOUNTS.findall(limit)
    return bool(amounts) and all(each in description for each in amounts)


def refusals(definition: Definition) -> Iterator[Told]:
    """When the answer is no, in the words that the applicant reads then."""
    items: list[Say] = []
    for rule in definition.eligibility:
        only = ""
        if rule.when is not None:
            only = f" Dit geldt alleen als dit klopt: {condition_words(rule.when, definition)}."
        items.append(say(f"{rule.sentence}{only}", f"eligibility.{rule.code}"))
    grounds = definition.refusal_grounds
    items.extend(say(each.text, f"refusal_grounds.{each.code}") for each in listed(grounds))
    yield Several("Op deze punten kan het een nee worden:", tuple(items))
    if isinstance(grounds, Unknown):
        words = "Of er nog andere redenen" if items else "Welke redenen er"
        yield say(f"{words} zijn om nee te zeggen, is niet bekend.", "refusal_grounds")
    if any(rule.asked_before for rule in definition.eligibility):
        yield say("Twijfelt u? Kijk het van tevoren na bij “Mag ik aanvragen?”.", "eligibility")
