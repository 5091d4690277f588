"""A vote round: its frozen rules and options, and who may vote. Never what anybody voted."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application
from regeling.models import Call


class VoteRound(models.Model):
    """One vote in a call. ``params`` is frozen when the round opens and known by its hash.

    Without ``votes`` it is a ranking that rests on reviews, or on a lot, alone: it is frozen,
    closed and counted at once, and nobody casts a ballot.
    """

    class State(models.TextChoices):
        CONCEPT = "concept"
        OPEN = "open"
        CLOSED = "closed"
        COUNTED = "counted"
        DECIDED = "decided"
        UNLINKED = "unlinked"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    votes = models.BooleanField(default=True, db_default=True)
    state = models.CharField(max_length=10, choices=State, default=State.CONCEPT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()  # half open: a ballot at this moment is too late
    extended_until = models.DateTimeField(null=True)  # set by a recorded act only
    paused_at = models.DateTimeField(null=True)  # no ballots are taken while it stands
    pause_reason = models.TextField(blank=True, db_default="")
    params = models.TextField(blank=True)
    params_hash = models.CharField(max_length=64, blank=True)
    root_final = models.CharField(max_length=64, blank=True)  # the chain at the last seal
    tally = models.TextField(blank=True)  # canonical JSON: ballots, and votes per option
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["concept", "open", "closed", "counted", "decided", "unlinked"]
                ),
                name="vote_round_state_known",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="vote_round_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(state="concept", params="", params_hash="")
                | (~Q(state="concept") & ~Q(params="") & ~Q(params_hash="")),
                name="vote_round_frozen_once_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concept", "open"], root_final="")
                | (Q(state__in=["closed", "counted", "decided", "unlinked"]) & ~Q(root_final="")),
                name="vote_round_sealed_once_closed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concept", "open", "closed"], tally="")
                | (Q(state__in=["counted", "decided", "unlinked"]) & ~Q(tally="")),
                name="vote_round_no_interim_result",
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | Q(extended_until__gt=F("closes_at")),
                name="vote_round_extended_means_later",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, pause_reason="")
                | (Q(paused_at__isnull=False) & ~Q(pause_reason="")),
                name="vote_round_paused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """The first moment that is too late for a ballot, extensions included."""
        return self.extended_until or self.closes_at


class RoundExtension(models.Model):
    """A vote that lasts longer by an act with a reason, such as an outage of some hours."""

    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="extensions")
    ended_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("ended_at")), name="round_extension_means_later"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="round_extension_has_a_reason"),
        ]


class VoteOption(models.Model):
    """What a voter can choose: a frozen copy, so that the amount never comes from a browser.

    ``summary`` and ``public_name`` are what the applicant agreed to show; ``photo`` is the SHA-256
    under which the picture is stored, empty where there is none.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="options")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=900)
    summary = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=80, blank=True)
    activity = models.CharField(max_length=80, blank=True)
    amount_cents = models.BigIntegerField()
    public_name = models.CharField(max_length=200, blank=True, db_default="")
    photo = models.CharField(max_length=64, blank=True, db_default="")
    # What the picture shows, in words.
    photo_text = models.CharField(max_length=200, blank=True, db_default="")
    exclusion_group = models.CharField(max_length=80, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "application"], name="vote_option_once"),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="vote_option_asks_something"
            ),
        ]


class OptionWithdrawal(models.Model):
    """An option that takes no part any more. Ballots that name it stay valid; it gets no money."""

    option = models.OneToOneField(VoteOption, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()


class Panel(models.Model):
    """A group of voters within a round; its ballots weigh ``weight_num / weight_den``."""

    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="panels")
    name = models.CharField(max_length=100)
    weight_num = models.PositiveIntegerField(default=1, db_default=1)
    weight_den = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="panel_once"),
            models.CheckConstraint(
                condition=Q(weight_num__gte=1, weight_den__gte=1), name="panel_weighs_something"
            ),
        ]


class PanelMember(models.Model):
    """Somebody who may vote, with or without an account."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "person"],
                condition=Q(person__isnull=False),
                name="panel_member_once",
            )
        ]


class VoteRight(models.Model):
    """One right to vote. Knows that it was used and on which day; never for what.

    ``register_key`` is derived from the code, which is stored nowhere; it is empty until a code was
    made, and a later mail replaces it while the right is unused. ``own`` is what the voter called
    her own, her family's or her club's: closed on her ballot, kept here and never with the ballot.
    A right without a member belongs to a letter, known by the ``reference`` printed on it.
    """

    class Channel(models.TextChoices):
        MAIL = "mail"
        LETTER = "letter"
        DESK = "desk"
        PAPER = "paper"

    class Status(models.TextChoices):
        ISSUED = "issued"
        VOTED = "voted"
        VOID = "void"
        REPLACED = "replaced"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="rights")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="rights")
    member = models.ForeignKey(
        PanelMember, on_delete=models.PROTECT, null=True, related_name="rights"
    )
    register_key = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=6, choices=Channel)
    status = models.CharField(max_length=8, choices=Status, default=Status.ISSUED)
    voted_on = models.DateField(null=True)  # a day, never a time
    own = models.TextField(default="[]", db_default="[]")  # canonical JSON list of option uids
    reference = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "register_key"],
                condition=~Q(register_key=""),
                name="vote_right_key_once",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(status__in=["issued", "voted"]),
                name="vote_right_once_a_member",
            ),
            models.CheckConstraint(
                condition=Q(status="voted", voted_on__isnull=False)
                | (~Q(status="voted") & Q(voted_on__isnull=True)),
                name="vote_right_voted_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="voted") | ~Q(register_key=""),
                name="vote_right_voted_has_a_key",
            ),
            models.UniqueConstraint(
                fields=["round", "reference"],
                condition=~Q(reference="") & Q(status__in=["issued", "voted"]),
                name="vote_right_once_a_reference",
            ),
        ]
