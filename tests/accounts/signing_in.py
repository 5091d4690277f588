"""Signing in for tests of pages: with the second factor that staff must show."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from accounts.models import Person


def sign_in(client: Client, person: Person, *, second_factor: bool = True) -> None:
    """Sign a person in; ``second_factor`` says whether she showed her second key as well."""
    if person.user is None:
        raise ValueError("somebody on paper cannot sign in")
    client.force_login(person.user)
    if second_factor:
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person.user, "mfa", type="totp")
        request.session.save()
