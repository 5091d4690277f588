"""Decisions as programs see them: only what was announced."""

from __future__ import annotations

from rest_framework import serializers

from documents.models import Decision


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """An announced decision: the amount in cents, and the last day for an objection."""

    application = serializers.UUIDField(source="application.uid", read_only=True)
    number = serializers.CharField(source="application.number", read_only=True)

    class Meta:
        model = Decision
        fields = (
            "uid",
            "application",
            "number",
            "track",
            "kind",
            "amount_cents",
            "sent_on",
            "objection_until",
        )
        read_only_fields = fields
