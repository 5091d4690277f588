"""The application itself: what is asked, by whom, and how far it is."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, FSMModelMixin, transition  # installed as django-fsm-2

from accounts.models import Party
from applications.states import BEFORE_SUBMISSION, WITHDRAWABLE, State
from regeling.models import Call, Revision


def step(source: State | tuple[State, ...], target: State) -> Any:
    """One transition: from these states to that one. Called by ``applications.lifecycle`` only."""
    sources = [source] if isinstance(source, State) else list(source)
    return transition(field="state", source=sources, target=target)


class Application(FSMModelMixin, models.Model):
    """An application (aanvraag) of a party in a call; the page calls it a dossier.

    The columns hold what every regulation has; the answers to its own questions lie in the draft
    until submission and in the snapshots afterwards. ``version`` grows with every change.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001  unique once given
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    # The text under which the draft was begun, once the applicant took a newer one.
    began_with = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    applicant_class = models.CharField(max_length=60)
    state = FSMField(
        max_length=24, choices=State.choices, default=State.DRAFT, protected=True, db_index=True
    )
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=8, default="portal")
    draft = models.TextField(default="{}")  # question: [answer, version at which it was given]
    saved_at = models.DateTimeField()
    title = models.CharField(max_length=900, blank=True)
    search = models.TextField(blank=True, editable=False)
    region = models.CharField(max_length=80, blank=True)
    municipality = models.CharField(max_length=100, blank=True)
    activity = models.CharField(max_length=80, blank=True)
    theme = models.CharField(max_length=80, blank=True, db_default="")
    amount_asked = models.BigIntegerField(default=0)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    complete_at = models.DateTimeField(null=True)
    provisional_place = models.PositiveIntegerField(null=True)
    place = models.PositiveIntegerField(null=True)
    decision_due = models.DateField(null=True)
    awarded_cents = models.BigIntegerField(null=True)
    settled_cents = models.BigIntegerField(null=True)
    tier = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    report_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="application_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(BEFORE_SUBMISSION), number__isnull=True)
                | (~Q(state__in=sorted(BEFORE_SUBMISSION)) & Q(number__isnull=False)),
                name="application_numbered_at_submission",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, submitted_at__isnull=True)
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="application_submitted_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(complete_at__isnull=True) | Q(complete_at__gte=F("submitted_at")),
                name="application_complete_after_receipt",
            ),
            models.UniqueConstraint(fields=["call", "place"], name="application_place_once"),
            models.CheckConstraint(
                condition=Q(amount_asked__gte=0), name="application_asks_no_less_than_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="application_by_call"),
            models.Index(fields=["party", "-saved_at"], name="application_by_party"),
            models.Index(fields=["decision_due", "id"], name="application_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number or 'concept'} {self.title}".strip()

    # One method a transition, one target each. django-fsm refuses a wrong source; whether it may
    # happen at all is asked in applications.lifecycle, which alone calls these.

    @step(State.DRAFT, State.IN_COACHING)
    def ask_coaching(self) -> None: ...

    @step(State.IN_COACHING, State.DRAFT)
    def end_coaching(self) -> None: ...

    @step((State.DRAFT, State.IN_COACHING), State.SUBMITTED)
    def submit(self) -> None: ...

    @step((State.DRAFT, State.IN_COACHING), State.LATE)
    def submit_late(self) -> None: ...

    @step(State.SUBMITTED, State.COMPLETENESS_CHECK)
    def start_completeness_check(self) -> None: ...

    @step(State.COMPLETENESS_CHECK, State.AWAITING_SUPPLEMENT)
    def ask_supplement(self) -> None: ...

    @step(State.AWAITING_SUPPLEMENT, State.COMPLETENESS_CHECK)
    def receive_supplement(self) -> None: ...

    @step(State.COMPLETENESS_CHECK, State.IN_REVIEW)
    def complete(self) -> None: ...

    @step(State.IN_REVIEW, State.ELIGIBLE_FOR_VOTE)
    def admit_to_vote(self) -> None: ...

    @step(State.ELIGIBLE_FOR_VOTE, State.VOTING)
    def open_vote(self) -> None: ...

    @step((State.IN_REVIEW, State.VOTING), State.RANKED)
    def rank(self) -> None: ...

    @step(State.RANKED, State.RESERVE)
    def put_on_reserve(self) -> None: ...

    @step((State.IN_REVIEW, State.RANKED, State.RESERVE), State.HEARING)
    def start_hearing(self) -> None: ...

    @step(
        (
            State.LATE,
            State.AWAITING_SUPPLEMENT,
            State.IN_REVIEW,
            State.RANKED,
            State.RESERVE,
            State.HEARING,
        ),
        State.DECISION_DRAFT,
    )
    def draft_decision(self) -> None: ...

    @step(State.DECISION_DRAFT, State.AWARDED)
    def announce_award(self) -> None: ...

    @step(State.DECISION_DRAFT, State.PARTIALLY_AWARDED)
    def announce_partial_award(self) -> None: ...

    @step(State.DECISION_DRAFT, State.DIRECTLY_SETTLED)
    def announce_direct_settlement(self) -> None: ...

    @step(State.DECISION_DRAFT, State.REJECTED)
    def announce_rejection(self) -> None: ...

    @step(State.DECISION_DRAFT, State.NOT_PROCESSED)
    def announce_not_processed(self) -> None: ...

    @step(WITHDRAWABLE, State.WITHDRAWN)
    def withdraw(self) -> None: ...

    @step((State.AWARDED, State.PARTIALLY_AWARDED), State.IN_EXECUTION)
    def start_execution(self) -> None: ...

    @step(State.IN_EXECUTION, State.REPORT_DUE)
    def ask_report(self) -> None: ...

    @step(State.REPORT_DUE, State.SETTLEMENT_REQUESTED)
    def request_settlement(self) -> None: ...

    @step((State.SETTLEMENT_REQUESTED, State.REPORT_DUE), State.SETTLED)
    def announce_settlement(self) -> None: ...

    @step((State.SETTLEMENT_REQUESTED, State.REPORT_DUE), State.LOWER_SETTLED)
    def announce_lower_settlement(self) -> None: ...

    @step(
        (
            State.SETTLED,
            State.LOWER_SETTLED,
            State.DIRECTLY_SETTLED,
            State.REJECTED,
            State.NOT_PROCESSED,
            State.WITHDRAWN,
        ),
        State.CLOSED,
    )
    def close(self) -> None: ...


class NumberSeries(models.Model):
    """The last dossier number given out for a prefix and a year; a number is never used again."""

    prefix = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="number_series_once")
        ]
