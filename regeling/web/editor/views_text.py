"""The whole text of a concept: typing in it, checking while one types, and looking at it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from regeling.definition import Problem
from regeling.differences import differences
from regeling.domain.concepts import LONGEST, save_concept
from regeling.explain import explain
from regeling.web.editor.desk import changes_since, desk_of, frame, older, road
from regeling.web.editor.draft import Draft
from regeling.web.editor.posted import word
from timeline.refusal import Conflict, Refused

MOST_TOLD = 50
"""So many errors while one types; the message says how many there are."""


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def text(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The whole text. Errors are no objection to saving: they are told, with line and cure."""
    desk = desk_of(request, uid)
    source, status, refusal, changes = desk.text.source, 200, "", []
    if request.method == "POST":
        source = _typed(request)
        seen = word(request.POST, "version")
        number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
        if word(request.POST, "doe") == "controleer":
            status = 200
        else:
            try:
                save_concept(
                    concept_id=desk.concept.pk, source=source, seen=number, actor=request.actor
                )
            except Refused as refused:
                refusal, status = refused.sentence, refused.status
                if isinstance(refused, Conflict):
                    changes = changes_since(desk, number)
            else:
                messages.success(request, _("Opgeslagen."))
                return redirect("regeling:concept_text", uid)
    shown = desk.draft.of(source)
    context = frame(
        desk,
        here="tekst",
        title=_("De hele tekst"),
        lead=_("Voor wat in geen zin past. De opdrachtregel leest precies deze tekst."),
    )
    context |= {
        "source": source,
        "lines": range(1, source.count("\n") + 2),
        "found": told(shown),
        "outcome": outcome_words(shown),
        "refusal": refusal,
        "changes": changes,
        "at_line": request.GET.get("regel", ""),
    }
    return render(request, "regeling/editor/text.html", context, status=status)


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
@require_POST
def check(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What is wrong with a text that is being typed; nothing is kept."""
    desk = desk_of(request, uid)
    shown = desk.draft.of(_typed(request)[: LONGEST + 1])
    return JsonResponse({"problems": told(shown)[:MOST_TOLD], "message": outcome_words(shown)})


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def explanation(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The concept as a resident will read it."""
    desk = desk_of(request, uid)
    definition = desk.draft.definition
    context = frame(desk, here="", title=_("Zo leest een inwoner het"))
    context |= {
        "explained": explain(definition) if definition else [],
        "road": road(desk.draft),
        "definition": definition,
    }
    return render(request, "regeling/editor/explanation.html", context)


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def difference(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What changes, against the text in force, or else the one that it was copied from."""
    desk = desk_of(request, uid)
    definition, before = desk.draft.definition, older(desk)
    context = frame(desk, here="", title=_("Wat er verandert"))
    context |= {
        "older": before,
        "changes": differences(before.definition, definition) if before and definition else (),
        "definition": definition,
    }
    return render(request, "regeling/editor/difference.html", context)


def told(draft: Draft) -> list[dict[str, object]]:
    """The errors of a text for a page or a script, in order of line."""
    return [_told(each) for each in draft.problems]


def _told(problem: Problem) -> dict[str, object]:
    sentence = problem.sentence[:1].upper() + problem.sentence[1:]
    return {
        "line": problem.line,
        "column": problem.column,
        "field": problem.field,
        "sentence": sentence + ("" if sentence.endswith((".", "?", "!")) else "."),
    }


def outcome_words(draft: Draft) -> str:
    """In one sentence whether the text can be read."""
    count = len(draft.problems)
    if not count:
        return _("De tekst klopt.")
    return ngettext("Er is %(count)s fout.", "Er zijn %(count)s fouten.", count) % {"count": count}


def _typed(request: Request) -> str:
    source = word(request.POST, "source").replace("\r\n", "\n")
    return source if source.endswith("\n") else f"{source}\n"
