"""The first administrator, whom nobody can grant anything yet."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import current, grant
from accounts.domain.people import person_of
from accounts.models import Authority, Person, User
from accounts.roles import Role
from timeline.actor import SYSTEM
from timeline.refusal import Refused


def first_administrator(*, email: str, authority: str = "") -> Person:
    """Give the role of administrator to ``email``, with a login when there is none yet.

    Refuses when ``authority`` is not known (or empty while there are several), and when it has an
    administrator: from then on administrators are granted on a page, where it is seen.
    """
    places = list(
        Authority.objects.filter(code=authority) if authority else Authority.objects.all()
    )
    if len(places) != 1:
        known = ", ".join(Authority.objects.order_by("code").values_list("code", flat=True))
        raise Refused(_("Noem één overheid. Bekend zijn: %(codes)s.") % {"codes": known or "-"})
    with transaction.atomic():
        if current().filter(role=Role.ADMINISTRATOR, authority=places[0]).exists():
            raise Refused(_("Deze overheid heeft al een beheerder; die kan anderen toelaten."))
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
        person = person_of(user)
        grant(
            person_id=person.pk,
            role=Role.ADMINISTRATOR,
            authority=places[0].code,
            actor=SYSTEM,
        )
        return person
