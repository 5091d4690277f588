"""The form of a draft: one page a step, saved with every button and while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SIGNED_IN, Request, entry
from applications.answers import answers_of
from applications.domain import coaching, drafts
from applications.domain.queries import card
from applications.domain.queries import form as reads
from applications.domain.queries.texts import offer_for
from applications.models import Application, Attachment, Remark
from applications.web import files, finding
from applications.web.budget import with_line
from applications.web.forms import PREFIX, Posted, Seen, StepForm, read
from applications.web.remarks import open_remarks
from applications.web.saving import changes_in, save
from regeling.answers import asked
from regeling.definition import FormStep, QuestionKind
from timeline import clock
from timeline.refusal import Refused


@dataclass(frozen=True, slots=True)
class Page:
    """A step of a draft as somebody works on it."""

    request: Request
    application: Application
    step: FormStep

    @property
    def url(self) -> str:
        return reverse("applications:step", args=[self.application.uid, self.step.code])

    def hidden(self, typed: dict[str, Any] | None = None) -> list[str]:
        """Questions of this step that are not asked, given the answers, stored and just typed."""
        application = self.application
        definition = application.revision.definition
        answers = {**answers_of(application), **(typed or {})}
        there = asked(definition, answers, reads.facts_of(application))
        conditional = [each for each in self.step.questions if each.when is not None]
        return [question.code for question in conditional if question not in there]

    def problems(self, *, also_missing: bool) -> dict[str, str]:
        """What is wrong in this step; what is still open only where it is asked for."""
        parts = reads.parts(self.application)
        part = next(each for each in parts if each.step.code == self.step.code)
        answered = {row.question.code for row in part.rows if row.answer not in (None, "", [])}
        return {
            code: sentence
            for code, sentence in part.problems.items()
            if also_missing or code in answered
        }


@entry(SIGNED_IN)
def form(request: Request, uid: UUID) -> HttpResponse:
    """Where the form goes on: the first step that is not finished, else the summary."""
    application = finding.own(request, uid)
    if not finding.is_draft(application):
        return redirect("portal:dossier", uid)
    for part in reads.parts(application):
        if part.problems:
            return redirect("applications:step", uid, part.step.code)
    if card.problems(application):
        return redirect("applications:card", uid)
    return redirect("applications:summary", uid)


@entry(SIGNED_IN)
def step(request: Request, uid: UUID, code: str) -> HttpResponse:
    """One step of the form. Every button saves what was typed before it does its own work."""
    page = _page(request, uid, code)
    if not finding.is_draft(page.application):
        return _already_sent(page) if request.method == "POST" else redirect("portal:dossier", uid)
    if request.method == "POST":
        return _post(page)
    told = page.problems(also_missing=True) if "controle" in request.GET else {}
    return _draw(page, told=told)


@require_POST
@entry(SIGNED_IN)
def autosave(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Save while one types: JSON with the time, the new version, and which questions are asked.

    Saves nothing and answers 409 when a question was answered elsewhere since the page showed it.
    """
    page = _page(request, uid, code)
    if not finding.is_draft(page.application):
        sentence = _("Deze aanvraag is al ingediend. Wat u nu typt, wordt niet bewaard.")
        return JsonResponse({"message": sentence}, status=409)
    posted = read(page.application.revision.definition, page.step, request.POST)
    seen = Seen.read(request.POST.get("version", ""))
    changes, clashes = changes_in(page.application, page.step, posted, seen)
    if not clashes:
        saved = save(page.application, changes, actor=request.actor)
        page, clashes = Page(request, saved.application, page.step), saved.clashes
    if clashes:
        sentence = _("Niet opgeslagen: “%(question)s” is in een ander venster veranderd.") % {
            "question": _labels(page, clashes)
        }
        return JsonResponse({"message": sentence}, status=409)
    hidden = page.hidden()
    return JsonResponse(
        {
            "message": _saved_words(page, posted),
            "version": _seen_after(page, posted, seen, hidden).text(),
            "hidden": hidden,
        }
    )


@require_POST
@entry(SIGNED_IN)
def questions(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Which questions are not asked, given what stands in the form now. Saves nothing."""
    page = _page(request, uid, code)
    posted = read(page.application.revision.definition, page.step, request.POST)
    return JsonResponse({"hidden": page.hidden(posted.answers)})


def _page(request: Request, uid: UUID, code: str) -> Page:
    application = finding.own(request, uid)
    found = next((each for each in reads.steps_of(application) if each.code == code), None)
    if found is None:
        raise Http404
    return Page(request, application, found)


def _post(page: Page) -> HttpResponse:
    post = page.request.POST
    posted = read(page.application.revision.definition, page.step, post)
    seen = Seen.read(post.get("version", ""))
    changes, clashes = changes_in(page.application, page.step, posted, seen)
    saved = save(page.application, changes, actor=page.request.actor)
    page = Page(page.request, saved.application, page.step)
    clashes |= saved.clashes
    wrong = {**posted.unreadable, **clashes}
    action, _sep, argument = post.get("go", "next").partition(":")
    if action in _WORK:
        return _WORK[action](page, posted, wrong, argument)
    told = {**page.problems(also_missing=False), **wrong}
    if action == "step" and not wrong:
        return _to(page, argument)
    if action == "card" and not wrong:
        return _to_card(page)
    if told:
        return _draw(page, told=told, posted=posted, status=409 if clashes else 422)
    hidden = page.hidden()
    appeared = [code for code in seen.hidden if code not in hidden]
    if appeared and page.problems(also_missing=True).keys() & set(appeared):
        messages.info(page.request, _("Door uw antwoord is er een vraag bij gekomen."))
        return redirect(f"{page.url}?bewaard={page.step.code}#id_{PREFIX}-{appeared[0]}")
    return _onward(page)


def _add_line(page: Page, posted: Posted, wrong: dict[str, str], argument: str) -> HttpResponse:
    code, _sep, half = argument.rpartition("-")
    if page.application.revision.definition.form.question(code) is None:
        raise Http404
    typed = posted.raw.get(code) or answers_of(page.application).get(code)
    return _draw(page, told=wrong, posted=posted, lines={code: with_line(typed, half)})


def _upload(page: Page, posted: Posted, wrong: dict[str, str], argument: str) -> HttpResponse:
    try:
        files.take(page.request, page.application, argument, field=f"{PREFIX}-{argument}")
    except Refused as refusal:
        told = {**wrong, argument: refusal.sentence}
        return _draw(page, told=told, posted=posted, status=refusal.status)
    if wrong:
        return _draw(page, told=wrong, posted=posted, status=422)
    return redirect(f"{page.url}?bewaard={page.step.code}#id_{PREFIX}-{argument}")


def _remove(page: Page, posted: Posted, wrong: dict[str, str], argument: str) -> HttpResponse:
    row = Attachment.objects.filter(application=page.application, uid=argument).first()
    if row is None:
        raise Http404
    drafts.remove_attachment(attachment_id=row.pk, actor=page.request.actor)
    return _draw(page, told=wrong, posted=posted)


def _remark(page: Page, posted: Posted, wrong: dict[str, str], argument: str) -> HttpResponse:
    key, _sep, answer = argument.partition(":")
    row = Remark.objects.filter(application=page.application, uid=key).first()
    if row is None:
        raise Http404
    coaching.answer_remark(remark_id=row.pk, answer=answer, actor=page.request.actor)
    return _draw(page, told=wrong, posted=posted)


_WORK = {"line": _add_line, "upload": _upload, "remove": _remove, "remark": _remark}


def _to(page: Page, code: str) -> HttpResponseRedirect:
    """Another step, or the summary; what was typed here is saved."""
    steps = {each.code for each in reads.steps_of(page.application)}
    name, args = ("step", [code]) if code in steps else ("summary", [])
    target = reverse(f"applications:{name}", args=[page.application.uid, *args])
    return HttpResponseRedirect(f"{target}?bewaard={page.step.code}")


def _to_card(page: Page) -> HttpResponseRedirect:
    """How voters will see the initiative, the last page before the summary."""
    target = reverse("applications:card", args=[page.application.uid])
    return HttpResponseRedirect(f"{target}?bewaard={page.step.code}")


def _onward(page: Page) -> HttpResponseRedirect:
    codes = [each.code for each in reads.steps_of(page.application)]
    following = codes[codes.index(page.step.code) + 1 :]
    if not following and card.asks_card(page.application):
        return _to_card(page)
    return _to(page, following[0] if following else "")


def _already_sent(page: Page) -> HttpResponse:
    """A tab that was still open when the application was sent: its words stay on the screen."""
    posted = read(page.application.revision.definition, page.step, page.request.POST)
    messages.error(
        page.request,
        _("Deze aanvraag is al ingediend. Wat u hier typte, is niet meegestuurd."),
    )
    return _draw(page, told={}, posted=posted, status=409)


def _draw(
    page: Page,
    *,
    told: dict[str, str],
    posted: Posted | None = None,
    lines: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    application, definition = page.application, page.application.revision.definition
    stored = answers_of(application)
    kept = {code: posted.raw[code] for code in told if posted and code in posted.raw}
    if posted and not finding.is_draft(application):
        kept = posted.raw
    answers = {**stored, **kept, **(lines or {})}
    drawn = StepForm(definition, page.step, answers, files=reads.files_of(application), told=told)
    hidden, steps = page.hidden(), reads.steps_of(application)
    context = {
        "title": page.step.title,
        "lead": page.step.intro,
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "form": drawn,
        "offer": offer_for(application),
        "version": Seen.now(application, page.step, hidden=hidden).text(),
        "hidden": hidden,
        "remarks": open_remarks(application),
        "here": page.step,
        "steps": steps,
        "number": steps.index(page.step) + 1,
        "asks_card": card.asks_card(application),
        "total": len(steps) + card.asks_card(application),
        "autosave": _own_address(page),
        "saved": _own_address(page) if posted else saved_address(page.request, application),
        "signed": application.signatures.filter(voided_at=None, signed_at__isnull=False).exists(),
    }
    return render(page.request, "applications/step.html", context, status=status)


def _own_address(page: Page) -> str:
    return reverse("applications:autosave", args=[page.application.uid, page.step.code])


def saved_address(request: Request, application: Application) -> str:
    """The address of the step that was just saved: the browser may forget what it kept of it."""
    code = request.GET.get("bewaard", "")
    steps = {each.code for each in reads.steps_of(application)}
    return reverse("applications:autosave", args=[application.uid, code]) if code in steps else ""


def _seen_after(page: Page, posted: Posted, before: Seen, hidden: list[str]) -> Seen:
    """What the page shows after an autosave: an answer from elsewhere it still has not seen."""
    now = Seen.now(page.application, page.step)
    stored = answers_of(page.application)
    questions = dict(now.questions)
    for question in page.step.questions:
        code = question.code
        shown_as_stored = posted.answers.get(code) == stored.get(code)
        if question.kind is not QuestionKind.IBAN and not shown_as_stored:
            questions[code] = before.questions.get(code, now.questions[code])
    return Seen(questions, frozenset(hidden))


def _saved_words(page: Page, posted: Posted) -> str:
    at = timezone.localtime(page.application.saved_at, clock.AMSTERDAM)
    words = _("Opgeslagen om %(time)s") % {"time": f"{at:%H:%M}"}
    if posted.unreadable:
        return _("%(saved)s. Nog niet goed: %(questions)s.") % {
            "saved": words,
            "questions": _labels(page, posted.unreadable),
        }
    return words


def _labels(page: Page, codes: dict[str, str]) -> str:
    return ", ".join(each.label for each in page.step.questions if each.code in codes)
