"""What the dossier page tells: what happened, what comes next, and by when at the latest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Party
from applications.models import Application, Involvement, Suspension
from applications.rules import visible
from applications.states import State
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
    if state in _YOURS:
        return _YOURS[state](application)
    if state in OURS:
        term = decision_term_of(application)
        by, why, article = (term.day, term.reason, term.article) if term else (None, "", "")
        return Next(str(OURS[state]), _("Wij"), by, why, article)
    if state is State.SETTLEMENT_REQUESTED:
        return Next(_("Wij bekijken uw verslag en stellen de subsidie vast."), _("Wij"))
    if state in (State.WITHDRAWN, State.CLOSED):
        return Next(_("Er hoeft niets meer te gebeuren."), "")
    return Next(_("Er is besloten. De brief staat bij dit dossier."), "")


def _fill_in(application: Application) -> Next:
    closes_at = application.call.closes_at
    return Next(
        _("Vul de aanvraag in, onderteken haar en dien haar in."),
        _("U"),
        clock.day(closes_at - timedelta(microseconds=1)) if closes_at else None,
        _("Daarna is de openstelling gesloten.") if closes_at else "",
    )


def _supplement(application: Application) -> Next:
    waiting = Suspension.objects.filter(application=application, ended_on=None).first()
    return Next(
        _("Vul aan wat er nog ontbreekt. Tot dan staat onze beslistermijn stil."),
        _("U"),
        waiting.due_on if waiting else None,
        _("Dan eindigt de termijn om aan te vullen."),
        "Awb 4:5, 4:15",
    )


def _carry_out(application: Application) -> Next:
    return Next(
        _("U voert uw initiatief uit."),
        _("U"),
        application.end_date,
        _("Dat is de einddatum uit uw aanvraag."),
    )


def _report(application: Application) -> Next:
    return Next(
        _("Vertel wat u hebt gedaan: stuur uw verslag."),
        _("U"),
        application.report_due_on,
        _("Dan moet het verslag er zijn."),
        "Awb 4:44",
    )


_YOURS: dict[State, Callable[[Application], Next]] = {
    State.DRAFT: _fill_in,
    State.IN_COACHING: _fill_in,
    State.AWAITING_SUPPLEMENT: _supplement,
    State.IN_EXECUTION: _carry_out,
    State.REPORT_DUE: _report,
}
OURS = {
    State.SUBMITTED: _lazy("Wij kijken of de aanvraag volledig is."),
    State.LATE: _lazy("Uw aanvraag kwam te laat. U krijgt daarover een besluit."),
    State.COMPLETENESS_CHECK: _lazy("Wij kijken of de aanvraag volledig is."),
    State.IN_REVIEW: _lazy("Wij beoordelen de aanvraag."),
    State.ELIGIBLE_FOR_VOTE: _lazy("De aanvraag gaat mee in de stemming."),
    State.VOTING: _lazy("Er wordt gestemd."),
    State.RANKED: _lazy("De uitslag ligt vast. Wij nemen een besluit."),
    State.RESERVE: _lazy("De aanvraag staat op de reservelijst. Wij nemen een besluit."),
    State.HEARING: _lazy("Wij horen graag wat u van ons voornemen vindt."),
    State.DECISION_DRAFT: _lazy("Wij nemen een besluit."),
}


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
