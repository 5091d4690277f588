"""What we propose to decide, with a reason for every application, handed over to documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from assessment.domain.amounts import calculation_of
from assessment.domain.hearings import may_decide, needs_hearing
from assessment.domain.interests import refuse_unstated
from assessment.domain.items import labels
from assessment.domain.queries.departures import Departed, departed
from assessment.domain.queries.panels import panel_basis, panel_outcome
from assessment.domain.reasons import law, tell_row
from assessment.domain.reviews import advice_of, review_advice, review_reasons
from assessment.models import CompletenessItem, HearingRequest, RankingRow, SupplementRequest
from documents.basis import Basis
from documents.domain.drafting import draft_decision, kind_of_award
from documents.letters.facts import Advice, Amount, Departure, Hearing, Missing, Reason
from documents.models import Decision
from regeling.definition import Definition, RouteStep
from regeling.terms import not_processed_term
from regeling.words import day_words, euro_words
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Conflict, Refused

DEPARTED = ("departed_award", "departed_refusal")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The kind of decision, the amount in cents, and what it rests on."""

    kind: str
    cents: int
    basis: Basis


def proposal_for(application_id: int) -> Proposal:
    """What follows for this application from its check, review, vote and ranking.

    Raises ``Refused`` with the reason why nothing can be proposed yet.
    """
    application = (Application.objects.select_related("call__revision", "revision", "party")).get(
        pk=application_id
    )
    match application.state:
        case State.LATE:
            return _late(application)
        case State.AWAITING_SUPPLEMENT:
            return _not_supplemented(application)
        case State.IN_REVIEW:
            return _reviewed(application)
        case State.HEARING:
            return _heard(application)
        case State.RANKED | State.RESERVE:
            return _ranked(application)
    raise Conflict(
        _("Over deze aanvraag kan nu geen besluit worden voorgesteld: zij staat op “%(state)s”.")
        % {"state": State(application.state).label},
        code="wrong_state",
    )


def draft_proposal(
    *, application_id: int, actor: Actor, seen_version: int | None = None
) -> Decision:
    """Draft the decision that follows; another person signs it (Awb 3:2, 10:3)."""
    refuse_unstated(application_id, actor)
    proposal = proposal_for(application_id)
    return draft_decision(
        application_id=application_id,
        kind=proposal.kind,
        amount_cents=proposal.cents,
        basis=proposal.basis,
        actor=actor,
        seen_version=seen_version,
    )


def _late(application: Application) -> Proposal:
    closes_at, sent_at = application.call.closes_at, application.submitted_at
    reason = Reason(
        sentence=_("Uw aanvraag kwam te laat."),
        article=law(application.revision.definition, "artikel 4:26"),
        details=(
            _("De openstelling sloot op %(moment)s.") % {"moment": _words(closes_at)},
            _("Uw aanvraag kwam binnen op %(moment)s.") % {"moment": _words(sent_at)},
        ),
    )
    return Proposal("rejection", 0, Basis(reasons=(reason,)))


def _not_supplemented(application: Application) -> Proposal:
    request = SupplementRequest.objects.filter(application=application, answered_at=None).get()
    if clock.today() <= request.due_on:
        raise Refused(
            _("De aanvrager kan nog aanvullen tot en met %(day)s.")
            % {"day": day_words(request.due_on)},
            article="Awb 4:5",
            code="repair_term",
        )
    last = not_processed_term(ended_on=request.due_on)
    if clock.today() > last.day:
        raise Refused(
            _(
                "Niet behandelen kan niet meer: dat had uiterlijk %(day)s bekend moeten zijn. "
                "Beslis nu op de inhoud."
            )
            % {"day": day_words(last.day)},
            article=last.article,
            code="not_processed_term",
        )
    items = CompletenessItem.objects.filter(
        application=application, status=CompletenessItem.Status.MISSING
    )
    names = labels(application, items)
    missing = tuple(Missing(what=names[item.pk], why=item.note) for item in items.order_by("pk"))
    basis = Basis(missing=missing, asked_on=request.asked_on, deliver_by=request.due_on)
    return Proposal("not_processed", 0, basis)


def _reviewed(application: Application) -> Proposal:
    """Review first, then the panel that meets, then the vote; what comes last says the amount."""
    definition = application.revision.definition
    advice = advice_of(application.pk)
    if definition.has(RouteStep.REVIEW):
        if advice is None:
            raise Refused(_("De beoordeling is nog niet rond."), code="no_review")
        if not advice.positive:
            return _refused_by_review(application)
    if definition.has(RouteStep.PANEL):
        return _after_panel(application)
    _refuse_unranked(application, definition)
    return _from_row(application)


def _after_panel(application: Application) -> Proposal:
    """What follows from the signed minutes, or from the departure from them."""
    outcome = panel_outcome(application.pk)
    if outcome is None:
        raise Refused(_("Het panel heeft hier nog niet over vergaderd."), code="no_panel")
    reasons, advice = panel_basis(application, outcome)
    made = departed(application.pk)
    if made:
        basis = Basis(
            reasons=(_departing(application, made, outcome.name),),
            calculation=_given(application, made.cents) if made.cents else (),
            advice=advice,
            departure=_told(made, outcome.name),
            attention=(_warning(made),),
        )
        return _of_amount(application, made.cents, basis)
    if not outcome.positive:
        return Proposal("rejection", 0, Basis(reasons=reasons, advice=advice))
    _refuse_unranked(application, application.revision.definition)
    return _from_row(application, advice)


def _refuse_unranked(application: Application, definition: Definition) -> None:
    if calculation_of(application).granted <= 0:
        return  # the rules grant nothing: no vote or ranking changes that
    if definition.has(RouteStep.VOTE):
        raise Refused(_("Over deze aanvraag beslist eerst de stemming."), code="vote_first")
    if definition.has(RouteStep.RANKING):
        raise Refused(_("Over deze aanvraag beslist eerst de rangschikking."), code="ranking_first")


def _refused_by_review(application: Application, hearing: Hearing | None = None) -> Proposal:
    if needs_hearing(application.pk):
        raise Refused(
            _("Vraag de aanvrager eerst om een reactie op dit voornemen."),
            article="Awb 4:7, 4:12",
            code="hearing_first",
        )
    basis = Basis(
        reasons=review_reasons(application),
        advice=review_advice(application),
        hearing=hearing,
        attention=(_("Afgewezen op grond van de beoordeling."),),
    )
    return Proposal("rejection", 0, basis)


def _heard(application: Application) -> Proposal:
    request = HearingRequest.objects.get(application=application)
    if not may_decide(request):
        raise Refused(
            _("De aanvrager kan nog reageren tot en met %(day)s.")
            % {"day": day_words(request.due_on)},
            article="Awb 4:7",
            code="hearing_term",
        )
    told = Hearing(
        asked_on=request.asked_on,
        answered_on=request.answered_on,
        answer=request.answer,
        reply=request.reply,
    )
    return _refused_by_review(application, told)


def _ranked(application: Application) -> Proposal:
    return _from_row(application)


def _from_row(application: Application, advice: Advice | None = None) -> Proposal:
    row = (
        RankingRow.objects.select_related("ranking__call__revision")
        .filter(application=application, ranking__call=application.call)
        .first()
    )
    calculation = calculation_of(application)
    if row is None and calculation.granted <= 0:
        lines = calculation.lines
        reasons = tuple(Reason(sentence=line.sentence, article=line.article) for line in lines)
        return Proposal("rejection", 0, Basis(reasons=reasons[-2:]))
    if row is None:
        raise Refused(
            _("De plaats is nog niet definitief: een eerdere aanvraag wordt nog bekeken."),
            article="Awb 4:26",
            code="no_place",
        )
    if row.code in ("tied", "undecided"):
        raise Refused(
            _("Gelijke aanvragen beslissen over het geld. Eerst moet vaststaan wie voorgaat."),
            article="Awb 4:26",
            code="tie",
        )
    if row.code in DEPARTED:
        return _departed_from_vote(application, row)
    told = tell_row(row)
    if not row.granted:
        basis = Basis(
            reasons=told.reasons,
            place=told.place,
            ceiling=told.ceiling,
            advice=advice,
            attention=told.attention,
        )
        return Proposal("rejection", 0, basis)
    basis = Basis(
        reasons=told.reasons,
        calculation=_calculation(application, row),
        place=told.place,
        ceiling=told.ceiling,
        advice=advice or (None if row.ranking.round_id else review_advice(application)),
        attention=told.attention + _reduced(application, row),
    )
    return Proposal(kind_of_award(application, row.granted), row.granted, basis)


def _departed_from_vote(application: Application, row: RankingRow) -> Proposal:
    made = departed(application.pk)
    if made is None:
        raise Conflict(_("Er is afgeweken, maar de reden staat er niet meer."), code="departure")
    source = _("de stemming")
    basis = Basis(
        reasons=(_departing(application, made, source),),
        calculation=_given(application, row.granted) if row.granted else (),
        place=tell_row(row).place,
        departure=_told(made, source),
        attention=(_warning(made), *_reduced(application, row)),
    )
    return _of_amount(application, row.granted, basis)


def _of_amount(application: Application, cents: int, basis: Basis) -> Proposal:
    kind = kind_of_award(application, cents) if cents else "rejection"
    return Proposal(kind, cents, basis)


def _departing(application: Application, made: Departed, source: str) -> Reason:
    """That we depart, as the reason of the decision; the words of who decides stand below it."""
    return Reason(
        sentence=_("Wij wijken af van %(source)s.") % {"source": source},
        article=law(application.revision.definition, "artikel 3:50"),
        details=(made.reason,),
    )


def _told(made: Departed, source: str) -> Departure:
    return Departure(source=source, reason=made.reason, advised_cents=made.advised)


def _warning(made: Departed) -> str:
    return _("%(who)s week af: %(cents)s. Reden: %(reason)s") % {
        "who": made.by,
        "cents": euro_words(made.cents),
        "reason": made.reason,
    }


def _given(application: Application, cents: int) -> tuple[Amount, ...]:
    """The calculation up to what the regulation gives, and what is given instead."""
    lines = calculation_of(application).lines
    kept = [Amount(label=each.label, cents=each.cents) for each in lines if each.code != "granted"]
    return (*kept, Amount(label=_("U krijgt"), cents=cents, part="outcome"))


def _calculation(application: Application, row: RankingRow) -> tuple[Amount, ...]:
    lines = [
        Amount(label=line.label, cents=line.cents)
        for line in calculation_of(application).lines
        if line.code != "granted"
    ]
    if row.granted < row.asked:
        left = json.loads(row.figures)["left"]
        lines.append(Amount(label=_("Nog over onder het plafond"), cents=left))
    return (*lines, Amount(label=_("U krijgt"), cents=row.granted, part="outcome"))


def _reduced(application: Application, row: RankingRow) -> tuple[str, ...]:
    if row.granted >= application.amount_asked:
        return ()
    return (
        _("Gevraagd %(asked)s, voorgesteld %(granted)s.")
        % {
            "asked": euro_words(application.amount_asked),
            "granted": euro_words(row.granted),
        },
    )


def _words(moment: datetime | None) -> str:
    """ "24 maart 2026 om 14.32 uur"; empty where there is no moment."""
    if moment is None:
        return ""
    local = moment.astimezone(clock.AMSTERDAM)
    return f"{day_words(local.date())} om {local:%H.%M} uur"
