"""What somebody may do, and where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.authority import Authority
from accounts.models.party import Person
from accounts.roles import Role


class Grant(models.Model):
    """A role at an authority; regulation and region as codes, empty for all of them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="grants")
    regulation = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    # Of a municipal contact only.
    municipality = models.CharField(max_length=80, blank=True, db_default="")
    limit_cents = models.BigIntegerField(null=True)  # the most that a decision maker may sign for
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "authority", "regulation", "region", "municipality"],
                condition=Q(until__isnull=True),
                name="grant_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_is_a_role"),
            models.CheckConstraint(
                condition=Q(role=Role.MUNICIPAL_CONTACT) & ~Q(municipality="")
                | ~Q(role=Role.MUNICIPAL_CONTACT) & Q(municipality=""),
                name="grant_municipality_of_a_contact",
            ),
        ]
