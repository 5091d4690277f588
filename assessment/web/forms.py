"""What assessors fill in. Fields of criteria and items follow from the regulation."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from assessment.domain.queries.worklist import OPEN, SORTS, WORK, Wanted
from assessment.domain.reviews import FOUR_D, Judgement, grounds_of
from assessment.models import CompletenessItem, Review
from regeling.definition import Criterion, CriterionKind, listed
from regeling.models import Call

TEXTS = {
    "durven": (_("Durven"), _("Wat houdt de initiatiefnemer nog tegen?")),
    "delen": (_("Delen"), _("Wie hebt u met elkaar in contact gebracht?")),
    "denken": (_("Denken"), _("Wat kan er beter?")),
    "doen": (_("Doen"), _("Wat is de eerste stap, en wanneer?")),
    "offer": (_("Wat bieden wij aan?"), _("Bijvoorbeeld een gesprek, een contact of materiaal.")),
}


class WorklistForm(forms.Form):
    """Filters and order of the worklist, read from the address."""

    zoek = forms.CharField(label=_("Zoek op woorden of nummer"), required=False, max_length=100)
    regeling = forms.ChoiceField(label=_("Openstelling"), required=False)
    regio = forms.ChoiceField(label=_("Regio"), required=False)
    status = forms.ChoiceField(label=_("Stand"), required=False)
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[
            ("due", _("Wat het eerst af moet")),
            ("received", _("Nieuwste eerst")),
            ("title", _("Naam")),
            ("amount", _("Hoogste bedrag")),
        ],
    )
    mijn = forms.BooleanField(label=_("Alleen van mij"), required=False)
    te_laat = forms.BooleanField(label=_("Alleen te laat"), required=False)

    def __init__(self, data: Any, *, calls: list[Call], regions: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["regeling"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            ("", _("Alle")),
            *((call.slug, call.title) for call in calls),
        ]
        self.fields["regio"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            ("", _("Alle")),
            *regions.items(),
        ]
        self.fields["status"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            (OPEN, _("Alles wat nog loopt")),
            ("all", _("Alles")),
            *((state.value, state.label) for state in WORK),
        ]
        if not regions:
            del self.fields["regio"]

    def wanted(self) -> Wanted:
        """What is looked for; a filter that nobody knows is left out."""
        self.is_valid()
        given = self.cleaned_data
        sort = given.get("volgorde") or "due"
        return Wanted(
            words=given.get("zoek", ""),
            call=given.get("regeling", ""),
            region=given.get("regio", ""),
            state=given.get("status") or OPEN,
            mine=bool(given.get("mijn")),
            overdue=bool(given.get("te_laat")),
            sort=sort if sort in SORTS else "due",
        )


class InterestForm(forms.Form):
    """Has this person an interest in the application?"""

    interest = forms.ChoiceField(
        label=_("Hebt u een belang bij deze aanvraag?"),
        help_text=_(
            "Bijvoorbeeld omdat u de aanvrager goed kent, familie bent, zelf meedoet, of er last "
            "of voordeel van hebt."
        ),
        choices=[
            ("no", _("Nee, ik heb geen belang")),
            ("yes", _("Ja, ik heb een belang. Geef deze aanvraag aan een ander.")),
        ],
        widget=forms.RadioSelect,
    )


class ItemsForm(forms.Form):
    """Every item of the completeness check that a person looks at."""

    def __init__(self, data: Any, *, items: list[CompletenessItem], labels: dict[int, str]) -> None:
        super().__init__(data)
        self.items = items
        for item in items:
            self.fields[f"item_{item.pk}"] = forms.ChoiceField(
                label=labels[item.pk],
                choices=[("present", _("Is er en is genoeg")), ("missing", _("Ontbreekt"))],
                widget=forms.RadioSelect,
                initial="" if item.status == CompletenessItem.Status.OPEN else item.status,
                error_messages={"required": _("Kies of dit er is.")},
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Wat moet er nog komen?"),
                required=False,
                max_length=1000,
                initial=item.note,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def drawn(self, answers: dict[str, str]) -> list[dict[str, Any]]:
        """Each item with its two fields and what the applicant answered."""
        return [
            {
                "mark": self[f"item_{item.pk}"],
                "note": self[f"note_{item.pk}"],
                "answer": answers.get(item.code, ""),
            }
            for item in self.items
        ]

    def marks(self) -> dict[int, tuple[str, str]]:
        """Per item: whether it is there, and what is missing."""
        given = self.cleaned_data
        return {
            item.pk: (given[f"item_{item.pk}"], given[f"note_{item.pk}"]) for item in self.items
        }


class ReviewForm(forms.Form):
    """A review: the 4D texts, each criterion with its argument, the conclusion."""

    def __init__(
        self, data: Any, *, application: Application, review: Review | None, final: bool
    ) -> None:
        super().__init__(data)
        # What must be there to hand in need not be there to keep a half-written review.
        must = data is None or final
        self.criteria = list(listed(application.revision.definition.criteria))
        given = {row.criterion: row for row in review.answers.all()} if review else {}
        for name in FOUR_D:
            label, hint = TEXTS[name]
            self._text(name, label, hint, getattr(review, name, ""), rows=2)
        for criterion in self.criteria:
            row = given.get(criterion.code)
            answer = _answer_field(criterion, row.answer if row else "")
            answer.required = must
            answer.error_messages["required"] = _("Geef antwoord bij dit criterium.")
            self.fields[f"answer_{criterion.code}"] = answer
            argument = self._text(
                f"argument_{criterion.code}",
                _("Waarom vindt u dat?"),
                "",
                row.argument if row else "",
                rows=2,
            )
            argument.required = must
            argument.error_messages["required"] = _("Schrijf waarom u dat vindt.")
        self.fields["conclusion"] = forms.ChoiceField(
            label=_("Conclusie"),
            required=must,
            error_messages={"required": _("Kies een conclusie.")},
            choices=[("positive", _("Positief")), ("negative", _("Negatief"))],
            widget=forms.RadioSelect,
            initial=review.conclusion if review else "",
        )
        self.fields["grounds"] = forms.MultipleChoiceField(
            label=_("Bij een negatieve conclusie: op welke grond?"),
            required=False,
            choices=[(code, text) for code, (text, _art) in grounds_of(application).items()],
            widget=forms.CheckboxSelectMultiple,
            initial=json.loads(review.grounds) if review else [],
        )
        self._text(
            "advice",
            _("Advies"),
            _("Dit staat in de brief, met uw naam."),
            review.advice if review else "",
            rows=4,
        )

    def _text(
        self, name: str, label: Any, hint: Any, initial: str, *, rows: int
    ) -> forms.CharField:
        field = forms.CharField(
            label=label,
            help_text=hint,
            required=False,
            max_length=4000,
            initial=initial,
            widget=forms.Textarea(attrs={"rows": rows}),
        )
        self.fields[name] = field
        return field

    def judgement(self) -> Judgement:
        """What the reviewer wrote, as the verbs take it."""
        given = self.cleaned_data
        return Judgement(
            texts={name: given[name] for name in FOUR_D},
            answers={
                each.code: (given[f"answer_{each.code}"], given[f"argument_{each.code}"])
                for each in self.criteria
            },
            conclusion=given["conclusion"],
            grounds=tuple(given["grounds"]),
            advice=given["advice"],
        )


class AnswerForm(forms.Form):
    """What the applicant thinks of our intent."""

    answer = forms.CharField(
        label=_("Wat vindt u van ons voornemen?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReplyForm(forms.Form):
    """What we did with that."""

    reply = forms.CharField(
        label=_("Wat doen wij met de reactie?"),
        help_text=_("Dit staat in het besluit."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _answer_field(criterion: Criterion, initial: str) -> forms.Field:
    label = criterion.question
    if criterion.hard:
        label = f"{label} ({_('harde eis')})"
    match criterion.kind:
        case CriterionKind.YES_NO:
            return forms.ChoiceField(
                label=label,
                help_text=criterion.help,
                required=False,
                initial=initial,
                choices=[("yes", _("Ja")), ("no", _("Nee"))],
                widget=forms.RadioSelect,
            )
        case CriterionKind.SCORE:
            return forms.ChoiceField(
                label=label,
                help_text=criterion.help,
                required=False,
                initial=initial,
                choices=[
                    (str(score), str(score))
                    for score in range(criterion.lowest, criterion.highest + 1)
                ],
                widget=forms.RadioSelect,
            )
    return forms.CharField(
        label=label,
        help_text=criterion.help,
        required=False,
        initial=initial,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
