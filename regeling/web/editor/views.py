"""The pages of a concept: its overview, its parts as sentences, and what is still to decide."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.roles import Role
from regeling.domain.concepts import save_concept, undo_concept
from regeling.models import Concept, ConceptText
from regeling.web.editor.changing import Outcome, acted, changed
from regeling.web.editor.controls import Control
from regeling.web.editor.desk import (
    Desk,
    changes_since,
    desk_of,
    explained,
    frame,
    older,
    road,
)
from regeling.web.editor.draft import Draft
from regeling.web.editor.pages import (
    PARTS,
    Section,
    Told,
    blocks_of,
    controls,
    sections,
    to_decide,
)
from regeling.web.editor.posted import typed, word
from regeling.web.editor.sentences import Part
from timeline.refusal import Conflict, Refused

SAVE = "bewaar"


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def concept(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Where a concept stands: what is open, what is wrong, and what comes next."""
    desk = desk_of(request, uid)
    context = frame(desk, here="overzicht", title=desk.concept.title)
    context |= {
        "eyebrow": desk.concept.authority.name,
        "lead": _(
            "U schrijft in gewone zinnen. Elke keer dat u opslaat, blijft het vorige bewaard."
        ),
        "road": road(desk.draft),
        "older": older(desk),
    }
    return render(request, "regeling/editor/concept.html", context)


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def part(request: Request, uid: uuid.UUID, deel: str) -> HttpResponse:
    """One part of a regulation, as sentences with fields."""
    desk = desk_of(request, uid)
    found = next((each for each in PARTS if each.code == deel), None)
    if found is None:
        raise Http404
    if not desk.draft.is_readable:
        return redirect("regeling:concept_text", uid)
    page = request.GET.get("blad", "")
    if request.method == "POST":
        return _post_part(request, desk, found, page)
    return _show_part(request, desk, found, page)


def _post_part(request: Request, desk: Desk, found: Part, page: str) -> HttpResponse:
    shown = _of_page(sections(desk.draft, found, {}), found, page)
    fields = list(controls(shown))
    act = word(request.POST, "doe") or SAVE
    seen = _number(word(request.POST, "version"))
    if seen != desk.concept.version:
        return _conflict(request, desk, found, page, seen)
    outcome = _changed(desk.draft, fields, act, request, found)
    refusal: Refused | None = None
    if outcome.is_good:
        try:
            saved = _save(request, desk, outcome.source, seen)
        except Conflict:
            return _conflict(request, desk_of(request, desk.concept.uid), found, page, seen)
        except Refused as refused:
            refusal = refused
        else:
            return _back(request, desk, saved, act, found, page)
    told = {
        each.path: ("", *typed(each, request.POST)) for each in fields if each.path in request.POST
    }
    told |= {
        path: (sentence, *told.get(path, ("", "", ()))[1:])
        for path, sentence in outcome.told.items()
    }
    sentences = [*outcome.sentences, *([refusal.sentence] if refusal else [])]
    return _show_part(request, desk, found, page, told, sentences, status=422)


def _changed(
    draft: Draft, fields: list[Control], act: str, request: Request, found: Part
) -> Outcome:
    """The fields first, then what the button asks."""
    outcome = changed(draft, fields, request.POST)
    if act == SAVE or not outcome.is_good:
        return outcome
    after = draft.of(outcome.source)
    done = acted(after, act, request.POST, blocks_of(after, found))
    if not done.is_good:
        done.source = draft.source
    return done


def _save(request: Request, desk: Desk, source: str, seen: int) -> Concept:
    return save_concept(concept_id=desk.concept.pk, source=source, seen=seen, actor=request.actor)


def _back(
    request: Request, desk: Desk, saved: Concept, act: str, found: Part, page: str
) -> HttpResponse:
    """To the same place of the page, so that nobody has to look for it."""
    name, _space, path = act.partition(" ")
    if saved.version == desk.concept.version and act == SAVE:
        messages.info(request, _("Er is niets veranderd."))
    else:
        messages.success(
            request, _("Opgeslagen als versie %(number)s.") % {"number": saved.version}
        )
    if name == "weg" and path.startswith("form.steps.") and path.count(".") == 2:
        page = ""
    query = f"?blad={page}" if page else ""
    anchor = f"#b-{path.replace('.', '-')}" if path and name != "weg" else ""
    return redirect(f"{desk.url('concept_part', found.code)}{query}{anchor}")


def _conflict(request: Request, desk: Desk, found: Part, page: str, seen: int) -> HttpResponse:
    """Who changed what meanwhile, with everything that she typed herself still in its field."""
    row = ConceptText.objects.filter(concept=desk.concept, number=seen).first()
    then = desk.draft.of(row.source) if row else desk.draft
    told = {}
    for each in controls(_of_page(sections(then, found, {}), found, page)):
        if each.path not in request.POST:
            continue
        value, values = typed(each, request.POST)
        if (value, values) != (each.value, each.values) and value != each.value:
            told[each.path] = (_("U typte dit. Klopt het nog?"), value, values)
    return _show_part(request, desk, found, page, told, [], status=409, changes_from=seen)


def _show_part(
    request: Request,
    desk: Desk,
    found: Part,
    page: str,
    told: Told | None = None,
    sentences: list[str] | None = None,
    *,
    status: int = 200,
    changes_from: int | None = None,
) -> HttpResponse:
    everything = sections(desk.draft, found, told or {})
    shown = _of_page(everything, found, page)
    context = frame(desk, here=found.code, title=found.title, lead=found.lead)
    index = PARTS.index(found)
    context |= {
        "sections": shown,
        "sheets": _sheets(desk, everything, found, page),
        "wrong": [each for each in controls(shown) if each.error] if status == 422 else [],
        "sentences": sentences or [],
        "road": road(desk.draft) if found.code == "stappen" else [],
        "explained": explained(desk.draft, found.explained) if found.explained else [],
        "conflict": status == 409,
        "changes": changes_since(desk, changes_from) if changes_from is not None else [],
        "next_part": context["parts"][index + 1] if index + 1 < len(PARTS) else None,
        "deel": found.code,
        "laws": found.code == "brieven",
    }
    return render(request, "regeling/editor/part.html", context, status=status)


def _of_page(found: list[Section], part: Part, page: str) -> list[Section]:
    """Of the form only one page at a time: a form may be long, and a post may not."""
    if part.code != "vragen" or not found or len(found[0].items) < 2:
        return found
    items = found[0].items
    found[0].items = [each for each in items if each.path.endswith(f".{page}")] or items[:1]
    return found


def _sheets(desk: Desk, found: list[Section], part: Part, page: str) -> list[dict[str, object]]:
    if part.code != "vragen":
        return []
    listed = desk.draft.value("form.steps")
    chosen = found[0].items[0].path if found[0].items else ""
    url = desk.url("concept_part", part.code)
    return [
        {
            "title": str(each.get("title", "")),
            "url": f"{url}?blad={each.get('code')}",
            "current": chosen.endswith(f".{each.get('code')}"),
        }
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict)
    ]


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Everything that is still to decide, in one place, with its field."""
    desk = desk_of(request, uid)
    if not desk.draft.is_readable:
        return redirect("regeling:concept_text", uid)
    told: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    sentences: list[str] = []
    status = 200
    if request.method == "POST":
        choices = to_decide(desk.draft, {})
        fields = [each.field for each in choices if each.field is not None]
        outcome = changed(desk.draft, fields, request.POST)
        act = word(request.POST, "doe") or SAVE
        if act != SAVE and outcome.is_good:
            after = desk.draft.of(outcome.source)
            outcome = acted(after, act, request.POST, {})
        if outcome.is_good:
            seen = _number(word(request.POST, "version"))
            try:
                saved = _save(request, desk, outcome.source, seen)
            except Refused as refused:
                sentences, status = [refused.sentence], refused.status
                desk = desk_of(request, uid)
            else:
                messages.success(
                    request, _("Opgeslagen als versie %(number)s.") % {"number": saved.version}
                )
                return redirect("regeling:concept_decide", uid)
        else:
            sentences, status = outcome.sentences, 422
        told = {
            each.path: ("", *typed(each, request.POST))
            for each in fields
            if typed(each, request.POST)[0] != each.value
        }
        told |= {
            path: (sentence, *told.get(path, ("", "", ()))[1:])
            for path, sentence in outcome.told.items()
        }
    choices = to_decide(desk.draft, told)
    context = frame(
        desk,
        here="beslissen",
        title=_("Nog te beslissen"),
        lead=_("Wat van het vorige stuk is overgenomen, wat onbekend is, en wat een aanname is."),
    )
    context |= {
        "choices": [
            {
                "choice": each,
                "number": number,
                "part_title": next(part.title for part in PARTS if part.code == each.part),
                "url": f"{desk.url('concept_part', each.part)}#{each.anchor}",
            }
            for number, each in enumerate(choices, start=1)
        ],
        "sentences": sentences,
        "wrong": [each.field for each in choices if each.field and each.field.error],
    }
    return render(request, "regeling/editor/decide.html", context, status=status)


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def undo(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Back to the text before this one; only by a button."""
    desk = desk_of(request, uid)
    if request.method != "POST":
        return redirect("regeling:concept", uid)
    try:
        undo_concept(
            concept_id=desk.concept.pk,
            seen=_number(word(request.POST, "version")),
            actor=request.actor,
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("De vorige versie staat er weer."))
    there = word(request.POST, "deel")
    if any(each.code == there for each in PARTS):
        return redirect("regeling:concept_part", uid, there)
    return redirect("regeling:concept", uid)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
