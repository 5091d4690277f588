"""What tests of pages share: somebody who is signed in, and a post as the page would make it."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from accounts.models import Person
from tests.accounts.signing_in import sign_in


def signed_in(person: Person) -> Client:
    """A browser without a script, in which this person is signed in with her second factor."""
    client = Client()
    sign_in(client, person)
    return client


def hidden(page: Any, name: str) -> str:
    """The value of a hidden field as it stands on a page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.content.decode())
    assert found, f"no {name} on the page"
    return html.unescape(found[1])


def text(page: Any) -> str:
    """The page as text, with plain spaces."""
    body: str = page.content.decode()
    return html.unescape(body).replace("\xa0", " ")


def step_url(uid: UUID, code: str) -> str:
    return reverse("applications:step", args=[uid, code])


def post_step(
    client: Client,
    uid: UUID,
    code: str,
    data: dict[str, Any],
    *,
    go: str = "next",
    version: str | None = None,
) -> Any:
    """Post a step as its page does; ``version`` is what an older page had seen."""
    address = step_url(uid, code)
    seen = version if version is not None else hidden(client.get(address), "version")
    return client.post(address, {**data, "version": seen, "go": go})
