"""Votes at the desk and on paper: how many, by whom; never whose, and never for what."""

from __future__ import annotations

import uuid

from django.db import models

from accounts.models import Person
from assessment.models.votes import VoteRound


class PaperBatch(models.Model):
    """A pile of paper ballots that two people enter without seeing each other's work."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="paper_batches")
    name = models.CharField(max_length=100)
    forms = models.PositiveIntegerField()  # counted by hand before anybody types
    cast = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="paper_batch_name_once"),
            models.CheckConstraint(
                condition=models.Q(forms__gte=models.F("cast") + models.F("rejected")),
                name="paper_batch_no_more_than_forms",
            ),
        ]


class PaperEntry(models.Model):
    """That somebody typed a form. Both keys need the code on the form, so this row tells neither
    whose form it is nor what stands on it; it goes when the form is cast."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="entries")
    entry_key = models.CharField(max_length=64)
    marks_key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "entry_key", "person"], name="paper_entry_once_a_person"
            )
        ]


class DeskTally(models.Model):
    """How many votes somebody took at the desk on a day, and how many for another (by proxy)."""

    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="desk_tallies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    votes = models.PositiveIntegerField(default=0)
    proxies = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "day"], name="desk_tally_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(proxies__lte=models.F("votes")),
                name="desk_tally_proxies_are_votes",
            ),
        ]
