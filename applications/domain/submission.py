"""Submit, supplement, withdraw: what the initiator sends in, exactly once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.people import acts_for
from applications.answers import answers_of
from applications.columns import columns_from, search_text
from applications.domain.cards import card_to_keep, writable
from applications.domain.queries import card
from applications.domain.queries.form import facts_of, problems_of, with_files
from applications.domain.signing import signable_text, signers, void_signatures
from applications.domain.texts import refuse_older_text
from applications.facts import Sent
from applications.lifecycle import move, refuse_stale
from applications.models import Application, Involvement, Snapshot, Suspension
from applications.numbers import next_number
from applications.states import BEFORE_SUBMISSION, State
from applications.term import decision_due
from regeling.answers import asked
from regeling.definition import DistributionRule
from regeling.domain import ledger
from regeling.models import Call
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, new_salt, salted_hash
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused

CARD = "card"
"""How a problem of the public card is named, before its field ("card:text")."""
MATERIAL = ("amount_asked", "activity")


class TooLate(Refused):
    """The call has closed; the applicant may keep the draft or send it all the same."""

    def __init__(self, late_by: timedelta) -> None:
        super().__init__(
            _("De openstelling is gesloten. U bent %(late)s te laat.") % {"late": words(late_by)},
            article="Awb 4:26",
            code="late",
        )
        self.late_by = late_by


class Invalid(Refused):
    """Answers are missing or wrong; ``problems`` has (question, sentence) for each."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(
            _("Nog niet alles is goed ingevuld."), field=problems[0][0], code="invalid"
        )
        self.problems = problems


def submit(
    *,
    application_id: int,
    actor: Actor,
    seen_version: int | None = None,
    although_late: bool = False,
) -> Application:
    """Send in an application (Awb 4:1, 4:2). A second click gives the same result.

    Fixes the revision, keeps a snapshot of all answers, gives the number and, where order counts,
    a provisional place. Refuses without the lead's signature, with wrong answers (``Invalid``),
    before the opening, after closing (``TooLate``) unless ``although_late``, and under an older
    text where the newer one governs drafts too.
    """
    with transaction.atomic():
        call_id = Application.objects.values_list("call_id", flat=True).get(pk=application_id)
        call = lock_one(Call.objects.filter(pk=call_id))  # one at a time: places have an order
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "call__revision", "revision", "party"
            )
        )
        if not acts_for(actor.person_id, application.party_id):
            raise NotAllowed(_("Dit is niet uw aanvraag."))
        if application.state not in BEFORE_SUBMISSION:
            return application
        refuse_stale(application, seen_version)
        now = clock.now()
        late = call.closes_at is not None and now >= call.closes_at
        if late and not although_late:
            raise TooLate(now - call.closes_at)  # type: ignore[operator]  # late: it closes
        refuse_older_text(application)
        answers = _checked(application, answers_of(application))
        _refuse_without_card(application)
        _refuse_unsigned(application)
        return _send(application, answers, actor, now, late=late)


def withdraw(*, application_id: int, actor: Actor, seen_version: int | None = None) -> Application:
    """Withdraw an application before its decision is announced; reserved money becomes free."""
    with transaction.atomic():
        application = lock_one(Application.objects.filter(pk=application_id).select_related("call"))
        if application.state == State.WITHDRAWN:
            return application
        moved = move(
            application_id=application_id,
            transition="withdraw",
            actor=actor,
            seen_version=seen_version,
            changes={"decision_due": None},
        )
        reserved = ledger.reserved_for(application_uid=application.uid)
        if reserved:
            ledger.unreserve(booking=booking(moved), cents=reserved, day=clock.today(), actor=actor)
        end_suspension(application_id=application_id)
        return moved


def supplement(
    *,
    application_id: int,
    changes: dict[str, Any],
    actor: Actor,
    seen_version: int | None = None,
) -> Application:
    """Hand in what was asked (4:5, 4:15): a new snapshot beside the first; the clock runs again.

    A change of amount or activities voids the signatures, which are then asked again. Raises
    ``Invalid`` when the answers are wrong.
    """
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "call", "revision", "party"
            )
        )
        if application.state != State.AWAITING_SUPPLEMENT:
            raise Conflict(_("Er wordt nu geen aanvulling gevraagd."), code="wrong_state")
        refuse_stale(application, seen_version)
        answers = _checked(application, {**answers_of(application), **changes})
        _refuse_without_card(application)
        columns = columns_from(application.revision.definition, answers)
        if any(columns[name] != getattr(application, name) for name in MATERIAL):
            void_signatures(application)
        fact = _keep(application, answers, columns, Snapshot.Kind.SUPPLEMENT, actor)
        end_suspension(application_id=application.pk)
        return move(
            application_id=application.pk,
            transition="receive_supplement",
            actor=actor,
            fact=fact,
            changes={**columns, "decision_due": decision_due(application)},
        )


def end_suspension(*, application_id: int) -> None:
    """The clock runs again from today (4:15)."""
    Suspension.objects.filter(application_id=application_id, ended_on=None).update(
        ended_on=clock.today()
    )


def booking(application: Application) -> ledger.Booking:
    """Under which codes the ledger books this application."""
    return ledger.Booking(
        call_id=application.call_id,
        application_uid=application.uid,
        region=application.region,
        activity=application.activity,
        municipality=application.municipality,
        tier=application.tier,
        theme=application.theme,
        received_at=application.submitted_at,
    )


def words(span: timedelta) -> str:
    """A span in words: "3 dagen", "2 uur", "4 minuten"."""
    if span >= timedelta(days=1):
        return ngettext("%(n)s dag", "%(n)s dagen", span.days) % {"n": span.days}
    if span >= timedelta(hours=1):
        hours = span // timedelta(hours=1)
        return ngettext("%(n)s uur", "%(n)s uur", hours) % {"n": hours}
    minutes = max(1, -(-span // timedelta(minutes=1)))
    return ngettext("%(n)s minuut", "%(n)s minuten", minutes) % {"n": minutes}


def _checked(application: Application, answers: dict[str, Any]) -> dict[str, Any]:
    """What is sent: the answers to questions that are asked, with the files that are there now.

    Raises ``Invalid`` with every sentence about what is missing or wrong.
    """
    definition, facts = application.revision.definition, facts_of(application)
    given = with_files(application, answers)
    problems = problems_of(application, given)
    if problems:
        raise Invalid(tuple((each.question, each.sentence) for each in problems))
    there = {question.code for question in asked(definition, given, facts)}
    kind = definition.applicants.of(application.applicant_class)
    there |= {evidence.code for evidence in kind.evidence} if kind else set()
    return {code: value for code, value in given.items() if code in there}


def _refuse_without_card(application: Application) -> None:
    """Where the card is asked now: written, complete and agreed to."""
    found = card.problems(application) if writable(application) else ()
    if found:
        raise Invalid(tuple((f"{CARD}:{each.field}", each.sentence) for each in found))


def _refuse_unsigned(application: Application) -> None:
    lead = signers(application)[0]
    if lead.status != "signed":
        raise Refused(
            _("De aanvrager of penvoerder moet de aanvraag eerst ondertekenen."),
            article="Awb 4:2",
            field="signature",
            code="lead_signature",
        )


def _send(
    application: Application, answers: dict[str, Any], actor: Actor, now: datetime, *, late: bool
) -> Application:
    columns = columns_from(application.revision.definition, answers)
    number = next_number(kind=application.call.kind, year=clock.day(now).year)
    place = None
    if not late and application.call.distribution_rule == DistributionRule.RECEIPT:
        sent = Application.objects.filter(call=application.call_id, provisional_place__isnull=False)
        place = sent.count() + 1
    fact = _keep(application, answers, columns, Snapshot.Kind.SUBMISSION, actor, place=place)
    application.number = number
    for name, value in columns.items():
        setattr(application, name, value)
    application.submitted_at = now
    Involvement.objects.filter(
        application=application, kind=Involvement.Kind.COACH, until=None
    ).update(until=now)
    return move(
        application_id=application.pk,
        transition="submit_late" if late else "submit",
        actor=actor,
        fact=fact,
        changes={
            **columns,
            "number": number,
            "submitted_at": now,
            "saved_at": now,
            "draft": "{}",
            "search": search_text(application),
            "provisional_place": place,
            "decision_due": decision_due(application),
        },
    )


def _keep(
    application: Application,
    answers: dict[str, Any],
    columns: dict[str, Any],
    kind: str,
    actor: Actor,
    place: int | None = None,
) -> Sent:
    body = json.loads(signable_text(application))
    shown = card_to_keep(application)
    text = canonical({**body, "answers": answers, **({"card": shown} if shown else {})})
    salt = new_salt()
    row = Snapshot.objects.create(
        application=application,
        number=Snapshot.objects.filter(application=application).count() + 1,
        kind=kind,
        text=text,
        salt=salt,
        hash=salted_hash(salt, text),
        made_at=clock.now(),
        made_by_id=actor.person_id,
    )
    return Sent(
        snapshot=str(row.uid),
        hash=row.hash,
        asked_cents=columns["amount_asked"],
        region=columns["region"],
        municipality=columns["municipality"],
        activity=columns["activity"],
        applicant_class=application.applicant_class,
        place=place,
    )
