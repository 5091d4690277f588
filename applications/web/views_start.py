"""Start an application: for whom is it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import make_group, make_organisation, parties_of
from accounts.models import Party, Person
from accounts.web.refusals import tell
from applications.answers import answers_of
from applications.domain import drafts
from applications.domain.queries import mine
from applications.models import Application
from applications.web import carried
from regeling.definition import PartyKind
from regeling.domain.queries.governing import governing
from regeling.models import Call
from timeline import clock
from timeline.refusal import Refused

NEW = "nieuw-"  # and then the kind: the style sheet shows the fields that a kind needs


@dataclass(frozen=True, slots=True)
class Option:
    """As whom somebody can apply here: a class of the regulation with a party, or a new one."""

    value: str
    label: str
    kind: PartyKind

    @property
    def is_new(self) -> bool:
        return f":{NEW}" in self.value


class StartForm(forms.Form):
    """For whom, and what a new group or organisation is called."""

    use_required_attribute = False
    applicant = forms.ChoiceField(
        label=_lazy("Voor wie vraagt u aan?"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Kies voor wie u aanvraagt.")},
    )
    name = forms.CharField(
        label=_lazy("Naam van de nieuwe groep of organisatie"),
        help_text=_lazy("Alleen invullen als u hierboven een nieuwe groep of organisatie kiest."),
        max_length=200,
        required=False,
    )
    kvk_number = forms.RegexField(
        r"^\d{8}$",
        label=_lazy("KvK-nummer van de nieuwe organisatie"),
        help_text=_lazy("Acht cijfers. Laat leeg als uw organisatie er geen heeft."),
        required=False,
        error_messages={"invalid": _lazy("Een KvK-nummer heeft acht cijfers.")},
    )
    function = forms.CharField(
        label=_lazy("Uw functie in de nieuwe organisatie"),
        help_text=_lazy("Bijvoorbeeld voorzitter."),
        max_length=80,
        required=False,
    )

    def __init__(self, options: list[Option], **settings: Any) -> None:
        super().__init__(**settings)
        self.options = {option.value: option for option in options}
        chooser = cast(forms.ChoiceField, self.fields["applicant"])
        chooser.choices = [(option.value, option.label) for option in options]
        new = {option.kind for option in options if option.is_new}
        if not new:
            del self.fields["name"]
        if PartyKind.ORGANISATION not in new:
            del self.fields["kvk_number"], self.fields["function"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = self.options.get(given.get("applicant", ""))
        if chosen and chosen.is_new:
            if not given.get("name", "").strip():
                self.add_error("name", _("Vul in hoe de groep of organisatie heet."))
            if chosen.kind is PartyKind.ORGANISATION and not given.get("function"):
                self.add_error("function", _("Vul in wat u daar doet, bijvoorbeeld voorzitter."))
        return given


@entry(SIGNED_IN)
def start(request: Request, slug: str) -> HttpResponse:
    """Choose for whom, take along what the check asked, and begin a draft."""
    person = _person(request)
    call = _call(slug, person)
    options = _options(person, call)
    closed = call.closes_at is not None and clock.now() >= call.closes_at
    posted = request.POST if request.method == "POST" and not closed else None
    form = StartForm(options, data=posted, initial={"applicant": _likely(request, call, options)})
    if posted is not None and form.is_valid():
        try:
            application = _begin(request, call, form)
        except Refused as refusal:
            tell(form, refusal)
        else:
            carried.forget(request)
            return redirect("applications:form", application.uid)
    context = {
        "title": _("Aanvraag beginnen"),
        "eyebrow": call.title,
        "breadcrumbs": [],
        "call_kind": call.kind,
        "call": call,
        "form": form,
        "closed": closed,
        "not_yet": clock.now() < call.opens_at,
        "carried": len(carried.answers(request, call)),
        "drafts": mine.drafts_in(call.pk, person.pk)[:10],
    }
    return render(request, "applications/start.html", context, status=422 if form.errors else 200)


def _person(request: Request) -> Person:
    if request.person is None:
        raise Http404
    return request.person


def _call(slug: str, person: Person) -> Call:
    try:
        return mine.call_for(slug, person.pk)
    except Call.DoesNotExist:
        raise Http404 from None


def _options(person: Person, call: Call) -> list[Option]:
    """Every class of the regulation with each of her parties of that kind, and a new one."""
    parties = list(Party.objects.filter(pk__in=parties_of(person.pk)).order_by("name", "pk"))
    options = []
    for each in governing(call).definition.applicants.classes:
        if each.kind is PartyKind.PERSON:
            label = _("Mijzelf: %(name)s") % {"name": person.name}
            options.append(Option(f"{each.code}:{person.uid}", label, each.kind))
            continue
        for party in parties:
            if party.kind == each.kind.value:
                label = _("%(name)s (%(kind)s)") % {"name": party.name, "kind": each.label}
                options.append(Option(f"{each.code}:{party.uid}", label, each.kind))
        words = (
            _("Een nieuwe groep: %(kind)s")
            if each.kind is PartyKind.GROUP
            else _("Een organisatie die hier nog niet staat: %(kind)s")
        )
        value = f"{each.code}:{NEW}{each.kind.value}"
        options.append(Option(value, words % {"kind": each.label}, each.kind))
    return options


def _likely(request: Request, call: Call, options: list[Option]) -> str:
    """What she said in the check, or the only possibility."""
    told = carried.applicant_class(request, call)
    fitting = [option.value for option in options if option.value.startswith(f"{told}:")]
    if told and fitting:
        return fitting[0]
    return options[0].value if len(options) == 1 else ""


def _begin(request: Request, call: Call, form: StartForm) -> Application:
    code, _sep, key = form.cleaned_data["applicant"].partition(":")
    chosen = form.options[form.cleaned_data["applicant"]]
    party = _new(request, form, chosen.kind) if chosen.is_new else Party.objects.get(uid=key)
    answers = carried.answers(request, call)
    for known in mine.drafts_in(call.pk, _person(request).pk).filter(
        party=party, applicant_class=code
    ):
        if answers_of(known) == answers:  # nobody has worked on it yet: a second click, or a return
            return known
    return drafts.start(
        call_id=call.pk,
        party_id=party.pk,
        applicant_class=code,
        actor=request.actor,
        answers=answers,
    )


def _new(request: Request, form: StartForm, kind: PartyKind) -> Party:
    given, person = form.cleaned_data, _person(request)
    if kind is PartyKind.GROUP:
        return make_group(name=given["name"].strip(), lead_id=person.pk)
    return make_organisation(
        name=given["name"].strip(),
        founder_id=person.pk,
        function=given["function"].strip(),
        kvk_number=given["kvk_number"],
    )
