"""The life of a regulation's text: concept, check, publication, withdrawal, and what follows."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Authority, Person
from regeling.models.calls import Call, Regulation, Revision
from regeling.models.evaluation import Finding


class TransitionalRule(models.TextChoices):
    """Which text governs an application that was in when a new one came into force."""

    RUNNING_KEEP = "running_keep"
    RUNNING_FOLLOW = "running_follow"


class Concept(models.Model):
    """A text that is being written. ``version`` is the number of its newest text.

    A new regulation has no ``regulation`` until its first publication; its slug is then still the
    concept's own.
    """

    class State(models.TextChoices):
        CONCEPT = "concept"
        CHECKED = "checked"
        PUBLISHED = "published"
        DROPPED = "dropped"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(
        Regulation, on_delete=models.PROTECT, null=True, related_name="concepts"
    )
    based_on = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.CONCEPT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(state__in=["concept", "checked"]),
                name="concept_once_at_work",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concept", "checked", "published", "dropped"]),
                name="concept_state_is_a_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ConceptText(models.Model):
    """One saved text of a concept. Never changed: the history, and what an undo goes back to."""

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    source = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "number"], name="concept_text_once")
        ]


class ConceptCheck(models.Model):
    """What a second person found of one saved text, named by its SHA-256. Never changed."""

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField()
    remarks = models.TextField(blank=True)
    checked_at = models.DateTimeField()


class Publication(models.Model):
    """A revision was published, and is in force from a moment. Never changed.

    ``reference`` is where it was published (Provinciaal Blad); ``published_by`` is empty where the
    engine itself accepted a delivered text.
    """

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="publication")
    concept = models.OneToOneField(
        Concept, on_delete=models.PROTECT, null=True, related_name="publication"
    )
    published_at = models.DateTimeField()
    in_force_at = models.DateTimeField()
    reference = models.CharField(max_length=200, blank=True)
    transitional_rule = models.CharField(
        max_length=16, choices=TransitionalRule, default=TransitionalRule.RUNNING_KEEP
    )
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")


class RevisionWithdrawal(models.Model):
    """A revision is no longer in force from a moment. Never changed."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="withdrawal")
    from_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()


class ConceptShare(models.Model):
    """A link with which people outside can read a concept and make remarks.

    Only the hash of its token is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=200)  # for whom: "dorpsbelang Luttenberg"
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="share_ends_after_it_began"
            )
        ]


class ConceptRemark(models.Model):
    """A remark about one part of a concept, and the answer to it.

    ``path`` is the part of the definition (``amounts``, ``eligibility.nieuw``), empty for the
    whole. ``name`` is how the reader calls herself; it may stay empty, and it is forgotten once the
    text is published or dropped.
    """

    share = models.ForeignKey(ConceptShare, on_delete=models.PROTECT, related_name="remarks")
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="remarks")
    path = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="remark_answer_has_a_person",
            )
        ]


class ChangeReason(models.Model):
    """Why a concept changes one part of the text before it."""

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="reasons")
    path = models.CharField(max_length=200)
    reason = models.CharField(max_length=1000)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # The finding of an evaluation that the change answers.
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, related_name="answers"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "path"], name="change_reason_once")
        ]


class CallAmendment(models.Model):
    """From a moment another revision governs a call that was open already. Never changed."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    before = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    transitional_rule = models.CharField(max_length=16, choices=TransitionalRule)
    made_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="amendment_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="amendment_changes"),
        ]
