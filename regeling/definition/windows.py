"""When applications can come in, and when a committee meets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from regeling.definition.codes import UNKNOWN, Closing, Unknown, WindowKind
from regeling.definition.fields import Clock, Code, Need, Remark, Whole
from timeline.clock import moment


@dataclass(frozen=True, kw_only=True)
class Committee:
    """Fixed days on which a committee meets; in by `lead_days` days before."""

    lead_days: Annotated[int | Unknown, Whole(0, 365), Need.PANEL]
    meets_on: Annotated[tuple[date, ...] | Unknown, Need.PANEL]


@dataclass(frozen=True, kw_only=True)
class Window:
    """When applications can come in. `opens_at` and `closes_at` make it half open."""

    code: Code
    label: Remark = ""
    kind: WindowKind
    opens: date | Unknown
    opens_time: Clock = "00:00"
    closes: date | Unknown | None = None  # None: until the money is gone
    closing: Closing | Unknown | None = None  # None only where nothing closes
    closing_time: Clock | None = None  # None: the whole day
    intake_until: Annotated[date | Unknown | None, Need.NEVER] = None
    committee: Committee | None = None

    @property
    def opens_at(self) -> datetime | Unknown:
        """The first moment that is in time, UTC."""
        return UNKNOWN if isinstance(self.opens, Unknown) else moment(self.opens, self.opens_time)

    @property
    def closes_at(self) -> datetime | Unknown | None:
        """The first moment that is too late, UTC; None where nothing closes.

        "vóór 19 april" and "tot en met 18 april" give the same moment. A time that is included
        counts to the end of its minute.
        """
        if self.closes is None:
            return None
        if isinstance(self.closes, Unknown) or isinstance(self.closing, Unknown):
            return UNKNOWN
        including = self.closing is Closing.UP_TO_AND_INCLUDING
        if self.closing_time is not None:
            return moment(self.closes, self.closing_time) + timedelta(minutes=int(including))
        return moment(self.closes + timedelta(days=int(including)))
