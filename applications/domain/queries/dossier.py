"""What the dossier page tells: what happened, what comes next, and by when at the latest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Party
from applications.models import Application, Involvement, Suspension
from applications.rules import visible
from applications.states import DECIDED, State
from applications.term import decision_term_of
from timeline import clock
from timeline.models import Event


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline: when, what, who (a name, or "naam verwijderd")."""

    at: datetime
    type: str
    sentence: str
    who: str


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next, who does it, by when at the latest and why that day."""

    sentence: str
    who: str
    by: date | None = None
    why: str = ""
    article: str = ""


def find(person_id: int | None, uid: UUID) -> Application:
    """The dossier with this uid if this person may see it; else ``Application.DoesNotExist``."""
    return (
        visible(person_id)
        .select_related("call__revision__regulation__authority", "revision__regulation", "party")
        .get(uid=uid)
    )


def mine(party_ids: Iterable[int]) -> list[Application]:
    """The dossiers of these parties, newest first."""
    rows = Application.objects.filter(party_id__in=list(party_ids))
    return list(rows.select_related("call", "party").order_by("-saved_at"))


def history(application: Application) -> list[Happening]:
    """Everything that happened in this dossier that others saw, oldest first."""
    events = list(
        Event.objects.filter(stream__kind="application", stream__uid=str(application.uid)).order_by(
            "number"
        )
    )
    uids = {event.actor_uid for event in events} - {"system"}
    names = dict(Party.objects.filter(uid__in=uids).values_list("uid", "name"))
    known = {str(uid): name for uid, name in names.items()}
    return [
        Happening(event.recorded_at, event.type, _sentence(event), _name(event, known))
        for event in events
    ]


def next_step(application: Application) -> Next:
    """What happens next with this dossier, in one sentence."""
    state = State(application.state)
    term = decision_term_of(application)
    by, why, article = (term.day, term.reason, term.article) if term else (None, "", "")
    waiting = Suspension.objects.filter(application=application, ended_on=None).first()
    match state:
        case State.DRAFT | State.IN_COACHING:
            closes_at = application.call.closes_at
            return Next(
                _("Vul de aanvraag in, onderteken haar en dien haar in."),
                _("U"),
                clock.day(closes_at) if closes_at else None,
                _("Dan sluit de openstelling.") if closes_at else "",
            )
        case State.AWAITING_SUPPLEMENT:
            return Next(
                _("Vul aan wat er nog ontbreekt. Tot dan staat onze beslistermijn stil."),
                _("U"),
                waiting.due_on if waiting else None,
                _("Dan eindigt de termijn om aan te vullen."),
                "Awb 4:5, 4:15",
            )
        case State.SUBMITTED | State.COMPLETENESS_CHECK:
            return Next(_("Wij kijken of de aanvraag volledig is."), _("Wij"), by, why, article)
        case State.IN_REVIEW:
            return Next(_("Wij beoordelen de aanvraag."), _("Wij"), by, why, article)
        case State.ELIGIBLE_FOR_VOTE:
            return Next(_("De aanvraag gaat mee in de stemming."), _("Wij"), by, why, article)
        case State.VOTING:
            return Next(_("Er wordt gestemd."), _("De stemmers"), by, why, article)
        case State.REPORT_DUE:
            return Next(
                _("Vertel wat u hebt gedaan: stuur uw verslag."),
                _("U"),
                application.report_due_on,
                _("Dan moet het verslag er zijn."),
                "Awb 4:44",
            )
    if state in DECIDED or state in (State.SETTLED, State.LOWER_SETTLED):
        return Next(_("Er is besloten. De brief staat hieronder."), "")
    if state is State.IN_EXECUTION:
        return Next(
            _("U voert uw initiatief uit."),
            _("U"),
            application.end_date,
            _("Dat is de einddatum uit uw aanvraag."),
        )
    if state is State.SETTLEMENT_REQUESTED:
        return Next(_("Wij bekijken uw verslag en stellen de subsidie vast."), _("Wij"))
    if state in (State.WITHDRAWN, State.CLOSED):
        return Next(_("Er hoeft niets meer te gebeuren."), "")
    if state is State.HEARING:
        return Next(_("Wij horen graag wat u van ons voornemen vindt."), _("U"))
    return Next(_("Wij nemen een besluit."), _("Wij"), by, why, article)


def coaches(application: Application) -> list[str]:
    """Names of the brokers who read along, or did."""
    rows = Involvement.objects.filter(application=application, kind=Involvement.Kind.COACH)
    return list(rows.order_by("pk").values_list("person__name", flat=True))


def _name(event: Event, names: dict[str, str]) -> str:
    if event.actor_uid == "system":
        return _("automatisch")
    return names.get(event.actor_uid) or _("naam verwijderd")


def _sentence(event: Event) -> str:
    target = event.facts.get("to")
    if event.type == "applications.signed":
        return _("Ondertekend")
    if event.type == "applications.signature_declined":
        return _("Niet ondertekend")
    if event.type == "applications.supplement_received":
        return _("Aanvulling ontvangen")
    if event.type == "applications.coaching_ended":
        return _("De makelaar leest niet meer mee")
    return str(State(target).label) if target in State.values else event.type
