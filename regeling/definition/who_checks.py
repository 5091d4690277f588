"""Whether applicants and territory fit together: classes, municipalities and their places.

Each check yields (path, Dutch sentence with the cure), as in `checks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from regeling.definition.codes import MemberKind, PartyKind
from regeling.definition.model import Definition
from regeling.definition.nearest_words import meant
from regeling.definition.who import ApplicantClass

Complaint = tuple[str, str]


def check(definition: Definition) -> Iterator[Complaint]:
    """Everything about who and where that contradicts itself."""
    for each in definition.applicants.classes:
        yield from _class(each, f"applicants.classes.{each.code}")
    yield from _territory(definition)
    yield from _places(definition)
    yield from _activities(definition)


def _class(each: ApplicantClass, path: str) -> Iterator[Complaint]:
    group = each.kind is PartyKind.GROUP
    if each.lead_applicant is not None and not group:
        yield f"{path}.lead_applicant", "alleen een groep heeft een penvoerder; laat dit weg"
    if each.lead_applicant is PartyKind.GROUP:
        yield f"{path}.lead_applicant", "een penvoerder is person of organisation"
    elif each.lead_applicant is not None and each.member_kind.value not in (
        each.lead_applicant.value,
        MemberKind.ANY.value,
    ):
        yield (
            f"{path}.lead_applicant",
            f"elk lid is een '{each.member_kind}', dus ook de penvoerder; pas dit aan",
        )
    if each.legal_forms and each.kind is not PartyKind.ORGANISATION:
        yield f"{path}.legal_forms", "een rechtsvorm hoort bij 'kind: organisation'"
    if each.minimum_members > 1 and not group:
        yield f"{path}.minimum_members", "alleen een groep heeft leden; kies 'kind: group'"
    for code, times in Counter(item.code for item in each.evidence).items():
        if times > 1:
            yield f"{path}.evidence.{code}", f"de code '{code}' komt {times} keer voor"


def _territory(definition: Definition) -> Iterator[Complaint]:
    territory = definition.territory
    if territory.regions and territory.municipalities:
        yield (
            "territory.municipalities",
            "noem gemeenten bij hun regio, of zonder regio's in één lijst; niet allebei",
        )
    if not territory.all_municipalities and territory.is_known:
        yield "territory", "noem minstens één gemeente"
    names = {name.casefold(): name for name in reversed(territory.all_municipalities)}
    counted = Counter(name.casefold() for name in territory.all_municipalities)
    for folded, name in names.items():
        if counted[folded] > 1:
            yield "territory", f"gemeente {name} komt meer dan één keer voor"


def _places(definition: Definition) -> Iterator[Complaint]:
    names = definition.territory.all_municipalities
    for index, each in enumerate(definition.territory.places):
        path = f"territory.places.{index}"
        if definition.territory.is_known and each.municipality not in names:
            yield (
                f"{path}.municipality",
                (
                    f"'{each.municipality}' hoort niet bij het gebied;"
                    f" {meant(each.municipality, names)}"
                ),
            )
        if not each.names:
            yield f"{path}.names", "noem minstens één plaats, of laat deze gemeente weg"


def _activities(definition: Definition) -> Iterator[Complaint]:
    classes = [each.code for each in definition.applicants.classes]
    for activity in definition.activities:
        for code in activity.applicants:
            if code not in classes:
                yield (
                    f"activities.{activity.code}.applicants",
                    f"aanvrager '{code}' bestaat niet; {meant(code, classes)}",
                )
    used = {code for each in definition.activities for code in each.applicants or classes}
    for code in classes:
        if definition.activities and code not in used:
            yield (
                f"applicants.classes.{code}",
                (
                    f"'{code}' kan voor geen enkele activiteit aanvragen; noem de code bij"
                    " 'applicants' van een activiteit"
                ),
            )
