"""Reading along: the initiator asks her broker, the broker remarks, the initiator decides."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from accounts.access import SIGNED_IN, Request, entry
from accounts.models import Person
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.domain import coaching
from applications.domain.queries import form as reads
from applications.domain.queries import mine
from applications.guards import is_coach
from applications.models import Application, Involvement, Remark
from applications.states import State
from applications.web import finding
from applications.web.remarks import all_remarks
from regeling.definition import RouteStep
from timeline.refusal import Refused


class BrokerForm(forms.Form):
    """Which broker."""

    use_required_attribute = False
    broker = forms.ChoiceField(
        label=_lazy("Wie mag meelezen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Kies een makelaar.")},
    )

    def __init__(self, brokers: list[Person], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]  # a form's own settings
        chooser = cast(forms.ChoiceField, self.fields["broker"])
        chooser.choices = [(str(person.uid), person.name) for person in brokers]
        if len(brokers) == 1:
            chooser.initial = str(brokers[0].uid)


class RemarkForm(forms.Form):
    """A remark of the broker, at a question or about the whole."""

    use_required_attribute = False
    question = forms.ChoiceField(label=_lazy("Waarbij?"), required=False)
    text = forms.CharField(
        label=_lazy("Uw opmerking"),
        help_text=_lazy("De aanvrager leest dit bij de vraag."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _lazy("Schrijf op wat u opvalt.")},
    )

    def __init__(self, parts: list[reads.Part], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]  # a form's own settings
        chooser = cast(forms.ChoiceField, self.fields["question"])
        groups = [
            (part.step.title, [(row.question.code, row.question.label) for row in part.rows])
            for part in parts
        ]
        chooser.choices = [("", _("De hele aanvraag")), *groups]


@entry(SIGNED_IN)
def ask(request: Request, uid: UUID) -> HttpResponse:
    """The initiator asks a broker to read along, sees her remarks, or ends it."""
    application = finding.own(request, uid)
    if not finding.is_draft(application):
        return redirect("portal:dossier", uid)
    if not application.revision.definition.has(RouteStep.COACHING):
        raise Http404
    brokers = coaching.brokers_for(application)
    form = BrokerForm(brokers, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in brokers if str(each.uid) == form.cleaned_data["broker"])
        try:
            coaching.ask(application_id=application.pk, broker_id=chosen.pk, actor=request.actor)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("%(name)s kan nu meelezen.") % {"name": chosen.name})
            return redirect("applications:coaching", uid)
    remarks = all_remarks(application)
    context = {
        "title": _("Laten meelezen"),
        "lead": _("Een makelaar helpt u uw aanvraag beter te maken. Na het indienen stopt dat."),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "form": form,
        "brokers": brokers,
        "reading": _reading(application),
        "remarks": [_placed(application, each) for rows in remarks.values() for each in rows],
        "in_coaching": application.state == State.IN_COACHING,
    }
    return render(
        request, "applications/coaching.html", context, status=422 if form.errors else 200
    )


@require_POST
@entry(SIGNED_IN)
def end(request: Request, uid: UUID) -> HttpResponse:
    """End the reading along, by the initiator or by the broker."""
    application = finding.seen(request, uid)
    coaching.end(application_id=application.pk, actor=request.actor)
    messages.success(request, _("Het meelezen is gestopt."))
    is_hers = application.pk in {row.pk for row in mine.coached(_person(request).pk)}
    was_coach = coaching.ever_coached(application.pk, _person(request).pk)
    if was_coach and not is_hers:
        return redirect("applications:coached")
    return redirect("applications:coaching", uid)


@entry(Role.BROKER)
def coached(request: Request) -> HttpResponse:
    """The drafts with which this broker reads along."""
    context = {
        "title": _("Meelezen"),
        "lead": _("Concepten van initiatiefnemers die u vroegen om mee te lezen."),
        "breadcrumbs": [],
        "rows": list(mine.coached(_person(request).pk)),
    }
    return render(request, "applications/coached.html", context)


@entry(Role.BROKER)
def read(request: Request, uid: UUID) -> HttpResponse:
    """A draft as its coach reads it, with room to remark something at a question."""
    application = finding.seen(request, uid)
    if not is_coach(application.pk, _person(request).pk):
        raise Http404
    parts = reads.parts(application, check=False)
    form = RemarkForm(parts, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            coaching.remark(
                application_id=application.pk,
                question=form.cleaned_data["question"],
                text=form.cleaned_data["text"],
                actor=request.actor,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Uw opmerking staat bij de aanvraag."))
            return redirect("applications:read", uid)
    remarks = all_remarks(application)
    context = {
        "title": finding.name(application),
        "eyebrow": application.call.title,
        "lead": application.party.name,
        "breadcrumbs": [],
        "call_kind": application.call.kind,
        "application": application,
        "definition": application.revision.definition,
        "parts": parts,
        "remarks": remarks,
        "about_all": remarks.get("", []),
        "form": form,
    }
    return render(request, "applications/read.html", context, status=422 if form.errors else 200)


def _person(request: Request) -> Person:
    if request.person is None:
        raise Http404
    return request.person


def _reading(application: Application) -> list[str]:
    rows = Involvement.objects.filter(
        application=application, kind=Involvement.Kind.COACH, until=None
    )
    return list(rows.order_by("pk").values_list("person__name", flat=True))


def _placed(application: Application, remark: Remark) -> dict[str, object]:
    """A remark with the question it stands at and the address of that question."""
    steps = reads.steps_of(application)
    for step in steps:
        for question in step.questions:
            if question.code == remark.question:
                return {"remark": remark, "label": question.label, "step": step.code}
    return {"remark": remark, "label": _("De hele aanvraag"), "step": steps[0].code}
