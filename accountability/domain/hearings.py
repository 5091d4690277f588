"""Ask the applicant for her view before a lower settlement, and record what she says."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accountability.grounds import ground_reason
from accountability.models import Hearing, SettlementProposal
from accounts.domain.people import acts_for
from applications.guards import may_judge
from applications.models import Application
from applications.states import State
from documents.domain.letters import order_letter
from documents.letters.facts import Intent, LetterKind, Reason
from regeling.definition import Unknown
from regeling.terms import hearing_term
from timeline import clock
from timeline.actor import Actor
from timeline.canon import new_salt, salted_hash
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

BEFORE_SETTLEMENT = frozenset({State.SETTLEMENT_REQUESTED, State.REPORT_DUE})
LONGEST = 6000


def ask_hearing(
    *,
    application_id: int,
    ground: str,
    intended_cents: int,
    intent: str,
    actor: Actor,
    due_on: date | None = None,
) -> Hearing:
    """Ask for a response before settling lower (Awb 4:12(2)); the letter with it follows.

    ``ground`` is that of 4:46(2) ("a".."d"), ``intended_cents`` the amount on which we mean to
    settle, ``intent`` why. ``due_on`` is the last day for the response: the regulation's term or a
    later day; needed where the regulation names no term. Refuses who may not judge, a dossier
    without report that is not due either, and a second question while one is open.
    """
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "call__revision", "revision"
            )
        )
        if not may_judge(application, actor.person_id):
            raise NotAllowed(_("U mag over deze aanvraag geen zienswijze vragen."))
        if application.state not in BEFORE_SETTLEMENT:
            raise Conflict(
                _("Bij deze stand van zaken vraagt u geen zienswijze."), code="wrong_state"
            )
        if not intent.strip():
            raise Refused(
                _("Schrijf op wat wij willen besluiten en waarom."),
                article="Awb 4:7",
                field="intent",
            )
        _refuse_amount(application, ground, intended_cents)
        today = clock.today()
        last = _last_day(application, today, due_on)
        if open_hearing(application.pk) is not None:
            raise Conflict(_("Er is al een zienswijze gevraagd en de termijn loopt nog."))
        try:
            with transaction.atomic():
                hearing = Hearing.objects.create(
                    application=application,
                    ground=ground,
                    intent=intent.strip(),
                    intended_cents=intended_cents,
                    asked_by_id=actor.person_id,
                    asked_on=today,
                    due_on=last,
                )
        except IntegrityError:
            raise Conflict(_("Er is vandaag al een zienswijze gevraagd.")) from None
        _follow_up(application, hearing, actor)
        return hearing


def respond(*, hearing_id: int, response: str, actor: Actor) -> Hearing:
    """Record the applicant's response, once: from her own sign-in, or taken down by who judges.

    A response after the last day still counts while nothing was proposed.
    """
    with transaction.atomic():
        application_id = Hearing.objects.values_list("application_id", flat=True).get(pk=hearing_id)
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("call__revision")
        )
        hearing = lock_one(Hearing.objects.filter(pk=hearing_id))
        own = acts_for(actor.person_id, application.party_id)
        if not own and not may_judge(application, actor.person_id):
            raise NotAllowed(_("U mag hier geen zienswijze geven."))
        if hearing.responded_at is not None:
            raise Conflict(_("Uw zienswijze is al ontvangen."), code="answered")
        if SettlementProposal.objects.filter(hearing=hearing).exists():
            raise Conflict(_("Er ligt al een voorstel. Bel ons als u nog iets wilt zeggen."))
        text = response.strip()
        if not text:
            raise Refused(_("Schrijf uw zienswijze op."), field="response")
        if len(text) > LONGEST:
            raise Refused(
                _("Dit is te lang: hooguit %(most)s tekens.") % {"most": LONGEST}, field="response"
            )
        hearing.response = text
        hearing.responded_at = clock.now()
        hearing.responded_by_id = actor.person_id
        hearing.salt = new_salt()
        hearing.hash = salted_hash(hearing.salt, text)
        hearing.save()
        record(
            stream=("application", str(application.uid)),
            type="accountability.hearing_answered",
            facts={"hearing": str(hearing.uid), "hash": hearing.hash},
            actor=actor,
        )
        return hearing


def open_hearing(application_id: int) -> Hearing | None:
    """The hearing that still waits for a response within its term."""
    rows = Hearing.objects.filter(
        application_id=application_id,
        responded_at=None,
        due_on__gte=clock.today(),
    )
    return rows.order_by("-asked_on").first()


def held(application_id: int) -> Hearing | None:
    """The last hearing that is over: answered, or its term passed without an answer (4:12(2))."""
    rows = Hearing.objects.filter(application_id=application_id)
    last = rows.order_by("-asked_on").first()
    if last is None or (last.responded_at is None and last.due_on >= clock.today()):
        return None
    return last


def _refuse_amount(application: Application, ground: str, cents: int) -> None:
    if ground not in Hearing.Ground.values:
        raise Refused(_("Kies de grond."), article="Awb 4:46(2)", field="ground")
    if not 0 <= cents < (application.awarded_cents or 0):
        raise Refused(
            _("Het bedrag is lager dan verleend en niet lager dan nul."), field="intended_cents"
        )


def _last_day(application: Application, today: date, due_on: date | None) -> date:
    weeks = application.revision.definition.terms.hearing_weeks
    if isinstance(weeks, Unknown):
        if due_on is None or due_on <= today:
            raise Refused(
                _("De regeling noemt geen termijn. Kies zelf tot wanneer de aanvrager reageert."),
                field="due_on",
            )
        return due_on
    term = hearing_term(asked_on=today, weeks=weeks).day
    if due_on is not None and due_on < term:
        raise Refused(_("De aanvrager krijgt minstens de termijn van de regeling."), field="due_on")
    return due_on or term


def _follow_up(application: Application, hearing: Hearing, actor: Actor) -> None:
    awb = application.revision.definition.identity.legal_regime != "private_fund"
    order_letter(
        application_id=application.pk,
        kind=LetterKind.INTENT_NOTICE,
        about=Intent(
            intended="lower_settlement",
            reasons=(ground_reason(hearing.ground, awb=awb), Reason(sentence=hearing.intent)),
            respond_by=hearing.due_on,
            intended_cents=hearing.intended_cents,
            awarded_cents=application.awarded_cents,
        ),
        actor=actor,
    )
    record(
        stream=("application", str(application.uid)),
        type="accountability.hearing_asked",
        facts={
            "hearing": str(hearing.uid),
            "ground": hearing.ground,
            "cents": hearing.intended_cents,
            "due_on": hearing.due_on,
        },
        actor=actor,
    )
