"""The form of a regulation that is still being written, as an applicant would see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.roles import Role
from applications.web.forms import StepForm
from regeling.conditions import condition_words
from regeling.definition import Definition, FormStep
from regeling.web.editor.desk import desk_of


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def concept_form(request: Request, uid: UUID) -> HttpResponse:
    """One page of the form; every question is shown, and when it is asked. Nothing is kept."""
    desk = desk_of(request, uid)
    definition = desk.draft.definition
    context: dict[str, object] = {
        "title": _("Het formulier"),
        "eyebrow": desk.concept.title,
        "lead": _("Zo ziet een aanvrager het. Wat u hier invult, wordt niet bewaard."),
        "breadcrumbs": [
            (_("Regelingen maken"), reverse("regeling:concepts")),
            (desk.concept.title, desk.url("concept")),
        ],
        "edit_url": desk.url("concept_part", "vragen"),
        "text_url": desk.url("concept_text"),
        "wrong": definition is None,
    }
    if definition is not None:
        steps = definition.form.steps
        asked = request.GET.get("stap", "")
        index = next((n for n, each in enumerate(steps) if each.code == asked), 0)
        context |= {
            "number": index + 1,
            "total": len(steps),
            "step": steps[index],
            "questions": _questions(definition, steps[index]),
            "edit_url": f"{context['edit_url']}?blad={steps[index].code}",
            "steps": [
                {"title": each.title, "url": f"?stap={each.code}", "current": each is steps[index]}
                for each in steps
            ],
        }
    return render(request, "applications/concept_form.html", context)


def _questions(definition: Definition, step: FormStep) -> list[dict[str, object]]:
    form = StepForm(definition, step, {})
    return [
        {
            "field": form[question.code],
            "when": condition_words(question.when, definition) if question.when else "",
        }
        for question in step.questions
    ]
