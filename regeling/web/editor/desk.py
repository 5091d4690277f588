"""What every page of a concept needs: the concept, its text, and the frame round the page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request
from accounts.domain.grants import current
from accounts.models import Authority
from regeling.definition import RouteStep
from regeling.definition.code_words import code_words
from regeling.differences import Change, differences
from regeling.domain.queries.governing import in_force
from regeling.domain.texts import AT_WORK, WRITERS, WrongText, may_write, newest, read, source_of
from regeling.explain import Section as Explained
from regeling.explain import explain
from regeling.models import Call, Concept, ConceptText, Revision
from regeling.web.editor.draft import Draft
from regeling.web.editor.pages import PARTS, part_of
from timeline import clock


@dataclass(frozen=True)
class Desk:
    """A concept as somebody works on it."""

    concept: Concept
    text: ConceptText
    draft: Draft

    @property
    def is_open(self) -> bool:
        return self.concept.state in AT_WORK

    def url(self, name: str, *args: str) -> str:
        return reverse(f"regeling:{name}", args=[self.concept.uid, *args])


def desk_of(request: Request, uid: uuid.UUID) -> Desk:
    """The concept of that uid for who may write it; 404 for everybody else."""
    found = (
        Concept.objects.filter(uid=uid)
        .select_related("authority", "regulation", "based_on__regulation")
        .first()
    )
    person_id = request.person.pk if request.person else None
    if found is None or not may_write(person_id, authority=found.authority.code, slug=found.slug):
        raise Http404
    text = newest(found)
    before = found.based_on.source if _is_copy(found) and found.based_on else ""
    return Desk(found, text, Draft(text.source, find=source_of, before=before))


def _is_copy(concept: Concept) -> bool:
    """Whether it is a new regulation made from another one, not a change of the same."""
    return concept.based_on is not None and concept.based_on.regulation.slug != concept.slug


def authorities_of(request: Request) -> QuerySet[Authority]:
    """The authorities for which somebody writes regulations."""
    if request.person is None:
        return Authority.objects.none()
    rows = current().filter(person_id=request.person.pk, role__in=WRITERS)
    if rows.filter(authority__isnull=True).exists():
        return Authority.objects.order_by("name")
    return Authority.objects.filter(pk__in=rows.values("authority_id")).order_by("name")


def frame(desk: Desk, *, here: str, title: str, lead: str = "") -> dict[str, Any]:
    """The context of a page: its place among the parts, what is open, what is saved."""
    draft, concept = desk.draft, desk.concept
    counts: dict[str, int] = {}
    for point in draft.open_points if draft.is_readable else ():
        counts[part_of(point.path)] = counts.get(part_of(point.path), 0) + 1
    return {
        "title": title,
        "lead": lead,
        "eyebrow": concept.title,
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (_("Regelingen maken"), reverse("regeling:concepts")),
            (concept.title, desk.url("concept")),
        ][: 2 if here == "overzicht" else 3],
        "desk": desk,
        "concept": concept,
        "text": desk.text,
        "parts": [
            {
                "title": part.title,
                "lead": part.lead,
                "url": desk.url("concept_part", part.code),
                "open": counts.get(part.code, 0),
                "current": part.code == here,
            }
            for part in PARTS
        ],
        "pages": [
            {"title": words, "url": desk.url(name), "current": code == here}
            for code, name, words in (
                ("overzicht", "concept", _("Overzicht")),
                ("beslissen", "concept_decide", _("Nog te beslissen")),
                ("tekst", "concept_text", _("De hele tekst")),
            )
        ],
        "open_count": len(draft.open_points) if draft.is_readable else 0,
        "problems": [
            {
                "line": each.line,
                "sentence": each.sentence[:1].upper() + each.sentence[1:],
                "field": each.field,
                "url": f"{desk.url('concept_text')}?regel={each.line}#tekst",
                "part": desk.url("concept_part", part_of(each.field)) if each.field else "",
            }
            for each in draft.problems
        ],
        "links": links(desk),
    }


def links(desk: Desk) -> list[dict[str, str]]:
    """Where else one goes with a concept: to look at it, and to have it checked and published."""
    names = (
        ("regeling:concept_explained", _("Zo leest een inwoner het"), ""),
        ("applications:concept_form", _("Het formulier zoals een aanvrager het ziet"), ""),
        ("documents:concept_letters", _("De brieven, met verzonnen gegevens"), ""),
        ("regeling:concept_difference", _("Wat er verandert"), ""),
        ("portal:open_test", _("Proberen met een test"), ""),
        ("regeling:concept_readers", _("Laten meelezen"), "life"),
        ("regeling:concept_reasons", _("Redenen van de veranderingen"), "life"),
        ("regeling:concept_history", _("Eerdere versies"), "life"),
        ("regeling:concept_check", _("Laten nakijken"), "life"),
        ("regeling:concept_publish", _("Vaststellen en bekendmaken"), "life"),
    )
    found = [
        {"title": words, "url": reverse(name, args=[desk.concept.uid]), "group": group}
        for name, words, group in names
    ]
    return [*found[:4], *_trials(desk), *found[4:]]


def _trials(desk: Desk) -> list[dict[str, str]]:
    """The text on earlier rounds, and on invented ones to come."""
    concept, key = desk.concept, f"?text=concept:{desk.concept.uid}&seed=1"
    earlier = [each.regulation_id for each in (concept.based_on,) if each]
    calls = Call.objects.filter(
        revision__regulation_id__in=[*earlier, concept.regulation_id]
    ).exclude(kind=Call.Kind.TEST)
    found = [
        {
            "title": _("Proberen op %(title)s") % {"title": call.title},
            "url": reverse("assessment:simulation", args=[call.slug]) + key,
            "group": "",
        }
        for call in calls.order_by("-opens_at", "-pk")[:2]
    ]
    if desk.draft.definition is not None:
        url = reverse("assessment:forecast", args=[concept.slug])
        found.append({"title": _("Vooruitkijken met verzonnen aanvragen"), "url": url, "group": ""})
    return found


def explained(draft: Draft, codes: tuple[str, ...]) -> list[Explained]:
    """The sections of the plain explanation that belong beside a part; none while it is wrong."""
    if draft.definition is None:
        return []
    return [each for each in explain(draft.definition) if not codes or each.code in codes]


def road(draft: Draft) -> list[dict[str, str]]:
    """The steps of the route, for a list that is drawn as a road."""
    if draft.definition is None:
        return []
    steps = [_("Aanvragen"), *(_step(each) for each in draft.definition.route)]
    steps += [_("Besluit"), _("Verslag en vaststelling")]
    return [{"title": each, "phase": "next"} for each in steps]


def _step(step: RouteStep) -> str:
    words = code_words(step)
    return words[:1].upper() + words[1:]


def older(desk: Desk) -> Revision | None:
    """The text to compare with: the one in force, else the one that it was copied from."""
    regulation_id = desk.concept.regulation_id
    now = in_force(regulation_id, at=clock.now()) if regulation_id else None
    return now or desk.concept.based_on


def changes_since(desk: Desk, number: int) -> list[Change]:
    """What others changed after the version `number`; nothing where a text cannot be read."""
    row = ConceptText.objects.filter(concept=desk.concept, number=number).first()
    if row is None or desk.draft.definition is None:
        return []
    try:
        before = read(row.source, slug=desk.concept.slug)
    except WrongText:
        return []
    return list(differences(before, desk.draft.definition))
