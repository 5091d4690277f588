"""The voter's pages: a code and nothing else, and nothing of it left behind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.domain.photos import store_photo
from assessment.domain.rounds import make_round
from assessment.models import BallotInbox, VoteOption, VoteRight
from tests.accounts.signing_in import sign_in
from tests.assessment.voting import BALLOT, CAST, CHECK, CODE, CONFIRM, PROOF, post, text_of
from tests.factories.applications import PersonFactory, as_actor, open_example_call, picture
from tests.factories.assessment import assessor_of, election, ready_for_vote
from tests.factories.votes import open_round_of

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RECEIPT = r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){4}"


def test_from_code_to_receipt_without_an_account(client: Client) -> None:
    held = election(options=4)
    with held.running():
        assert client.get(CODE).status_code == 200
        paper = post(client, BALLOT, held)
        assert text_of(paper).count('name="choices"') == 4
        check = post(client, CONFIRM, held, 0, 2)
        assert "Klopt dit?" in text_of(check)
        assert not BallotInbox.objects.exists()
        first = post(client, CAST, held, 0, 2)
        again = post(client, CAST, held, 0, 2)
    receipt = re.findall(RECEIPT, text_of(first))
    assert len(receipt) == 1
    assert receipt[0] in text_of(again)
    assert BallotInbox.objects.count() == 1


def test_casting_neither_reads_nor_writes_a_session(client: Client) -> None:
    held = election()
    sign_in(client, held.assessor)  # somebody who is signed in votes as anybody else
    with held.running(), CaptureQueriesContext(connection) as queries:
        for address in (BALLOT, CONFIRM, CAST, CHECK):
            answer = post(client, address, held, 0)
            assert answer.status_code == 200
            assert held.assessor.name not in text_of(answer)
            assert "sessionid" not in answer.cookies
    asked = " ".join(query["sql"] for query in queries)
    assert BallotInbox.objects.count() == 1
    for table in ("django_session", "accounts_user", "accounts_person", "timeline_event"):
        assert table not in asked


def test_the_code_is_in_no_address_title_or_cookie_and_nothing_is_kept(client: Client) -> None:
    held = election()
    addresses = (BALLOT, CONFIRM, CAST, CHECK, PROOF)
    with held.running():
        for address in addresses:
            answer = post(client, address, held, 0)
            text = text_of(answer)
            assert held.codes[0] not in re.sub(r'name="code" value="\w+"', "", text)
            assert not re.search(r'(?:href|action|src)="[^"]*' + held.codes[0], text)
            assert answer["Cache-Control"] == "no-store"
            assert held.codes[0] not in str(answer.headers) + str(answer.cookies)
            if address == CAST:
                assert held.codes[0] not in text  # the receipt does not show it at all
        for address in addresses:
            answer = client.get(f"{address}?code={held.codes[0]}")
            assert held.codes[0] not in text_of(answer)
        assert client.get(f"{BALLOT}?code={held.codes[0]}").headers["Location"] == CODE


def test_a_stale_form_without_a_token_is_taken() -> None:
    held = election()
    strict = Client(enforce_csrf_checks=True)
    with held.running():
        assert post(strict, CAST, held, 0).status_code == 200
    assert BallotInbox.objects.count() == 1


def test_the_next_voter_finds_a_browser_that_kept_nothing(client: Client) -> None:
    answer = client.get("/stemmen/volgende/")
    assert answer.headers["Location"] == CODE
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("numbers", [(), (0, 1, 2, 3), (0, 0)])
def test_a_wrong_number_of_choices_comes_back_with_everything_as_it_was(
    client: Client, numbers: tuple[int, ...]
) -> None:
    held = election(options=4)
    with held.running():
        for address in (CONFIRM, CAST):
            answer = post(client, address, held, *numbers)
            assert answer.status_code == 422
            text = text_of(answer)
            assert text.count(" checked") == len(set(numbers))
            assert 'role="alert"' in text
            assert re.search(r'<a [^>]*href="#keuze-\d"', text)
    assert not VoteRight.objects.filter(status="voted").exists()


def test_wrong_and_unknown_codes_are_told_apart_only_by_a_slip(client: Client) -> None:
    held = election()
    with held.running():
        unknown = client.post(BALLOT, {"code": "2222-2222-2222-2222-2"})
        slip = client.post(BALLOT, {"code": held.codes[0][:-1]})
        nothing = client.post(BALLOT, {})
    assert unknown.status_code == slip.status_code == nothing.status_code == 422
    assert "Er zit een tikfout in deze code." in text_of(slip)
    for answer in (unknown, nothing):
        assert "Met deze code kunt u niet stemmen." in text_of(answer)
    assert 'aria-invalid="true"' in text_of(slip)


def test_too_many_guesses_wait_and_a_right_code_passes(client: Client) -> None:
    held = election()
    with held.running():
        for _ in range(10):
            assert client.post(BALLOT, {"code": "2222-2222-2222-2222-2"}).status_code == 422
        slow = client.post(BALLOT, {"code": "2222-2222-2222-2222-2"})
        assert slow.status_code == 429
        assert 0 < int(slow["Retry-After"]) <= 600
        assert "Uw code blijft geldig." in text_of(slow)
        for _ in range(3):  # a slip of the pen is no guess
            assert client.post(BALLOT, {"code": held.codes[0][:-1]}).status_code == 422
        assert post(client, BALLOT, held).status_code == 200


def test_before_and_after_the_hours_it_says_when_and_where_the_outcome_comes(
    client: Client,
) -> None:
    held = election()
    early = text_of(post(client, BALLOT, held))
    assert "De stemming is nog niet begonnen" in early
    with held.running():
        post(client, CAST, held, 0)
    with held.over():
        late = text_of(post(client, CAST, held, 1))
    assert "De stemming is gesloten" in late
    assert reverse("assessment:public_round", args=[held.round.uid]) in late
    assert BallotInbox.objects.count() == 1


def test_a_paused_round_says_why_and_that_the_code_stays_good(client: Client) -> None:
    held = election()
    with held.running():
        type(held.round).objects.filter(pk=held.round.pk).update(
            paused_at=held.round.opens_at, pause_reason="Wij zoeken een storing uit."
        )
        for address in (BALLOT, CONFIRM, CAST):
            text = text_of(post(client, address, held, 0))
            assert "Wij zoeken een storing uit." in text
            assert "Uw code blijft geldig." in text
    assert not BallotInbox.objects.exists()


def test_changing_leads_back_to_the_paper(client: Client) -> None:
    held = election(options=4)
    with held.running():
        answer = post(client, BALLOT, held, 1)
    assert answer.status_code == 200
    assert text_of(answer).count(" checked") == 1


def test_who_comes_again_sees_her_choice_only_when_she_asks(client: Client) -> None:
    held = open_round_of("approval", options=4)
    title = held.options[1].title
    with held.running():
        post(client, CAST, held, 1)
        again = text_of(post(client, BALLOT, held))
        assert "Laat zien wat ik koos" in again
        assert title not in again
        shown = text_of(post(client, CHECK, held, show="1"))
        assert title in shown
        empty = text_of(post(client, BALLOT, held, again="1"))
        assert empty.count('name="choices"') == 4
        assert " checked" not in empty
        filled = text_of(post(client, BALLOT, held, again="1", fill="1"))
        assert filled.count(" checked") == 1
        other = post(client, CAST, held, 2)
        assert other.status_code == 200
        assert held.options[2].title in text_of(post(client, CHECK, held, show="1"))
    assert VoteRight.objects.filter(status="voted").count() == 1


def test_where_a_vote_is_final_another_choice_is_refused(client: Client) -> None:
    held = open_round_of("approval", vote={"change": False})
    with held.running():
        assert "niets meer wijzigen" in text_of(post(client, CONFIRM, held, 0))
        post(client, CAST, held, 0)
        other = post(client, CAST, held, 1)
        assert other.status_code == 409
        assert "al gestemd" in text_of(other)
        assert "Stem opnieuw" not in text_of(post(client, BALLOT, held))


def test_after_closing_the_proof_is_there_and_the_choice_is_not(client: Client) -> None:
    held = open_round_of("approval")
    with held.running():
        receipt = re.findall(RECEIPT, text_of(post(client, CAST, held, 0)))[0]
    held.close()
    with held.over():
        seen = text_of(post(client, CHECK, held, show="1"))
        proof = post(client, PROOF, held)
    assert receipt in seen
    assert "in de verzegelde stembus" in seen
    assert held.options[0].title not in seen
    assert proof["Content-Type"] == "application/json"
    assert held.codes[0] not in proof["Content-Disposition"]
    content = json.loads(proof.content)
    assert content["sealed"]["batch"] == 1
    assert str(held.options[0].uid) not in proof.content.decode()


def test_what_is_her_own_is_asked_first_and_closed_on_her_paper(client: Client) -> None:
    held = open_round_of("approval", options=4, vote={"own_text": "Welke zijn van u of uw club?"})
    mine = str(held.options[0].uid)
    with held.running():
        first = text_of(post(client, BALLOT, held))
        assert "Welke zijn van u of uw club?" in first
        assert 'name="choices"' not in first
        asked = {"own_asked": "1", "own": [mine]}
        paper = text_of(post(client, BALLOT, held, **asked))
        assert paper.count('name="choices"') == 3
        assert "U kruiste aan dat dit van u" in paper
        refused = post(client, CAST, held, 0, **asked)
        assert refused.status_code == 422
        assert "Daarop kunt u niet stemmen." in text_of(refused)
        check = text_of(post(client, CONFIRM, held, 1, **asked))
        assert f'name="own" value="{mine}"' in check
        assert post(client, CAST, held, 1, **asked).status_code == 200
    assert json.loads(VoteRight.objects.get(status="voted").own) == [mine]


def test_the_order_differs_by_voter_and_is_stable(client: Client) -> None:
    held = election(options=6, voters=6)

    def order(voter: int) -> list[str]:
        text = text_of(client.post(BALLOT, {"code": held.codes[voter]}))
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
        text = text_of(post(client, BALLOT, held))
    assert "Anders" not in text
    assert option.title in text


def test_another_language_keeps_what_was_filled_in(client: Client) -> None:
    held = open_round_of("approval", options=4)
    with held.running():
        answer = post(client, BALLOT, held, 1, 2, taal="en")
        text = text_of(answer)
        assert '<html lang="en"' in text
        assert text.count(" checked") == 2
        assert answer.cookies["django_language"].value == "en"
        assert '<html lang="en"' in text_of(post(client, CONFIRM, held, 1))
        odd = post(client, BALLOT, held, taal="xx")
    assert "django_language" not in odd.cookies


def test_many_options_are_sought_by_place_without_a_script(client: Client) -> None:
    held = open_round_of("approval", options=9)
    place = held.options[0].place
    here = sum(option.place == place for option in held.options)
    with held.running():
        answer: Any = post(client, BALLOT, held, 1, plaats=place, zoek="1")
    text = text_of(answer)
    assert f"{here} van 9 initiatieven." in text
    assert len(re.findall(r"<li hidden data-option", text)) == 9 - here
    assert text.count(" checked") == 1  # a choice that is out of sight stays


def test_a_photo_is_for_everybody_kept_by_browsers_and_asks_for_no_cookie(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    call = open_example_call("by-vote")
    person = assessor_of(call)
    application = ready_for_vote(call, person, PersonFactory())
    round_ = make_round(call_id=call.pk, actor=as_actor(person))
    stored = store_photo(SimpleUploadedFile("plein.png", picture(40)))
    option = VoteOption.objects.create(
        round=round_, application=application, amount_cents=1, photo=stored.sha256
    )
    answer = client.get(reverse("assessment:option_photo", args=[option.uid]))
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer).startswith(b"\xff\xd8")
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies
    nowhere = reverse("assessment:option_photo", args=[round_.uid])
    assert client.get(nowhere).status_code == 404


def test_there_is_a_way_in_from_the_address_in_the_mail() -> None:
    assert reverse("assessment:vote") == CODE
