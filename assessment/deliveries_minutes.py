"""What follows when an outcome is fixed: the minutes are printed. Idempotent."""

from __future__ import annotations

from assessment import minutes
from assessment.models import Ranking, VoteRound
from timeline import clock
from timeline.deliveries import handles
from timeline.models import Event


@handles("assessment.print_minutes", "assessment.outcome_compared")
def print_minutes(event: Event) -> None:
    """Print the minutes once two officials found the same outcome."""
    round_ = VoteRound.objects.select_related("call__revision__regulation__authority").get(
        uid=event.stream.uid
    )
    if Ranking.objects.filter(round=round_, state=Ranking.State.FIXED).exists():
        minutes.print_minutes(round_, day=clock.day(event.recorded_at))
