"""What a batch holds: what deserves a look first, the sums against each ceiling, the progress."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.basis import basis_from
from documents.domain.queries.decisions import loaded
from documents.facts.decisions import decision_facts
from documents.facts.text import facts_hash
from documents.models import BatchItem, Decision, DecisionBatch
from regeling.models import Ceiling
from regeling.terms import not_processed_term
from regeling.words import day_words
from timeline.canon import canonical, sha256

GRANTS = (Decision.Kind.AWARD, Decision.Kind.DIRECT_SETTLEMENT)
WAITING = (Decision.State.DRAFT, Decision.State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Item:
    """One decision of a batch, with the sentences that ask for a look."""

    row: BatchItem
    decision: Decision
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """One ceiling and what the batch would take of it, in cents."""

    scope: str
    code: str
    amount: int
    free: int
    asked: int
    reserved_before: int
    in_batch: int

    @property
    def fits(self) -> bool:
        return self.in_batch <= self.free + self.reserved_before

    @property
    def left(self) -> int:
        return self.free + self.reserved_before - self.in_batch


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole batch for the page: items to look at first, then the others."""

    batch: DecisionBatch
    first: tuple[Item, ...]
    others: tuple[Item, ...]
    sums: tuple[Sum, ...]
    states: dict[str, int]

    @property
    def size(self) -> int:
        return len(self.first) + len(self.others)

    @property
    def done(self) -> int:
        return self.size - sum(self.states.get(state, 0) for state in WAITING)


def item_hashes(batch_id: int) -> list[tuple[int, str]]:
    """For each item that is not signed, in order: its key and the hash of its letter's facts."""
    rows = _items(batch_id).filter(decision__state=Decision.State.PROPOSED)
    decisions = {each.pk: each for each in loaded([row.decision_id for row in rows])}
    return [(row.pk, facts_hash(decision_facts(decisions[row.decision_id]))) for row in rows]


def batch_hash(batch_id: int) -> str:
    """One hash over all items that would be signed: what the signature of a batch names."""
    return sha256(canonical([[pk, digest] for pk, digest in item_hashes(batch_id)]))


def overview(batch_id: int) -> Overview:
    """Everything that the page of a batch shows."""
    batch = DecisionBatch.objects.select_related("call__revision", "signed_by").get(pk=batch_id)
    rows = list(_items(batch_id))
    decisions = {each.pk: each for each in loaded([row.decision_id for row in rows])}
    items = [
        Item(row, decisions[row.decision_id], tuple(looks(decisions[row.decision_id])))
        for row in rows
    ]
    states: dict[str, int] = {}
    for item in items:
        states[item.decision.state] = states.get(item.decision.state, 0) + 1
    return Overview(
        batch=batch,
        first=tuple(item for item in items if item.looks or item.row.error),
        others=tuple(item for item in items if not (item.looks or item.row.error)),
        sums=tuple(_sums(batch, [item.decision for item in items])),
        states=states,
    )


def looks(decision: Decision) -> list[str]:
    """Why this decision deserves a look before it is signed."""
    basis, application = basis_from(decision.basis), decision.application
    found = list(basis.attention)
    if decision.kind in GRANTS and decision.amount_cents < application.amount_asked:
        found.append(_("Het bedrag is lager dan gevraagd."))
    if decision.kind == Decision.Kind.NOT_PROCESSED:
        found.append(_("De aanvraag wordt niet behandeld."))
        if basis.deliver_by:
            last = not_processed_term(ended_on=basis.deliver_by).day
            found.append(
                _("De brief moet uiterlijk op %(day)s uit zijn (Awb 4:5, vierde lid).")
                % {"day": day_words(last)}
            )
    if decision.kind == Decision.Kind.LOWER_SETTLEMENT:
        found.append(_("De vaststelling is lager dan verleend."))
    if decision.explanation:
        found.append(_("De brief heeft een eigen toelichting."))
    if decision.problem:
        found.append(decision.problem)
    return found


def _items(batch_id: int) -> QuerySet[BatchItem]:
    return BatchItem.objects.filter(batch_id=batch_id).order_by("position")


def _sums(batch: DecisionBatch, decisions: list[Decision]) -> list[Sum]:
    grants = [each for each in decisions if each.kind in GRANTS and each.state in WAITING]
    sums = []
    for ceiling in Ceiling.objects.filter(call=batch.call).order_by("pk"):
        inside = [each for each in grants if _under(ceiling, each)]
        sums.append(
            Sum(
                scope=ceiling.scope,
                code=ceiling.code,
                amount=ceiling.amount + ceiling.overrun,
                free=ceiling.free,
                asked=sum(each.application.amount_asked for each in inside),
                reserved_before=ceiling.reserved,
                in_batch=sum(each.amount_cents for each in inside),
            )
        )
    return sums


def _under(ceiling: Ceiling, decision: Decision) -> bool:
    application = decision.application
    match ceiling.scope:
        case Ceiling.Scope.REGION:
            return application.region == ceiling.code
        case Ceiling.Scope.ACTIVITY:
            return application.activity == ceiling.code
        case Ceiling.Scope.TIER:
            return application.tier == ceiling.code
    return True
