"""What the tests of pages share: clients who are signed in, addresses, fields with an error."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Person
from applications.models import Application
from assessment.domain.interests import state_interest
from tests.accounts.signing_in import sign_in
from tests.factories.accountability import Office, decided, reported
from tests.factories.applications import as_actor


def as_(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def stated(person: Person, application: Application) -> Client:
    """The pages of somebody who said that she has no interest in this dossier (Awb 2:4)."""
    state_interest(application_id=application.pk, has_interest=False, actor=as_actor(person))
    return as_(person)


def url(name: str, *args: Any) -> str:
    return reverse(f"accountability:{name}", args=args)


def errors(content: str) -> list[str]:
    return re.findall(r'form-field-error-message" id="id_(\w+)_error"', content)


def fill(at: Office, name: str, number: int) -> None:
    for _ in range(number):
        if name == "settlements":
            reported(at)
        else:
            decided(at, asked=100_000)
