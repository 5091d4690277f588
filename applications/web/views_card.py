"""The public card of an initiative: written, seen as a voter will see it, and agreed to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.access import SIGNED_IN, Request, entry
from applications.domain import cards
from applications.domain.photos import forget_photo, open_photo, store_photo
from applications.domain.queries import card as reads
from applications.domain.queries.form import steps_of
from applications.models import Application, Snapshot
from applications.states import BEFORE_SUBMISSION
from applications.web import finding
from applications.web.fields import LongText
from applications.web.views_form import saved_address
from regeling.marking import file_name
from timeline.refusal import Conflict, Refused

SENT = "sent"
"""Among what is told: the application was sent, and nothing of the post could be saved."""


class CardForm(forms.Form):
    """The words on the card. Never bound: what was typed comes in as initial values, as well."""

    use_required_attribute = False
    text = forms.CharField(label=_lazy("Wat gaat u doen, in gewone woorden?"))
    chosen_name = forms.CharField(
        label=_lazy("Welke naam zien stemmers?"),
        help_text=_lazy("Bijvoorbeeld de naam van uw groep. Uw eigen naam mag, maar hoeft niet."),
        max_length=reads.LONGEST_NAME,
    )
    photo = forms.FileField(
        label=_lazy("Foto"),
        required=False,
        help_text=_lazy(
            "JPG of PNG, hooguit 10 MB. Waar en wanneer de foto is gemaakt, halen wij eruit."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    photo_text = forms.CharField(
        label=_lazy("Wat is er op de foto te zien?"),
        help_text=_lazy("Voor wie de foto niet kan zien."),
        max_length=reads.LONGEST_PHOTO_TEXT,
    )
    photo_consent = forms.BooleanField(
        label=_lazy("Iedereen die op de foto te herkennen is, vindt het goed dat wij hem tonen."),
        required=False,
    )
    agree = forms.BooleanField(label=_lazy("Akkoord: zo mogen stemmers mijn initiatief zien."))

    def __init__(
        self, application: Application, values: dict[str, Any], told: dict[str, str]
    ) -> None:
        super().__init__(initial=values)
        rule = application.revision.definition.card
        self.fields["text"].widget = LongText(rule.longest if rule else 0)
        if not (rule and rule.photo):
            del self.fields["photo"]
        if not values.get("photo"):
            del self.fields["photo_text"], self.fields["photo_consent"]
        self._errors = ErrorDict(
            (name, self.error_class([sentence]))
            for name, sentence in told.items()
            if name in self.fields
        )


@dataclass(frozen=True, slots=True)
class Posted:
    """What came in, what is wrong with it, and whether that is a clash with somebody else."""

    values: dict[str, Any]
    told: dict[str, str]
    status: int


@entry(SIGNED_IN)
def card(request: Request, uid: UUID) -> HttpResponse:
    """The card: its words, its photo, how a voter will see it, and the box to agree."""
    application = finding.own(request, uid)
    if not reads.asks_card(application):
        raise Http404
    if request.method == "POST":
        return _post(request, application)
    if not cards.writable(application):
        return redirect("portal:dossier", uid)
    told = {}
    if "controle" in request.GET:
        told = {each.field: each.sentence for each in reads.problems(application)}
    return _draw(request, application, told=told)


@entry(SIGNED_IN)
def photo(request: Request, uid: UUID, sha256: str) -> HttpResponseBase:
    """A photo of this dossier's card, now or as it was sent, for whoever may see the dossier."""
    application = finding.seen(request, uid)
    named = reads.row_of(application).photo == sha256
    sent = Snapshot.objects.filter(application=application, text__contains=f'"{sha256}"')
    if not named and not sent.exists():
        raise Http404
    return FileResponse(
        open_photo(sha256),
        filename=file_name(application.call, f"{sha256}.jpg"),
        content_type="image/jpeg",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


def photo_address(application: Application, sha256: str) -> str:
    """Where the photo of a card is shown to who may see its dossier; empty without one."""
    return reverse("applications:card_photo", args=[application.uid, sha256]) if sha256 else ""


def _post(request: Request, application: Application) -> HttpResponse:
    posted = _saved(request, application)
    action, _sep, argument = request.POST.get("go", "save").partition(":")
    if posted.told:
        return _draw(request, application, told=posted.told, posted=posted, status=posted.status)
    if action == "step":
        return _to(application, argument)
    told = _agreed(request, application)
    if action == "next" and not told:
        told = {each.field: each.sentence for each in reads.problems(application)}
        if not told:
            return _to(application, "")
    if told:
        return _draw(request, application, told=told, status=422)
    return redirect(f"{reverse('applications:card', args=[application.uid])}#voorbeeld")


def _saved(request: Request, application: Application) -> Posted:
    """Save what was posted, field by field; one that somebody else wrote too is told and kept."""
    given = {name: _typed(request, name) for name in ("text", "chosen_name", "photo_text")}
    values: dict[str, Any] = {name: text for name, text in given.items() if text is not None}
    if "photo_text" in values:  # drawn with a photo only, and the box with it
        values["photo_consent"] = "photo_consent" in request.POST
    changes, told, seen = dict(values), {}, _seen(request)
    status = 422
    while True:
        try:
            cards.write_card(
                application_id=application.pk, changes=changes, actor=request.actor, seen=seen
            )
            break
        except Conflict as conflict:
            status = conflict.status
            if conflict.field not in changes:  # sent meanwhile: nothing can be saved any more
                messages.error(request, conflict.sentence)
                return Posted(values, {SENT: conflict.sentence}, status)
            told[conflict.field] = conflict.sentence
            del changes[conflict.field]
    try:
        _photo(request, application)
    except Refused as refusal:
        told[refusal.field or "photo"] = refusal.sentence
    return Posted({name: values[name] for name in told if name in values}, told, status)


def _photo(request: Request, application: Application) -> None:
    """Put a posted photo on the card, or take the present one off."""
    before = reads.row_of(application).photo
    upload = request.FILES.get("photo")
    if upload is not None:
        sha256 = store_photo(upload).sha256
    elif request.POST.get("go") == "remove_photo":
        sha256 = ""
    else:
        return
    cards.set_photo(application_id=application.pk, sha256=sha256, actor=request.actor)
    if before != sha256:
        forget_photo(before)


def _agreed(request: Request, application: Application) -> dict[str, str]:
    """Agree where the box was ticked under the card as it still is; what is wrong, by field."""
    if "agree" not in request.POST:
        return {}
    try:
        cards.agree(
            application_id=application.pk,
            seen_hash=request.POST.get("seen_card", ""),
            actor=request.actor,
        )
    except Refused as refusal:
        return {refusal.field: refusal.sentence}
    return {}


def _typed(request: Request, name: str) -> str | None:
    text = request.POST.get(name)
    if text is None:
        return None
    clean = "".join(
        char for char in text.replace("\r\n", "\n") if char.isprintable() or char == "\n"
    )
    return clean.strip() if name == "text" else " ".join(clean.split())


def _seen(request: Request) -> dict[str, str]:
    """Per field what the page showed; a broken one saw what no field holds."""
    try:
        told = json.loads(request.POST.get("version", ""))
        return {name: str(told[name]) for name in cards.FIELDS}
    except (ValueError, TypeError, KeyError):
        return dict.fromkeys(cards.FIELDS, "")


def _to(application: Application, code: str) -> HttpResponseRedirect:
    """Another step of the form; or what comes after the card: the summary, or the supplement."""
    uid = application.uid
    if application.state not in BEFORE_SUBMISSION:
        return HttpResponseRedirect(reverse("applications:supplement", args=[uid]))
    if code in {each.code for each in steps_of(application)}:
        return HttpResponseRedirect(reverse("applications:step", args=[uid, code]))
    return HttpResponseRedirect(reverse("applications:summary", args=[uid]))


def _draw(
    request: Request,
    application: Application,
    *,
    told: dict[str, str],
    posted: Posted | None = None,
    status: int = 200,
) -> HttpResponse:
    row = reads.row_of(application)
    stored = {name: getattr(row, name) for name in (*cards.FIELDS, "photo")}
    shown = reads.card_now(application)
    steps = steps_of(application)
    context = {
        "title": _("Zo zien stemmers uw initiatief"),
        "lead": _(
            "Wie stemt, leest deze kaart. Titel, plaats en bedrag komen uit uw aanvraag. De rest "
            "schrijft u hier zelf; niemand verandert uw woorden."
        ),
        "eyebrow": finding.name(application),
        "breadcrumbs": finding.trail(application),
        "call_kind": application.call.kind,
        "application": application,
        "form": CardForm(application, {**stored, **(posted.values if posted else {})}, told),
        "version": json.dumps(cards.digests(row), separators=(",", ":")),
        "card": shown,
        "seen_card": reads.digest_of(shown),
        "photo_url": photo_address(application, shown.photo),
        "row": row,
        "agreed": reads.is_agreed(application, row),
        "unfinished": [each for each in reads.problems(application) if each.field != "agree"],
        "doubts": reads.doubts(application, row),
        "is_draft": application.state in BEFORE_SUBMISSION,
        "writable": cards.writable(application),
        "asks_card": True,
        "on_card": True,
        "steps": steps,
        "total": len(steps) + 1,
        "saved": saved_address(request, application),
    }
    return render(request, "applications/card.html", context, status=status)
