"""During a meeting: who is there, who leaves for which dossier, and what the panel finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.people import acts_for
from applications.models import Application, Involvement
from applications.states import State
from assessment.domain.meetings import (
    JUDGING,
    Seat,
    changed,
    lock_meeting,
    locked,
    minimum_of,
    panel_of,
    refuse_state,
    tell,
)
from assessment.domain.stewards import refuse_stranger
from assessment.models import (
    AgendaItem,
    InterestStatement,
    ItemInterest,
    ItemScore,
    Meeting,
    MeetingAttendance,
)
from regeling.definition import Criterion, CriterionKind, PanelMethod, listed
from regeling.models import Call
from regeling.words import day_words
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Conflict, Refused

CONVENED, HELD = Meeting.State.CONVENED, Meeting.State.HELD
Outcome = AgendaItem.Outcome
CONCLUDED = (Outcome.POSITIVE, Outcome.NEGATIVE)


def record_presence(
    *,
    meeting_id: int,
    present: Mapping[str, bool],
    chair: str,
    guests: Sequence[str],
    actor: Actor,
    seen_version: int | None = None,
) -> Meeting:
    """Say who is there (attendee's uid to yes or no), who chairs, and the names of guests.

    Refuses before the day of the meeting, a chair who is absent, and to make somebody absent who
    took part in a dossier that is settled.
    """
    with transaction.atomic():
        meeting = locked(meeting_id, actor, CONVENED, seen_version=seen_version)
        if clock.today() < meeting.held_on:
            raise Refused(
                _("De vergadering is op %(day)s.") % {"day": day_words(meeting.held_on)},
                code="too_early",
            )
        seats = list(meeting.attendance.exclude(role=Seat.GUEST).order_by("pk"))
        _refuse_who_took_part(seats, present)
        _let_chair(meeting, chair, present)
        for seat in seats:
            there = present.get(str(seat.uid), False)
            MeetingAttendance.objects.filter(pk=seat.pk).update(present=there)
        _seat_guests(meeting, guests)
        changed(meeting)
        tell(
            meeting,
            "presence_recorded",
            actor,
            present=sorted(uid for uid, there in present.items() if there),
        )
        return meeting


def state_interests(
    *,
    item_id: int,
    statements: Mapping[str, bool],
    actor: Actor,
    seen_version: int | None = None,
) -> None:
    """Keep per attendee (uid) whether she has an interest in this dossier (Awb 2:4).

    Who runs the meeting keeps it for all; a member says it for herself, also beforehand. Who has
    an interest leaves: her scores go and the dossier closes for her. That is not taken back, and
    an application that her own party made is always one of hers.
    """
    with transaction.atomic():
        item = _locked_item(item_id, actor, seen_version, CONVENED, own=tuple(statements))
        if item.outcome:
            raise Conflict(_("Deze aanvraag is al behandeld."), code="settled")
        seats = {str(seat.uid): seat for seat in _judging(item.meeting)}
        for uid, has_interest in statements.items():
            if uid not in seats:
                raise Refused(_("Deze persoon zit niet in de commissie."), code="attendee")
            _state(item, seats[uid], has_interest, actor)
        _item_changed(item)


def enter_scores(
    *,
    item_id: int,
    attendee: str,
    scores: Mapping[str, int],
    actor: Actor,
    seen_version: int | None = None,
) -> None:
    """Keep what one member (uid) gives on each criterion.

    Refuses a panel that gives no scores, who is absent or did not say that she has no interest,
    and a criterion or figure that the regulation does not know.
    """
    with transaction.atomic():
        item = _locked_item(item_id, actor, seen_version, CONVENED, own=(attendee,))
        if item.outcome:
            raise Conflict(_("Deze aanvraag is al behandeld."), code="settled")
        criteria = {each.code: each for each in scored(item.meeting.call)}
        if not criteria:
            raise Refused(_("Deze commissie geeft geen punten."), code="method")
        seat = next((each for each in taking_part(item) if str(each.uid) == attendee), None)
        if seat is None:
            raise Refused(
                _("Punten geeft alleen wie aanwezig is en geen belang heeft."),
                article="Awb 2:4",
                code="interest",
            )
        for code, score in scores.items():
            criterion = criteria.get(code)
            if criterion is None or not criterion.lowest <= score <= criterion.highest:
                raise Refused(_("Deze score kan niet."), field=f"score_{code}", code="score")
            ItemScore.objects.update_or_create(
                item=item, attendee=seat, criterion=code, defaults={"score": score}
            )
        _item_changed(item)


def settle_item(
    *,
    item_id: int,
    outcome: str,
    reasoning: str,
    conclusion: str,
    actor: Actor,
    seen_version: int | None = None,
) -> AgendaItem:
    """Keep what the panel found: positive, negative, held over, or not treated, and why.

    A conclusion needs a statement of interest of everybody who is there, the smallest number of
    members who take part, and where the panel scores, all their scores. After the meeting only the
    words can still be put right, until the minutes are signed.
    """
    with transaction.atomic():
        item = _locked_item(item_id, actor, seen_version, CONVENED, HELD)
        if outcome not in Outcome.values:
            raise Refused(_("Kies een uitkomst."), field="outcome")
        if not reasoning.strip():
            raise Refused(
                _("Schrijf op waarom de commissie dit vindt."),
                article="Awb 3:46",
                field="reasoning",
            )
        if item.meeting.state == HELD and outcome != item.outcome:
            raise Conflict(_("De vergadering is voorbij: de uitkomst staat vast."), code="held")
        if outcome in CONCLUDED:
            _refuse_unready(item, conclusion)
        item.outcome = outcome
        item.reasoning, item.conclusion = reasoning.strip(), conclusion.strip()
        item.settled_at = item.settled_at or clock.now()
        _item_changed(item)
        tell(item.meeting, "item_settled", actor, item=str(item.uid), outcome=outcome)
        return item


def finish(*, meeting_id: int, actor: Actor, seen_version: int | None = None) -> Meeting:
    """End the meeting: every dossier was treated, held over, or left, each with its reason.

    A meeting to which nobody came ends as well, with everything held over.
    """
    with transaction.atomic():
        meeting = locked(meeting_id, actor, CONVENED, seen_version=seen_version)
        open_items = meeting.items.filter(outcome="").count()
        if open_items:
            raise Refused(
                ngettext(
                    "%(n)s aanvraag is nog niet behandeld. Houd haar aan of behandel haar.",
                    "%(n)s aanvragen zijn nog niet behandeld. Houd ze aan of behandel ze.",
                    open_items,
                )
                % {"n": open_items},
                code="open_items",
            )
        meeting.state = HELD
        meeting.finished_at = clock.now()
        changed(meeting)
        tell(meeting, "meeting_held", actor)
        return meeting


def scored(call: Call) -> list[Criterion]:
    """The criteria on which members of this panel give a figure; none by consensus."""
    if panel_of(call).method is not PanelMethod.SCORES:
        return []
    criteria = listed(call.revision.definition.criteria)
    return [each for each in criteria if each.kind is CriterionKind.SCORE]


def taking_part(item: AgendaItem) -> list[MeetingAttendance]:
    """Who judges this dossier: present, and said that she has no interest."""
    rows = _judging(item.meeting).filter(
        present=True, interests__item=item, interests__has_interest=False
    )
    return list(rows.order_by("pk"))


def must_leave(person_id: int | None, application: Application) -> bool:
    """Whether an interest of this person is known: her own party's, or stated before."""
    if person_id is None:
        return False
    return (
        acts_for(person_id, application.party_id)
        or InterestStatement.objects.filter(
            application=application, person_id=person_id, has_interest=True
        ).exists()
        or Involvement.objects.filter(
            application=application, person_id=person_id, kind=Involvement.Kind.RECUSED, until=None
        ).exists()
    )


def _locked_item(
    item_id: int, actor: Actor, seen_version: int | None, *states: str, own: tuple[str, ...] = ()
) -> AgendaItem:
    """The item of a locked meeting, for who runs it or for the one attendee that it is about."""
    meeting_id = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
    meeting = lock_meeting(meeting_id)
    hers = {str(seat.uid) for seat in _judging(meeting) if seat.person_id == (actor.person_id or 0)}
    if not own or set(own) != hers:
        refuse_stranger(meeting.call, actor)
    refuse_state(meeting, *states)
    item = AgendaItem.objects.select_related("application").get(pk=item_id)
    item.meeting = meeting
    if seen_version is not None and seen_version != item.version:
        raise Conflict(
            _("Iemand anders legde hier intussen iets vast. Uw invoer is niet verwerkt."),
            code="stale",
        )
    return item


def _item_changed(item: AgendaItem) -> None:
    item.version += 1
    item.save()


def _judging(meeting: Meeting) -> QuerySet[MeetingAttendance]:
    return meeting.attendance.filter(role__in=JUDGING)


def _refuse_who_took_part(seats: list[MeetingAttendance], present: Mapping[str, bool]) -> None:
    leaving = [seat.pk for seat in seats if not present.get(str(seat.uid), False)]
    took_part = ItemInterest.objects.filter(
        attendee_id__in=leaving, has_interest=False, item__outcome__in=CONCLUDED
    )
    if took_part.exists():
        raise Refused(
            _("Wie al meedeed aan een behandelde aanvraag, was aanwezig."), field="present"
        )


def _let_chair(meeting: Meeting, chair: str, present: Mapping[str, bool]) -> None:
    found = _judging(meeting).filter(uid=chair).first() if chair else None
    if found is None or not present.get(chair, False):
        raise Refused(_("De voorzitter is een aanwezig lid van de commissie."), field="chair")
    meeting.attendance.filter(role=Seat.CHAIR).exclude(pk=found.pk).update(role=Seat.MEMBER)
    meeting.attendance.filter(pk=found.pk).update(role=Seat.CHAIR)


def _seat_guests(meeting: Meeting, names: Sequence[str]) -> None:
    meeting.attendance.filter(role=Seat.GUEST).delete()
    for name in names:
        if name.strip():
            MeetingAttendance.objects.create(
                meeting=meeting, name=name.strip()[:200], role=Seat.GUEST, present=True
            )


def _state(item: AgendaItem, seat: MeetingAttendance, has_interest: bool, actor: Actor) -> None:
    known = ItemInterest.objects.filter(item=item, attendee=seat).first()
    if known and known.has_interest == has_interest:
        return
    if not has_interest and (
        (known and known.has_interest) or must_leave(seat.person_id, item.application)
    ):
        raise Refused(
            _("%(name)s heeft een belang bij deze aanvraag. Dat blijft zo.") % {"name": seat.name},
            article="Awb 2:4",
            field=f"interest_{seat.uid}",
            code="interest",
        )
    ItemInterest.objects.update_or_create(
        item=item,
        attendee=seat,
        defaults={"has_interest": has_interest, "made_at": clock.now()},
    )
    if has_interest and seat.person_id:
        ItemScore.objects.filter(item=item, attendee=seat).delete()
        Involvement.objects.get_or_create(
            application=item.application,
            person_id=seat.person_id,
            kind=Involvement.Kind.RECUSED,
            until=None,
            defaults={"since": clock.now()},
        )
    tell(
        item.meeting,
        "item_interest_stated",
        actor,
        item=str(item.uid),
        attendee=str(seat.uid),
        has_interest=has_interest,
    )


def _refuse_unready(item: AgendaItem, conclusion: str) -> None:
    if item.application.state != State.IN_REVIEW:
        raise Conflict(_("Deze aanvraag wordt nu niet beoordeeld."), code="wrong_state")
    if not conclusion.strip():
        raise Refused(_("Schrijf de conclusie in een zin op."), field="conclusion")
    silent = _judging(item.meeting).filter(present=True).exclude(interests__item=item)
    name = silent.values_list("name", flat=True).first()
    if name:
        raise Refused(
            _("Leg eerst vast of %(name)s een belang heeft.") % {"name": name},
            article="Awb 2:4",
            code="unstated",
        )
    part, least = taking_part(item), minimum_of(item.meeting.call)
    if len(part) < least:
        raise Refused(
            _("Er doen %(n)s leden mee; de regeling vraagt er %(least)s. Houd de aanvraag aan.")
            % {"n": len(part), "least": least},
            field="outcome",
            code="quorum",
        )
    wanted = len(part) * len(scored(item.meeting.call))
    if ItemScore.objects.filter(item=item, attendee__in=part).count() != wanted:
        raise Refused(_("Nog niet ieder lid gaf punten."), code="scores")
