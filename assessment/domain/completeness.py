"""Is everything there? Item by item; what is missing is asked in one letter (Awb 4:5, 4:15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from applications.domain.signing import last_signed_at
from applications.facts import Completeness, Missing
from applications.lifecycle import move, refuse_stale
from applications.models import Application, Snapshot, Suspension
from applications.states import State
from applications.term import decision_due
from assessment.domain import receipt
from assessment.domain.interests import refuse_unstated
from assessment.domain.items import labels, refresh
from assessment.models import CompletenessItem, SupplementRequest
from documents.domain.letters import order_letter
from documents.letters.facts import LetterKind, Repair
from documents.letters.facts import Missing as MissingLine
from regeling.definition import DistributionRule, known
from regeling.models import Call
from regeling.terms import repair_term
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.canon import canonical
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Refused

Status = CompletenessItem.Status


def start_check(
    *, application_id: int, actor: Actor, seen_version: int | None = None
) -> Application:
    """Begin the check: list everything that the regulation asks of this applicant."""
    with transaction.atomic():
        refuse_unstated(application_id, actor)
        application = move(
            application_id=application_id,
            transition="start_completeness_check",
            actor=actor,
            seen_version=seen_version,
        )
        refresh(application)
        return application


def mark_items(
    *,
    application_id: int,
    marks: Mapping[int, tuple[str, str]],
    actor: Actor,
    seen_version: int | None = None,
) -> None:
    """Say of items (by key) whether they are there: (``present`` or ``missing``, what is missing).

    Signatures are not marked: the system knows whether they are there. Refuses a missing item
    without a word on what should come.
    """
    with transaction.atomic():
        application = _checking(application_id, actor, seen_version)
        refresh(application)
        items = {
            item.pk: item
            for item in CompletenessItem.objects.filter(application=application).exclude(
                kind=CompletenessItem.Kind.SIGNATURE
            )
        }
        for key, (status, note) in marks.items():
            item = items.get(key)
            if item is None or status not in (Status.PRESENT, Status.MISSING):
                raise Refused(_("Dit onderdeel hoort niet bij deze aanvraag."), code="item")
            if status == Status.MISSING and not note.strip():
                raise Refused(
                    _("Schrijf op wat er nog moet komen."), field=f"note_{key}", code="note"
                )
            item.status, item.note = status, note.strip() if status == Status.MISSING else ""
            item.checked_by_id, item.checked_at = actor.person_id, clock.now()
            item.save()


def ask_supplement(
    *, application_id: int, actor: Actor, seen_version: int | None = None
) -> SupplementRequest:
    """Ask for everything that is missing, in one letter with one last day.

    The decision term stands still from the day after (4:15). Refuses while an item is not looked
    at, or when nothing is missing.
    """
    with transaction.atomic():
        _lock_call(application_id)
        application = _checking(application_id, actor, seen_version)
        refresh(application)
        items = list(CompletenessItem.objects.filter(application=application).order_by("pk"))
        _refuse_unseen(items)
        missing = [item for item in items if item.status == Status.MISSING]
        asked_on = clock.today()
        weeks = known(application.revision.definition.terms.repair_weeks, "terms.repair_weeks")
        term = repair_term(asked_on=asked_on, weeks=weeks)
        names = labels(application, missing)
        request = SupplementRequest.objects.create(
            application=application,
            items=canonical([[item.kind, item.code, item.note] for item in missing]),
            asked_on=asked_on,
            due_on=term.day,
            asked_by_id=actor.person_id,
        )
        Suspension.objects.create(
            application=application, ground="supplement", asked_on=asked_on, due_on=term.day
        )
        move(
            application_id=application_id,
            transition="ask_supplement",
            actor=actor,
            fact=Missing(
                items=tuple(f"{item.kind}:{item.code}" for item in missing),
                due_on=term.day,
                request=str(request.uid),
            ),
            changes={"decision_due": decision_due(application)},
        )
        order_letter(
            application_id=application_id,
            kind=LetterKind.REPAIR_REQUEST,
            about=_letter(application, missing, names, request),
            actor=actor,
        )
        receipt.serve(call_id=application.call_id, actor=actor)
        return request


def resume_check(
    *, application_id: int, actor: Actor, seen_version: int | None = None
) -> Application:
    """Go on without the supplement, once its term is over: what is there is judged as it is.

    The way that is left when the four weeks for "not treated" are over (4:5(4)), and open before.
    """
    with transaction.atomic():
        refuse_unstated(application_id, actor)
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "call", "revision", "party"
            )
        )
        refuse_stale(application, seen_version)
        request = SupplementRequest.objects.filter(
            application=application, answered_at=None
        ).first()
        if request is None or clock.today() <= request.due_on:
            raise Refused(_("De aanvrager kan nog aanvullen."), article="Awb 4:5", code="term")
        record(
            stream=("application", str(application.uid)),
            type="assessment.check_resumed",
            facts={"request": str(request.uid)},
            actor=actor,
        )
        # The clock stood still until the term passed, not until somebody noticed (4:15).
        Suspension.objects.filter(application=application, ended_on=None).update(
            ended_on=request.due_on
        )
        moved = move(
            application_id=application_id,
            transition="receive_supplement",
            actor=SYSTEM,
            changes={"decision_due": decision_due(application)},
        )
        received(moved)
        return moved


def received(application: Application) -> None:
    """What was missing is to be looked at again; inside the caller's transaction."""
    open_requests = SupplementRequest.objects.filter(application=application, answered_at=None)
    if open_requests.update(answered_at=clock.now()):
        CompletenessItem.objects.filter(application=application, status=Status.MISSING).update(
            status=Status.OPEN, note="", checked_by=None, checked_at=None
        )
        refresh(application)


def complete(*, application_id: int, actor: Actor, seen_version: int | None = None) -> Application:
    """Everything is there. ``complete_at`` is the moment on which the last of it came in (4:26).

    Where order of receipt counts, places are given and money is reserved. Refuses while an item is
    missing or was not looked at.
    """
    with transaction.atomic():
        _lock_call(application_id)
        application = _checking(application_id, actor, seen_version)
        refresh(application)
        items = list(CompletenessItem.objects.filter(application=application))
        _refuse_unseen(items)
        if any(item.status == Status.MISSING for item in items):
            raise Refused(
                _("Er ontbreekt nog iets. Vraag de aanvrager om een aanvulling."),
                article="Awb 4:5",
                code="missing",
            )
        at = _complete_at(application)
        moved = move(
            application_id=application_id,
            transition="complete",
            actor=actor,
            fact=Completeness(complete_at=at, place=None),
            changes={"complete_at": at},
        )
        receipt.serve(call_id=application.call_id, actor=actor)
        moved.refresh_from_db()
        return moved


def _complete_at(application: Application) -> datetime:
    """The moment on which the last came in: the submission, a supplement or a signature."""
    supplements = Snapshot.objects.filter(
        application=application, kind=Snapshot.Kind.SUPPLEMENT
    ).values_list("made_at", flat=True)
    moments = [application.submitted_at, last_signed_at(application), *supplements]
    return max(at for at in moments if at is not None)


def _checking(application_id: int, actor: Actor, seen_version: int | None) -> Application:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related("call", "revision", "party")
    )
    refuse_unstated(application_id, actor)
    refuse_stale(application, seen_version)
    if application.state != State.COMPLETENESS_CHECK:
        raise Refused(_("Deze aanvraag wordt nu niet op volledigheid bekeken."), code="state")
    received(application)
    return application


def _refuse_unseen(items: list[CompletenessItem]) -> None:
    if any(item.status == Status.OPEN for item in items):
        raise Refused(_("Bekijk eerst elk onderdeel."), field="items", code="unseen")


def _lock_call(application_id: int) -> None:
    """Calls come before applications in the order of locks."""
    call_id = Application.objects.values_list("call_id", flat=True).get(pk=application_id)
    lock_one(Call.objects.filter(pk=call_id))


def _letter(
    application: Application,
    missing: list[CompletenessItem],
    names: dict[int, str],
    request: SupplementRequest,
) -> Repair:
    call = application.call
    closes_at = call.closes_at
    again_until = None
    if closes_at and closes_at > clock.now():
        again_until = clock.day(closes_at - timedelta(microseconds=1))
    return Repair(
        missing=tuple(MissingLine(what=names[item.pk], why=item.note) for item in missing),
        deliver_by=request.due_on,
        clock_stops_on=request.asked_on,
        complete_day_counts=call.distribution_rule == DistributionRule.RECEIPT,
        window_closes_on=again_until,
    )
