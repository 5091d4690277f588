"""What people type about a decision. Amounts are typed in euros and become cents."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.states import State
from applications.web import parsing
from documents.models import Decision
from timeline import clock


class AmountField(forms.CharField):
    """An amount in euros, as people type it; gives cents."""

    def clean(self, value: object) -> int:
        text = super().clean(value)
        cents = parsing.cents(text) if text else 0
        if cents is None:
            raise ValidationError(_("Vul een bedrag in, bijvoorbeeld 1.250 of 1250,50."))
        return cents

    def prepare_value(self, value: object) -> object:
        return parsing.amount_text(value) if isinstance(value, int) else value


class DraftForm(forms.Form):
    """A decision about one application, by hand: an award or a rejection with its reason."""

    outcome = forms.ChoiceField(
        label=_("Wat besluit u?"),
        choices=[("award", _("Toekennen")), ("rejection", _("Afwijzen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u besluit.")},
    )
    amount = AmountField(
        label=_("Welk bedrag?"), required=False, help_text=_("Alleen invullen bij toekennen.")
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In één of twee zinnen. De aanvrager leest dit in de brief."),
    )
    article = forms.CharField(
        label=_("Op welk artikel rust dat?"),
        required=False,
        max_length=200,
        help_text=_("Bijvoorbeeld: artikel 4:25 van de Algemene wet bestuursrecht."),
    )
    explanation = forms.CharField(
        label=_("Wilt u nog iets meegeven?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dit komt als eigen alinea in de brief."),
    )

    def __init__(self, *args: object, application: Application, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.application = application
        self.fields["amount"].initial = application.amount_asked
        if application.state == State.LATE:
            outcome = self.fields["outcome"]
            outcome.choices = [("rejection", _("Afwijzen"))]  # type: ignore[attr-defined]  # choices

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("outcome") == "award" and not given.get("amount"):
            self.add_error("amount", _("Vul in hoeveel u toekent."))
        if given.get("outcome") == "rejection" and not given.get("reason"):
            self.add_error("reason", _("Schrijf waarom u de aanvraag afwijst."))
        asked = self.application.amount_asked
        less = given.get("outcome") == "award" and (given.get("amount") or 0) < asked
        if less and not given.get("reason"):
            self.add_error("reason", _("Schrijf waarom het bedrag lager is dan gevraagd."))
        return given


class ChangeForm(forms.Form):
    """What can still change in a draft."""

    amount = AmountField(label=_("Bedrag"), required=False)
    explanation = forms.CharField(
        label=_("Wilt u nog iets meegeven?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dit komt als eigen alinea in de brief."),
    )

    def __init__(self, *args: object, decision: Decision, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["amount"].initial = decision.amount_cents
        self.fields["explanation"].initial = decision.explanation
        if decision.kind not in (Decision.Kind.AWARD, Decision.Kind.DIRECT_SETTLEMENT):
            del self.fields["amount"]


class ReasonForm(forms.Form):
    """Why something is taken back or sent back."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf waarom.")},
    )


class MomentForm(forms.Form):
    """When letters go out: a day and a time on the clock of Amsterdam."""

    day = forms.DateField(
        label=_("Op welke dag?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies een dag.")},
    )
    time = forms.TimeField(
        label=_("Hoe laat?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Kies een tijd.")},
    )

    @staticmethod
    def initial_of(moment: datetime) -> dict[str, object]:
        local = moment.astimezone(clock.AMSTERDAM)
        return {"day": local.date(), "time": local.time()}

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if "day" in given and "time" in given:
            moment = clock.moment(given["day"], given["time"].strftime("%H:%M"))
            if moment <= clock.now():
                self.add_error("day", _("Kies een moment dat nog moet komen."))
            given["moment"] = moment
        return given


class BatchForm(forms.Form):
    """Which proposals of a call go together."""

    title = forms.CharField(
        label=_("Hoe noemt u deze stapel?"),
        max_length=200,
        error_messages={"required": _("Geef de stapel een naam.")},
    )
    decisions = forms.ModelMultipleChoiceField(
        label=_("Welke voorstellen?"),
        queryset=Decision.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één voorstel.")},
    )

    def __init__(self, *args: object, proposals: QuerySet[Decision], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        field = self.fields["decisions"]
        field.queryset = proposals  # type: ignore[attr-defined]  # a choice of rows
        field.initial = [row.pk for row in proposals]
        field.label_from_instance = lambda row: (  # type: ignore[attr-defined]  # its words
            f"{row.application.number}: {row.application.title} ({row.get_kind_display()})"
        )
