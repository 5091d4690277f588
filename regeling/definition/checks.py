"""What a well-formed definition must still obey: its parts have to fit each other.

Each check yields (path, Dutch sentence with the cure); the reader adds the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from regeling.definition import (
    deciding_checks,
    form_checks,
    money_checks,
    rule_checks,
    score_checks,
    who_checks,
)
from regeling.definition.codes import (
    CriterionKind,
    RouteStep,
    TierKind,
    Unknown,
    WindowKind,
)
from regeling.definition.fields import listed
from regeling.definition.model import Definition, Vote, Window
from regeling.definition.nearest_words import meant

Complaint = tuple[str, str]


def check(definition: Definition) -> Iterator[Complaint]:
    """Everything in a definition that contradicts itself."""
    yield from _codes(definition)
    yield from who_checks.check(definition)
    yield from money_checks.check(definition)
    yield from _windows(definition)
    yield from _route(definition)
    yield from _criteria(definition)
    yield from _vote(definition)
    yield from deciding_checks.check(definition)
    yield from score_checks.check(definition)
    yield from _tiers(definition)
    yield from _obligations(definition)
    about_form = tuple(form_checks.check(definition))
    yield from about_form
    if not about_form:  # one clear message: a wrong word is not also a rule that cannot hold
        yield from rule_checks.check(definition)


def _codes(definition: Definition) -> Iterator[Complaint]:
    lists: dict[str, tuple[Any, ...]] = {
        "applicants.classes": definition.applicants.classes,
        "territory.regions": definition.territory.regions,
        "activities": definition.activities,
        "themes": definition.themes,
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
    for tier in tiers:
        if tier.asks and tier.kind is TierKind.DIRECT:
            yield (
                f"tiers.{tier.code}.asks",
                "wie het bedrag direct krijgt, legt achteraf niets over; kies 'kind: report'",
            )
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
                yield f"{path}.tiers", f"arrangement '{code}' bestaat niet; {meant(code, tiers)}"
        if each.due is not None and (each.due.on is None) == (each.due.after is None):
            yield f"{path}.due", "noem óf een dag ('on') óf waarna het is ('after'), niet allebei"
