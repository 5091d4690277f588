"""Why a concept changes what stood before: a reason for each difference, and what it answers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from regeling.domain.concepts import locked
from regeling.domain.texts import refuse_ended, refuse_strangers, stream_of
from regeling.models import ChangeReason, Concept, Finding
from timeline import clock
from timeline.actor import Actor
from timeline.record import record
from timeline.refusal import Refused


def give_reason(
    *, concept_id: int, path: str, reason: str, actor: Actor, finding_id: int | None = None
) -> ChangeReason | None:
    """Write down why the part at ``path`` changes; an empty reason takes it away (then None).

    ``finding_id`` is a finding of an evaluation of the same regulation that the change answers.
    """
    reason = reason.strip()
    with transaction.atomic():
        concept = locked(concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        if not reason:
            ChangeReason.objects.filter(concept=concept, path=path).delete()
            return None
        if len(reason) > 1000:
            raise Refused(_("Een reden is hoogstens 1.000 tekens."), field="reason")
        _refuse_another_finding(concept, finding_id)
        row = ChangeReason.objects.update_or_create(
            concept=concept,
            path=path,
            defaults={
                "reason": reason,
                "finding_id": finding_id,
                "person_id": person_id,
                "made_at": clock.now(),
            },
        )[0]
        record(
            stream=stream_of(concept),
            type="regeling.change_explained",
            facts={"path": path},
            actor=actor,
        )
        return row


def _refuse_another_finding(concept: Concept, finding_id: int | None) -> None:
    if finding_id is None:
        return
    found = Finding.objects.filter(pk=finding_id, evaluation__regulation__isnull=False)
    regulations = {concept.regulation_id}
    if concept.based_on is not None:
        regulations.add(concept.based_on.regulation_id)
    if not found.filter(evaluation__regulation__in=regulations - {None}).exists():
        raise Refused(_("Deze bevinding gaat over een andere regeling."), field="finding")
