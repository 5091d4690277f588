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
    """The one draw of a round: a full order over all options, entered by two people."""

    round = models.OneToOneField(VoteRound, on_delete=models.PROTECT, related_name="lot")
    order = models.TextField()  # canonical JSON list of option uids, first drawn first
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
    """The drawn order as one person typed it, without having seen another's entry."""

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
    ``fixed``: it does not change any more.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        STOPPED = "stopped"
        FIXED = "fixed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    round = models.OneToOneField(
        VoteRound, on_delete=models.PROTECT, null=True, related_name="ranking"
    )
    state = models.CharField(max_length=7, choices=State)
    engine = models.CharField(max_length=10)
    inputs = models.TextField()
    outcome = models.TextField()
    outcome_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(round__isnull=True), name="ranking_by_receipt_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "stopped", "fixed"]),
                name="ranking_state_known",
            ),
        ]


class RankingRow(models.Model):
    """What a ranking gives one application, and why; ``figures`` is the row of the outcome."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    votes = models.PositiveIntegerField(default=0)
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
