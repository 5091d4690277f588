"""Clicks that really arrive at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from applications.answers import answers_of
from applications.models import Application, Snapshot
from tests.applications.pages import hidden, signed_in, step_url
from tests.factories.applications import PersonFactory, draft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLICKS = 4


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all acts in threads that start together; each closes its own connection."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


def test_clicks_on_send_at_the_same_moment_make_one_application() -> None:
    person = PersonFactory()
    application = draft(person=person)
    clients = [signed_in(person) for _ in range(CLICKS)]
    page = clients[0].get(reverse("applications:summary", args=[application.uid]))
    data = {name: hidden(page, name) for name in ("version", "seen")} | {"agree": "on"}
    send = reverse("applications:send", args=[application.uid])

    answers = at_once(*(lambda each=each: each.post(send, data) for each in clients))

    receipt = reverse("applications:receipt", args=[application.uid])
    assert [answer.status_code for answer in answers] == [302] * CLICKS
    assert {answer["Location"] for answer in answers} == {receipt}
    assert Snapshot.objects.count() == Application.objects.count() == 1


def test_two_tabs_that_save_the_same_question_at_the_same_moment_lose_one_and_tell_it() -> None:
    person = PersonFactory()
    application = draft(person=person)
    clients = [signed_in(person) for _ in range(2)]
    seen = hidden(clients[0].get(step_url(application.uid, "idee")), "version")
    save = reverse("applications:autosave", args=[application.uid, "idee"])

    one, two = at_once(
        lambda: clients[0].post(save, {"v-titel": "Van de een", "version": seen}),
        lambda: clients[1].post(save, {"v-titel": "Van de ander", "version": seen}),
    )

    assert sorted([one.status_code, two.status_code]) == [200, 409]
    application.refresh_from_db()
    kept = "Van de een" if one.status_code == 200 else "Van de ander"
    assert answers_of(application)["titel"] == kept
