"""The text of a call changes while it is open, as far as the law lets it (Awb 4:26 to 4:28)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regeling.definition import Definition, RouteStep, Window, known, listed
from regeling.definition.labels import path_words
from regeling.domain.lowering import lower_ceiling
from regeling.domain.queries.governing import governing, in_force
from regeling.domain.revisions import amount_on, raise_ceiling
from regeling.domain.texts import refuse_no_administrator
from regeling.models import Call, CallAmendment, Ceiling, Revision
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, Refused

Part = tuple[str, str]
FIXED = ("distribution", "vote", "card", "panel", "route", "release", "municipal")
"""How the money is divided and who decides: fixed for everybody from the first day (4:26)."""
COMPARED = frozenset({RouteStep.PANEL, RouteStep.RANKING})
"""Where applications are compared, what they are compared on is fixed too."""


def amend_call(
    *, call_id: int, revision_id: int, actor: Actor, seen: int | None = None
) -> CallAmendment:
    """From now another text of the same regulation governs an open call.

    New drafts follow it; what is running follows only where the publication says so. Ceilings that
    the text changes go up or down with it: up for everybody, down for who comes later (4:27).
    ``seen`` is the number of amendments that was shown. Refuses a call that is over, a text that is
    not in force, every change of how the money is divided, of the vote and of the parts of the
    ceiling (4:26), and a lower ceiling where applications that are in are ranked together (4:27).
    """
    with transaction.atomic():
        call = lock_one(
            Call.objects.filter(pk=call_id).select_related("revision__regulation__authority")
        )
        number = call.amendments.count() + 1
        if seen is not None and seen != number - 1:
            raise Conflict(_("Een ander veranderde deze openstelling intussen ook."))
        regulation = call.revision.regulation
        refuse_no_administrator(regulation, actor)
        now = clock.now()
        if call.closes_at is not None and now >= call.closes_at:
            raise Refused(_("Deze openstelling is gesloten."), code="closed")
        before = governing(call)
        after = Revision.objects.select_related("regulation").get(pk=revision_id)
        _refuse_another_text(call, before, after)
        _refuse_fixed(before.definition, after.definition, call.window)
        changes = changed_ceilings(call, before.definition, after.definition)
        _refuse_lowering(call, before.definition, changes, now)
        amendment = CallAmendment.objects.create(
            call=call,
            number=number,
            before=before,
            after=after,
            transitional_rule=after.publication.transitional_rule,
            made_at=now,
            person_id=actor.person_id,
        )
        _change_ceilings(changes, after, actor)
        record(
            stream=("call", str(call.uid)),
            type="regeling.call_amended",
            facts={
                "number": number,
                "before": before.sha256,
                "after": after.sha256,
                "transitional_rule": str(amendment.transitional_rule),
            },
            actor=actor,
        )
        return amendment


def fixed_changes(before: Definition, after: Definition, window: str = "") -> tuple[str, ...]:
    """Paths of what differs and may not change during a call, in the order of the law.

    ``window`` is the period of the call: its days were copied into the call when it opened.
    """
    found = [name for name in FIXED if getattr(before, name) != getattr(after, name)]
    if set(_parts(before)) != set(_parts(after)):
        found.append("ceilings")
    if before.identity.legal_regime != after.identity.legal_regime:
        found.append("identity.legal_regime")
    regions = [each.code for each in before.territory.regions]
    if regions != [each.code for each in after.territory.regions]:
        found.append("territory.regions")
    if COMPARED & set(before.route) and before.criteria != after.criteria:
        found.append("criteria")
    if window and _window(before, window) != _window(after, window):
        found.append(f"windows.{window}")
    return tuple(found)


def ceiling_changes(before: Definition, after: Definition, *, day: date) -> dict[Part, int]:
    """By how many cents each ceiling goes up (or, below nothing, down); only those that change."""
    old, new = _amounts(before, day), _amounts(after, day)
    return {part: new[part] - old[part] for part in new if part in old and new[part] != old[part]}


def changed_ceilings(
    call: Call, before: Definition, after: Definition
) -> list[tuple[Ceiling, int]]:
    """The ceilings of the call of which the text names another amount, by key, each with how many
    cents it goes up (or, below nothing, down) to come to that amount.

    What was raised by an own publication meanwhile is not raised once more.
    """
    new = _amounts(after, clock.today())
    parts = ceiling_changes(before, after, day=clock.today())
    rows = Ceiling.objects.filter(call=call).order_by("pk")
    found = [(row, new[row.scope, row.code] - row.amount) for row in rows if _part(row) in parts]
    return [(row, cents) for row, cents in found if cents]


def _part(row: Ceiling) -> Part:
    return (row.scope, row.code)


def _refuse_another_text(call: Call, before: Revision, after: Revision) -> None:
    if after.regulation_id != before.regulation_id:
        raise Refused(_("Dit is een tekst van een andere regeling."), field="revision")
    if after == before:
        raise Refused(_("Deze tekst geldt al voor deze openstelling."), code="same")
    if in_force(after.regulation_id, at=clock.now()) != after:
        raise Refused(
            _("Deze tekst is niet in werking. Alleen een tekst die nu geldt, kan dit worden."),
            article="Awb 3:40",
            code="not_in_force",
        )
    real = call.kind == Call.Kind.REAL
    if real and after.example_only:
        raise Refused(
            _("Deze tekst rust op aannames. Er kan alleen een voorbeeld of test op draaien."),
            code="assumptions",
        )
    unknown = after.definition.unknown_needed(real=real)
    if unknown:
        raise Refused(
            _("Dit is nog onbekend en moet eerst vaststaan: %(paths)s.")
            % {"paths": ", ".join(map(path_words, unknown))},
            code="unknown",
        )


def _refuse_fixed(before: Definition, after: Definition, window: str) -> None:
    changed = fixed_changes(before, after, window)
    if changed:
        raise Refused(
            _("Dit ligt vast zolang de openstelling loopt: %(paths)s.")
            % {"paths": ", ".join(map(path_words, changed))},
            article="Awb 4:26",
            code="fixed",
        )


def _refuse_lowering(
    call: Call, definition: Definition, changes: list[tuple[Ceiling, int]], now: datetime
) -> None:
    """In a ranking everybody shares one ceiling: what is lowered for who comes later is lowered for
    who was there as well."""
    if now < call.opens_at or not definition.has(RouteStep.RANKING):
        return
    if any(cents < 0 for _row, cents in changes):
        raise Refused(
            _(
                "Wie al aanvroeg, wordt met de anderen gerangschikt onder één plafond. "
                "Dat kan daarom niet meer omlaag."
            ),
            article="Awb 4:27, tweede lid",
            code="lowered",
        )


def _change_ceilings(changes: list[tuple[Ceiling, int]], after: Revision, actor: Actor) -> None:
    publication = after.publication
    for row, cents in changes:
        # A lower amount holds from when it was published and is in force, not from before.
        told_at = publication.published_at
        works_at = told_at if cents > 0 else max(told_at, publication.in_force_at)
        change: Mapping[str, Any] = {
            "ceiling_id": row.pk,
            "cents": abs(cents),
            "published_on": clock.day(works_at),
            "publication": publication.reference,
            "actor": actor,
        }
        (raise_ceiling if cents > 0 else lower_ceiling)(**change)


def _window(definition: Definition, code: str) -> Window | None:
    """A period without its name; None where the text has none of that code."""
    found = next((each for each in listed(definition.windows) if each.code == code), None)
    return replace(found, label="") if found else None


def _parts(definition: Definition) -> list[Part]:
    return [(str(each.scope), each.code) for each in listed(definition.ceilings)]


def _amounts(definition: Definition, day: date) -> dict[Part, int]:
    return {
        (str(each.scope), each.code): known(amount_on(each, day), "ceilings.amount")
        for each in listed(definition.ceilings)
    }
