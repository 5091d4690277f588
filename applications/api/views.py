"""The acts of an applicant for programs: the same verbs as the pages.

The version of an application is its ETag. A write names the version it saw in ``If-Match``; another
version is answered with 409 and a sentence, a write without one with 428.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.domain.people import actor_for, acts_for, parties_of
from accounts.models import Party
from applications.answers import content_hash
from applications.api.serializers import (
    AnswersSerializer,
    ApplicationDetailSerializer,
    ApplicationSerializer,
    NewApplicationSerializer,
    SignatureSerializer,
    SubmissionSerializer,
)
from applications.domain import drafts, signing, submission
from applications.domain.queries.form import facts_of
from applications.models import Application
from applications.rules import visible
from applications.states import BEFORE_SUBMISSION
from regeling.answers import validate
from regeling.models import Call
from timeline.actor import Actor
from timeline.refusal import NotAllowed, Refused

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="De ETag die u zag."
)


class VersionRequired(APIException):
    status_code = 428
    default_code = "version_required"
    default_detail = "Noem in If-Match de versie (ETag) die u hebt gezien."


class ApplicationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]
):
    """Applications of the parties for which the person of the token may act."""

    serializer_class = ApplicationSerializer
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Application]:
        person = self._actor().person_id
        rows = visible(person).filter(party_id__in=parties_of(person or 0))
        return rows.select_related("call", "party", "revision").order_by("-saved_at", "pk")

    @extend_schema(responses=ApplicationDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One application with its answers."""
        return self._shown(self.get_object())

    @extend_schema(request=NewApplicationSerializer, responses={201: ApplicationDetailSerializer})
    def create(self, request: Request) -> Response:
        """Start a draft."""
        given = self._read(NewApplicationSerializer, request)
        actor = self._actor()
        call = Call.objects.filter(slug=given["call"]).first()
        if call is None:
            raise Refused(_("Deze openstelling bestaat niet."), field="call")
        made = drafts.start(
            call_id=call.pk,
            party_id=self._party(given.get("applicant"), actor),
            applicant_class=given["applicant_class"],
            actor=actor,
            answers=given.get("answers"),
        )
        return self._shown(made, status=201)

    @extend_schema(
        request=AnswersSerializer,
        responses=ApplicationDetailSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Save some answers of a draft, or hand in a supplement that was asked."""
        application = self.get_object()
        given = self._read(AnswersSerializer, request)
        self._refuse_wrong(application, given["answers"])
        verb = drafts.save if application.state in BEFORE_SUBMISSION else submission.supplement
        saved = verb(
            application_id=application.pk,
            changes=given["answers"],
            actor=self._actor(),
            seen_version=self._seen(request),
        )
        return self._shown(saved)

    @extend_schema(request=SignatureSerializer, responses=ApplicationDetailSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sign what was read, named by its hash (the header ``Signable-Hash`` of a read)."""
        application = self.get_object()
        given = self._read(SignatureSerializer, request)
        actor = self._actor()
        signing.sign(
            application_id=application.pk,
            party_id=self._party(given.get("party"), actor),
            actor=actor,
            seen_hash=given["seen_hash"],
        )
        return self._shown(application)

    @extend_schema(
        request=SubmissionSerializer,
        responses=ApplicationDetailSerializer,
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Submit. A repeat gives the same result."""
        given = self._read(SubmissionSerializer, request)
        sent = submission.submit(
            application_id=self.get_object().pk,
            actor=self._actor(),
            seen_version=self._seen(request),
            although_late=given["although_late"],
        )
        return self._shown(sent)

    @extend_schema(request=None, responses=ApplicationDetailSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Withdraw before the decision is announced."""
        gone = submission.withdraw(
            application_id=self.get_object().pk,
            actor=self._actor(),
            seen_version=self._seen(request),
        )
        return self._shown(gone)

    def _shown(self, application: Application, status: int = 200) -> Response:
        row = self.get_queryset().get(pk=application.pk)
        headers = {"ETag": f'"{row.version}"'}
        if row.state in signing.MAY_STILL_SIGN:
            headers["Signable-Hash"] = content_hash(signing.signable_text(row))
        return Response(ApplicationDetailSerializer(row).data, status=status, headers=headers)

    def _read(self, serializer: Any, request: Request) -> dict[str, Any]:
        reader = serializer(data=request.data)
        reader.is_valid(raise_exception=True)
        given: dict[str, Any] = reader.validated_data
        return given

    def _refuse_wrong(self, application: Application, answers: dict[str, Any]) -> None:
        """Programs send typed answers: what is wrong is refused; what is missing may come later."""
        problems = validate(
            application.revision.definition, answers, final=False, facts=facts_of(application)
        )
        if problems:
            raise submission.Invalid(tuple((each.question, each.sentence) for each in problems))

    def _seen(self, request: Request) -> int:
        text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
        if not text.isdigit():
            raise VersionRequired
        return int(text)

    def _actor(self) -> Actor:
        person: Any = self.request.user
        return actor_for(person) if getattr(person, "uid", None) else Actor(uid="anonymous")

    def _party(self, uid: UUID | None, actor: Actor) -> int:
        if uid is None:
            return actor.person_id or 0
        party = Party.objects.filter(uid=uid).first()
        if party is None or not acts_for(actor.person_id, party.pk):
            raise NotAllowed(_("U kunt alleen handelen voor uzelf, uw groep of uw organisatie."))
        return party.pk
