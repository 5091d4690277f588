"""The letters of a regulation that is still being written."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Request, entry
from accounts.roles import Role
from documents.facts.invented import invented, kinds
from documents.letters import compose
from documents.letters.facts import LetterKind
from documents.rendering.html import part_of_page
from regeling.web.editor.desk import desk_of
from timeline import clock

TITLES = {
    LetterKind.RECEIPT_CONFIRMATION: gettext_lazy("Ontvangst"),
    LetterKind.REPAIR_REQUEST: gettext_lazy("Vraag om aanvulling"),
    LetterKind.NOT_PROCESSED: gettext_lazy("Niet behandeld"),
    LetterKind.AWARD: gettext_lazy("Toekenning"),
    LetterKind.DIRECT_SETTLEMENT: gettext_lazy("Toekenning en vaststelling"),
    LetterKind.REJECTION: gettext_lazy("Afwijzing"),
    LetterKind.SETTLEMENT: gettext_lazy("Vaststelling"),
}


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def concept_letters(request: Request, uid: UUID) -> HttpResponse:
    """One letter with invented values, marked so; nothing is kept and nobody is written to."""
    desk = desk_of(request, uid)
    definition = desk.draft.definition
    context: dict[str, object] = {
        "title": _("De brieven"),
        "eyebrow": desk.concept.title,
        "lead": _("Met verzonnen gegevens. Alleen uw eigen alinea's kunt u veranderen."),
        "breadcrumbs": [
            (_("Regelingen maken"), reverse("regeling:concepts")),
            (desk.concept.title, desk.url("concept")),
        ],
        "edit_url": desk.url("concept_part", "brieven"),
        "text_url": desk.url("concept_text"),
    }
    if definition is not None:
        there = kinds(definition)
        asked = request.GET.get("brief", "")
        kind = next((each for each in there if each == asked), there[0])
        facts = invented(definition, desk.concept.authority, kind, today=clock.today())
        context |= {
            "letter": part_of_page(compose(facts)),
            "letters": [
                {"title": TITLES[each], "url": f"?brief={each}", "current": each is kind}
                for each in there
            ],
        }
    return render(request, "documents/concept_letters.html", context)
