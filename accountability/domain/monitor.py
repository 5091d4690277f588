"""The monitor of a regulation on a day, as it was known on a day: figures that reconcile, or none.

The pair of days names the figures. Once the day on which they were known is closed by an act
(``days.close_day``), the same pair gives the same bytes for ever; until then they are provisional
("voorlopig").
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.translation import gettext as _

from accountability.domain.figures import Figures, figures
from accountability.domain.queries.money_facts import read
from accountability.domain.reconciliation import Difference, differences
from accountability.models import DayClosing
from regeling.definition import Definition, Unknown
from regeling.models import Call, Regulation
from timeline import clock
from timeline.refusal import Refused

By = Literal["region", "municipality"]
KINDS = (Call.Kind.REAL, Call.Kind.EXAMPLE)  # never counted together; a test never counts


class DoesNotReconcile(Refused):
    """The figures contradict each other; ``differences`` names where, with both amounts."""

    def __init__(self, found: list[Difference]) -> None:
        super().__init__(
            _("De monitor is niet gemaakt: de cijfers sluiten niet. %(found)s.")
            % {"found": "; ".join(str(each) for each in found[:5])},
            code="not_reconciled",
        )
        self.differences = found


@dataclass(frozen=True, slots=True)
class Monitor:
    """The figures of a regulation, with what they are the figures of.

    ``known_on`` is the last day whose records count; ``final`` says that this day was closed.
    ``labels`` are those of the planning and control cycle in the definition; unknown ones are left
    out.
    """

    regulation: str
    title: str
    kind: str
    call: str
    as_of: date
    known_on: date
    final: bool
    by: By
    labels: tuple[tuple[str, str], ...]
    figures: Figures

    def as_plain(self) -> dict[str, Any]:
        """Everything that is fixed once the day is closed, as plain values."""
        plain = asdict(self)
        del plain["final"]
        return plain


def monitor(
    *, regulation_id: int, as_of: date, known_on: date | None = None, call_id: int | None = None
) -> Monitor:
    """The monitor of a regulation (or one call of it) as of a day in Europe/Amsterdam.

    ``known_on`` is today when left out. Real calls are counted, or else the examples: never
    together. A test counts nowhere, and has figures of its own when it is the ``call_id``. Raises
    ``DoesNotReconcile`` when the figures contradict each other, and ``Refused`` with a field for a
    day that is impossible or a regulation without a call.
    """
    today = clock.today()
    known = known_on or today
    _refuse_days(as_of, known, today)
    return _make(regulation_id, as_of, known, call_id)


def as_closed(closing: DayClosing) -> Monitor:
    """The figures of a closed day, made again from what is stored now."""
    return _make(closing.regulation_id, closing.day, closing.day, None)


def _make(regulation_id: int, as_of: date, known: date, call_id: int | None) -> Monitor:
    known_at = clock.moment(known + timedelta(days=1))
    regulation = Regulation.objects.get(pk=regulation_id)
    closing = closing_of(regulation_id=regulation_id, day=known)
    calls = _calls(regulation_id, known_at, closing, call_id)
    if not calls:
        raise Refused(_("Op deze dag was van deze regeling nog niets opengesteld."), field="as_of")
    definition = calls[-1].revision.definition
    by: By = "region" if definition.territory.regions else "municipality"
    facts = read([call.pk for call in calls], as_of=as_of, known_at=known_at)
    made = figures(facts, by=by, labels=_places([call.revision.definition for call in calls], by))
    found = differences(facts, made)
    if found:
        raise DoesNotReconcile(found)
    return Monitor(
        regulation=regulation.slug,
        title=definition.identity.title,
        kind=calls[-1].kind,
        call=str(calls[0].uid) if call_id else "",
        as_of=as_of,
        known_on=known,
        final=closing is not None,
        by=by,
        labels=_cycle(definition),
        figures=made,
    )


def closing_of(*, regulation_id: int, day: date) -> DayClosing | None:
    """The act that closed this day of this regulation: the first of that day or a later one."""
    rows = DayClosing.objects.filter(regulation_id=regulation_id, day__gte=day)
    return rows.order_by("day").first()


def _refuse_days(as_of: date, known: date, today: date) -> None:
    if as_of > today:
        raise Refused(_("De peildatum ligt in de toekomst."), field="as_of")
    if known > today:
        raise Refused(_("Deze dag ligt in de toekomst."), field="known_on")
    if known < as_of:
        raise Refused(
            _("Wat over een dag bekend was, kan niet vóór die dag bekend zijn."), field="known_on"
        )


def _calls(
    regulation_id: int, known_at: datetime, closing: DayClosing | None, call_id: int | None
) -> list[Call]:
    """The calls that count, oldest first. A closing fixed them: nothing slips in behind it."""
    rows = Call.objects.filter(revision__regulation_id=regulation_id, opened_at__lt=known_at)
    if closing is not None:
        rows = rows.filter(uid__in=json.loads(closing.calls))
    if call_id is not None:
        rows = rows.filter(pk=call_id)
    calls = list(rows.select_related("revision").order_by("opened_at", "pk"))
    if call_id is not None:
        return calls
    kind = next((kind for kind in KINDS if any(call.kind == kind for call in calls)), None)
    return [call for call in calls if call.kind == kind]


def _places(definitions: list[Definition], by: By) -> dict[str, str]:
    """Codes and names of the places in the order of the definitions; an older text first."""
    if by == "region":
        return {r.code: r.name for each in definitions for r in each.territory.regions}
    return {name: name for each in definitions for name in each.territory.all_municipalities}


def _cycle(definition: Definition) -> tuple[tuple[str, str], ...]:
    """The labels of the planning and control cycle that the definition knows."""
    names = ("core_task", "policy_goal", "performance", "task_field", "product")
    labels = ((name, getattr(definition.monitor, name)) for name in names)
    return tuple((name, label) for name, label in labels if not isinstance(label, Unknown))
