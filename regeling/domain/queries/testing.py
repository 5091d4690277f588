"""Who may look at a test call and take part in it: the office, and who was invited."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.domain.grants import current, holds
from accounts.models import Person
from accounts.roles import STAFF
from regeling.models import Call, Tester


def may_join(person_id: int | None, call: Call) -> bool:
    """Everybody may join a real call or an example; a test only staff of its authority, and whoever
    was invited to it by the address with which she signs in."""
    if call.kind != Call.Kind.TEST:
        return True
    if person_id is None:
        return False
    authority = call.revision.regulation.authority
    if holds(person_id, *sorted(STAFF), authority=authority.code):
        return True
    return _invited(call_id=call.pk, person_id=person_id)


def calls_for(person_id: int | None) -> QuerySet[Call]:
    """The calls that ``may_join`` allows, for lists and programs."""
    own = current().filter(
        person_id=person_id or 0,
        role__in=sorted(STAFF),
        authority=OuterRef("revision__regulation__authority"),
    )
    invited = Tester.objects.filter(call=OuterRef("pk"), email__in=_addresses(person_id))
    return Call.objects.filter(~Q(kind=Call.Kind.TEST) | Exists(own) | Exists(invited))


def _invited(*, call_id: int, person_id: int) -> bool:
    return Tester.objects.filter(call_id=call_id, email__in=_addresses(person_id)).exists()


def _addresses(person_id: int | None) -> list[str]:
    """The address with which somebody signs in, as testers are kept."""
    found = Person.objects.filter(pk=person_id or 0, user__isnull=False).values_list("user__email")
    return [email.lower() for (email,) in found]
