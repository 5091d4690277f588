"""What the pages of meetings show, and who may see which meeting and which papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.domain.grants import current
from accounts.domain.people import parties_of
from accounts.roles import Role
from applications.models import Involvement
from assessment.domain.meetings import JUDGING
from assessment.domain.meetings_held import scored
from assessment.models import (
    AgendaItem,
    InterestStatement,
    ItemInterest,
    ItemScore,
    Meeting,
    MeetingAttendance,
    MeetingPaper,
)
from regeling.definition import Criterion, RouteStep
from regeling.models import Call
from regeling.words import day_words

STAFF = (Role.ASSESSOR, Role.AUDITOR, Role.DECISION_MAKER)


@dataclass(frozen=True, slots=True)
class Seen:
    """One attendee at one dossier: what she stated, whether an interest of hers is known
    already, and her score per criterion."""

    seat: MeetingAttendance
    has_interest: bool | None
    must_leave: bool
    scores: dict[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier on the agenda with everybody who judges."""

    item: AgendaItem
    seen: tuple[Seen, ...]

    @property
    def taking_part(self) -> tuple[Seen, ...]:
        """Who is there and has no interest."""
        return tuple(each for each in self.seen if each.seat.present and each.has_interest is False)

    @property
    def total(self) -> int:
        """All their points together."""
        return sum(sum(each.scores.values()) for each in self.taking_part)


def meetings_of(person_id: int | None) -> QuerySet[Meeting]:
    """The meetings that somebody runs, reads as staff, or has a seat at."""
    if person_id is None:
        return Meeting.objects.none()
    seats = MeetingAttendance.objects.filter(meeting=OuterRef("pk"), person_id=person_id)
    return Meeting.objects.filter(Exists(seats) | _as_staff(person_id, STAFF)).select_related(
        "call__revision__regulation__authority"
    )


def runs(person_id: int | None, meeting: Meeting) -> bool:
    """Does this person run the meeting: assess in its regulation?"""
    if person_id is None:
        return False
    rows = Meeting.objects.filter(pk=meeting.pk)
    return rows.filter(_as_staff(person_id, (Role.ASSESSOR,))).exists()


def seat_of(person_id: int | None, meeting: Meeting) -> MeetingAttendance | None:
    """The seat of this person at the meeting."""
    return meeting.attendance.filter(person_id=person_id).first() if person_id else None


def calls_with_panel(calls: list[Call]) -> list[Call]:
    """Those of ``calls`` whose regulation has a panel that meets."""
    return [call for call in calls if call.revision.definition.has(RouteStep.PANEL)]


def lines_of(meeting: Meeting, seats: list[MeetingAttendance]) -> list[Line]:
    """The agenda in order, in a number of queries that does not grow with it."""
    items = list(
        meeting.items.select_related("application__party")
        .prefetch_related(
            Prefetch("interests", ItemInterest.objects.order_by("pk")),
            Prefetch("scores", ItemScore.objects.order_by("pk")),
        )
        .order_by("position", "pk")
    )
    judging = [seat for seat in seats if seat.role in JUDGING]
    leave = _known_interests(items, [seat.person_id for seat in judging if seat.person_id])
    return [Line(item, tuple(_seen(item, seat, leave) for seat in judging)) for item in items]


def criteria_of(meeting: Meeting) -> list[Criterion]:
    """The criteria on which members give points."""
    return scored(meeting.call)


def papers_for(person_id: int | None, meeting: Meeting) -> QuerySet[MeetingPaper]:
    """The printed files that this person may read.

    The minutes, for everybody who sees the meeting. The papers as a whole, unless an interest of
    hers in one of the dossiers is known: then only each other dossier apart.
    """
    printed = meeting.papers.exclude(path="").select_related("item")
    items = list(meeting.items.select_related("application"))
    known = _known_interests(items, [person_id] if person_id else [])
    closed = {item.pk for item in items if (item.application_id, person_id) in known}
    minutes = Q(kind=MeetingPaper.Kind.MINUTES)
    if not closed:
        return printed.order_by("kind", "item__position", "pk")
    apart = Q(kind=MeetingPaper.Kind.PAPERS, item__isnull=False) & ~Q(item_id__in=closed)
    return printed.filter(minutes | apart).order_by("kind", "item__position", "pk")


def words_of(facts: dict[str, Any]) -> dict[str, Any]:
    """Papers or minutes as a page shows them: their days in words, and points added up."""
    told = {**facts, "day": _day(facts["held_on"])}
    told["absent"] = [each["name"] for each in facts.get("attendance", ()) if not each["present"]]
    if "signed_on" in facts:
        told["signed_day"] = _day(facts["signed_on"])
    told["items"] = [_item_words(item, facts) for item in facts["items"]]
    return told


def _item_words(item: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    told = dict(item)
    if item.get("municipal"):
        told["municipal"] = {**item["municipal"], "due_day": _day(item["municipal"]["due_on"])}
    if item.get("scores"):
        names = {each["uid"]: each["name"] for each in facts["attendance"]}
        told["table"] = [
            {
                "question": question,
                "each": ", ".join(f"{names[row['who']]} {row['score']}" for row in rows),
                "sum": sum(row["score"] for row in rows),
            }
            for code, question in facts["criteria"].items()
            if (rows := [row for row in item["scores"] if row["criterion"] == code])
        ]
    return told


def _day(text: str | date) -> str:
    return day_words(text if isinstance(text, date) else date.fromisoformat(text))


def _as_staff(person_id: int, roles: tuple[str, ...]) -> Q:
    grants = (
        current()
        .filter(
            person_id=person_id,
            role__in=roles,
            authority=OuterRef("call__revision__regulation__authority"),
        )
        .filter(Q(regulation="") | Q(regulation=OuterRef("call__revision__regulation__slug")))
    )
    return Q(Exists(grants))


def _seen(item: AgendaItem, seat: MeetingAttendance, leave: set[tuple[int, int]]) -> Seen:
    stated = {each.attendee_id: each.has_interest for each in item.interests.all()}
    return Seen(
        seat=seat,
        has_interest=stated.get(seat.pk),
        must_leave=(item.application_id, seat.person_id or 0) in leave,
        scores={
            each.criterion: each.score for each in item.scores.all() if each.attendee_id == seat.pk
        },
    )


def _known_interests(items: list[AgendaItem], people: list[int]) -> set[tuple[int, int]]:
    """Pairs of application and person of whom an interest is known without asking: stated before
    (a statement at a meeting recuses as well), or her own party's application."""
    applications = [item.application_id for item in items]
    stated = InterestStatement.objects.filter(
        application_id__in=applications, person_id__in=people, has_interest=True
    )
    recused = Involvement.objects.filter(
        application_id__in=applications,
        person_id__in=people,
        kind=Involvement.Kind.RECUSED,
        until=None,
    )
    found = set(stated.values_list("application_id", "person_id"))
    found |= set(recused.values_list("application_id", "person_id"))
    parties = {person: parties_of(person) for person in people}
    return found | {
        (item.application_id, person)
        for item in items
        for person in people
        if item.application.party_id in parties[person]
    }
