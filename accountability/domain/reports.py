"""Write, illustrate and hand in the account of a subsidy: a report that is asked, or a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accountability.models import Photo, Report
from accounts.domain.people import acts_for
from applications.domain.files import Stored
from applications.facts import AcceptedReport, ReportDue
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from documents.facts.decisions import report_due
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, new_salt, salted_hash
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

ASKED = frozenset({State.IN_EXECUTION, State.REPORT_DUE})
INVITED = frozenset({State.DIRECTLY_SETTLED})
MOST_PHOTOS = 10
LONGEST = 6000
LARGEST_NUMBER = 1_000_000
LARGEST_CENTS = 10_000_000_000
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class Content:
    """What somebody writes in a report. None and empty: not answered (yet). Cents, whole hours."""

    done: str = ""
    participants: int | None = None
    volunteer_hours: int | None = None
    learned: str = ""
    costs_cents: int | None = None
    photo_consent: bool = False


class Incomplete(Refused):
    """Answers are missing or wrong; ``problems`` has (field, sentence) for each."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(
            _("Nog niet alles is goed ingevuld."),
            article="Awb 4:45",
            field=problems[0][0],
            code="invalid",
        )
        self.problems = problems


def save(
    *, application_id: int, content: Content, actor: Actor, seen_version: int | None = None
) -> Report:
    """Save a report as a draft, whatever is still missing; it leaves no event.

    ``seen_version`` is the version that the form showed (0: there was none). Raises ``Conflict``
    when another window or member saved meanwhile, ``Incomplete`` for impossible figures.
    """
    with transaction.atomic():
        application = _writable(application_id, actor)
        report = _report(application, seen_version)
        problems = tuple(_impossible(content))
        if problems:
            raise Incomplete(problems)
        for name in Content.__slots__:
            setattr(report, name, getattr(content, name))
        report.version += 1
        report.saved_at = clock.now()
        report.save()
        return report


def hand_in(*, application_id: int, actor: Actor, seen_version: int | None = None) -> Report:
    """Hand in the saved report; from then on it never changes (Awb 4:44, 4:45).

    A report that is asked moves the dossier to "settlement requested"; before the end date that
    counts as asked for. A story about a subsidy that is settled already changes no state. Handing
    in twice gives the same report. Raises ``Incomplete`` when something is missing.
    """
    with transaction.atomic():
        application = _owned(application_id, actor)
        report = Report.objects.filter(application=application).first()
        if report is not None and report.handed_in:
            return report
        _refuse_state(application)
        if report is None:
            raise Incomplete((("done", _("Vertel wat u hebt gedaan.")),))
        _refuse_stale(report, seen_version)
        asked = application.state in ASKED
        photos = list(report.photos.filter(removed_at=None).order_by("pk"))
        problems = (*_impossible(_content(report)), *_missing(report, photos, asked=asked))
        if problems:
            raise Incomplete(problems)
        _seal(report, photos, actor)
        fact = AcceptedReport(report=str(report.uid), hash=report.hash)
        if not asked:
            _tell_story(application, fact, actor)
            return report
        if application.state == State.IN_EXECUTION:
            ask(application_id=application.pk, actor=actor)
        move(
            application_id=application.pk,
            transition="request_settlement",
            actor=actor,
            fact=fact,
        )
        return report


def ask(*, application_id: int, actor: Actor) -> Application:
    """Ask for the report after the end of the activity, with its last day (Awb 4:44)."""
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("revision")
        )
        due_on = due_day(application)
        return move(
            application_id=application_id,
            transition="ask_report",
            actor=actor,
            fact=ReportDue(due_on=due_on),
            changes={"report_due_on": due_on},
        )


def due_day(application: Application) -> date:
    """The last day for the report, as the award letter names it; never before today.

    Without an end date the term runs from today; without a term in the regulation it is today.
    """
    today, definition = clock.today(), application.revision.definition
    ended_on = application.end_date or today
    due_on = report_due(definition, application.awarded_cents or 0, ended_on)
    return max(due_on or today, today)


def add_photo(
    *, application_id: int, name: str, description: str, stored: Stored, actor: Actor
) -> Photo:
    """Put a picture with a report, which was written to storage before (``applications.files``).

    The same picture twice gives the same row. Refuses what is no picture, a picture without a
    description, and more than ten.
    """
    if stored.media_type not in PICTURES:
        raise Refused(_("Stuur een foto als JPG of PNG."), field="file", code="kind")
    if not description.strip():
        raise Refused(
            _("Zeg in een paar woorden wat er op de foto staat, voor wie haar niet kan zien."),
            field="description",
        )
    with transaction.atomic():
        report = _report(_writable(application_id, actor), None)
        if report.pk is None:
            report.save()
        there = Photo.objects.filter(report=report, removed_at=None)
        known = there.filter(sha256=stored.sha256).first()
        if known:
            return known
        if there.count() >= MOST_PHOTOS:
            raise Refused(_("Er passen tien foto's bij een verslag."), field="file")
        return Photo.objects.create(
            report=report,
            name=name[:255],
            description=description.strip()[:200],
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            path=stored.path,
            uploaded_at=clock.now(),
            uploaded_by_id=actor.person_id,
        )


def remove_photo(*, photo_id: int, actor: Actor) -> None:
    """Take a picture away from a report that was not handed in. Taking it twice changes nothing."""
    with transaction.atomic():
        photo = Photo.objects.select_related("report").get(pk=photo_id)
        report = _report(_writable(photo.report.application_id, actor), None)
        Photo.objects.filter(pk=photo_id, report=report, removed_at=None).update(
            removed_at=clock.now()
        )


def _owned(application_id: int, actor: Actor) -> Application:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related("revision", "party")
    )
    if not acts_for(actor.person_id, application.party_id):
        raise NotAllowed(_("Dit is niet uw aanvraag."))
    return application


def _writable(application_id: int, actor: Actor) -> Application:
    application = _owned(application_id, actor)
    _refuse_state(application)
    return application


def _refuse_state(application: Application) -> None:
    if application.state not in ASKED | INVITED:
        raise Conflict(
            _("Bij deze aanvraag kan nu geen verslag worden geschreven."), code="wrong_state"
        )


def _report(application: Application, seen_version: int | None) -> Report:
    report = Report.objects.filter(application=application).first()
    if report is None:
        report = Report(application=application, version=0, saved_at=clock.now())
    if report.handed_in:
        raise Conflict(_("Dit verslag is al ingediend en verandert niet meer."), code="handed_in")
    _refuse_stale(report, seen_version)
    return report


def _refuse_stale(report: Report, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != report.version:
        raise Conflict(
            _(
                "Dit verslag is intussen in een ander venster of door een ander bewaard. "
                "Uw invoer staat hieronder nog; kijk eerst wat er veranderd is."
            ),
            code="stale",
        )


def _content(report: Report) -> Content:
    return Content(**{name: getattr(report, name) for name in Content.__slots__})


def _impossible(content: Content) -> list[tuple[str, str]]:
    problems = []
    for name in ("done", "learned"):
        if len(getattr(content, name)) > LONGEST:
            sentence = _("Dit is te lang: hooguit %(most)s tekens.") % {"most": LONGEST}
            problems.append((name, sentence))
    limits = {"participants": LARGEST_NUMBER, "volunteer_hours": LARGEST_NUMBER}
    limits["costs_cents"] = LARGEST_CENTS
    for name, most in limits.items():
        value = getattr(content, name)
        if value is not None and not 0 <= value <= most:
            problems.append((name, _("Dit getal kan niet kloppen.")))
    return problems


def _missing(report: Report, photos: list[Photo], *, asked: bool) -> list[tuple[str, str]]:
    """What a handed-in report cannot do without. A story is free but for its words."""
    problems = []
    if not report.done.strip():
        problems.append(("done", _("Vertel wat u hebt gedaan.")))
    if asked:
        wanted = {
            "participants": _("Vul in hoeveel mensen meededen. Niemand? Vul dan 0 in."),
            "volunteer_hours": _("Vul in hoeveel uur vrijwilligers hielpen. Geen? Vul dan 0 in."),
            "costs_cents": _("Vul in wat het heeft gekost."),
        }
        problems += [
            (name, sentence) for name, sentence in wanted.items() if getattr(report, name) is None
        ]
        if not report.learned.strip():
            problems.append(("learned", _("Schrijf op wat u hebt geleerd.")))
    if photos and not report.photo_consent:
        problems.append(
            (
                "photo_consent",
                _("Bij foto's: zeg dat wie erop staat het goed vindt, of haal de foto's weg."),
            )
        )
    return problems


def _seal(report: Report, photos: list[Photo], actor: Actor) -> None:
    now = clock.now()
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).update(sealed_at=now)
    report.text = canonical(report_text(report, photos))
    report.salt = new_salt()
    report.hash = salted_hash(report.salt, report.text)
    report.handed_in_at = now
    report.handed_in_by_id = actor.person_id
    report.version += 1
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as kept:
        raise Conflict(_("Dit verslag is al ingediend."), code="handed_in") from kept


def report_text(report: Report, photos: list[Photo]) -> dict[str, Any]:
    """What the hash of a report covers: every answer, and the hash of every picture."""
    content = _content(report)
    return {
        "application": str(report.application.uid),
        **{name: getattr(content, name) for name in Content.__slots__},
        "photos": [{"sha256": photo.sha256, "description": photo.description} for photo in photos],
    }


def _tell_story(application: Application, fact: AcceptedReport, actor: Actor) -> None:
    record(
        stream=("application", str(application.uid)),
        type="accountability.story_handed_in",
        facts=fact.as_facts(),
        actor=actor,
    )
