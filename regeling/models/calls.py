"""Regulations, their immutable revisions, calls, and the ledger of every ceiling."""

from __future__ import annotations

import uuid
from functools import lru_cache

from django.db import models
from django.db.models import F, Q

from accounts.models import Authority
from regeling.definition import Definition, DistributionRule, from_canonical


@lru_cache(maxsize=64)
def _read(text: str) -> Definition:
    return from_canonical(text)


class Regulation(models.Model):
    """What an authority calls one regulation (regeling) or paragraph of it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One text of a regulation, as canonical JSON under its SHA-256; it never changes."""

    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    language = models.PositiveSmallIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    example_only = models.BooleanField()
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["regulation", "sha256"], name="revision_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.regulation} ({self.number})"

    @property
    def definition(self) -> Definition:
        """The typed definition; parsed once a process for each text."""
        return _read(self.text)


class Call(models.Model):
    """An opening (openstelling) of a revision. The window is half open: closes_at is too late."""

    class Kind(models.TextChoices):
        REAL = "real"
        EXAMPLE = "example"
        TEST = "test"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=8, choices=Kind)
    window = models.CharField(max_length=60)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    distribution_rule = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~Q(distribution_rule=""), name="call_has_distribution_rule"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_example(self) -> bool:
        return self.kind == self.Kind.EXAMPLE


class Ceiling(models.Model):
    """A subsidy ceiling (4:22) and its balances in cents. Free is what is left of them."""

    class Scope(models.TextChoices):
        TOTAL = "total"
        REGION = "region"
        ACTIVITY = "activity"
        TIER = "tier"
        THEME = "theme"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="ceilings")
    scope = models.CharField(max_length=10, choices=Scope)
    code = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField()
    overrun = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    open = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    lapsed = models.BigIntegerField(default=0)
    published_on = models.DateField()
    publication = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "scope", "code"], name="ceiling_once"),
            models.CheckConstraint(
                condition=Q(scope="total", code="") | (~Q(scope="total") & ~Q(code="")),
                name="ceiling_code_by_scope",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount__gte=0,
                    overrun__gte=0,
                    reserved__gte=0,
                    open__gte=0,
                    settled__gte=0,
                    lapsed__gte=0,
                ),
                name="ceiling_balances_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount__gte=F("reserved")
                    + F("open")
                    + F("settled")
                    + F("lapsed")
                    - F("overrun")
                ),
                name="ceiling_never_exceeded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.scope} {self.code}".strip()

    @property
    def free(self) -> int:
        """What can still be promised, in cents."""
        return self.amount + self.overrun - self.reserved - self.open - self.settled - self.lapsed

    @property
    def left_as_told(self) -> int:
        """What is left as far as letters have told, in cents: what everybody may read.

        Where a ranking divides the money, what is reserved would give its outcome away before the
        applicants have their letter; by order of receipt it is no secret.
        """
        if self.call.distribution_rule == DistributionRule.RECEIPT:
            return self.free
        return max(0, self.amount - self.open - self.settled - self.lapsed)


class CeilingChange(models.Model):
    """A publication that raised or lowered a ceiling (4:27, 4:28)."""

    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, related_name="changes")
    before = models.BigIntegerField()
    after = models.BigIntegerField()
    published_on = models.DateField()
    publication = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()


class Posting(models.Model):
    """One legal act in the ledger, with a line for each ceiling that applies. Never changed."""

    class Act(models.TextChoices):
        RESERVED = "reserved"
        UNRESERVED = "unreserved"
        AWARDED = "awarded"
        SETTLED = "settled"
        RELEASED = "released"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="postings")
    application_uid = models.UUIDField(db_index=True)
    act = models.CharField(max_length=12, choices=Act)
    region = models.CharField(max_length=80, blank=True)
    municipality = models.CharField(max_length=100, blank=True)
    activity = models.CharField(max_length=80, blank=True)
    day = models.DateField()
    book_year = models.PositiveSmallIntegerField()
    booked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["call", "day", "booked_at"], name="posting_as_of")]


class PostingLine(models.Model):
    """Cents that move between two balances of one ceiling."""

    class Balance(models.TextChoices):
        FREE = "free"
        RESERVED = "reserved"
        OPEN = "open"
        SETTLED = "settled"
        LAPSED = "lapsed"

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="lines")
    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, related_name="lines")
    source = models.CharField(max_length=10, choices=Balance)
    target = models.CharField(max_length=10, choices=Balance)
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="line_moves_something"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="line_between_two_balances"
            ),
        ]
