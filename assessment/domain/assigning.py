"""Give each application to an assessor: the unbiased one with the fewest open dossiers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.domain.grants import holders
from accounts.domain.people import parties_of
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application, Involvement
from applications.states import DECIDED, State
from assessment.models import Assignment, InterestStatement
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Refused

FINISHED = DECIDED | {State.WITHDRAWN, State.CLOSED}


@dataclass(frozen=True, slots=True)
class Choice:
    """Who can judge: candidates with their number of open dossiers, the next one first, and how
    many fell out because they coached, have an interest or belong to the applicant."""

    candidates: tuple[tuple[int, int], ...]  # person's key, open dossiers
    coached: int
    interested: int


def choose(application: Application) -> Choice:
    """Weigh everybody who may assess in this regulation and region (Awb 2:4)."""
    coaches = _involved(application, Involvement.Kind.COACH)
    recused = _involved(application, Involvement.Kind.RECUSED)
    stated = InterestStatement.objects.filter(application=application, has_interest=True)
    interested = recused | set(stated.values_list("person_id", flat=True))
    free: list[int] = []
    coached = biased = 0
    for person in assessors(application):
        if person.pk in interested or application.party_id in parties_of(person.pk):
            biased += 1
        elif person.pk in coaches:
            coached += 1
        else:
            free.append(person.pk)
    load = open_dossiers(free)
    candidates = sorted(((pk, load.get(pk, 0)) for pk in free), key=lambda pair: (pair[1], pair[0]))
    return Choice(tuple(candidates), coached, biased)


def assign(*, application_id: int, actor: Actor) -> Assignment | None:
    """Give an application to the unbiased assessor with the fewest open dossiers.

    Who has it already keeps it. None when nobody can: the worklist shows it as not assigned.
    """
    with transaction.atomic():
        application = _locked(application_id)
        known = Assignment.objects.filter(application=application, until=None).first()
        if known:
            return known
        choice = choose(application)
        if not choice.candidates:
            return None
        person_id, load = choice.candidates[0]
        reason = {
            "how": "fewest_open",
            "open": load,
            "candidates": len(choice.candidates),
            "coached": choice.coached,
            "interested": choice.interested,
        }
        return _give(application, person_id, reason, actor)


def assign_to(*, application_id: int, assessor_id: int, actor: Actor) -> Assignment:
    """Give an application to somebody by hand. Refuses who coached, has an interest or may not."""
    with transaction.atomic():
        application = _locked(application_id)
        if assessor_id not in {person_id for person_id, _load in choose(application).candidates}:
            raise Refused(
                _("Deze persoon kan deze aanvraag niet behandelen."),
                article="Awb 2:4",
                field="assessor",
                code="biased",
            )
        release(application, actor)
        return _give(application, assessor_id, {"how": "by_hand"}, actor)


def release(application: Application, actor: Actor) -> None:
    """Take the application from its assessor, inside the caller's transaction."""
    now = clock.now()
    open_now = Assignment.objects.filter(application=application, until=None)
    open_now.update(until=now)
    Involvement.objects.filter(
        application=application, kind=Involvement.Kind.ASSESSOR, until=None
    ).update(until=now)


def assessors(application: Application) -> QuerySet[Person]:
    """Who holds the role of assessor for this regulation and region."""
    regulation = application.call.revision.regulation
    return holders(
        Role.ASSESSOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
        region=application.region,
    )


def open_dossiers(people: list[int]) -> dict[int, int]:
    """How many undecided applications each of these people has."""
    rows = (
        Assignment.objects.filter(assessor_id__in=people, until=None)
        .exclude(application__state__in=FINISHED)
        .values_list("assessor_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def _give(
    application: Application, person_id: int, reason: dict[str, object], actor: Actor
) -> Assignment:
    now = clock.now()
    assignment = Assignment.objects.create(
        application=application, assessor_id=person_id, reason=canonical(reason), since=now
    )
    Involvement.objects.create(
        application=application, person_id=person_id, kind=Involvement.Kind.ASSESSOR, since=now
    )
    record(
        stream=("application", str(application.uid)),
        type="assessment.assigned",
        facts={"assessor": str(assignment.assessor.uid), **reason},
        actor=actor,
    )
    return assignment


def _involved(application: Application, kind: str) -> set[int]:
    """Everybody who was ever involved in this way: who coached once has coached."""
    rows = Involvement.objects.filter(application=application, kind=kind)
    if kind == Involvement.Kind.RECUSED:
        rows = rows.filter(until=None)
    return set(rows.values_list("person_id", flat=True))


def _locked(application_id: int) -> Application:
    return lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "call__revision__regulation__authority", "party"
        )
    )
