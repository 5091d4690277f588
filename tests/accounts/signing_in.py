"""Signing in for tests of pages: with the second factor that staff must show."""

from __future__ import annotations

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from accounts.models import Person


def sign_in(client: Client, person: Person, *, second_factor: bool = True) -> None:
    """Sign a person in; ``second_factor`` says whether she showed her second key as well."""
    assert person.user is not None, "somebody on paper cannot sign in"
    client.force_login(person.user)
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "at": time.time(), "type": "totp"}
        ]
        session.save()
