"""Calls as programs see them."""

from __future__ import annotations

from rest_framework import serializers

from regeling.models import Call, Ceiling


class CeilingSerializer(serializers.ModelSerializer[Ceiling]):
    """A subsidy ceiling in cents: what was published and what is left."""

    free = serializers.IntegerField(
        source="left_as_told",
        read_only=True,
        help_text="Wat er nog is, in centen; waar een rangschikking verdeelt, volgens de brieven.",
    )

    class Meta:
        model = Ceiling
        fields = ("scope", "code", "amount", "free", "published_on")
        read_only_fields = fields


class CallSerializer(serializers.ModelSerializer[Call]):
    """An opening of a regulation. The window is half open: closesAt is too late."""

    regulation = serializers.CharField(source="revision.regulation.slug", read_only=True)
    authority = serializers.CharField(source="revision.regulation.authority.code", read_only=True)
    revision = serializers.CharField(source="revision.sha256", read_only=True)
    ceilings = CeilingSerializer(many=True, read_only=True)

    class Meta:
        model = Call
        fields = (
            "uid",
            "slug",
            "title",
            "kind",
            "regulation",
            "authority",
            "revision",
            "opens_at",
            "closes_at",
            "distribution_rule",
            "ceilings",
        )
        read_only_fields = fields
