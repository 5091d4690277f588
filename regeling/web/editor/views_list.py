"""All regulations of somebody's authority, and the beginning of a new one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from regeling.domain.concepts import copy_revision
from regeling.domain.queries.governing import coming, in_force, latest_of_all
from regeling.domain.texts import AT_WORK, may_write
from regeling.models import Call, Concept, Regulation, Revision
from regeling.web.editor.desk import authorities_of
from timeline import clock
from timeline.refusal import Refused


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def concepts(request: Request) -> HttpResponse:
    """Every regulation of her authority: the text in force, the coming one, concepts and calls."""
    now = clock.now()
    mine = list(authorities_of(request))
    regulations = Regulation.objects.filter(authority__in=mine).order_by("title", "pk")
    regulations = regulations.select_related("authority")
    at_work = list(
        Concept.objects.filter(authority__in=mine, state__in=AT_WORK).order_by("title", "pk")
    )
    known = {each.slug for each in regulations}
    context = {
        "title": _("Regelingen maken"),
        "lead": _(
            "Schrijf een regeling, probeer haar uit, en laat haar door een collega vaststellen."
        ),
        "breadcrumbs": [(_("Start"), reverse("portal:start"))],
        "rows": [_row(request, each, at_work, now) for each in regulations],
        "others": [_concept(each) for each in at_work if each.slug not in known],
        "new_url": reverse("regeling:concept_new"),
    }
    return render(request, "regeling/editor/concepts.html", context)


def _row(
    request: Request, regulation: Regulation, at_work: list[Concept], now: datetime
) -> dict[str, Any]:
    text = in_force(regulation.pk, at=now)
    administers = _administers(request, regulation)
    calls = Call.objects.filter(revision__regulation=regulation).order_by("-opens_at", "-pk")
    return {
        "regulation": regulation,
        "url": reverse("regeling:regulation", args=[regulation.slug]),
        "text": text,
        "coming": coming(regulation.pk, at=now),
        "concepts": [_concept(each) for each in at_work if each.slug == regulation.slug],
        "calls": [
            (each, administers and not (each.closes_at and each.closes_at <= now))
            for each in calls[:5]
        ],
        "open_url": reverse("regeling:open_call", args=[regulation.slug])
        if text and administers
        else "",
        "withdraw_url": reverse("regeling:withdraw", args=[regulation.slug])
        if text and administers
        else "",
        "new_url": f"{reverse('regeling:concept_new')}?van={regulation.slug}",
    }


def _administers(request: Request, regulation: Regulation) -> bool:
    """Opening a call, laying another text over it, and withdrawing one are an administrator's."""
    return request.person is not None and holds(
        request.person.pk,
        Role.ADMINISTRATOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    )


def _concept(concept: Concept) -> dict[str, Any]:
    return {
        "concept": concept,
        "url": reverse("regeling:concept", args=[concept.uid]),
        "checked": concept.state == Concept.State.CHECKED,
    }


class NewConcept(forms.Form):
    """From which text, and under which name."""

    source = forms.ChoiceField(label=gettext_lazy("Op basis van welke regeling?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat wordt het?"),
        choices=[
            ("new", gettext_lazy("Een nieuwe regeling: wat van het jaar is, beslist u opnieuw")),
            ("change", gettext_lazy("Een wijziging van deze regeling")),
        ],
        widget=forms.RadioSelect,
        initial="new",
    )
    title = forms.CharField(
        label=gettext_lazy("Hoe heet de nieuwe regeling?"),
        max_length=150,
        required=False,
        help_text=gettext_lazy(
            "Bijvoorbeeld KrachtvanSalland-cheque 2027. Bij een wijziging leeg."
        ),
    )

    def __init__(self, revisions: list[Revision], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["source"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.regulation.slug, each.regulation.title) for each in revisions]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        title = cleaned.get("title") or ""
        if cleaned.get("kind") == "new" and not slugify(title):
            self.add_error("title", _("Geef de nieuwe regeling een naam."))
        return cleaned


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def new(request: Request) -> HttpResponse:
    """A new regulation on the basis of one that is there, or a change of it."""
    revisions = _revisions(request)
    form = NewConcept(
        revisions, request.POST or None, initial={"source": request.GET.get("van", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("regeling:concept", _begun(request, form, revisions).uid)
        except Refused as refused:
            form.add_error(
                "title" if refused.field in ("slug", "title") else None, refused.sentence
            )
    context = {
        "title": _("Nieuwe regeling"),
        "lead": _("U begint met de tekst van een andere regeling, en past aan wat anders wordt."),
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (_("Regelingen maken"), reverse("regeling:concepts")),
        ],
        "form": form,
        "cancel_url": reverse("regeling:concepts"),
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "regeling/editor/new.html", context, status=422 if wrong else 200)


def _begun(request: Request, form: NewConcept, revisions: list[Revision]) -> Concept:
    slug, is_new = form.cleaned_data["source"], form.cleaned_data["kind"] == "new"
    chosen = next(each for each in revisions if each.regulation.slug == slug)
    title = form.cleaned_data["title"] or chosen.regulation.title
    return copy_revision(
        revision_id=chosen.pk,
        title=title,
        slug=slugify(title)[:80].strip("-") if is_new else slug,
        actor=request.actor,
    )


def _revisions(request: Request) -> list[Revision]:
    """The texts that she can begin from: those of the regulations that she may write."""
    person_id = request.person.pk if request.person else None
    return [
        each
        for each in latest_of_all(at=clock.now())
        if may_write(person_id, authority=each.regulation.authority.code, slug=each.regulation.slug)
    ]
