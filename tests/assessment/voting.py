"""The addresses of the voter's pages, and a form sent to one of them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.factories.assessment import Election

CODE, BALLOT = "/stemmen/", "/stemmen/biljet/"
CONFIRM, CAST = "/stemmen/controle/", "/stemmen/stem/"
CHECK, PROOF = "/stemmen/mijn-stem/", "/stemmen/bewijs/"


def post(client: Client, address: str, held: Election, *numbers: int, **more: Any) -> Any:
    """Send the first voter's form with the options of these numbers ticked."""
    choices = [str(held.options[number].uid) for number in numbers]
    fields = {"code": held.codes[0], "round": str(held.round.uid), "choices": choices}
    return client.post(address, {**fields, **more})


def text_of(answer: Any) -> str:
    """The page."""
    return str(answer.content.decode())
