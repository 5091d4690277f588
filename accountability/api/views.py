"""The monitor for programs of finance and auditors."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accountability.api.serializers import MonitorDaysSerializer, MonitorSerializer
from accountability.domain.monitor import monitor
from accountability.rules import regulations_of
from timeline import clock

DAY: dict[str, Any] = {
    "type": OpenApiTypes.DATE,
    "location": OpenApiParameter.QUERY,
    "required": False,
}


class MonitorView(APIView):
    """The monitor of a regulation. It reconciles, or it is refused with what differs."""

    scope = "monitor"

    @extend_schema(
        responses=MonitorSerializer,
        parameters=[
            OpenApiParameter("asOf", description="De peildatum; vandaag als zij ontbreekt.", **DAY),
            OpenApiParameter("knownOn", description="De dag waarop het bekend was.", **DAY),
        ],
    )
    def get(self, request: Request, slug: str) -> Response:
        """The figures as of a day, as they were known on a day."""
        person: Any = request.user
        regulation = get_object_or_404(regulations_of(person.pk), slug=slug)
        days = MonitorDaysSerializer(data=request.query_params)
        days.is_valid(raise_exception=True)
        made = monitor(
            regulation_id=regulation.pk,
            as_of=days.validated_data.get("asOf") or clock.today(),
            known_on=days.validated_data.get("knownOn"),
        )
        return Response(MonitorSerializer(made).data)
