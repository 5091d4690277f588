"""A panel that meets: its days, who was there, what it found, and the minutes that were signed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application
from regeling.models import Call


class Meeting(models.Model):
    """One meeting (vergadering) of the panel of a call.

    ``in_by`` is the last day on which an application could become complete to be treated.
    ``minutes`` (canonical text), its hash and its signature come together and never change.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        CONVENED = "convened"
        HELD = "held"
        SIGNED = "signed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=80, blank=True)  # empty: the whole territory
    held_on = models.DateField()
    starts = models.TimeField()
    place = models.CharField(max_length=200)
    in_by = models.DateField()
    day_reason = models.CharField(max_length=500, blank=True)  # for a day of its own
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)
    convened_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    minutes = models.TextField(blank=True)
    minutes_hash = models.CharField(max_length=64, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "region", "held_on"], name="meeting_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "convened", "held", "signed"]),
                name="meeting_state_known",
            ),
            models.CheckConstraint(
                condition=Q(in_by__lte=F("held_on")), name="meeting_in_by_before"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="signed",
                    signed_by__isnull=False,
                    signed_at__isnull=False,
                )
                & ~Q(minutes="")
                & ~Q(minutes_hash="")
                | ~Q(state="signed")
                & Q(signed_by__isnull=True, signed_at__isnull=True, minutes="", minutes_hash=""),
                name="meeting_signed_has_minutes",
            ),
        ]


class MeetingAttendance(models.Model):
    """Somebody at a meeting. ``present`` is None until it was recorded; ``name`` stays as it was
    then, also when the person is called otherwise later."""

    class Role(models.TextChoices):
        CHAIR = "chair"
        MEMBER = "member"
        SECRETARY = "secretary"
        GUEST = "guest"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=9, choices=Role)
    present = models.BooleanField(null=True)
    fixed = models.BooleanField(default=False)  # the minutes were signed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="attendance_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(role="chair"), name="attendance_one_chair"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["chair", "member", "secretary", "guest"]),
                name="attendance_role_known",
            ),
            models.CheckConstraint(
                condition=Q(role="guest") | Q(person__isnull=False),
                name="attendance_who_judges_is_known",
            ),
        ]


class AgendaItem(models.Model):
    """One dossier on the agenda, and what the panel found: ``reasoning`` is why, ``conclusion``
    the advice or decision in a sentence."""

    class Outcome(models.TextChoices):
        POSITIVE = "positive"
        NEGATIVE = "negative"
        HELD_OVER = "held_over"
        NONE = "none"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    reasoning = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    settled_at = models.DateTimeField(null=True)
    fixed = models.BooleanField(default=False)  # the minutes were signed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "application"], name="agenda_item_once_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "positive", "negative", "held_over", "none"]),
                name="agenda_item_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True)
                | ~Q(outcome="") & ~Q(reasoning="") & Q(settled_at__isnull=False),
                name="agenda_item_outcome_has_reasons",
            ),
        ]


class AgendaChange(models.Model):
    """A dossier put on, taken off or moved on an agenda by hand, and why."""

    class Kind(models.TextChoices):
        ADDED = "added"
        DROPPED = "dropped"
        MOVED = "moved"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="agenda_change_has_a_reason")
        ]


class ItemInterest(models.Model):
    """Before a dossier is treated: has this attendee an interest in it? (Awb 2:4)"""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="interests")
    attendee = models.ForeignKey(
        MeetingAttendance, on_delete=models.PROTECT, related_name="interests"
    )
    has_interest = models.BooleanField()
    made_at = models.DateTimeField()
    fixed = models.BooleanField(default=False)  # the minutes were signed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "attendee"], name="item_interest_once")
        ]


class ItemScore(models.Model):
    """What one member gives one criterion."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="scores")
    attendee = models.ForeignKey(MeetingAttendance, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=80)
    score = models.IntegerField()
    fixed = models.BooleanField(default=False)  # the minutes were signed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "attendee", "criterion"], name="item_score_once"
            )
        ]


class MeetingPaper(models.Model):
    """A PDF of a meeting: its papers (as a whole, and each dossier apart) or its minutes.

    ``facts`` is the canonical text from which it is made, frozen when it was ordered; the worker
    adds path, size, hash and fingerprint once.
    """

    class Kind(models.TextChoices):
        PAPERS = "papers"
        MINUTES = "minutes"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="papers")
    kind = models.CharField(max_length=7, choices=Kind)
    facts = models.TextField()
    facts_hash = models.CharField(max_length=64)
    path = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=200, blank=True)
    ordered_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=Q(item__isnull=True),
                name="meeting_paper_once",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(item__isnull=False), name="meeting_paper_once_an_item"
            ),
            models.CheckConstraint(
                condition=Q(path="", sha256="", printed_at__isnull=True)
                | ~Q(path="") & ~Q(sha256="") & Q(printed_at__isnull=False),
                name="meeting_paper_printed_whole",
            ),
        ]


class MunicipalRequest(models.Model):
    """What a municipality is asked about an application, and until which day.

    ``questions`` (canonical JSON: [code, question]) are those of the regulation when it was asked;
    ``silent_at`` is when it was noted that the day had passed with a question unanswered.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    municipality = models.CharField(max_length=100)
    questions = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    silent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on")), name="municipal_request_has_a_term"
            )
        ]
        indexes = [models.Index(fields=["municipality", "due_on"], name="municipal_by_place")]


class MunicipalAnswer(models.Model):
    """An answer to one question. A changed answer is a new row: the last one counts."""

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    request = models.ForeignKey(MunicipalRequest, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=80)
    answer = models.CharField(max_length=7, choices=Answer)
    explanation = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "no", "unknown"]), name="municipal_answer_known"
            )
        ]
