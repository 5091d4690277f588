"""How the money was divided: inputs, outcome and reasons as they were, and the lot drawn."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application
from assessment.models.votes import VoteRound
from regeling.models import Call


class Lot(models.Model):
    """The one draw of a round: a full order over all options, entered by two people.

    With a public source ``number`` is the number that was announced beforehand as the source, and
    ``seed`` (hex) what follows from it, the frozen rules and the final root; both are empty for a
    draw by a notary.
    """

    round = models.OneToOneField(VoteRound, on_delete=models.PROTECT, related_name="lot")
    order = models.TextField()  # canonical JSON list of option uids, first drawn first
    number = models.CharField(max_length=100, blank=True, db_default="")
    seed = models.CharField(max_length=64, blank=True, db_default="")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(entered_by=F("confirmed_by")), name="lot_by_two_different_people"
            )
        ]


class LotEntry(models.Model):
    """The drawn order as one person typed it, without having seen another's entry.

    Where a public number was typed, ``order`` begins with the number.
    """

    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    order = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="lot_entry_once_a_person")
        ]


class Ranking(models.Model):
    """A division of money: what went in, what came out, by which version of the engine.

    ``running``: order of receipt, as far as it is known; ``stopped``: equals must be decided first;
    ``calculated``: a second official still compares the outcome; ``fixed``: it does not change any
    more.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        STOPPED = "stopped"
        CALCULATED = "calculated"
        FIXED = "fixed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    round = models.OneToOneField(
        VoteRound, on_delete=models.PROTECT, null=True, related_name="ranking"
    )
    state = models.CharField(max_length=10, choices=State)
    engine = models.CharField(max_length=10)
    inputs = models.TextField()
    outcome = models.TextField()
    outcome_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(round__isnull=True), name="ranking_by_receipt_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "stopped", "calculated", "fixed"]),
                name="ranking_state_known",
            ),
        ]


class CountEntry(models.Model):
    """The outcome hash that an official got by counting for herself."""

    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="count_entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome_hash = models.CharField(max_length=64)
    agrees = models.BooleanField()
    entered_at = models.DateTimeField()


class Departure(models.Model):
    """The decision maker departs from vote or advice for one application, with a reason (3:50).

    ``cents`` is what the application gets instead: zero refuses it. One stands at a time; taking it
    back leaves the row.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(
        VoteRound, on_delete=models.PROTECT, null=True, related_name="departures"
    )
    cents = models.BigIntegerField()
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(taken_back_at__isnull=True),
                name="departure_once_an_application",
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="departure_not_below_zero"),
            models.CheckConstraint(condition=~Q(reason=""), name="departure_has_a_reason"),
        ]


class RankingRow(models.Model):
    """What a ranking gives one application, and why; ``figures`` is the row of the outcome."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    votes = models.BigIntegerField(default=0)  # over the scale of the count
    asked = models.BigIntegerField()
    granted = models.BigIntegerField()
    code = models.CharField(max_length=24)
    figures = models.TextField()  # canonical JSON
    fixed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ranking", "application"], name="ranking_row_once"),
            models.CheckConstraint(
                condition=Q(granted__gte=0, granted__lte=F("asked")),
                name="ranking_row_grants_no_more_than_asked",
            ),
        ]
