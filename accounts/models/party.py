"""Persons, groups and organisations: those to whom a dossier can belong."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Party(models.Model):
    """Whoever can apply, sign, receive money or act. May have no login (paper, desk)."""

    class Kind(models.TextChoices):
        PERSON = "person"
        GROUP = "group"
        ORGANISATION = "organisation"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    search = models.CharField(max_length=200, blank=True, editable=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100, blank=True)
    municipality = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name


class Person(Party):
    """A human being; at most one login."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="person"
    )


class Organisation(Party):
    """A legal person, or another body that acts through people with a mandate."""

    kvk_number = models.CharField(max_length=8, blank=True)
    legal_form = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kvk_number"], condition=~Q(kvk_number=""), name="kvk_number_once"
            )
        ]


class OrganisationMember(models.Model):
    """Somebody who may act for an organisation, let in by one who already could."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="functions")
    function = models.CharField(max_length=80)
    may_sign = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    admitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="admitted"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(until__isnull=True),
                name="organisation_member_once",
            )
        ]


class Group(Party):
    """People or organisations who apply together (samenwerkingsverband)."""


class GroupMember(models.Model):
    """One who takes part in a group. ``is_lead`` is the penvoerder and payee: exactly one."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="groups")
    is_lead = models.BooleanField(default=False)
    accepted_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "party"],
                condition=Q(left_at__isnull=True),
                name="group_member_once",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(is_lead=True, left_at__isnull=True),
                name="group_lead_once",
            ),
        ]


class Invitation(models.Model):
    """A letter of invitation to a group or an organisation: gives no access before acceptance.

    The token is mailed and never stored; the row keeps its hash.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    function = models.CharField(max_length=80, blank=True)
    may_sign = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True),
                name="invitation_one_answer",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return not (self.accepted_at or self.declined_at or self.withdrawn_at)
