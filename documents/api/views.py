"""Announced decisions on the dossiers that the person of the token may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, viewsets

from applications.rules import visible
from documents.api.serializers import DecisionSerializer
from documents.models import Decision


class DecisionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Decision]
):
    """Decisions, newest first. What was not sent does not exist here."""

    serializer_class = DecisionSerializer
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Decision]:
        person: Any = self.request.user
        mine = visible(getattr(person, "pk", None))
        rows = Decision.objects.filter(state=Decision.State.ANNOUNCED, application__in=mine)
        return rows.select_related("application").order_by("-sent_on", "-pk")
