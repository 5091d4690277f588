"""Applications as programs see and send them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from applications.answers import answers_of
from applications.models import Application

# Keys are question codes of the definition; shapes follow the kind of question.
Answers = dict[str, Any]


FIELDS = (
    "uid",
    "number",
    "call",
    "applicant",
    "applicant_class",
    "state",
    "version",
    "title",
    "region",
    "municipality",
    "activity",
    "amount_asked",
    "awarded_cents",
    "settled_cents",
    "submitted_at",
    "complete_at",
    "place",
    "provisional_place",
    "provisional",
    "decision_due",
)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application. Amounts in cents, days as dates, moments with their zone."""

    call = serializers.SlugField(source="call.slug", read_only=True)
    applicant = serializers.UUIDField(source="party.uid", read_only=True)
    provisional = serializers.SerializerMethodField(help_text="Staat de plaats nog niet vast?")

    class Meta:
        model = Application
        fields: tuple[str, ...] = FIELDS
        read_only_fields: tuple[str, ...] = FIELDS

    def get_provisional(self, application: Application) -> bool:
        return application.provisional_place is not None and application.place is None


class ApplicationDetailSerializer(ApplicationSerializer):
    """An application with the answers to the questions of its regulation."""

    answers = serializers.SerializerMethodField()

    class Meta(ApplicationSerializer.Meta):
        fields = (*FIELDS, "answers")
        read_only_fields = fields

    def get_answers(self, application: Application) -> dict[str, Any]:
        return answers_of(application)


class NewApplicationSerializer(serializers.Serializer[Answers]):
    """Start a draft: in which call, as whom, and what is known already."""

    call = serializers.SlugField(max_length=100)
    applicant = serializers.UUIDField(required=False, help_text="Leeg: de persoon van het token.")
    applicant_class = serializers.SlugField(max_length=60)
    answers = serializers.DictField(child=serializers.JSONField(allow_null=True), required=False)


class AnswersSerializer(serializers.Serializer[Answers]):
    """Some answers; the others stay."""

    answers = serializers.DictField(child=serializers.JSONField(allow_null=True))


class SubmissionSerializer(serializers.Serializer[Answers]):
    """Submit; after closing only when ``althoughLate`` says so."""

    although_late = serializers.BooleanField(default=False)


class SignatureSerializer(serializers.Serializer[Answers]):
    """Sign what the hash names."""

    party = serializers.UUIDField(required=False, help_text="Leeg: de persoon van het token.")
    seen_hash = serializers.RegexField(r"^[0-9a-f]{64}$")
