"""What the panel that meets found about an application, once its chair signed the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from applications.models import Application
from assessment.domain.reasons import law
from assessment.models import AgendaItem, Meeting
from documents.letters.facts import Advice, Reason
from regeling.definition import Power
from regeling.words import day_words
from timeline.canon import moment_text

CONCLUDED = (AgendaItem.Outcome.POSITIVE, AgendaItem.Outcome.NEGATIVE)
HIGHEST = 10**9  # a score lies below it, so that what is left of it sorts the highest score first


@dataclass(frozen=True, slots=True)
class PanelOutcome:
    """A signed conclusion: whether it is positive, whether it binds, why, and of whom."""

    positive: bool
    decides: bool
    name: str
    held_on: date
    reasoning: str
    conclusion: str
    members: tuple[str, ...]
    item: str
    meeting: str


def panel_outcome(application_id: int) -> PanelOutcome | None:
    """The last signed conclusion about an application; None while there is none."""
    item = (
        AgendaItem.objects.filter(
            application_id=application_id,
            outcome__in=CONCLUDED,
            meeting__state=Meeting.State.SIGNED,
        )
        .select_related("meeting__call__revision")
        .order_by("meeting__signed_at", "pk")
        .last()
    )
    if item is None:
        return None
    panel = item.meeting.call.revision.definition.panel
    seats = item.meeting.attendance.filter(interests__item=item, interests__has_interest=False)
    return PanelOutcome(
        positive=item.outcome == AgendaItem.Outcome.POSITIVE,
        decides=panel is not None and panel.power is Power.DECIDES,
        name=panel.name if panel else "",
        held_on=item.meeting.held_on,
        reasoning=item.reasoning,
        conclusion=item.conclusion,
        members=tuple(seats.order_by("role", "pk").values_list("name", flat=True)),
        item=str(item.uid),
        meeting=str(item.meeting.uid),
    )


def panel_basis(
    application: Application, outcome: PanelOutcome
) -> tuple[tuple[Reason, ...], Advice]:
    """The reason that the panel's conclusion is for a letter, and its words with the names of who
    took part (Awb 3:49; names of advisers are told)."""
    figures = {"name": outcome.name, "day": day_words(outcome.held_on)}
    if outcome.decides and outcome.positive:
        sentence = _("%(name)s besloot op %(day)s positief over uw aanvraag.")
    elif outcome.decides:
        sentence = _("%(name)s besloot op %(day)s negatief over uw aanvraag.")
    elif outcome.positive:
        sentence = _("%(name)s adviseerde op %(day)s positief over uw aanvraag.")
    else:
        sentence = _("%(name)s adviseerde op %(day)s negatief over uw aanvraag.")
    reason = Reason(
        sentence=sentence % figures,
        article=law(application.revision.definition, "artikel 3:49"),
        details=(outcome.conclusion,),
    )
    advice = Advice(by=outcome.name, text=outcome.reasoning, members=outcome.members)
    return (reason,), advice


def order_of(call_id: int) -> dict[int, str]:
    """Applications (keys) that the panel found positive, with a text that sorts them: earlier
    meetings first, within a meeting the highest total score, then who was complete earlier."""
    items = (
        AgendaItem.objects.filter(
            meeting__call_id=call_id,
            meeting__state=Meeting.State.SIGNED,
            outcome=AgendaItem.Outcome.POSITIVE,
        )
        .annotate(total=Sum("scores__score", filter=Q(scores__fixed=True)))
        .select_related("meeting", "application")
        .order_by("pk")
    )
    return {
        item.application_id: " ".join(
            (
                item.meeting.held_on.isoformat(),
                f"{HIGHEST - (item.total or 0):010d}",
                moment_text(item.application.complete_at) if item.application.complete_at else "",
            )
        )
        for item in items
    }
