"""What people fill in around and during a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from applications.models import Application
from assessment.domain.meetings import JUDGING, Seat, members_of, offered, secretaries_of
from assessment.domain.queries.meetings import Line, Seen
from assessment.models import AgendaItem, MeetingAttendance, MunicipalAnswer
from regeling.definition import Criterion
from regeling.models import Call
from regeling.words import day_words

OTHER = "other"


class PlanForm(forms.Form):
    """A new meeting: a day of the regulation, or another one with the reason."""

    day = forms.ChoiceField(label=_("Welke dag?"), widget=forms.RadioSelect)
    other_day = forms.DateField(
        label=_("Op welke dag dan?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=_("Waarom een andere dag?"), required=False, max_length=500)
    starts = forms.TimeField(
        label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}), initial="19:30"
    )
    place = forms.CharField(label=_("Waar?"), max_length=200)
    region = forms.ChoiceField(label=_("Voor welk gebied?"), required=False)
    chair = forms.ChoiceField(label=_("Wie zit voor?"))
    secretary = forms.ChoiceField(label=_("Wie maakt het verslag?"), required=False)

    def __init__(self, data: Any, *, call: Call) -> None:
        super().__init__(data)
        days = [(day.isoformat(), day_words(day)) for day in offered(call)]
        self.fields["day"].initial = days[0][0] if days else OTHER
        _choose(self, "day", *days, (OTHER, _now("Een andere dag")))
        regions = call.revision.definition.territory.regions
        if len(regions) > 1:
            whole = ("", _now("Het hele gebied"))
            _choose(self, "region", whole, *((each.code, each.name) for each in regions))
        else:
            del self.fields["region"]
        region = (data or {}).get("region", "") or (regions[0].code if len(regions) == 1 else "")
        _choose(self, "chair", *_people(members_of(call, region)))
        _choose(self, "secretary", ("", _now("Nog niet bekend")), *_people(secretaries_of(call)))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("day") == OTHER and not given.get("other_day"):
            self.add_error("other_day", _now("Vul de dag in."))
        return given

    def planned(self) -> dict[str, Any]:
        """What ``plan_meeting`` takes."""
        given = self.cleaned_data
        other = given["day"] == OTHER
        secretary = given["secretary"]
        return {
            "held_on": given["other_day"] if other else date.fromisoformat(given["day"]),
            "starts": given["starts"],
            "place": given["place"],
            "region": given.get("region", ""),
            "chair_id": int(given["chair"]),
            "secretary_id": int(secretary) if secretary else None,
            "reason": given["reason"] if other else "",
        }


class ChangeForm(forms.Form):
    """Another place on the agenda for a dossier, or off it."""

    item = forms.ChoiceField(label=_("Welke aanvraag?"))
    act = forms.ChoiceField(
        label=_("Wat wilt u?"),
        choices=[("move", _("Een andere plaats geven")), ("drop", _("Van de agenda halen"))],
        widget=forms.RadioSelect,
    )
    position = forms.IntegerField(label=_("Nieuwe plaats"), required=False, min_value=1)
    reason = forms.CharField(label=_("Waarom?"), max_length=500)

    def __init__(self, data: Any, *, items: list[AgendaItem]) -> None:
        super().__init__(data, prefix="change")
        titles = [(str(each.uid), f"{each.position}. {each.application.title}") for each in items]
        _choose(self, "item", *titles)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") == "move" and not given.get("position"):
            self.add_error("position", _now("Vul de nieuwe plaats in."))
        return given


class AddForm(forms.Form):
    """A dossier that came in too late, on the agenda all the same."""

    application = forms.ChoiceField(label=_("Welke aanvraag?"))
    reason = forms.CharField(label=_("Waarom?"), max_length=500)

    def __init__(self, data: Any, *, late: list[Application]) -> None:
        super().__init__(data, prefix="add")
        _choose(self, "application", *((str(each.uid), each.title) for each in late))


class PresenceForm(forms.Form):
    """Who is there, who chairs, and who is a guest."""

    def __init__(self, data: Any, *, seats: list[MeetingAttendance]) -> None:
        super().__init__(data, prefix="present")
        self.seats = [seat for seat in seats if seat.role != Seat.GUEST]
        judging = [seat for seat in self.seats if seat.role in JUDGING]
        for seat in self.seats:
            self.fields[str(seat.uid)] = forms.BooleanField(
                label=_label(seat), required=False, initial=bool(seat.present)
            )
        chair = next((str(seat.uid) for seat in judging if seat.role == Seat.CHAIR), "")
        self.fields["chair"] = forms.ChoiceField(
            label=_("Wie zit voor?"),
            choices=[(str(seat.uid), seat.name) for seat in judging],
            initial=chair,
        )
        guests = "\n".join(seat.name for seat in seats if seat.role == Seat.GUEST)
        self.fields["guests"] = forms.CharField(
            label=_("Gasten"),
            help_text=_("Eén naam op een regel."),
            required=False,
            initial=guests,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def recorded(self) -> dict[str, Any]:
        """What ``record_presence`` takes."""
        given = self.cleaned_data
        return {
            "present": {str(seat.uid): given[str(seat.uid)] for seat in self.seats},
            "chair": given["chair"],
            "guests": given["guests"].splitlines(),
        }


class InterestsForm(forms.Form):
    """Per person: has she an interest in this dossier?"""

    def __init__(self, data: Any, *, line: Line, seen: tuple[Seen, ...]) -> None:
        super().__init__(data, prefix=f"belang-{line.item.position}")
        self.names: dict[str, str] = {}
        for each in seen:
            known = True if each.must_leave else each.has_interest
            self.names[f"interest_{each.seat.uid}"] = str(each.seat.uid)
            self.fields[f"interest_{each.seat.uid}"] = forms.ChoiceField(
                label=each.seat.name,
                help_text=_("Bij ons is een belang bekend.") if each.must_leave else "",
                required=bool(each.seat.present),
                error_messages={"required": _("Kies of er een belang is.")},
                choices=[("no", _("Geen belang")), ("yes", _("Belang: gaat weg"))],
                initial="" if known is None else ("yes" if known else "no"),
                widget=forms.RadioSelect,
            )

    def statements(self) -> dict[str, bool]:
        """What was said, by attendee's uid; who said nothing is left out."""
        given = self.cleaned_data
        return {uid: given[name] == "yes" for name, uid in self.names.items() if given[name]}


class ScoresForm(forms.Form):
    """The points of one member."""

    def __init__(self, data: Any, *, line: Line, each: Seen, criteria: list[Criterion]) -> None:
        super().__init__(data, prefix=f"punten-{line.item.position}-{each.seat.pk}")
        self.seat = each.seat
        for criterion in criteria:
            self.fields[f"score_{criterion.code}"] = forms.IntegerField(
                label=criterion.question,
                help_text=_("%(lowest)s tot en met %(highest)s")
                % {"lowest": criterion.lowest, "highest": criterion.highest},
                min_value=criterion.lowest,
                max_value=criterion.highest,
                initial=each.scores.get(criterion.code),
            )

    def scores(self) -> dict[str, int]:
        """What ``enter_scores`` takes."""
        return {name.removeprefix("score_"): value for name, value in self.cleaned_data.items()}


class OutcomeForm(forms.Form):
    """What the panel found about one dossier."""

    outcome = forms.ChoiceField(
        label=_("Wat vindt de commissie?"),
        choices=[
            ("positive", _("Positief")),
            ("negative", _("Negatief")),
            ("held_over", _("Aanhouden tot een volgende vergadering")),
            ("none", _("Niet behandelen")),
        ],
        widget=forms.RadioSelect,
    )
    reasoning = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Dit staat in het verslag en in de brief aan de aanvrager."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    conclusion = forms.CharField(
        label=_("Conclusie in één zin"),
        help_text=_("Nodig bij positief en negatief."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, item: AgendaItem) -> None:
        super().__init__(
            data,
            prefix=f"uitkomst-{item.position}",
            initial={
                "outcome": item.outcome,
                "reasoning": item.reasoning,
                "conclusion": item.conclusion,
            },
        )


class SignForm(forms.Form):
    """The chair signs the minutes that she read."""

    seen = forms.CharField(widget=forms.HiddenInput)
    agree = forms.BooleanField(label=_("Ik heb het verslag gelezen en teken het."))


class MunicipalForm(forms.Form):
    """The answers of a municipality."""

    def __init__(
        self,
        data: Any,
        *,
        questions: list[tuple[str, str]],
        known: dict[str, MunicipalAnswer],
    ) -> None:
        super().__init__(data)
        self.codes = [code for code, _text in questions]
        for code, text in questions:
            before = known.get(code)
            self.fields[f"answer_{code}"] = forms.ChoiceField(
                label=text,
                choices=[
                    ("yes", _("Ja")),
                    ("no", _("Nee")),
                    ("unknown", _("Dat weten wij niet")),
                ],
                initial=before.answer if before else "",
                widget=forms.RadioSelect,
                error_messages={"required": _("Kies een antwoord.")},
            )
            self.fields[f"explanation_{code}"] = forms.CharField(
                label=_("Toelichting"),
                help_text=_("Nodig als u geen ja antwoordt."),
                required=False,
                max_length=2000,
                initial=before.explanation if before else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def answers(self) -> dict[str, tuple[str, str]]:
        """What ``municipal.answer`` takes."""
        given = self.cleaned_data
        return {
            code: (given[f"answer_{code}"], given[f"explanation_{code}"]) for code in self.codes
        }


def _choose(form: forms.Form, name: str, *choices: tuple[Any, Any]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def _people(people: Any) -> list[tuple[str, str]]:
    rows: list[Person] = list(people)
    return [(str(each.pk), each.name) for each in sorted(rows, key=lambda row: row.name)]


def _label(seat: MeetingAttendance) -> str:
    names = {
        Seat.CHAIR: _now("voorzitter"),
        Seat.MEMBER: _now("lid"),
        Seat.SECRETARY: _now("secretaris"),
    }
    return f"{seat.name} ({names[Seat(seat.role)]})"
