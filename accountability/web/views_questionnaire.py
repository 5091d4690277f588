"""The questionnaire itself: opened by a personal link, answered without a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accountability.domain.queries.evaluation import choices_of, questions_for
from accountability.domain.questionnaire import LONGEST, answer, invitation_of
from accountability.models import EvaluationQuestion
from accounts.access import PUBLIC, Request, entry
from accounts.web.refusals import tell
from timeline.refusal import Conflict, Refused


class AnswersForm(forms.Form):
    """The questions of one group; each may be left out."""

    def __init__(self, questions: list[EvaluationQuestion], data: Any = None) -> None:
        super().__init__(data)
        for question in questions:
            self.fields[f"q{question.number}"] = _field(question)

    def answers(self) -> dict[int, str]:
        """What was answered, by number of the question."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items() if value}


@entry(PUBLIC)
def questionnaire(request: Request, token: str) -> HttpResponse:
    """Answer once. Nobody is asked who she is, and the page is kept nowhere."""
    found = invitation_of(token)
    if found is None:
        return _kept_nowhere(
            render(request, "accountability/questionnaire_gone.html", _gone(), status=404)
        )
    questions = questions_for(found.evaluation, found.group)
    form = AnswersForm(questions, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer(token=token, answers=form.answers())
            except Conflict:
                return _kept_nowhere(
                    render(request, "accountability/questionnaire_gone.html", _gone(), status=409)
                )
            except Refused as refusal:
                tell(form, refusal)
            else:
                return _kept_nowhere(
                    render(request, "accountability/questionnaire_done.html", _done())
                )
    regulation = found.evaluation.regulation
    context = {
        "title": _("Wat vond u van %(title)s?") % {"title": regulation.title},
        "eyebrow": regulation.authority.name,
        "lead": _("Een paar vragen. U mag elke vraag overslaan."),
        "form": form,
        "evaluation": found.evaluation,
        "come_back_to": "",  # the link stands in no other address, not even that of signing in
    }
    return _kept_nowhere(
        render(request, "accountability/questionnaire.html", context, status=status)
    )


def _field(question: EvaluationQuestion) -> forms.Field:
    if question.kind == EvaluationQuestion.Kind.OPEN:
        return forms.CharField(
            label=question.text,
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=LONGEST,
            required=False,
        )
    return forms.ChoiceField(
        label=question.text,
        choices=[(each, each) for each in choices_of(question)],
        widget=forms.RadioSelect,
        required=False,
    )


def _gone() -> dict[str, Any]:
    return {
        "title": _("Deze link werkt niet meer"),
        "lead": _("Met deze link is al geantwoord, of de laatste dag is voorbij."),
        "come_back_to": "",
    }


def _done() -> dict[str, Any]:
    return {
        "title": _("Dank u wel"),
        "lead": _("Uw antwoorden zijn bewaard, zonder uw naam."),
        "come_back_to": "",
    }


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
