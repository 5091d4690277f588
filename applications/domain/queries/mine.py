"""The dossiers of somebody's parties, and what still waits for her."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.domain.people import parties_of
from accounts.models import GroupMember, OrganisationMember, Party
from applications.domain.signing import MAY_STILL_SIGN
from applications.models import Application, Involvement, Signature
from applications.states import BEFORE_SUBMISSION
from regeling.domain.queries.testing import calls_for
from regeling.models import Call


def dossiers(person_id: int) -> QuerySet[Application]:
    """Everything of her own, her groups and her organisations: what waits for her comes first.

    ``to_sign`` says of each whether her own signature may be asked and is not there.
    """
    unsigned = ~Exists(
        Signature.objects.filter(application=OuterRef("pk"), person_id=person_id, voided_at=None)
    )
    in_group = Q(party__kind=Party.Kind.GROUP) & Exists(
        GroupMember.objects.filter(
            group_id=OuterRef("party_id"), party_id=person_id, left_at=None, is_lead=False
        )
    )
    in_organisation = Q(party__kind=Party.Kind.ORGANISATION) & Exists(
        OrganisationMember.objects.filter(
            organisation_id=OuterRef("party_id"), person_id=person_id, may_sign=True, until=None
        )
    )
    waiting = Q(state__in=sorted(MAY_STILL_SIGN)) & (in_group | in_organisation) & unsigned
    return (
        Application.objects.filter(party_id__in=parties_of(person_id))
        .annotate(to_sign=Case(When(waiting, then=Value(1)), default=Value(0)))
        .select_related("call", "party")
        .order_by(F("to_sign").desc(), "-saved_at", "-pk")
    )


def drafts_in(call_id: int, person_id: int) -> QuerySet[Application]:
    """The drafts in a call that this person can go on with."""
    return (
        Application.objects.filter(
            call_id=call_id,
            party_id__in=parties_of(person_id),
            state__in=sorted(BEFORE_SUBMISSION),
        )
        .select_related("party")
        .order_by("-saved_at", "-pk")
    )


def coached(person_id: int) -> QuerySet[Application]:
    """The drafts with which somebody reads along now, longest waiting first."""
    involved = Involvement.objects.filter(
        person_id=person_id, kind=Involvement.Kind.COACH, until=None
    )
    return (
        Application.objects.filter(
            pk__in=involved.values("application_id"), state__in=sorted(BEFORE_SUBMISSION)
        )
        .select_related("call", "party")
        .order_by("saved_at", "pk")
    )


def call_for(slug: str, person_id: int) -> Call:
    """The call with this slug, with what its pages need. Raises ``Call.DoesNotExist``, also for a
    test that this person may not join."""
    calls = calls_for(person_id).select_related("revision__regulation__authority")
    return calls.get(slug=slug)
