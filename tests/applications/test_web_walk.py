"""One application through its pages, without a script: from the first choice to the receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from applications.models import Application
from applications.states import State
from tests.factories.applications import IBAN, PNG, PersonFactory, open_example_call

pytestmark = pytest.mark.django_db

STEPS: dict[str, dict[str, Any]] = {
    "idee": {
        "v-titel": "Lange tafel",
        "v-beschrijving": "Wij eten samen op het plein.",
        "v-activiteit": "ontmoeten",
        "v-vorm": "nieuw",
    },
    "waar-en-wanneer": {
        "v-gemeente": "Voorbeeldstad",
        "v-plaats": "Het Oosten",
        "v-startdatum": "1-3-2027",
        "v-einddatum": "1 mei 2027",
        "v-deelnemers": "1.200",
        "v-vergunning": "nee",
    },
    "geld": {
        "v-begroting-costs-1-label": "Tafels",
        "v-begroting-costs-1-amount": "1.250,50",
        "v-begroting-funding-1-label": "Eigen geld",
        "v-begroting-funding-1-amount": "250,50",
        "v-bedrag": "€ 1.000",
        "v-iban": IBAN,
    },
    "bijlagen": {"v-opmerking": ""},
}


def signed_in(person: Person) -> Client:
    client = Client()
    assert person.user
    client.force_login(person.user)
    return client


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    assert found, f"no {name} on the page"
    return found[1].replace("&quot;", '"')


def post_step(client: Client, uid: object, code: str, data: dict[str, Any], go: str = "next") -> Any:
    address = reverse("applications:step", args=[uid, code])
    version = hidden(client.get(address).content.decode(), "version")
    return client.post(address, {**data, "version": version, "go": go})


def test_from_the_first_choice_to_the_receipt() -> None:
    call = open_example_call()
    person = PersonFactory(name="Jannie Bosch")
    client = signed_in(person)
    start = reverse("applications:start", args=[call.slug])
    assert "Mijzelf: Jannie Bosch" in client.get(start).content.decode()

    client.post(start, {"applicant": f"inwoner:{person.uid}"})
    application = Application.objects.get()
    for code, data in STEPS.items():
        assert post_step(client, application.uid, code, data).status_code == 302
    upload = {"v-bijlage": SimpleUploadedFile("plein.png", PNG)}
    assert post_step(client, application.uid, "bijlagen", upload, "upload:bijlage").status_code == 302
    summary = client.get(reverse("applications:summary", args=[application.uid])).content.decode()
    for words in ("Lange tafel", "1 maart 2027", "€ 1.000", "eindigt op 4300", "plein.png"):
        assert words in summary.replace("\xa0", " ")
    send = reverse("applications:send", args=[application.uid])
    seen = {"version": hidden(summary, "version"), "seen": hidden(summary, "seen")}
    first = client.post(send, {**seen, "agree": "on"})
    second = client.post(send, {**seen, "agree": "on"})

    receipt = reverse("applications:receipt", args=[application.uid])
    assert first["Location"] == second["Location"] == receipt
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    page = client.get(receipt).content.decode()
    assert application.number in page
    assert "voorlopig nummer 1" in page
    assert Application.objects.count() == 1
