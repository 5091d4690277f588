"""Accept a definition as a revision, and open calls."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from regeling.definition import Ceiling as CeilingText
from regeling.definition import (
    Definition,
    DistributionRule,
    RouteStep,
    Unknown,
    Window,
    known,
    listed,
    parse,
)
from regeling.definition.labels import path_words
from regeling.domain.publishing import keep, publish_at_once
from regeling.domain.queries.governing import in_force
from regeling.models import Call, Ceiling, CeilingChange, Revision
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Refused


def accept(*, source: str, file: str, actor: Actor, publish: bool = True) -> Revision:
    """Read a definition that comes with the product, and publish it: in force from now.

    The same text gives the same row. People's own texts go by concept, check and publication; one
    that is kept without ``publish`` is there for test calls only.
    Raises ``regeling.definition.DefinitionErrors`` for a text that is wrong.
    """
    definition = parse(source, file=file)
    with transaction.atomic():
        revision = keep(definition, source, actor)
        if publish:
            publish_at_once(revision, actor)
        return revision


def open_call(
    *,
    revision_id: int,
    kind: str,
    actor: Actor,
    window: str = "",
    slug: str = "",
    title: str = "",
    days: tuple[datetime, datetime | None] | None = None,
    published_on: date | None = None,
) -> Call:
    """Open a call: copy window and ceilings into it, which are the truth from then on.

    ``days`` (opens_at, closes_at) and ``published_on`` stand in for those of the definition, for
    example and test calls only. Refuses a revision that is not published, not in force at the
    opening or withdrawn by then (a test call may be of any text), one with an ``unknown`` that the
    route needs (naming it), a ceiling or distribution rule that is not published before the period
    (4:26, 4:27), and a real call on a revision that rests on assumptions.
    """
    revision = Revision.objects.select_related("regulation").get(pk=revision_id)
    definition = revision.definition
    real = kind == Call.Kind.REAL
    if real and (days or published_on):
        raise Refused(_("Een echte openstelling volgt de data van de regeling."), code="dates")
    if real and revision.example_only:
        raise Refused(
            _("Deze tekst rust op aannames. Er kan alleen een voorbeeld of test op draaien."),
            code="assumptions",
        )
    unknown = definition.unknown_needed(real=real)
    if unknown:
        raise Refused(
            _("Dit is nog onbekend en moet eerst vaststaan: %(paths)s.")
            % {"paths": ", ".join(map(path_words, unknown))},
            article="Awb 4:26, 4:27",
            code="unknown",
        )
    chosen = _window(definition, window)
    opens_at, closes_at = days or (
        known(chosen.opens_at, "windows.opens"),
        known(chosen.closes_at, "windows.closes"),
    )
    distribution = known(definition.distribution, "distribution")
    _refuse_not_in_force(revision, kind, opens_at)
    _refuse_unpublished(definition, opens_at, published_on)
    _refuse_unranked(definition)
    with transaction.atomic():
        call = Call.objects.create(
            slug=slug or revision.regulation.slug,
            title=title or revision.regulation.title,
            revision=revision,
            kind=kind,
            window=chosen.code,
            opens_at=opens_at,
            closes_at=closes_at,
            opened_at=clock.now(),
            distribution_rule=str(distribution.rule),
        )
        _copy_ceilings(definition, call, published_on)
        record(
            stream=("call", str(call.uid)),
            type="regeling.call_opened",
            facts={
                "revision": revision.sha256,
                "kind": kind,
                "opens_at": opens_at,
                "closes_at": closes_at,
                "rule": call.distribution_rule,
                "ceilings": [
                    [row.scope, row.code, row.amount] for row in call.ceilings.order_by("pk")
                ],
            },
            actor=actor,
        )
        return call


def raise_ceiling(
    *, ceiling_id: int, cents: int, published_on: date, publication: str, actor: Actor
) -> CeilingChange:
    """Raise a ceiling by ``cents`` during a call; it works from its publication (Awb 4:27)."""
    if cents <= 0:
        raise Refused(_("Een verhoging is meer dan nul."), field="cents")
    with transaction.atomic():
        ceiling = lock_one(Ceiling.objects.filter(pk=ceiling_id))
        if published_on > clock.today():
            raise Refused(
                _("De verhoging werkt pas vanaf de bekendmaking."),
                article="Awb 4:27",
                field="published_on",
            )
        change = CeilingChange.objects.create(
            ceiling=ceiling,
            before=ceiling.amount,
            after=ceiling.amount + cents,
            published_on=published_on,
            publication=publication,
            made_at=clock.now(),
        )
        Ceiling.objects.filter(pk=ceiling.pk).update(amount=change.after)
        record(
            stream=("ceiling", str(ceiling.uid)),
            type="regeling.ceiling_raised",
            facts={"before": change.before, "after": change.after, "published_on": published_on},
            actor=actor,
        )
        return change


def amount_on(ceiling: CeilingText, day: date) -> int | Unknown:
    """What a ceiling is on a day, in cents: of its last step that was published by then."""
    steps = [step for step in ceiling.changes if step.published_on <= day]
    return steps[-1].amount if steps else ceiling.amount


def _copy_ceilings(definition: Definition, call: Call, published_on: date | None) -> None:
    opening = clock.day(max(call.opens_at, clock.now()))
    Ceiling.objects.bulk_create(
        Ceiling(
            call=call,
            scope=str(each.scope),
            code=each.code,
            amount=known(amount_on(each, opening), "ceilings.amount"),
            published_on=published_on or known(each.published_on, "ceilings.published_on"),
            publication="" if isinstance(each.publication, Unknown) else each.publication,
        )
        for each in listed(definition.ceilings)
    )


def _window(definition: Definition, code: str) -> Window:
    windows = definition.windows
    if isinstance(windows, Unknown) or not windows:
        raise Refused(_("De regeling noemt geen periode."), code="window")
    if not code:
        return windows[0]
    found = next((each for each in windows if each.code == code), None)
    if found is None:
        raise Refused(_("Deze periode staat niet in de regeling."), field="window")
    return found


def _refuse_not_in_force(revision: Revision, kind: str, opens_at: datetime) -> None:
    """A real call opens on the text that is in force then, an example on one that was published."""
    if kind == Call.Kind.TEST:
        return
    published = getattr(revision, "publication", None)
    if published is None:
        raise Refused(
            _("Deze tekst is niet vastgesteld. Er kan alleen een test op draaien."),
            code="not_published",
        )
    opening = max(opens_at, clock.now())
    withdrawn = getattr(revision, "withdrawal", None)
    if withdrawn is not None and withdrawn.from_at <= opening:
        raise Refused(_("Deze tekst is ingetrokken."), code="withdrawn")
    if kind == Call.Kind.EXAMPLE:
        return
    if published.in_force_at > opening:
        raise Refused(
            _("Deze tekst is nog niet in werking als de periode begint."),
            article="Awb 3:40",
            code="not_in_force",
        )
    if in_force(revision.regulation_id, at=opening) != revision:
        raise Refused(
            _("Als de periode begint, is er een nieuwere tekst in werking."), code="not_in_force"
        )


def _refuse_unpublished(
    definition: Definition, opens_at: datetime, published_on: date | None
) -> None:
    first = clock.day(opens_at)
    for ceiling in listed(definition.ceilings):
        published = published_on or ceiling.published_on
        if isinstance(published, Unknown) or published > first:
            raise Refused(
                _("Het subsidieplafond is niet bekendgemaakt voordat de periode begint."),
                article="Awb 4:27",
                code="ceiling_not_published",
            )


def _refuse_unranked(definition: Definition) -> None:
    """Without a ranking nothing would ever divide the money by points, votes or a lot."""
    how = known(definition.distribution, "distribution")
    by_turn = (DistributionRule.RECEIPT, DistributionRule.COMMITTEE)
    if how.rule not in by_turn and not definition.has(RouteStep.RANKING):
        raise Refused(
            _("De regeling verdeelt door een rangschikking, maar die staat niet in de route."),
            article="Awb 4:26",
            code="no_ranking",
        )
