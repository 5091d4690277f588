"""Who takes part, who must still sign, and the page on which one reads and signs."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import invite
from accounts.models import GroupMember, Invitation, Party
from accounts.web.refusals import tell
from applications.answers import content_hash
from applications.domain import signing
from applications.domain.queries import form as reads
from applications.domain.signing import MAY_STILL_SIGN, Signer
from applications.models import Application
from applications.web import finding
from timeline.refusal import Refused

SIGN, DECLINE = "sign", "decline"


class SignForm(forms.Form):
    """Sign what was read, or say that one does not."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    party = forms.ChoiceField(label=_lazy("Namens wie?"), widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label=_lazy("Wat doet u?"),
        choices=[
            (SIGN, _lazy("Ik onderteken. Ik heb de aanvraag gelezen en ik sta erachter.")),
            (DECLINE, _lazy("Ik onderteken niet.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Kies of u ondertekent.")},
    )
    reason = forms.CharField(
        label=_lazy("Waarom niet?"),
        help_text=_lazy("Alleen als u niet ondertekent. De andere deelnemers lezen dit."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, places: list[Signer], **settings: Any) -> None:
        super().__init__(**settings)
        self.places = {str(each.party_id): each for each in places}
        chooser = cast(forms.ChoiceField, self.fields["party"])
        chooser.choices = [(key, each.name) for key, each in self.places.items()]
        if len(places) == 1:
            chooser.widget = forms.HiddenInput()
            chooser.initial = next(iter(self.places))


class InviteForm(forms.Form):
    """Somebody who takes part."""

    use_required_attribute = False
    name = forms.CharField(
        label=_lazy("Naam"),
        max_length=200,
        error_messages={"required": _lazy("Vul een naam in.")},
    )
    email = forms.EmailField(
        label=_lazy("E-mailadres"),
        help_text=_lazy("Hier sturen wij de uitnodiging naartoe."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _lazy("Vul een e-mailadres in."),
            "invalid": _lazy("Dit e-mailadres klopt niet. Een voorbeeld: naam@voorbeeld.nl."),
        },
    )


@entry(SIGNED_IN)
def sign(request: Request, uid: UUID) -> HttpResponse:
    """Read the whole and sign it, or decline: the signature names the text that stood here."""
    application = finding.own(request, uid)
    form, status = _form(request, application), 200
    if request.method == "POST" and form is not None:
        status = 422
        if form.is_valid():
            try:
                _answer(request, application, form)
            except Refused as refusal:
                status = refusal.status
                form = _form(request, application, told=refusal)
            else:
                return redirect("applications:sign", uid)
    context = {
        "title": _("Lezen en ondertekenen"),
        "eyebrow": finding.name(application),
        "lead": _("Lees de hele aanvraag. Daaronder kunt u ondertekenen."),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "definition": application.revision.definition,
        "parts": reads.parts(application, check=False),
        "signers": signing.signers(application),
        "form": form,
        "is_draft": finding.is_draft(application),
        "open": application.state in MAY_STILL_SIGN,
    }
    return render(request, "applications/sign.html", context, status=status)


@entry(SIGNED_IN)
def members(request: Request, uid: UUID) -> HttpResponse:
    """Who takes part in the group, who was invited, and room to invite one more."""
    application = finding.own(request, uid)
    if application.party.kind != Party.Kind.GROUP:
        raise Http404
    form = InviteForm(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invite(
                party_id=application.party_id,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                actor=request.actor,
                mailed_for=str(application.uid),
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request,
                _("%(name)s krijgt een e-mail met de uitnodiging.") % form.cleaned_data,
            )
            return redirect("applications:members", uid)
    rows = GroupMember.objects.filter(group_id=application.party_id, left_at=None)
    invited = Invitation.objects.filter(
        party_id=application.party_id, accepted_at=None, withdrawn_at=None
    )
    kind = application.revision.definition.applicants.of(application.applicant_class)
    context = {
        "title": _("Wie doen er mee?"),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "members": rows.select_related("party").order_by("-is_lead", "pk"),
        "invited": invited.order_by("pk"),
        "kind": kind,
        "form": form,
        "is_draft": finding.is_draft(application),
    }
    return render(request, "applications/members.html", context, status=422 if form.errors else 200)


def _places(request: Request, application: Application) -> list[Signer]:
    """Where this person can still sign."""
    if request.person is None:
        return []
    person_id = request.person.pk
    given = set(
        application.signatures.filter(
            person_id=person_id, voided_at=None, signed_at__isnull=False
        ).values_list("party_id", flat=True)
    )
    return [
        each
        for each in signing.signers(application)
        if person_id in each.people and each.status != "signed" and each.party_id not in given
    ]


def _form(
    request: Request, application: Application, told: Refused | None = None
) -> SignForm | None:
    """The form, filled with what was posted; None for who need not sign."""
    places = _places(request, application)
    if not places or application.state not in MAY_STILL_SIGN:
        return None
    now = content_hash(signing.signable_text(application))
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and told is not None:
        posted["seen"] = now  # the page shows the present text; signing again names that one
    form = SignForm(places, data=posted, initial={"seen": now})
    if told is not None:
        tell(form, told)
    return form


def _answer(request: Request, application: Application, form: SignForm) -> None:
    given = form.cleaned_data
    if given["answer"] == SIGN:
        signing.sign(
            application_id=application.pk,
            party_id=int(given["party"]),
            actor=request.actor,
            seen_hash=given["seen"],
        )
        messages.success(request, _("U hebt ondertekend."))
    else:
        signing.decline(
            application_id=application.pk,
            party_id=int(given["party"]),
            actor=request.actor,
            seen_hash=given["seen"],
            reason=given["reason"].strip(),
        )
        messages.success(request, _("Wij hebben opgeschreven dat u niet ondertekent."))
