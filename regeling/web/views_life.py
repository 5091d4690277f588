"""Pages of a concept's life: a colleague checks it, it is published, its history, its reasons."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.domain.grants import holders
from accounts.models import Person
from accounts.roles import Role
from accounts.web.refusals import tell
from regeling.definition import Definition, Problem
from regeling.differences import Change, differences
from regeling.domain.checking import check_concept, check_in_force
from regeling.domain.concepts import drop_concept, undo_concept
from regeling.domain.publishing import publish_concept
from regeling.domain.queries.governing import in_force
from regeling.domain.reasons import give_reason
from regeling.domain.texts import (
    AT_WORK,
    WRITERS,
    WrongText,
    authors,
    may_write,
    newest,
    read,
)
from regeling.gazette import gazette
from regeling.models import Concept, ConceptText, Finding, Revision
from regeling.web.forms_life import CheckText, PublishText, ReasonForm
from timeline import clock
from timeline.refusal import Refused


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def check(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A colleague who wrote nothing of it says whether the text is good."""
    concept = concept_of(request, uid)
    definition, problems = text_of(concept)
    form = CheckText(request.POST or None)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        approved = form.cleaned_data["approved"] == "yes"
        try:
            check_concept(
                concept_id=concept.pk,
                seen=seen_in(request),
                approved=approved,
                remarks=form.cleaned_data["remarks"],
                actor=request.actor,
            )
        except Refused as raised:
            refusal = raised
            tell(form, raised)
        else:
            done = (
                _("De tekst is goed bevonden.") if approved else _("De schrijver ziet wat u vindt.")
            )
            messages.success(request, done)
            return redirect("regeling:concept", concept.uid)
    context = frame(concept, _("Nakijken")) | {
        "form": form,
        "text": newest(concept),
        "problems": problems,
        "changes": changes_of(concept, definition),
        "checks": concept.checks.select_related("person").order_by("-pk"),
        "reasons": concept.reasons.select_related("finding").order_by("path"),
        "may": _person(request).pk not in authors(concept) and concept.state in AT_WORK,
        "colleagues": _colleagues(concept),
    }
    return render(request, "regeling/life/check.html", context, status=_status(form, refusal))


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def publish(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Publish a checked text: from then it never changes."""
    concept = concept_of(request, uid)
    definition, problems = text_of(concept)
    form = PublishText(request.POST or None)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            revision = publish_concept(
                concept_id=concept.pk,
                seen=seen_in(request),
                in_force_at=form.in_force_at(),
                reference=form.cleaned_data["reference"],
                actor=request.actor,
            )
        except Refused as raised:
            refusal = raised
            tell(form, raised)
        else:
            messages.success(request, _("De tekst is vastgesteld en bekendgemaakt."))
            return redirect("regeling:revision", revision.regulation.slug, revision.number)
    approval = check_in_force(concept)
    context = frame(concept, _("Vaststellen")) | {
        "form": form,
        "text": newest(concept),
        "problems": problems,
        "approval": approval,
        "open_remarks": concept.remarks.filter(answer="").count(),
        "changes": changes_of(concept, definition),
        "announcement": gazette(definition) if definition else None,
        "wrote": _person(request).pk in authors(concept),
        "may": concept.state in AT_WORK,
        "colleagues": _colleagues(concept),
    }
    return render(request, "regeling/life/publish.html", context, status=_status(form, refusal))


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def history(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Every text that was saved; go back to one, or stop with the concept."""
    concept = concept_of(request, uid)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            _turn_back(request, concept)
        except Refused as raised:
            refusal = raised
        else:
            return redirect("regeling:concept", concept.uid)
    texts = list(concept.texts.select_related("person").defer("source").order_by("-number"))
    shown = _shown(request, concept)
    definition, _problems = text_of(concept)
    context = frame(concept, _("Eerdere versies")) | {
        "texts": texts,
        "checks": {each.number: each for each in concept.checks.select_related("person")},
        "shown": shown,
        "changes": _between(concept, shown, definition) if shown else (),
        "refusal": refusal,
        "at_work": concept.state in AT_WORK,
    }
    return render(
        request, "regeling/life/history.html", context, status=refusal.status if refusal else 200
    )


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def reasons(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Why each part changes, and which finding of an evaluation it answers."""
    concept = concept_of(request, uid)
    definition, problems = text_of(concept)
    changes = changes_of(concept, definition)
    forms = _reason_forms(request, concept, changes)
    refusal: Refused | None = None
    wrong = False
    if request.method == "POST":
        wrong = not all(form.is_valid() for form in forms)
        try:
            if not wrong:
                _keep_reasons(request, concept, changes, forms)
        except Refused as raised:
            refusal = raised
        else:
            if not wrong:
                messages.success(request, _("De redenen zijn bewaard."))
                return redirect("regeling:concept_reasons", concept.uid)
    context = frame(concept, _("Waarom verandert dit?")) | {
        "rows": list(zip(changes, forms, strict=True)),
        "problems": problems,
        "refusal": refusal,
        "at_work": concept.state in AT_WORK,
    }
    status = refusal.status if refusal else 422 if wrong else 200
    return render(request, "regeling/life/reasons.html", context, status=status)


def concept_of(request: Request, uid: uuid.UUID) -> Concept:
    """The concept of that uid for who may write it; 404 for everybody else."""
    rows = Concept.objects.filter(uid=uid)
    found = rows.select_related("authority", "regulation", "based_on__regulation").first()
    if found is None or not may_write(
        _person(request).pk, authority=found.authority.code, slug=found.slug
    ):
        raise Http404
    return found


def frame(concept: Concept, title: str) -> dict[str, Any]:
    """What every page of a concept's life has."""
    return {
        "title": title,
        "eyebrow": concept.title,
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (_("Regelingen maken"), reverse("regeling:concepts")),
            (concept.title, reverse("regeling:concept", args=[concept.uid])),
        ],
        "concept": concept,
    }


def text_of(concept: Concept) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition in the newest text, or everything that is wrong with it."""
    try:
        return read(newest(concept).source, slug=concept.slug), ()
    except WrongText as wrong:
        return None, wrong.problems


def older(concept: Concept) -> Revision | None:
    """What a concept is compared with: the text in force, else the one it was made from."""
    known = concept.regulation_id
    return (in_force(known, at=clock.now()) if known else None) or concept.based_on


def changes_of(concept: Concept, definition: Definition | None) -> tuple[Change, ...]:
    """What changes against the older text; nothing where the text cannot be read."""
    before = older(concept)
    return differences(before.definition, definition) if before and definition else ()


def seen_in(request: Request) -> int:
    """The version that the page showed; 0, which none has, when it does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _person(request: Request) -> Person:
    if request.person is None:
        raise Http404
    return request.person


def _status(form: Any, refusal: Refused | None) -> int:
    if refusal is not None:
        return refusal.status
    return 422 if form.is_bound and not form.is_valid() else 200


def _colleagues(concept: Concept) -> list[Person]:
    """Who may look at it with fresh eyes."""
    wrote = authors(concept)
    found = {
        person.pk: person
        for role in WRITERS
        for person in holders(role, authority=concept.authority.code, regulation=concept.slug)
    }
    return [found[key] for key in sorted(found) if key not in wrote]


def _turn_back(request: Request, concept: Concept) -> None:
    if request.POST.get("doe") == "stop":
        drop_concept(concept_id=concept.pk, seen=seen_in(request), actor=request.actor)
        messages.success(request, _("Aan dit concept wordt niet meer gewerkt."))
        return
    number = request.POST.get("naar", "")
    undo_concept(
        concept_id=concept.pk,
        seen=seen_in(request),
        actor=request.actor,
        back_to=int(number) if number.isdecimal() and len(number) < 10 else None,
    )
    messages.success(request, _("De eerdere tekst staat er weer."))


def _shown(request: Request, concept: Concept) -> ConceptText | None:
    number = request.GET.get("toon", "")
    if not number.isdecimal() or len(number) > 9:
        return None
    return ConceptText.objects.filter(concept=concept, number=int(number)).first()


def _between(
    concept: Concept, shown: ConceptText, definition: Definition | None
) -> tuple[Change, ...] | None:
    """What differs between an earlier text and the present one; None where one is wrong."""
    try:
        before = read(shown.source, slug=concept.slug)
    except WrongText:
        return None
    return differences(before, definition) if definition else None


def _findings(concept: Concept) -> list[Finding]:
    regulations = {concept.regulation_id}
    if concept.based_on is not None:
        regulations.add(concept.based_on.regulation_id)
    rows = Finding.objects.filter(evaluation__regulation__in=regulations - {None})
    return list(rows.select_related("evaluation").order_by("evaluation", "number"))


def _reason_forms(
    request: Request, concept: Concept, changes: tuple[Change, ...]
) -> list[ReasonForm]:
    """A form for each difference, with the reason that is known."""
    findings, known = _findings(concept), {each.path: each for each in concept.reasons.all()}
    forms = []
    for number, change in enumerate(changes, 1):
        row = known.get(change.path)
        first = {"path": change.path}
        if row is not None:
            first |= {"reason": row.reason, "finding": str(row.finding_id or "")}
        forms.append(
            ReasonForm(
                findings,
                data=request.POST if request.method == "POST" else None,
                prefix=f"deel{number}",
                initial=first,
            )
        )
    return forms


def _keep_reasons(
    request: Request, concept: Concept, changes: tuple[Change, ...], forms: list[ReasonForm]
) -> None:
    """Keep what was written at each part; a part that is another now keeps what it had."""
    with transaction.atomic():
        for change, form in zip(changes, forms, strict=True):
            given = form.cleaned_data
            if given["path"] == change.path:
                give_reason(
                    concept_id=concept.pk,
                    path=change.path,
                    reason=given["reason"],
                    finding_id=int(given["finding"]) if given.get("finding") else None,
                    actor=request.actor,
                )
