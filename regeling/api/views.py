"""Calls, readable for everybody with a token."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import mixins, viewsets

from regeling.api.serializers import CallSerializer
from regeling.models import Call


class CallViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Call]):
    """Calls: what is or was open, until when, and what is left."""

    serializer_class = CallSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Call]:
        rows = Call.objects.select_related("revision__regulation__authority")
        return rows.prefetch_related("ceilings").order_by("-opens_at", "pk")
