"""What a well-formed definition must still obey: its parts have to fit each other.

Each check yields (path, Dutch sentence with the cure); the reader adds the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from regeling.definition import deciding_checks, form_checks
from regeling.definition.codes import (
    CeilingScope,
    CriterionKind,
    RouteStep,
    TierKind,
    Unknown,
    WindowKind,
)
from regeling.definition.fields import listed
from regeling.definition.model import Definition, Vote, Window

Complaint = tuple[str, str]


def check(definition: Definition) -> Iterator[Complaint]:
    """Everything in a definition that contradicts itself."""
    yield from _codes(definition)
    yield from _amounts(definition)
    yield from _territory(definition)
    yield from _ceilings(definition)
    yield from _windows(definition)
    yield from _route(definition)
    yield from _criteria(definition)
    yield from _vote(definition)
    yield from deciding_checks.check(definition)
    yield from _tiers(definition)
    yield from _obligations(definition)
    yield from form_checks.check(definition)


def _codes(definition: Definition) -> Iterator[Complaint]:
    lists: dict[str, tuple[Any, ...]] = {
        "applicants.classes": definition.applicants.classes,
        "territory.regions": definition.territory.regions,
        "activities": definition.activities,
        "windows": listed(definition.windows),
        "form.steps": definition.form.steps,
        "eligibility": definition.eligibility,
        "criteria": listed(definition.criteria),
        "refusal_grounds": listed(definition.refusal_grounds),
        "obligations": listed(definition.obligations),
        "tiers": listed(definition.tiers),
    }
    for path, items in lists.items():
        for code, times in Counter(item.code for item in items).items():
            if times > 1:
                yield f"{path}.{code}", f"de code '{code}' komt {times} keer voor"
    for path in ("applicants.classes", "activities", "form.steps", "windows", "tiers"):
        if not lists[path] and not isinstance(getattr(definition, path, None), Unknown):
            yield path, "hier hoort er minstens één te staan"


def _amounts(definition: Definition) -> Iterator[Complaint]:
    amounts = definition.amounts
    low, high = amounts.minimum, amounts.maximum
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield "amounts.minimum", "het minimum is hoger dan het maximum"
    if isinstance(high, int) and isinstance(amounts.fixed, int) and amounts.fixed > high:
        yield "amounts.fixed", "het vaste bedrag is hoger dan het maximum"
    for one, other in pairwise(amounts.tiers):
        if one.up_to is None or (other.up_to is not None and other.up_to <= one.up_to):
            yield "amounts.tiers", "de treden moeten oplopen, en alleen de laatste heeft geen einde"


def _territory(definition: Definition) -> Iterator[Complaint]:
    territory = definition.territory
    if territory.regions and territory.municipalities:
        yield (
            "territory.municipalities",
            "noem gemeenten bij hun regio, of zonder regio's in één lijst; niet allebei",
        )
    unknown = isinstance(territory.municipalities, Unknown) or any(
        isinstance(region.municipalities, Unknown) for region in territory.regions
    )
    if not territory.all_municipalities and not unknown:
        yield "territory", "noem minstens één gemeente"
    counted = Counter(name.casefold() for name in territory.all_municipalities)
    for name in dict.fromkeys(territory.all_municipalities):
        if counted[name.casefold()] > 1:
            yield "territory", f"gemeente {name} komt meer dan één keer voor"


def _ceilings(definition: Definition) -> Iterator[Complaint]:
    ceilings = listed(definition.ceilings)
    totals = [each for each in ceilings if each.scope is CeilingScope.TOTAL]
    if not isinstance(definition.ceilings, Unknown) and len(totals) != 1:
        yield "ceilings", "er hoort precies één plafond met 'scope: total' te zijn"
    codes = {
        CeilingScope.REGION: [each.code for each in definition.territory.regions],
        CeilingScope.ACTIVITY: [each.code for each in definition.activities],
        CeilingScope.TIER: [each.code for each in listed(definition.tiers)],
    }
    seen: set[tuple[CeilingScope, str]] = set()
    for each in ceilings:
        path = f"ceilings.{each.code or each.scope}"
        if (each.scope, each.code) in seen:
            yield path, "dit plafond staat er twee keer"
        seen.add((each.scope, each.code))
        allowed = codes.get(each.scope)
        if allowed is None and each.code:
            yield path, "het totale plafond heeft geen code"
        elif allowed is not None and each.code not in allowed:
            yield path, f"'{each.code}' bestaat niet; {_nearest(each.code, allowed)}"
    yield from _parts(definition, totals[0].amount if totals else None)


def _parts(definition: Definition, total: object) -> Iterator[Complaint]:
    """Regions, activities or tiers together may be less than the whole, never more."""
    for scope in (CeilingScope.REGION, CeilingScope.ACTIVITY, CeilingScope.TIER):
        parts = [
            each.amount
            for each in listed(definition.ceilings)
            if each.scope is scope and isinstance(each.amount, int)
        ]
        if isinstance(total, int) and sum(parts) > total:
            yield (
                "ceilings.total",
                f"de delen per {scope} zijn samen meer: {sum(parts) // 100} euro",
            )


def _windows(definition: Definition) -> Iterator[Complaint]:
    for window in listed(definition.windows):
        yield from _window(window, f"windows.{window.code}")
        if window.kind is WindowKind.FIXED and window.closes is None:
            yield f"windows.{window.code}.closes", "een vaste periode heeft een laatste dag nodig"


def _window(window: Window, path: str) -> Iterator[Complaint]:
    if window.closing_time is not None and window.closes is None:
        yield f"{path}.closing_time", "een sluitingstijd hoort bij een sluitingsdag"
    if window.closes is not None and window.closing is None:
        yield f"{path}.closing", "zeg of de laatste dag meetelt: before of up_to_and_including"
        return
    opens, closes = window.opens_at, window.closes_at
    if opens and closes and closes <= opens:
        yield f"{path}.closes", "de periode sluit voordat zij opent"


def _route(definition: Definition) -> Iterator[Complaint]:
    order = list(RouteStep)
    for one, other in pairwise(definition.route):
        if order.index(one) >= order.index(other):
            yield "route", f"'{other}' kan niet na '{one}'; de volgorde is: {', '.join(order)}"
    if RouteStep.COMPLETENESS not in definition.route:
        yield "route", "'completeness' ontbreekt: zonder toets kan niemand aanvullen (4:5)"
    if definition.has(RouteStep.VOTE) and definition.vote is None:
        yield "vote", "de route heeft een stemming, maar 'vote' is leeg"
    if not definition.has(RouteStep.VOTE) and definition.vote is not None:
        yield "vote", "er is een stemming beschreven die niet in de route staat"
    if definition.has(RouteStep.REVIEW) and definition.criteria == ():
        yield "criteria", "de route heeft een beoordeling, maar er zijn geen criteria"


def _criteria(definition: Definition) -> Iterator[Complaint]:
    for each in listed(definition.criteria):
        path = f"criteria.{each.code}"
        if each.kind is CriterionKind.SCORE and each.lowest >= each.highest:
            yield path, "de laagste score is niet lager dan de hoogste"
        if each.hard and each.kind is not CriterionKind.YES_NO:
            yield path, "alleen een vraag met ja of nee kan een hard criterium zijn"


def _vote(definition: Definition) -> Iterator[Complaint]:
    if isinstance(definition.vote, Vote):
        yield from _window(definition.vote.window, "vote")


def _tiers(definition: Definition) -> Iterator[Complaint]:
    tiers = listed(definition.tiers)
    for one, other in pairwise(tiers):
        if one.up_to is None or (other.up_to is not None and other.up_to <= one.up_to):
            yield f"tiers.{other.code}", "de bedragen van de arrangementen moeten oplopen"
    if tiers and tiers[-1].up_to is not None:
        yield f"tiers.{tiers[-1].code}", "het laatste arrangement mag geen 'up_to' hebben"
    if any(tier.kind is TierKind.REPORT for tier in tiers):
        for name in ("report_weeks", "settlement_weeks"):
            if getattr(definition.terms, name) is None:
                yield f"terms.{name}", "een arrangement met verslag heeft deze termijn nodig"


def _obligations(definition: Definition) -> Iterator[Complaint]:
    tiers = [tier.code for tier in listed(definition.tiers)]
    for each in listed(definition.obligations):
        path = f"obligations.{each.code}"
        for code in each.tiers:
            if code not in tiers:
                yield f"{path}.tiers", f"arrangement '{code}' bestaat niet; {_nearest(code, tiers)}"
        if each.due is not None and (each.due.on is None) == (each.due.after is None):
            yield f"{path}.due", "noem óf een dag ('on') óf waarna het is ('after'), niet allebei"


def _nearest(word: str, allowed: Iterable[str]) -> str:
    near = get_close_matches(word, list(allowed), n=1)
    return f"bedoelt u '{near[0]}'?" if near else f"kies uit: {', '.join(allowed) or '(niets)'}"
