"""What one asks when looking ahead: which text, how many come, and how long the work takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessment.domain.forecast.assumptions import MINUTES, Assumptions, names_of_steps
from assessment.domain.queries.trying import Choice
from assessment.domain.simulation.change import Changes
from assessment.web.forms_simulation import AS_IT_IS, MISFITS, RULES, Amount
from regeling.definition import DistributionRule, OnMisfit

MOST = 100_000
"""So many applications are played at most for one page, over all rounds together."""
MOST_BALLOTS = 20_000_000
"""So many ballots at most, over all rounds together."""


class OutlookForm(forms.Form):
    """Text, numbers and behaviour; what is left empty is as the text says."""

    text = forms.ChoiceField(label=_("Van welke tekst?"))
    against = forms.ChoiceField(label=_("Naast welke andere tekst?"), required=False)
    applications = forms.IntegerField(
        label=_("Hoeveel aanvragen verwacht u?"), min_value=1, max_value=1000
    )
    voters = forms.IntegerField(
        label=_("Hoeveel mensen stemmen er?"), min_value=0, max_value=1_000_000, required=False
    )
    brokers = forms.IntegerField(label=_("Hoeveel makelaars zijn er?"), min_value=1, max_value=100)
    ceiling = Amount(label=_("Een ander plafond"), help_text=_("In euro's."))
    maximum = Amount(label=_("Een ander maximum per aanvraag"), help_text=_("In euro's."))
    rule = forms.ChoiceField(
        label=_("Een andere manier van verdelen"), choices=(AS_IT_IS, *RULES), required=False
    )
    on_misfit = forms.ChoiceField(
        label=_("Als iemand niet meer past"), choices=(AS_IT_IS, *MISFITS), required=False
    )
    rounds = forms.IntegerField(label=_("Hoeveel rondes spelen?"), min_value=10, max_value=1000)
    seed = forms.IntegerField(
        label=_("Getal voor het toeval"),
        help_text=_("Met hetzelfde getal komt er hetzelfde uit."),
        min_value=0,
        max_value=10**9,
    )

    def __init__(self, data: Any, *, texts: Sequence[Choice], own: str) -> None:
        first = {"text": own, "applications": 60, "voters": 500, "brokers": 2}
        super().__init__(data, initial={**first, "rounds": 300, "seed": 1})
        choices = [(each.key, each.label) for each in texts]
        self._choose("text", choices)
        self._choose("against", [("", _now("geen andere")), *choices])
        for step, name in names_of_steps().items():
            self.fields[f"minutes_{step}"] = forms.IntegerField(
                label=_now("Minuten: %(step)s") % {"step": name},
                min_value=0,
                max_value=10_000,
                initial=MINUTES[step],
                required=False,
            )

    @property
    def first_fields(self) -> list[Any]:
        """What is asked first, as bound fields."""
        return [each for each in self if not each.name.startswith("minutes_")]

    @property
    def work_fields(self) -> list[Any]:
        """How long each step takes, as bound fields."""
        return [each for each in self if each.name.startswith("minutes_")]

    @property
    def assumptions(self) -> Assumptions:
        """Numbers and minutes; so many rounds as one page can play."""
        given = self.cleaned_data
        fit = min(MOST // given["applications"], MOST_BALLOTS // max(1, given["voters"] or 0))
        minutes = {step: given[f"minutes_{step}"] for step in MINUTES}
        return Assumptions(
            applications=given["applications"],
            voters=given["voters"] or 0,
            brokers=given["brokers"],
            rounds=max(10, min(given["rounds"], fit)),
            minutes={
                step: MINUTES[step] if each is None else each for step, each in minutes.items()
            },
        )

    @property
    def changes(self) -> Changes:
        """The values that take the place of those of the texts."""
        given = self.cleaned_data
        return Changes(
            ceiling=given["ceiling"],
            maximum=given["maximum"],
            rule=DistributionRule(given["rule"]) if given["rule"] else None,
            on_misfit=OnMisfit(given["on_misfit"]) if given["on_misfit"] else None,
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        asked = self.fields[name]
        if isinstance(asked, forms.ChoiceField):
            asked.choices = choices
