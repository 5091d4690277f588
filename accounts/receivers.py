"""Signals of libraries, received here only; each does one thing."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.domain.people import change_details, person_of
from accounts.models import User


@receiver(authenticator_added)
def second_factor_was_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Whoever has just proved that she holds a new second factor need not show it again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request,
            user,
            "mfa",
            id=authenticator.pk,
            type=str(authenticator.type),
            reauthenticated=True,
        )


@receiver(email_changed)
def person_follows_login(user: User, to_email_address: EmailAddress, **_: Any) -> None:
    """Messages go to the address with which somebody signs in."""
    change_details(party_id=person_of(user).pk, email=to_email_address.email)
