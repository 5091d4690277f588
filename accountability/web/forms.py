"""The forms of this room. What a verb refuses comes back at the field that it names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.domain.reports import Content
from accountability.models import Hearing
from accountability.web.fields import DayField, EuroField, WholeField
from regeling.models import Regulation

AREA = forms.Textarea(attrs={"rows": 6})
SHORT = forms.Textarea(attrs={"rows": 3})
GROUNDS = (
    (Hearing.Ground.NOT_DONE, _("De activiteiten zijn niet of niet helemaal gedaan")),
    (Hearing.Ground.OBLIGATIONS, _("Een verplichting is niet nagekomen")),
    (Hearing.Ground.WRONG_DATA, _("De gegevens waren onjuist of onvolledig")),
    (
        Hearing.Ground.WRONG_AWARD,
        _("De verlening was onjuist en de aanvrager wist dat of moest het weten"),
    ),
)


class ReportForm(forms.Form):
    """The report. Nothing is required to save it; handing in asks for what is missing."""

    done = forms.CharField(
        label=_("Wat hebt u gedaan?"),
        help_text=_("Vertel het in gewone woorden: wat, waar, wanneer en met wie."),
        widget=AREA,
        required=False,
    )
    participants = WholeField(label=_("Hoeveel mensen deden mee?"), required=False)
    volunteer_hours = WholeField(
        label=_("Hoeveel uur hielpen vrijwilligers?"),
        help_text=_("Een schatting is goed genoeg."),
        required=False,
    )
    learned = forms.CharField(
        label=_("Wat hebt u geleerd?"),
        help_text=_("Wat zou u een volgende keer anders doen? Anderen leren daarvan."),
        widget=AREA,
        required=False,
    )
    costs_cents = EuroField(
        label=_("Wat heeft het gekost, alles bij elkaar?"),
        help_text=_("Ook wat anderen betaalden. Bonnen hoeft u niet mee te sturen."),
        required=False,
    )
    photo_consent = forms.BooleanField(
        label=_("Wie herkenbaar op een foto staat, vindt het goed dat wij die laten zien"),
        required=False,
    )

    def content(self) -> Content:
        """The answers as the verb takes them."""
        return Content(**{name: self.cleaned_data[name] for name in Content.__slots__})


class PhotoForm(forms.Form):
    """One picture with its description."""

    file = forms.FileField(
        label=_("Foto"),
        help_text=_("JPG of PNG, hooguit 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={"required": _("Kies een foto."), "empty": _("Dit bestand is leeg.")},
    )
    description = forms.CharField(
        label=_("Wat staat erop?"),
        help_text=_("In een paar woorden, voor wie de foto niet kan zien."),
        max_length=200,
        error_messages={"required": _("Zeg in een paar woorden wat er op de foto staat.")},
    )


class HearingForm(forms.Form):
    """The intention to settle lower, as the applicant will read it."""

    ground = forms.ChoiceField(
        label=_("Op welke grond?"),
        choices=GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies de grond.")},
    )
    intended_cents = EuroField(
        label=_("Op welk bedrag wilt u vaststellen?"),
        error_messages={"required": _("Vul het bedrag in.")},
    )
    intent = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Noem de feiten. De aanvrager leest dit in de brief en kan erop reageren."),
        widget=AREA,
        max_length=4000,
        error_messages={"required": _("Schrijf op wat wij willen besluiten en waarom.")},
    )
    due_on = DayField(
        label=_("Reageren tot en met"),
        help_text=_("Laat leeg voor de termijn van de regeling."),
        required=False,
    )


class ResponseForm(forms.Form):
    """What the applicant says about what we intend."""

    response = forms.CharField(
        label=_("Wat vindt u van ons voornemen?"),
        help_text=_("U kunt één keer reageren. Wij antwoorden erop in het besluit."),
        widget=AREA,
        error_messages={"required": _("Schrijf uw zienswijze op.")},
    )


class LowerForm(forms.Form):
    """The proposal to settle lower, after the hearing."""

    cents = EuroField(
        label=_("Op welk bedrag stelt u vast?"),
        error_messages={"required": _("Vul het bedrag in.")},
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Met de feiten. Dit staat in de brief."),
        widget=SHORT,
        max_length=2000,
        error_messages={"required": _("Geef de reden, met de feiten.")},
    )
    proportionality = forms.CharField(
        label=_("Waarom is dit bedrag in verhouding?"),
        widget=SHORT,
        max_length=2000,
        error_messages={"required": _("Leg uit waarom dit bedrag in verhouding is.")},
    )
    reply = forms.CharField(
        label=_("Ons antwoord op de zienswijze"),
        help_text=_("Alleen nodig als de aanvrager reageerde."),
        widget=SHORT,
        max_length=2000,
        required=False,
    )


class PaymentForm(forms.Form):
    """A payment that the bank made."""

    day = DayField(label=_("Betaald op"), error_messages={"required": _("Vul de dag in.")})
    cents = EuroField(label=_("Bedrag"), error_messages={"required": _("Vul het bedrag in.")})
    reference = forms.CharField(
        label=_("Kenmerk bij de bank"),
        max_length=80,
        error_messages={"required": _("Vul het kenmerk van de betaling in.")},
    )


class RefuseForm(forms.Form):
    """Why an entered payment is wrong."""

    reason = forms.CharField(
        label=_("Wat klopt er niet?"),
        widget=SHORT,
        max_length=1000,
        error_messages={"required": _("Schrijf op wat er niet klopt.")},
    )


class MonitorForm(forms.Form):
    """Of which regulation, as of which day, as known on which day."""

    regulation = forms.ModelChoiceField(
        label=_("Regeling"),
        queryset=Regulation.objects.none(),
        to_field_name="slug",
        error_messages={"invalid_choice": _("Kies een regeling uit de lijst.")},
    )
    as_of = DayField(label=_("Peildatum"))
    known_on = DayField(
        label=_("Zoals bekend op"), required=False, help_text=_("Leeg: zoals nu bekend.")
    )

    def __init__(self, *args: Any, regulations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regulation"].queryset = regulations  # type: ignore[attr-defined]  # its kind
        self.fields["regulation"].empty_label = None  # type: ignore[attr-defined]  # idem


class CloseForm(forms.Form):
    """The day to close."""

    day = DayField(label=_("Dag"), error_messages={"required": _("Vul de dag in.")})
