"""The voter's pages: a code and nothing else, and nothing of it left behind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.models import BallotInbox, VoteRight
from tests.accounts.signing_in import sign_in
from tests.factories.assessment import Election, election

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE, BALLOT = "/stemmen/", "/stemmen/biljet/"
CONFIRM, CAST = "/stemmen/controle/", "/stemmen/stem/"


def post(client: Client, address: str, held: Election, *numbers: int, **more: str) -> Any:
    choices = [str(held.options[number].uid) for number in numbers]
    return client.post(address, {"code": held.codes[0], "choices": choices, **more})


def test_from_code_to_receipt_without_an_account(client: Client) -> None:
    held = election(options=4)
    with held.running():
        assert client.get(CODE).status_code == 200
        paper = post(client, BALLOT, held)
        assert paper.content.decode().count('name="choices"') == 4
        check = post(client, CONFIRM, held, 0, 2)
        assert "Klopt dit?" in check.content.decode()
        assert not BallotInbox.objects.exists()
        first = post(client, CAST, held, 0, 2)
        again = post(client, CAST, held, 0, 2)
    receipt = re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){4}", first.content.decode())
    assert len(receipt) == 1
    assert receipt[0] in again.content.decode()
    assert BallotInbox.objects.count() == 1


def test_casting_neither_reads_nor_writes_a_session(client: Client) -> None:
    held = election()
    sign_in(client, held.assessor)  # somebody who is signed in votes as anybody else
    with held.running(), CaptureQueriesContext(connection) as queries:
        for address in (BALLOT, CONFIRM, CAST):
            answer = post(client, address, held, 0)
            assert answer.status_code == 200
            assert held.assessor.name not in answer.content.decode()
            assert "sessionid" not in answer.cookies
    asked = " ".join(query["sql"] for query in queries)
    assert BallotInbox.objects.count() == 1
    for table in ("django_session", "accounts_user", "accounts_person", "timeline_event"):
        assert table not in asked


def test_the_code_is_in_no_address_title_or_cookie_and_nothing_is_kept(client: Client) -> None:
    held = election()
    with held.running():
        for address in (BALLOT, CONFIRM, CAST):
            answer = post(client, address, held, 0)
            text = answer.content.decode()
            assert held.codes[0] not in re.sub(r'name="code" value="\w+"', "", text)
            assert not re.search(r'(?:href|action|src)="[^"]*' + held.codes[0], text)
            assert answer["Cache-Control"] == "no-store"
            assert held.codes[0] not in str(answer.headers) + str(answer.cookies)
        assert held.codes[0] not in answer.content.decode()  # the receipt does not show it at all
        for address in (BALLOT, CONFIRM, CAST):
            assert client.get(f"{address}?code={held.codes[0]}").headers["Location"] == CODE


def test_a_stale_form_without_a_token_is_taken(client: Client) -> None:
    held = election()
    strict = Client(enforce_csrf_checks=True)
    with held.running():
        assert post(strict, CAST, held, 0).status_code == 200
    assert BallotInbox.objects.count() == 1


@pytest.mark.parametrize("numbers", [(), (0, 1, 2, 3), (0, 0)])
def test_a_wrong_number_of_choices_comes_back_with_everything_as_it_was(
    client: Client, numbers: tuple[int, ...]
) -> None:
    held = election(options=4)
    with held.running():
        for address in (CONFIRM, CAST):
            answer = post(client, address, held, *numbers)
            assert answer.status_code == 422
            assert answer.content.decode().count(" checked") == len(set(numbers))
    assert not VoteRight.objects.filter(status="voted").exists()


def test_wrong_used_and_late_codes_are_told_without_saying_which(client: Client) -> None:
    held = election()
    with held.running():
        unknown = client.post(BALLOT, {"code": "AAAA-AAAA-AAAA-AAAA-A"})
        nothing = client.post(BALLOT, {})
        assert unknown.status_code == nothing.status_code == 422
        post(client, CAST, held, 0)
        other = post(client, CAST, held, 1)
        assert other.status_code == 409
        assert "al gestemd" in other.content.decode()
    with held.over():
        late = post(client, BALLOT, held)
    sentence = "Met deze code kunt u niet stemmen."
    assert all(sentence in each.content.decode() for each in (unknown, nothing, late))
    assert late.status_code == 422


def test_changing_leads_back_to_the_paper(client: Client) -> None:
    held = election(options=4)
    with held.running():
        answer = post(client, CONFIRM, held, 1, change="1")
    assert answer.status_code == 200
    assert answer.content.decode().count(" checked") == 1


def test_the_order_differs_by_voter_and_is_stable(client: Client) -> None:
    held = election(options=6, voters=6)

    def order(voter: int) -> list[str]:
        text = client.post(BALLOT, {"code": held.codes[voter]}).content.decode()
        return re.findall(r'name="choices" value="([\w-]+)"', text)

    with held.running():
        orders = [order(voter) for voter in range(6)]
        assert orders == [order(voter) for voter in range(6)]
    assert len({tuple(each) for each in orders}) > 1
    assert all(sorted(each) == sorted(orders[0]) for each in orders)


def test_everything_on_the_paper_is_what_was_frozen(client: Client) -> None:
    held = election(options=2)
    option = held.options[0]
    type(option.application).objects.filter(pk=option.application_id).update(
        title="Anders", amount_asked=1
    )
    with held.running():
        text = post(client, BALLOT, held).content.decode()
    assert "Anders" not in text
    assert option.title in text


def test_there_is_a_way_in_from_the_address_in_the_mail() -> None:
    assert reverse("assessment:vote") == CODE
