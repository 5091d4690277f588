"""Evaluations for who writes regulations: figures, questionnaire, answers, findings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accountability.domain import evaluation as verbs
from accountability.domain import questionnaire as lists
from accountability.domain.evaluation_figures import Days
from accountability.domain.queries import evaluation as reads
from accountability.models import Group
from accountability.web.forms_evaluation import (
    GROUPS,
    FindingForm,
    QuestionForm,
    SendForm,
    StartForm,
)
from accounts.access import Request, entry
from accounts.web.refusals import tell
from documents.letters.wording import euro
from regeling.domain.texts import WRITERS
from regeling.models import Evaluation
from timeline import clock
from timeline.refusal import Refused


@entry(*WRITERS)
def evaluations(request: Request) -> HttpResponse:
    """Every evaluation of one's regulations, and a form to start one."""
    person = request.actor.person_id
    form = StartForm(
        reads.regulations_for(person), request.POST if request.method == "POST" else None
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = verbs.start_evaluation(
                    regulation_id=given["regulation"].pk,
                    title=given["title"],
                    first_day=given["first_day"],
                    last_day=given["last_day"],
                    actor=request.actor,
                )
            except Refused as refusal:
                tell(form, refusal)
            else:
                return _to(made)
    context = {
        "title": _("Evaluaties"),
        "lead": _("Kijk terug op een regeling: wat kwam ervan, en wat moet er anders?"),
        "breadcrumbs": [(_("Start"), reverse("portal:start"))],
        "rows": reads.evaluations_of(person),
        "form": form,
    }
    return render(request, "accountability/evaluations.html", context, status=status)


@entry(*WRITERS)
def evaluation(request: Request, uid: UUID) -> HttpResponse:
    """One evaluation with everything in it."""
    row = _find(request, uid)
    return render(request, "accountability/evaluation.html", _context(row))


@entry(*WRITERS)
def question(request: Request, uid: UUID) -> HttpResponse:
    """Add a question of one's own."""
    row = _find(request, uid)

    def act(given: dict[str, Any]) -> None:
        lists.add_question(evaluation_id=row.pk, actor=request.actor, **given)

    return _asked(request, row, QuestionForm, _("Vraag toevoegen"), act)


@require_POST
@entry(*WRITERS)
def drop(request: Request, uid: UUID, number: int) -> HttpResponse:
    """Take a question out."""
    row = _find(request, uid)
    lists.drop_question(evaluation_id=row.pk, number=number, actor=request.actor)
    messages.success(request, _("De vraag is weg."))
    return _to(row)


@entry(*WRITERS)
def send(request: Request, uid: UUID) -> HttpResponse:
    """How many of each group are asked; confirmed, the mails go."""
    row = _find(request, uid)
    asked = list(reads.respondents(row).values())
    words = dict(GROUPS)
    counted = [(words[each], asked.count(str(each))) for each in Group]

    def act(given: dict[str, Any]) -> None:
        lists.send_questionnaire(
            evaluation_id=row.pk,
            ends_on=given["ends_on"],
            seen_version=_version(request),
            actor=request.actor,
        )
        messages.success(request, _("De e-mails met de vragenlijst gaan weg."))

    return _asked(
        request, row, SendForm, _("Vragenlijst versturen"), act, facts=counted, version=row.version
    )


@require_POST
@entry(*WRITERS)
def again(request: Request, uid: UUID) -> HttpResponse:
    """Ask whoever did not answer yet once more."""
    row = _find(request, uid)
    lists.remind(evaluation_id=row.pk, actor=request.actor)
    messages.success(request, _("Wie nog niet antwoordde, krijgt een herinnering."))
    return _to(row)


@entry(*WRITERS)
def finding(request: Request, uid: UUID) -> HttpResponse:
    """Write a finding down."""
    row = _find(request, uid)

    def act(given: dict[str, Any]) -> None:
        verbs.add_finding(evaluation_id=row.pk, actor=request.actor, **given)

    return _asked(request, row, FindingForm, _("Bevinding toevoegen"), act)


@require_POST
@entry(*WRITERS)
def finish(request: Request, uid: UUID) -> HttpResponse:
    """Fix everything; who was asked is forgotten."""
    row = _find(request, uid)
    verbs.finish(evaluation_id=row.pk, seen_version=_version(request), actor=request.actor)
    messages.success(request, _("De evaluatie is afgerond en verandert niet meer."))
    return _to(row)


def _asked(
    request: Request,
    row: Evaluation,
    kind: type[forms.Form],
    title: str,
    act: Any,
    **more: Any,
) -> HttpResponse:
    """A page with one form: what it gives goes to ``act``, and back to the evaluation."""
    form = kind(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
                status = refusal.status
            else:
                return _to(row)
    context = {
        "title": title,
        "eyebrow": row.title,
        "breadcrumbs": [
            *_crumbs(),
            (row.title, reverse("accountability:evaluation", args=[row.uid])),
        ],
        "evaluation": row,
        "form": form,
        **more,
    }
    return render(request, "accountability/evaluation_form.html", context, status=status)


def _context(row: Evaluation) -> dict[str, Any]:
    told = reads.told_of(row)
    asked, answered = reads.asked_and_answered(row)
    over = row.ends_on is not None and clock.today() > row.ends_on
    return {
        "title": row.title,
        "eyebrow": row.regulation.title,
        "breadcrumbs": _crumbs(),
        "evaluation": row,
        "told": told,
        "figures": _figures(told),
        "days": _days(told.days),
        "grounds": [(ground or _("Andere redenen samen"), n) for ground, n in told.grounds],
        "questions": [(each, _for(each)) for each in reads.questions_of(row)],
        "asked": asked,
        "answered": _number(answered),
        "is_open": row.ends_on is not None and not over and row.finished_at is None,
        # Not before: from two looks at open answers the newest one would follow.
        "outcomes": _outcomes(row) if over else [],
        "findings": row.findings.prefetch_related("answers__concept").order_by("number"),
        "may_finish": row.finished_at is None and (row.asked_at is None or over),
    }


def _figures(told: reads.Told) -> list[dict[str, str]]:
    total = told.total
    shown = (
        (_("Aangevraagd"), total.applied),
        (_("Verleend"), total.awarded),
        (_("Afgewezen"), total.rejected),
        (_("Niet behandeld"), total.not_processed),
        (_("Ingetrokken"), total.withdrawn),
    )
    rows = [
        {"label": label, "value": str(each.number), "note": euro(each.cents)}
        for label, each in shown
    ]
    stopped = {"label": _("Begonnen en niet ingediend"), "value": _number(told.dropped), "note": ""}
    return [*rows, stopped]


def _days(days: Days | None) -> str:
    if days is None:
        return ""
    return _(
        "De helft van de besluiten kwam binnen %(half)s dagen, het langste duurde %(longest)s "
        "dagen. %(in_time)s van de %(with_term)s besluiten waren op tijd."
    ) % {
        "half": days.half,
        "longest": days.longest,
        "in_time": days.in_time,
        "with_term": days.with_term,
    }


def _number(number: int | None) -> str:
    return _("minder dan 10") if number is None else str(number)


def _outcomes(row: Evaluation) -> list[dict[str, Any]]:
    words = dict(GROUPS)
    return [
        {
            "question": each.question,
            "texts": each.texts,
            "closed": [
                {
                    "groups": ", ".join(str(words[Group(group)]) for group in told.groups),
                    "number": told.number,
                    "rows": [
                        (answer, _("minder dan 3 of verborgen") if n is None else n)
                        for answer, n in told.counts
                    ],
                }
                for told in each.closed
            ],
        }
        for each in reads.outcomes(row)
    ]


def _for(question: Any) -> str:
    words = dict(GROUPS)
    groups = reads.groups_of(question)
    return ", ".join(str(words[Group(each)]) for each in groups) or _("Iedereen")


def _find(request: Request, uid: UUID) -> Evaluation:
    try:
        return reads.find(request.actor.person_id, uid)
    except Evaluation.DoesNotExist:
        raise Http404 from None


def _version(request: Request) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _to(row: Evaluation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("accountability:evaluation", args=[row.uid]))


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Start"), reverse("portal:start")),
        (_("Evaluaties"), reverse("accountability:evaluations")),
    ]
