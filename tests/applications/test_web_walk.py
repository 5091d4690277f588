"""One application through its pages, without a script: from the first choice to the receipt."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models import Application
from applications.states import State
from tests.applications.pages import hidden, post_step, signed_in, text
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


def test_from_the_first_choice_to_the_receipt() -> None:
    call = open_example_call()
    person = PersonFactory(name="Jannie Bosch")
    client = signed_in(person)
    start = reverse("applications:start", args=[call.slug])
    assert "Mijzelf: Jannie Bosch" in text(client.get(start))

    client.post(start, {"applicant": f"inwoner:{person.uid}"})
    application = Application.objects.get()
    for code, data in STEPS.items():
        assert post_step(client, application.uid, code, data).status_code == 302
    upload = {"v-bijlage": SimpleUploadedFile("plein.png", PNG)}
    sent = post_step(client, application.uid, "bijlagen", upload, go="upload:bijlage")
    assert sent.status_code == 302
    summary = client.get(reverse("applications:summary", args=[application.uid]))
    for words in ("Lange tafel", "1 maart 2027", "€ 1.000", "eindigt op 4300", "plein.png"):
        assert words in text(summary)
    send = reverse("applications:send", args=[application.uid])
    seen = {"version": hidden(summary, "version"), "seen": hidden(summary, "seen")}
    first = client.post(send, {**seen, "agree": "on"})
    second = client.post(send, {**seen, "agree": "on"})

    receipt = reverse("applications:receipt", args=[application.uid])
    assert first["Location"] == second["Location"] == receipt
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    page = text(client.get(receipt))
    assert application.number in page
    assert "voorlopig nummer 1" in page
    assert Application.objects.count() == 1
