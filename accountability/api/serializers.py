"""The monitor as programs see it. Amounts in cents."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from rest_framework import serializers

from accountability.domain.figures import Row, Sum
from accountability.domain.monitor import Monitor


class MonitorSumSerializer(serializers.Serializer[Sum]):
    """How many applications, and how much."""

    number = serializers.IntegerField()
    cents = serializers.IntegerField()


class MonitorRowSerializer(serializers.Serializer[Row]):
    """The figures of one region or municipality, or of all."""

    code = serializers.CharField()
    name = serializers.CharField(source="label")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        measures = [each.name for each in fields(Row) if each.name not in ("code", "label")]
        return {**super().get_fields(), **{name: MonitorSumSerializer() for name in measures}}


class MonitorSerializer(serializers.Serializer[Monitor]):
    """What became of the money, as of a day, as it was known on a day."""

    regulation = serializers.SlugField()
    title = serializers.CharField()
    kind = serializers.CharField()
    as_of = serializers.DateField()
    known_on = serializers.DateField()
    final = serializers.BooleanField(help_text="Is de dag waarop dit bekend was afgesloten?")
    by = serializers.CharField()
    ceiling = serializers.IntegerField(source="figures.ceiling")
    free = serializers.IntegerField(source="figures.free")
    rows = MonitorRowSerializer(many=True, source="figures.rows")
    total = MonitorRowSerializer(source="figures.total")


class MonitorDaysSerializer(serializers.Serializer[Any]):
    """The pair of days that names the figures."""

    asOf = serializers.DateField(required=False)  # noqa: N815  the name of the query key
    knownOn = serializers.DateField(required=False)  # noqa: N815  the name of the query key
