"""What one asks when a text is tried on a round: which text, and which values instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.web.parsing import cents
from assessment.domain.queries.trying import Choice
from assessment.domain.simulation.cases import OverMaximum
from assessment.domain.simulation.change import Changes
from regeling.definition import DistributionRule, OnMisfit

AS_IT_IS = ("", _("zoals in de tekst"))
RULES = (
    (DistributionRule.RECEIPT, _("wie het eerst volledig is")),
    (DistributionRule.SCORE, _("wie de meeste punten heeft")),
    (DistributionRule.VOTES, _("wie de meeste stemmen heeft")),
    (DistributionRule.EQUAL_SHARES, _("gelijke delen per stemmer")),
    (DistributionRule.PRO_RATA, _("ieder een deel naar stemmen")),
    (DistributionRule.LOTTERY, _("loting")),
    (DistributionRule.COMMITTEE, _("in de volgorde van de commissie")),
)
MISFITS = (
    (OnMisfit.SKIP, _("sla over wie niet past")),
    (OnMisfit.STOP, _("stop bij de eerste die niet past")),
    (OnMisfit.PARTIAL, _("geef wie niet past de rest")),
)
MAXIMA = (
    (OverMaximum.LOWERED, _("vraagt dan het maximum")),
    (OverMaximum.REFUSED, _("valt af")),
)


class Amount(forms.CharField):
    """An amount in euros as people type it, kept in cents; empty is None."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=20, **given)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = cents(text)
        if found is None:
            raise forms.ValidationError(_("Vul een bedrag in euro's in, zoals 750 of 750,50."))
        return found


class TrialForm(forms.Form):
    """Everything but the text may stay empty: then it is as the text says."""

    text = forms.ChoiceField(label=_("Welke tekst wilt u proberen?"))
    ceiling = Amount(label=_("Een ander plafond"), help_text=_("In euro's."))
    maximum = Amount(label=_("Een ander maximum per aanvraag"), help_text=_("In euro's."))
    over_maximum = forms.ChoiceField(
        label=_("Wie meer vroeg dan dat maximum"), choices=MAXIMA, required=False
    )
    rule = forms.ChoiceField(
        label=_("Een andere manier van verdelen"), choices=(AS_IT_IS, *RULES), required=False
    )
    on_misfit = forms.ChoiceField(
        label=_("Als iemand niet meer past"), choices=(AS_IT_IS, *MISFITS), required=False
    )
    minimum_votes = forms.IntegerField(
        label=_("Minstens zoveel stemmen"), required=False, min_value=0, max_value=1_000_000
    )
    minimum_percent = forms.IntegerField(
        label=_("Minstens zoveel procent van de stemmers"),
        required=False,
        min_value=0,
        max_value=100,
    )
    minimum_score = forms.IntegerField(
        label=_("Minstens zoveel punten"), required=False, min_value=0, max_value=100_000
    )
    seed = forms.CharField(
        label=_("Getal voor een loting"),
        help_text=_("Met hetzelfde getal komt er hetzelfde uit."),
        required=False,
        max_length=40,
    )

    def __init__(self, data: Any, *, texts: Sequence[Choice], own: str) -> None:
        given = {"text": own, "seed": "1", "over_maximum": OverMaximum.LOWERED}
        super().__init__(data, initial=given)
        asked = self.fields["text"]
        if isinstance(asked, forms.ChoiceField):
            asked.choices = [(each.key, each.label) for each in texts]

    @property
    def changes(self) -> Changes:
        """The values that take the place of those of the text."""
        given = self.cleaned_data
        return Changes(
            ceiling=given["ceiling"],
            maximum=given["maximum"],
            rule=DistributionRule(given["rule"]) if given["rule"] else None,
            on_misfit=OnMisfit(given["on_misfit"]) if given["on_misfit"] else None,
            minimum_votes=given["minimum_votes"],
            minimum_percent=given["minimum_percent"],
            minimum_score=given["minimum_score"],
            over_maximum=OverMaximum(given["over_maximum"] or OverMaximum.LOWERED),
        )
