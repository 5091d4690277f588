"""Ten thousand dossiers, of which one person has a thousand.

A few are made through the verbs, as in the tests; the others are copies of those in bulk, with
their snapshots and their timelines. The hashes of copies do not follow from their texts: this
database is for measuring only.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models

from accounts.models import Party, Person
from accounts.roles import Role
from accounts.search import plain
from applications.models import Application, Snapshot
from documents.models import Decision
from tests.factories.applications import PersonFactory, submitted, with_role
from tests.factories.documents import Desk, desk, drafted, in_review
from timeline.models import Event, Stream

Row = TypeVar("Row", bound=models.Model)

AT_ONCE = 1000
NUMBER = "V1990-{:06d}-0"
IDEAS = ("Lange tafel", "Buurttuin", "Repaircafé", "Dorpsfeest", "Speelplek", "Leesclub", "Koor")
PLACES = ("op het plein", "in de kas", "bij de molen", "aan de dijk", "in het oude postkantoor")


@dataclass(frozen=True, slots=True)
class Stock:
    """Who looks, and at what."""

    desk: Desk
    auditor: Person
    applicant: Person
    dossier: Application
    decision: Decision


def fill(dossiers: int, *, of_one: int, parties: int = 500) -> Stock:
    """Make ``dossiers`` submitted dossiers, ``of_one`` of them by one applicant."""
    at = desk()
    applicant: Person = PersonFactory(name="Jannie Bosch")
    auditor = with_role(PersonFactory(name="Petra de Wit"), Role.AUDITOR, at.call)
    patterns = [submitted(at.call), in_review(at.call), drafted(at).application]
    dossier = in_review(at.call, person=applicant)
    others = list(_people(parties))
    dice = random.Random(1)
    owners: list[Party] = [applicant] * (of_one - 1)
    owners += [dice.choice(others) for _ in range(dossiers - of_one - len(patterns))]
    for start in range(0, len(owners), AT_ONCE):
        _copy(patterns, owners[start : start + AT_ONCE], first=start, dice=dice)
    return Stock(at, auditor, applicant, dossier, drafted(at))


def _people(count: int) -> Iterator[Party]:
    return (PersonFactory(name=f"Bewoner {number}", login=False) for number in range(count))


def _copy(
    patterns: list[Application], owners: list[Party], *, first: int, dice: random.Random
) -> None:
    made = [
        _dossier(patterns[place % len(patterns)], owner, place, dice)
        for place, owner in enumerate(owners, start=first)
    ]
    Application.objects.bulk_create(made)
    snapshots, streams, events = [], [], []
    for place, application in enumerate(made, start=first):
        pattern = patterns[place % len(patterns)]
        snapshots += [_like(row, application=application) for row in pattern.snapshots.all()]
        stream = Stream.objects.get(kind="application", uid=str(pattern.uid))
        twin = _like(stream, uid=str(application.uid))
        streams.append(twin)
        events += [_like(event, stream=twin) for event in stream.events.all()]
    Snapshot.objects.bulk_create(snapshots)
    Stream.objects.bulk_create(streams)
    Event.objects.bulk_create(events)


def _dossier(pattern: Application, owner: Party, place: int, dice: random.Random) -> Application:
    title = f"{dice.choice(IDEAS)} {dice.choice(PLACES)} {place}"
    received = pattern.submitted_at and pattern.submitted_at + timedelta(seconds=place)
    return _like(
        pattern,
        number=NUMBER.format(place),
        party=owner,
        title=title,
        search=plain(title),
        submitted_at=received,
        complete_at=pattern.complete_at and received,
        provisional_place=None,
        place=None,
        decision_due=pattern.decision_due and pattern.decision_due + timedelta(dice.randrange(60)),
        amount_asked=dice.randrange(100_00, 5_000_00),
    )


def _like(row: Row, **other: Any) -> Row:
    twin = copy(row)
    twin._state = copy(row._state)
    twin._state.adding, twin._state.fields_cache = True, dict(row._state.fields_cache)
    twin.pk = None
    fresh = (
        {"uid": uuid.uuid4()} if isinstance(row._meta.get_field("uid"), models.UUIDField) else {}
    )
    for name, value in (fresh | other).items():
        setattr(twin, name, value)
    return twin
