"""The decision maker departs from a vote or an advice, for one application, with a reason.

Only where the regulation lets vote or panel advise, or where a vote that too few took part in does
no more than that: where they decide, there is nothing to depart from.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import holds
from accounts.domain.people import acts_for
from accounts.roles import Role
from applications.models import Application, Involvement
from applications.states import State
from assessment.domain import award, tally
from assessment.domain.amounts import calculation_of
from assessment.domain.closing import turnout
from assessment.domain.frozen import rules_of
from assessment.domain.queries.panels import panel_outcome
from assessment.domain.stewards import locked, tell
from assessment.models import Departure, Ranking, VoteOption, VoteRound
from regeling.definition import Power, RouteStep
from regeling.models import Call
from regeling.words import euro_words
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

NO_LONGER_BINDS = ("advice_only", "committee")
"""What a missed quorum may lead to that leaves the vote an advice."""


def depart(
    *, application_id: int, cents: int, reason: str, actor: Actor, seen_hash: str | None = None
) -> Departure:
    """Give an application ``cents`` instead of what follows from vote or advice; zero refuses it
    (Awb 3:50).

    ``seen_hash`` is the outcome that was seen beside it; another one by now is a conflict. The
    ranking must be made again before it can be confirmed. Refuses whoever does not decide here or
    has an interest, a vote or panel that decides, a ranking that is fixed, more than the regulation
    gives, and a second departure beside one that stands.
    """
    with transaction.atomic():
        application, round_ = _locked(application_id)
        refuse_who_does_not_decide(application, actor)
        refuse_late(application, round_)
        refuse_binding(application, round_)
        if not reason.strip():
            raise Refused(_("Schrijf op waarom u afwijkt."), article="Awb 3:50", field="reason")
        most = most_for(application, round_)
        if not 0 <= cents <= most:
            raise Refused(
                _("Kies een bedrag van niets tot en met %(most)s.") % {"most": euro_words(most)},
                field="cents",
            )
        if round_ is not None and seen_hash is not None and seen_hash != seen_of(round_):
            raise Conflict(
                _("De uitslag is veranderd sinds u deze pagina opende. Bekijk haar opnieuw."),
                code="stale",
            )
        if standing(application.pk):
            raise Conflict(
                _("Bij deze aanvraag is al afgeweken. Neem dat eerst terug."), code="stands"
            )
        made = Departure.objects.create(
            application=application,
            round=round_,
            cents=cents,
            reason=reason.strip(),
            person_id=actor.person_id,
            recorded_at=clock.now(),
        )
        _tell(made, "departed", actor)
        return made


def take_back(*, departure_id: int, actor: Actor) -> Departure:
    """Take a departure back, with the same conditions; its row stays. Twice changes nothing."""
    with transaction.atomic():
        row = Departure.objects.get(pk=departure_id)
        application, round_ = _locked(row.application_id)
        refuse_who_does_not_decide(application, actor)
        row.refresh_from_db()
        if row.taken_back_at is not None:
            return row
        refuse_late(application, round_)
        row.taken_back_at = clock.now()
        Departure.objects.filter(pk=row.pk).update(taken_back_at=row.taken_back_at)
        _tell(row, "departure_taken_back", actor)
        return row


def standing(application_id: int) -> Departure | None:
    """The departure that stands for an application; None where nobody departed."""
    rows = Departure.objects.filter(application_id=application_id, taken_back_at=None)
    return rows.select_related("person", "round").first()


def most_for(application: Application, round_: VoteRound | None) -> int:
    """The most that can be given, in cents: what stood on the ballot, else what the regulation
    gives."""
    if round_ is None:
        return calculation_of(application).granted
    return VoteOption.objects.get(round=round_, application=application).amount_cents


def seen_of(round_: VoteRound) -> str:
    """The hash of the outcome that stands now; empty while there is none."""
    found = Ranking.objects.filter(round=round_).values_list("outcome_hash", flat=True).first()
    return found or ""


def only_advises(round_: VoteRound) -> bool:
    """Whether this vote binds nobody: by its rules, or because too few took part."""
    params = rules_of(round_)
    if params["power"] == Power.ADVISES:
        return True
    if params["quorum"]["consequence"] not in NO_LONGER_BINDS or not round_.tally:
        return False
    rights = {name: given for name, _used, given in turnout(round_)}
    return not award.quorum(params, tally.from_text(round_.tally), rights).met


def refuse_binding(application: Application, round_: VoteRound | None) -> None:
    """Refuse where the vote or the panel decides, and where nobody advised yet."""
    if round_ is not None:
        if not only_advises(round_):
            raise Refused(
                _("In deze regeling beslist de stemming. Daarvan kunt u niet afwijken."),
                code="decides",
            )
        return
    outcome = panel_outcome(application.pk)
    if outcome is None:
        raise Refused(_("Er is nog geen advies om van af te wijken."), code="no_advice")
    if outcome.decides:
        raise Refused(
            _("In deze regeling beslist %(name)s. Daarvan kunt u niet afwijken.")
            % {"name": outcome.name},
            code="decides",
        )


def decides(application: Application, person_id: int | None) -> bool:
    """Does this person take decisions about this application, by her grants?"""
    regulation = application.call.revision.regulation
    return holds(
        person_id,
        Role.DECISION_MAKER,
        authority=regulation.authority.code,
        regulation=regulation.slug,
        region=application.region,
    )


def refuse_who_does_not_decide(application: Application, actor: Actor) -> None:
    """Raise ``NotAllowed`` unless this person decides here and has no interest in it (2:4)."""
    if not decides(application, actor.person_id):
        raise NotAllowed(_("Afwijken kan alleen wie hier beslist."), code="actor")
    if acts_for(actor.person_id, application.party_id) or _is_recused(application, actor):
        raise NotAllowed(_("U hebt een belang bij deze aanvraag."), article="Awb 2:4", code="own")


def round_of(application_id: int) -> VoteRound | None:
    """The last round in which people voted about an application; None where nobody did."""
    option = VoteOption.objects.filter(application_id=application_id).order_by("pk").last()
    return option.round if option else None


def _is_recused(application: Application, actor: Actor) -> bool:
    rows = Involvement.objects.filter(application=application, kind=Involvement.Kind.RECUSED)
    recused = set(rows.filter(until=None).values_list("person_id", flat=True))
    return actor.person_id in recused


def _locked(application_id: int) -> tuple[Application, VoteRound | None]:
    """Call, round and application, locked in that order."""
    call_id = Application.objects.values_list("call_id", flat=True).get(pk=application_id)
    lock_one(Call.objects.filter(pk=call_id))
    round_ = round_of(application_id)
    if round_ is not None:
        round_ = locked(round_.pk)
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "call__revision__regulation__authority", "revision", "party"
        )
    )
    return application, round_


def refuse_late(application: Application, round_: VoteRound | None) -> None:
    """Only between the count and the fixing, or with a panel before a decision is drafted."""
    if round_ is None:
        if application.revision.definition.has(RouteStep.VOTE):
            raise Conflict(_("Over deze aanvraag wordt eerst gestemd."), code="state")
        if application.state != State.IN_REVIEW:
            raise Conflict(
                _(
                    "Er wordt al een besluit gemaakt. Neem eerst het getekende besluit terug; "
                    "daarna kunt u afwijken."
                ),
                code="decided",
            )
        return
    if round_.state in (VoteRound.State.DECIDED, VoteRound.State.UNLINKED):
        raise Conflict(
            _(
                "De rangschikking ligt vast. Afwijken kan nu alleen nog door een getekend besluit "
                "terug te nemen."
            ),
            code="fixed",
        )
    if round_.state != VoteRound.State.COUNTED:
        raise Conflict(_("Afwijken kan pas als de stemmen zijn geteld."), code="state")


def _tell(row: Departure, what: str, actor: Actor) -> None:
    """Tell it in the stream of the round, or of the dossier; the reason stands in the row."""
    facts = {"application": str(row.application.uid), "departure": str(row.uid), "cents": row.cents}
    if row.round is not None:
        tell(row.round, what, actor, **facts)
        return
    record(
        stream=("application", str(row.application.uid)),
        type=f"assessment.{what}",
        facts=facts,
        actor=actor,
    )
