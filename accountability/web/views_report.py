"""The report or story of the recipient: write it, add pictures, hand it in, read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accountability.domain import reports
from accountability.domain.closing import checked_until
from accountability.domain.reports import ASKED, INVITED, Content, Incomplete
from accountability.models import Photo, Report
from accountability.web.finding import gate, trail
from accountability.web.forms import PhotoForm, ReportForm
from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import acts_for
from accounts.web.refusals import tell
from applications.domain import files
from applications.models import Application
from applications.web import finding
from applications.web.files import plain_name
from regeling.marking import file_name
from regeling.words import day_words, euro_words
from timeline import clock
from timeline.refusal import Refused, Unavailable


@entry(SIGNED_IN)
def report(request: Request, uid: UUID) -> HttpResponse:
    """Write the report while it is open; afterwards read it."""
    application = finding.seen(request, uid)
    row = Report.objects.filter(application=application).first()
    own = acts_for(request.person.pk if request.person else None, application.party_id)
    if not own or (row is not None and row.handed_in):
        return _read(request, application, row)
    if application.state not in ASKED | INVITED:
        raise Http404
    if request.method == "POST":
        return _write(request, application, row)
    initial = {} if row is None else {name: getattr(row, name) for name in Content.__slots__}
    form = ReportForm(initial=initial)
    return _page(request, application, row, form)


@require_POST
@entry(SIGNED_IN)
def autosave(request: Request, uid: UUID) -> JsonResponse:
    """Save while one types; answers with a sentence and the new version."""
    application = finding.own(request, uid)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("Nog niet bewaard: een veld klopt niet.")}, status=422)
    try:
        row = reports.save(
            application_id=application.pk,
            content=form.content(),
            actor=request.actor,
            seen_version=_version(request),
        )
    except Refused as refusal:
        return JsonResponse({"message": refusal.sentence}, status=refusal.status)
    at = timezone.localtime(row.saved_at, clock.AMSTERDAM).strftime("%H:%M")
    return JsonResponse({"message": _("Opgeslagen om %(at)s") % {"at": at}, "version": row.version})


@entry(SIGNED_IN)
def photo(request: Request, uid: UUID) -> HttpResponseBase:
    """A picture, for whoever may see its dossier; a draft's only for those who write it."""
    row = _photo(uid)
    application = finding.seen(request, row.report.application.uid)
    own = acts_for(request.person.pk if request.person else None, application.party_id)
    if not own and row.sealed_at is None:
        raise Http404
    first = gate(request, application)
    if first:
        return first
    if not default_storage.exists(row.path):
        raise Unavailable(_("Deze foto is op dit moment niet te openen."), code="file_missing")
    return FileResponse(
        default_storage.open(row.path),
        filename=file_name(application.call, row.name),
        content_type=row.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


def _write(request: Request, application: Application, row: Report | None) -> HttpResponse:
    """Save what was typed first, whatever else was asked: so nothing is lost by another button."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, application, row, form, status=422)
    given: dict[str, Any] = {"application_id": application.pk, "actor": request.actor}
    try:
        row = reports.save(content=form.content(), seen_version=_version(request), **given)
        action, _space, uid = request.POST.get("action", "").partition(" ")
        if action == "photo":
            return _add_photo(request, application, row, form)
        if action == "remove":
            reports.remove_photo(photo_id=_photo(uid).pk, actor=request.actor)
            return _back(application)
        if action != "hand_in":
            messages.success(request, _("Uw verslag is bewaard. U kunt later verder."))
            return _back(application)
        reports.hand_in(seen_version=row.version, **given)
    except Incomplete as missing:
        for name, sentence in missing.problems:
            form.add_error(name, sentence)
        return _page(request, application, row, form, status=missing.status)
    except Refused as refusal:
        tell(form, refusal)
        row = Report.objects.filter(application=application).first()
        return _page(request, application, row, form, status=refusal.status)
    messages.success(request, _("Dank u wel. Uw verslag is ingediend."))
    return HttpResponseRedirect(reverse("portal:dossier", args=[application.uid]))


def _add_photo(
    request: Request, application: Application, row: Report, form: ReportForm
) -> HttpResponse:
    photo_form = PhotoForm(request.POST, request.FILES)
    status = 422
    if photo_form.is_valid():
        upload = photo_form.cleaned_data["file"]
        try:
            stored = files.store(upload, application_uid=str(application.uid))
            reports.add_photo(
                application_id=application.pk,
                name=plain_name(upload.name or ""),
                description=photo_form.cleaned_data["description"],
                stored=stored,
                actor=request.actor,
            )
            return _back(application)
        except Refused as refusal:
            tell(photo_form, refusal)
            status = refusal.status
    return _page(request, application, row, form, photo_form=photo_form, status=status)


def _page(
    request: Request,
    application: Application,
    row: Report | None,
    form: ReportForm,
    *,
    photo_form: PhotoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = application.state in ASKED
    for name in ("done", "participants", "volunteer_hours", "learned", "costs_cents"):
        # Required to hand in, not to save: only the words beside the field say so.
        form.fields[name].required = asked or name == "done"
    photos = list(row.photos.filter(removed_at=None).order_by("pk")) if row else []
    context = {
        "title": _("Uw verslag") if asked else _("Uw verhaal"),
        "lead": application.title,
        "breadcrumbs": trail(application),
        "application": application,
        "form": form,
        "words": [form[name] for name in form.fields if name != "photo_consent"],
        "photo_form": photo_form or PhotoForm(),
        "photos": photos,
        "room": len(photos) < reports.MOST_PHOTOS,
        "version": row.version if row else 0,
        "asked": asked,
        "checked_until": None if asked else checked_until(application),
        "call_kind": application.call.kind,
    }
    return render(request, "accountability/report_form.html", context, status=status)


def _read(request: Request, application: Application, row: Report | None) -> HttpResponse:
    if row is None or not row.handed_in:
        raise Http404
    first = gate(request, application)
    if first:
        return first
    facts = [
        (_("Ingediend"), day_words(clock.day(row.handed_in_at)) if row.handed_in_at else None),
        (_("Deelnemers"), row.participants),
        (_("Uren van vrijwilligers"), row.volunteer_hours),
        (_("Kosten"), None if row.costs_cents is None else euro_words(row.costs_cents)),
        (_("Foto's mogen getoond worden"), _("ja") if row.photo_consent else _("nee")),
    ]
    context = {
        "title": _("Verslag"),
        "eyebrow": application.number,
        "lead": application.title,
        "breadcrumbs": trail(application),
        "report": row,
        "facts": [(label, value) for label, value in facts if value is not None],
        "photos": row.photos.filter(sealed_at__isnull=False).order_by("pk"),
        "call_kind": application.call.kind,
    }
    return render(request, "accountability/report.html", context)


def _photo(uid: UUID | str) -> Photo:
    rows = Photo.objects.select_related("report__application").filter(removed_at=None)
    try:
        return rows.get(uid=uid)
    except (Photo.DoesNotExist, ValidationError):  # gone, or no uid at all
        raise Http404 from None


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None


def _back(application: Application) -> HttpResponse:
    return HttpResponseRedirect(reverse("accountability:report", args=[application.uid]))
