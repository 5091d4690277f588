"""Calls, readable for everybody with a token."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import mixins, viewsets

from accounts.models import Person
from regeling.api.serializers import CallSerializer
from regeling.domain.queries.testing import calls_for
from regeling.models import Call


class CallViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Call]):
    """Calls: what is or was open, until when, and what is left."""

    serializer_class = CallSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Call]:
        person = self.request.user
        rows = calls_for(person.pk if isinstance(person, Person) else None)
        rows = rows.select_related("revision__regulation__authority")
        return rows.prefetch_related("ceilings").order_by("-opens_at", "pk")
