"""Test calls: the whole route, with nothing that counts, leaves the machine or stays.

A test opens on any text: one that was published, or a concept as it is written now.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from regeling.domain.publishing import keep, refuse_another_place
from regeling.domain.revisions import open_call
from regeling.domain.texts import may_write, newest, read, refuse_strangers
from regeling.models import Call, Concept, Tester
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import NotAllowed, Refused

WEEKS = 4
LONGEST = 90  # of the slug before its number


def open_test(
    *,
    concept_id: int,
    actor: Actor,
    days: tuple[datetime, datetime | None] | None = None,
    window: str = "",
    title: str = "",
) -> Call:
    """Open a test call on the newest text of a concept, checked or not.

    The text is kept as a revision without a publication, on which only tests open. ``days`` are
    four weeks from today unless told. Refuses a stranger, and whatever ``open_call`` refuses: also
    a test needs to know what its route needs. Raises ``WrongText`` for a text with errors.
    """
    with transaction.atomic():
        concept = lock_one(Concept.objects.filter(pk=concept_id).select_related("authority"))
        refuse_strangers(concept, actor)
        text = newest(concept)
        definition = read(text.source, slug=concept.slug)
        refuse_another_place(concept, definition)
        revision = keep(definition, text.source, actor)
        days = days or four_weeks()
        return open_call(
            revision_id=revision.pk,
            kind=Call.Kind.TEST,
            actor=actor,
            window=window,
            slug=free_slug(concept.slug),
            title=title or concept.title,
            days=days,
            published_on=clock.day(days[0]) - timedelta(days=1),
        )


def four_weeks() -> tuple[datetime, datetime]:
    """From the start of today for four weeks, as moments, half open."""
    today = clock.today()
    return clock.moment(today), clock.moment(today + timedelta(weeks=WEEKS))


def free_slug(slug: str) -> str:
    """An address for a test of this regulation: never one that a real call would want."""
    taken = set(Call.objects.filter(slug__startswith="test-").values_list("slug", flat=True))
    number = 1
    while (made := f"test-{slug[:LONGEST]}-{number}") in taken:
        number += 1
    return made


def invite_tester(*, call_id: int, email: str, actor: Actor) -> Tester:
    """Let somebody from outside join a test call, by the address with which she signs in.

    Nothing is mailed: the one who invites hands on the link. Inviting twice changes nothing.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("Dit is geen e-mailadres."), field="email") from None
    with transaction.atomic():
        call = _test(call_id, actor)
        row, made = Tester.objects.get_or_create(
            call=call,
            email=email,
            defaults={"invited_by_id": actor.person_id, "invited_at": clock.now()},
        )
        if made:
            record(
                stream=("call", str(call.uid)),
                type="regeling.tester_invited",
                facts={"testers": Tester.objects.filter(call=call).count()},
                actor=actor,
            )
        return row


def dismiss_tester(*, call_id: int, tester_id: int, actor: Actor) -> None:
    """Somebody no longer joins a test call; what she did in it stays. Twice changes nothing."""
    with transaction.atomic():
        call = _test(call_id, actor)
        gone, _models = Tester.objects.filter(call=call, pk=tester_id).delete()
        if gone:
            record(
                stream=("call", str(call.uid)),
                type="regeling.tester_dismissed",
                facts={"testers": Tester.objects.filter(call=call).count()},
                actor=actor,
            )


def _test(call_id: int, actor: Actor) -> Call:
    call = lock_one(
        Call.objects.filter(pk=call_id).select_related("revision__regulation__authority")
    )
    regulation = call.revision.regulation
    if not may_write(actor.person_id, authority=regulation.authority.code, slug=regulation.slug):
        raise NotAllowed(_("Alleen een opsteller of beheerder van deze overheid kan dit."))
    if call.kind != Call.Kind.TEST:
        raise Refused(_("Dit is geen test: iedereen kan hier meedoen."), code="not_a_test")
    return call
