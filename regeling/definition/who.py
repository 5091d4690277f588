"""Who may apply, where, for what: the first sections of a definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from regeling.definition.codes import (
    UNKNOWN,
    LegalRegime,
    Login,
    MemberKind,
    PartyKind,
    Period,
    TerritoryCounts,
    Unknown,
)
from regeling.definition.fields import (
    Cents,
    Code,
    Line,
    Name,
    Need,
    Remark,
    Sentence,
    Sourced,
    SourcedLabel,
    Whole,
    listed,
)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What the regulation is called and what it rests on."""

    slug: Code
    title: Name
    authority: Code  # Authority.code; the body that grants
    summary: Sentence  # for a resident, plain Dutch
    example: bool = False  # invented: every page and letter says "voorbeeld"
    legal_regime: LegalRegime | Unknown
    regulation: Sourced[str | Unknown]  # name as published
    regulation_reference: SourcedLabel[str | Unknown] = UNKNOWN  # e.g. CVDR601224
    paragraph: Sourced[str | Unknown]
    articles: Sourced[tuple[str, ...] | Unknown] = UNKNOWN
    deciding_body: Sourced[str | Unknown]  # who takes the decision
    advising_body: Sourced[str | Unknown | None] = None
    sources: tuple[str, ...] = ()  # addresses or titles in which the facts were found


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A document that a class of applicants sends along."""

    code: Code
    label: Name
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class ApplicantClass:
    """One kind of applicant that may apply."""

    code: Code
    kind: PartyKind
    label: Name  # "een groep van minstens drie inwoners"
    member_kind: MemberKind = MemberKind.ANY  # groups: what the members are
    minimum_members: Annotated[int, Whole(1, 1000)] = 1
    every_member_signs: bool = False  # groups: a missing signature is incompleteness (4:5)
    signatories: Annotated[int, Whole(1, 20)] = 1  # people who sign for each organisation
    lead_applicant: PartyKind | None = None  # groups: who must be penvoerder; None: any member
    legal_forms: tuple[Line, ...] = ()  # organisations: "vereniging", "stichting"; empty: any
    login: Annotated[Login | Unknown | None, Need.NEVER] = None
    evidence: tuple[Evidence, ...] = ()
    exclusions: tuple[Line, ...] = ()  # sentences for people
    article: Sourced[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """At most `times` applications per applicant in `period`."""

    times: Annotated[int, Whole(1, 100)]
    period: Period
    article: Sourced[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Applicants:
    classes: tuple[ApplicantClass, ...]
    frequency: Annotated[Frequency | Unknown | None, Need.NEVER] = None
    exclusions: tuple[str, ...] = ()  # sentences for people: "gemeenten", "…"

    def of(self, code: str) -> ApplicantClass | None:
        return next((each for each in self.classes if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class Region:
    code: Code
    name: Name
    municipalities: tuple[str, ...] | Unknown
    body: SourcedLabel[str | Unknown | None] = None
    maximum: Cents | Unknown | None = None  # per application, instead of amounts'


@dataclass(frozen=True, kw_only=True)
class MunicipalPlaces:
    """The villages and neighbourhoods of a municipality, as residents name them."""

    municipality: Name
    names: tuple[Name, ...]


@dataclass(frozen=True, kw_only=True)
class Territory:
    """Where the activity takes place. Without regions the municipalities count as they are."""

    name: Name
    regions: tuple[Region, ...] = ()
    municipalities: tuple[str, ...] | Unknown = ()  # only where there are no regions
    places: tuple[MunicipalPlaces, ...] = ()
    counts: Annotated[TerritoryCounts | Unknown, Need.NEVER] = TerritoryCounts.ACTIVITY
    charge_elsewhere: bool = False  # what crosses regions may be charged to another one
    article: Sourced[str | Unknown] = UNKNOWN

    @property
    def all_municipalities(self) -> tuple[str, ...]:
        """Their names; those of a region that are not known are not among them."""
        if not self.regions:
            return listed(self.municipalities)
        return tuple(name for region in self.regions for name in listed(region.municipalities))

    @property
    def is_known(self) -> bool:
        """Whether the list is whole: a municipality that is not in it lies outside."""
        several = [self.municipalities, *(region.municipalities for region in self.regions)]
        return not any(isinstance(each, Unknown) for each in several)

    def municipalities_of(self, place: str) -> tuple[str, ...]:
        """In which municipalities a place lies, by the places that the regulation itself names."""
        wanted = place.strip().casefold()
        return tuple(
            each.municipality
            for each in self.places
            if wanted in {name.casefold() for name in each.names}
        )

    def region_of(self, municipality: str) -> Region | None:
        """The region in which a municipality lies, or None (also where there are no regions)."""
        wanted = municipality.casefold()
        return next(
            (r for r in self.regions if wanted in {m.casefold() for m in listed(r.municipalities)}),
            None,
        )


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What is paid for. Its own limits hold beside those of `amounts`; the lowest counts."""

    code: Code
    name: Name
    description: Remark = ""
    applicants: tuple[Code, ...] = ()  # classes that may apply for it; empty: all
    minimum: Cents | Unknown | None = None
    maximum: Cents | Unknown | None = None
    fixed: Cents | Unknown | None = None
    percentage: Annotated[int | Unknown | None, Whole(1, 100)] = None  # of eligible costs
    article: SourcedLabel[str | Unknown] = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A subject for which part of the money is kept, whatever the activity."""

    code: Code
    name: Name
    description: Remark = ""
