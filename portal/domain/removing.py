"""Take a test call away: every row of it in every room, and its files.

Rows that are kept for ever go here only, and only for a test: the database lets them go while a
``CallRemoval`` of their call stands, takes such a row for a test call alone, and ends no
transaction that still has one. So it happens whole or not at all. Events stay: they hold no
personal data, and their chains stay whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.sql import DeleteQuery
from django.utils.translation import gettext as _

from accountability.models import Photo
from accounts.domain.grants import holds
from accounts.roles import Role
from applications.domain.photos import path_of
from applications.models import Attachment, PublicCard, Snapshot
from assessment.models import MeetingPaper, VoteOption, VoteRound
from documents.models import Decision, Document
from regeling.leaving import keys_of, meta
from regeling.models import Call, CallRemoval, LeftFile
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.models import Delivery, Event
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

Rows = dict[type[models.Model], set[Any]]
AT_ONCE = 500
HASH = re.compile(r"[0-9a-f]{64}")
PATHS: tuple[type[models.Model], ...] = (Attachment, Document, MeetingPaper, Photo)


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with a call: its rows by model, and the paths of its files."""

    rows: Rows
    files: frozenset[str]

    @property
    def total(self) -> int:
        """How many rows."""
        return sum(map(len, self.rows.values()))


def what_goes(*, call_id: int) -> Going:
    """Every row that points at the call, at one of its rows, and so on; and what lies on disk."""
    rows = _rows_of(call_id)
    return Going(rows, frozenset(_files_of(rows)))


def remove_test_call(*, call_id: int, actor: Actor, seen: int | None = None) -> None:
    """Remove a test call with everything of it; for an administrator of its authority.

    Refuses a real and an example call, a stranger, and (``Conflict``) when it is gone already or
    there are other than ``seen`` rows now. The worker then takes the files away.
    """
    with transaction.atomic():
        try:
            call = lock_one(
                Call.objects.filter(pk=call_id).select_related("revision__regulation__authority")
            )
        except Call.DoesNotExist:
            raise Conflict(_("Deze test is al weggehaald."), code="gone") from None
        _refuse(call, actor)
        # First in the transaction: from here on nobody adds a row to the call unseen.
        removal = CallRemoval.objects.create(call=call)
        going = what_goes(call_id=call_id)
        if seen is not None and seen != going.total:
            raise Conflict(
                _("Er is in deze test intussen iets bij gekomen of weggegaan. Kijk opnieuw."),
                code="changed",
            )
        _delete_deliveries(going.rows)
        _tell(call, going, actor)
        LeftFile.objects.bulk_create(
            (LeftFile(path=path) for path in sorted(going.files)), ignore_conflicts=True
        )
        for model in _children_first(going.rows):
            if model is not Call:
                _delete(model, going.rows[model])
        _delete(Call, {call_id})
        CallRemoval.objects.filter(pk=removal.pk).delete()


def _refuse(call: Call, actor: Actor) -> None:
    regulation = call.revision.regulation
    if not holds(
        actor.person_id,
        Role.ADMINISTRATOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    ):
        raise NotAllowed(_("Alleen een beheerder van deze overheid kan een test weghalen."))
    if call.kind != Call.Kind.TEST:
        raise Refused(
            _("Alleen een test kan weg. Dit is geen test."), code="not_a_test", field="call"
        )


def _rows_of(call_id: int) -> Rows:
    """Follow every key backwards, until nothing new points at what was found."""
    pointing: dict[type[models.Model], list[models.ForeignKey[Any, Any]]] = defaultdict(list)
    for model in apps.get_models(include_auto_created=True):
        for key in keys_of(model):
            if model is not CallRemoval and isinstance(key.related_model, type):
                pointing[key.related_model].append(key)
    found: Rows = {Call: {call_id}}
    fresh: list[tuple[type[models.Model], set[Any]]] = [(Call, {call_id})]
    while fresh:
        target, keys = fresh.pop()
        for key in pointing[target]:
            known = found.setdefault(key.model, set())
            new = _pointing_at(key, keys) - known
            if new:
                known |= new
                fresh.append((key.model, new))
    return {model: keys for model, keys in found.items() if keys}


def _pointing_at(key: models.ForeignKey[Any, Any], targets: Iterable[Any]) -> set[Any]:
    rows: models.QuerySet[Any] = models.QuerySet(key.model)
    return {
        found
        for part in _parts(targets)
        for found in rows.filter(**{f"{key.name}__in": part}).values_list("pk", flat=True)
    }


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    whole = list(keys)
    for start in range(0, len(whole), AT_ONCE):
        yield whole[start : start + AT_ONCE]


def _children_first(rows: Rows) -> list[type[models.Model]]:
    """The models in the order in which they go: a row before what it points at, because which call
    it belongs to is read along its keys."""
    order: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in rows:
        order.add(model)
        for key in keys_of(model):
            target = key.related_model
            if isinstance(target, type) and target in rows and target is not model:
                order.add(target, model)
    return list(order.static_order())


def _delete(model: type[models.Model], keys: set[Any]) -> None:
    # Past Django's own protection of what is pointed at; the database looks at the keys itself.
    DeleteQuery(model).delete_batch(list(keys), DEFAULT_DB_ALIAS)


def _delete_deliveries(rows: Rows) -> None:
    """What must still follow for rows that are gone, and what did follow."""
    for part in _parts(_streams(rows)):
        Delivery.objects.filter(stream__uid__in=part).delete()


def _streams(rows: Rows) -> set[str]:
    """The uids of the streams of these rows."""
    found = set()
    for model, keys in rows.items():
        name = "uid" if any(each.name == "uid" for each in meta(model).fields) else "pk"
        for part in _parts(keys):
            values: Any = models.QuerySet(model).filter(pk__in=part).values_list(name, flat=True)
            # A number is no uid: it may be that of something else.
            found |= {str(value) for value in values if not isinstance(value, int)}
    for part in _parts(rows.get(Decision, ())):
        decided = Decision.objects.filter(pk__in=part).values_list("uid", "version")
        found |= {f"{uid}/{number}" for uid, last in decided for number in range(1, last + 1)}
    return found


def _files_of(rows: Rows) -> Iterator[str]:
    for model in PATHS:
        for part in _parts(rows.get(model, ())):
            yield from filter(
                None, models.QuerySet(model).filter(pk__in=part).values_list("path", flat=True)
            )
    for field, model in (("photo", PublicCard), ("photo", VoteOption), ("text", Snapshot)):
        for part in _parts(rows.get(model, ())):
            for text in models.QuerySet(model).filter(pk__in=part).values_list(field, flat=True):
                yield from (path_of(sha256) for sha256 in HASH.findall(text))
    rounds = set(_rounds(rows))
    for event in Event.objects.filter(type="assessment.minutes_printed"):
        if event.facts["round"] in rounds:
            yield event.facts["path"]


def _rounds(rows: Rows) -> list[str]:
    keys = rows.get(VoteRound, ())
    return [str(uid) for uid in VoteRound.objects.filter(pk__in=keys).values_list("uid", flat=True)]


def _tell(call: Call, going: Going, actor: Actor) -> None:
    record(
        stream=("call", str(call.uid)),
        type="regeling.test_call_removed",
        facts={
            "call": str(call.uid),
            "title": call.title,
            "slug": call.slug,
            "rounds": sorted(_rounds(going.rows)),
            "rows": {meta(each).label_lower: len(keys) for each, keys in going.rows.items()},
            "files": len(going.files),
        },
        actor=actor,
    )
