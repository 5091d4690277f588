"""The worklist: every application that somebody may judge, what is due first on top."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.search import plain
from applications.models import Application
from applications.states import State
from assessment.domain.assigning import FINISHED
from assessment.models import Assignment, InterestStatement
from regeling.models import Call

OPEN = "open"
WORK = (
    State.SUBMITTED,
    State.LATE,
    State.COMPLETENESS_CHECK,
    State.AWAITING_SUPPLEMENT,
    State.IN_REVIEW,
    State.ELIGIBLE_FOR_VOTE,
    State.VOTING,
    State.RANKED,
    State.RESERVE,
    State.HEARING,
    State.DECISION_DRAFT,
)
SORTS = {
    "due": (F("decision_due").asc(nulls_last=True), F("pk").asc()),
    "received": (F("submitted_at").desc(nulls_last=True), F("pk").desc()),
    "title": (F("title").asc(), F("pk").asc()),
    "amount": (F("amount_asked").desc(), F("pk").asc()),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Empty fields ask for everything; ``state`` "open" for all work."""

    words: str = ""
    call: str = ""
    region: str = ""
    state: str = OPEN
    mine: bool = False
    overdue: bool = False
    sort: str = "due"


def worklist(
    judged: QuerySet[Application], person_id: int, wanted: Wanted, today: date
) -> QuerySet[Application]:
    """Those of the ``judged`` (``applications.rules.judgeable``) that are wanted, each with
    ``assessor_id``, ``assessor_name``, ``assigned_because`` (canonical JSON) and ``stated`` (False
    when she has no interest, None when she did not say)."""
    assigned = Assignment.objects.filter(application=OuterRef("pk"), until=None)
    stated = InterestStatement.objects.filter(application=OuterRef("pk"), person_id=person_id)
    rows = (
        judged.select_related("call", "party")
        .annotate(
            assessor_id=Subquery(assigned.values("assessor_id")[:1]),
            assessor_name=Subquery(assigned.values("assessor__name")[:1]),
            assigned_because=Subquery(assigned.values("reason")[:1]),
            stated=Subquery(stated.values("has_interest")[:1]),
        )
        .order_by(*SORTS.get(wanted.sort, SORTS["due"]))
    )
    return rows.filter(_matches(person_id, wanted, today))


def calls_of(judged: QuerySet[Application]) -> list[Call]:
    """The calls of these applications, for the filter."""
    rows = judged.order_by().values("call_id").distinct()
    return list(Call.objects.filter(pk__in=rows).select_related("revision").order_by("title"))


def regions_of(calls: list[Call]) -> dict[str, str]:
    """Codes and names of the regions in those calls."""
    return {
        region.code: region.name
        for call in calls
        for region in call.revision.definition.territory.regions
    }


def why_assigned(reason: str) -> str:
    """Why this assessor: the sentence behind what was recorded."""
    facts = json.loads(reason)
    if facts["how"] == "by_hand":
        return _("Met de hand toegewezen.")
    said = ngettext(
        "Had de minste open dossiers (%(open)s); de enige die kan.",
        "Had de minste open dossiers (%(open)s) van %(candidates)s die kunnen.",
        facts["candidates"],
    ) % {"open": facts["open"], "candidates": facts["candidates"]}
    if facts["coached"]:
        said += " " + _("Wie de aanvrager hielp, viel af (%(n)s).") % {"n": facts["coached"]}
    if facts["interested"]:
        said += " " + _("Wie een belang heeft, viel af (%(n)s).") % {"n": facts["interested"]}
    return said


def _matches(person_id: int, wanted: Wanted, today: date) -> Q:
    found = Q()
    for word in plain(wanted.words).split():
        found &= Q(search__contains=word)
    if wanted.call:
        found &= Q(call__slug=wanted.call)
    if wanted.region:
        found &= Q(region=wanted.region)
    if wanted.state == OPEN:
        found &= Q(state__in=WORK)
    elif wanted.state in State.values:
        found &= Q(state=wanted.state)
    if wanted.mine:
        found &= Q(
            pk__in=Assignment.objects.filter(assessor_id=person_id, until=None).values(
                "application_id"
            )
        )
    if wanted.overdue:
        found &= Q(decision_due__lt=today) & ~Q(state__in=FINISHED)
    return found
