"""The link with which people outside read along stands apart from what applicants and brokers use,
and in no other address."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve, reverse

from regeling.domain.sharing import share_concept
from tests.accounts.signing_in import sign_in
from tests.factories.applications import as_actor
from tests.factories.concepts import concept, drafter
from timeline import clock

pytestmark = pytest.mark.django_db


def test_the_page_of_a_broker_is_not_taken_for_a_link() -> None:
    assert resolve(f"/meelezen/{uuid4()}/").view_name == "applications:read"


def test_the_link_stands_in_no_other_address(client: Client) -> None:
    writer = drafter()
    _share, token = share_concept(
        concept_id=concept(by=writer).pk,
        label="De dorpsraad",
        ends_at=clock.now() + timedelta(days=7),
        actor=as_actor(writer),
    )
    address = reverse("regeling:read_along", args=[token])
    assert resolve(address).view_name == "regeling:read_along"
    page = client.get(address).content.decode()
    assert f"next={address}" not in page
    assert "next=/meelezen" not in page.replace("%2F", "/")


def test_a_link_that_is_none_is_not_found_and_breaks_nothing(client: Client) -> None:
    writer = drafter()
    row = concept(by=writer)
    sign_in(client, writer)
    address = reverse("regeling:concept_readers", args=[row.uid])
    assert client.post(address, {"doe": "intrekken", "link": "geen uid"}).status_code == 404
