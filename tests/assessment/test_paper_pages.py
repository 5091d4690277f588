"""Paper ballots in the browser's hands: piles, two typists, and the letters with codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from assessment.domain.queries.ballots import numbered
from assessment.domain.tally import latest
from assessment.models import BallotInbox, PaperBatch, PaperEntry, VoteRight
from assessment.web.paper_marks import typed
from tests.accounts.signing_in import sign_in
from tests.assessment.voting import text_of
from tests.factories.assessment import Election, assessor_of
from tests.factories.votes import open_round_of
from timeline.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def as_person(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def pile_of(held: Election, client: Client, forms: int = 2) -> str:
    """The address of a fresh pile."""
    answer = client.post(
        reverse("assessment:paper", args=[held.round.uid]), {"name": "Bibliotheek", "forms": forms}
    )
    assert answer.status_code == 302, text_of(answer)
    return str(answer.headers["Location"])


def enter(client: Client, address: str, code: str, text: str, **more: str) -> Any:
    return client.post(address, {"code": code, "typed": text, **more}, follow=True)


def test_two_people_who_type_the_same_cast_a_vote() -> None:
    held = open_round_of("points", options=4)
    one, other = as_person(held.assessor), as_person(held.second)
    with held.running():
        address = pile_of(held, one)
        first = enter(one, address, held.codes[0], "2:2 1:1")
        assert "Nu typt een ander dit formulier." in text_of(first)
        assert not BallotInbox.objects.exists()
        second = enter(other, address, held.codes[0], "1:1, 2:2")
        assert "De stem is uitgebracht." in text_of(second)
    options = dict(numbered(held.round))
    choices = BallotInbox.objects.get().choices
    assert f'"{options[2].uid}":2' in choices
    assert f'"{options[1].uid}":1' in choices
    assert VoteRight.objects.get(status="voted").channel == "paper"
    for page in (first, second):
        assert held.codes[0] not in text_of(page)
        assert "2:2" not in text_of(page)


def test_a_difference_goes_to_a_third_and_progress_is_told() -> None:
    held = open_round_of("approval", options=4)
    third = assessor_of(held.call, "Derde Typist")
    one, other = as_person(held.assessor), as_person(held.second)
    with held.running():
        address = pile_of(held, one, forms=2)
        enter(one, address, held.codes[0], "1 2")
        told = text_of(enter(other, address, held.codes[0], "1 3"))
        assert "Een derde persoon typt dit formulier." in told
        again = enter(one, address, held.codes[0], "1 3")
        assert again.status_code == 409
        decided = text_of(enter(as_person(third), address, held.codes[0], "3 1"))
        assert "De stem is uitgebracht." in decided
        assert "1 van 2" in decided
    assert BallotInbox.objects.count() == 1
    assert not PaperEntry.objects.exists()


def test_blank_forms_and_forms_without_a_code_are_rejected_and_the_pile_closes() -> None:
    held = open_round_of("approval", options=4)
    one, other = as_person(held.assessor), as_person(held.second)
    with held.running():
        address = pile_of(held, one, forms=2)
        for client in (one, other):
            enter(client, address, held.codes[1], "", blank="1")
        early = one.post(f"{address}sluiten/")
        assert early.status_code == 409
        one.post(f"{address}afkeuren/")
        assert one.post(f"{address}sluiten/").status_code == 302
    batch = PaperBatch.objects.get()
    assert (batch.cast, batch.rejected) == (0, 2)
    assert batch.closed_at
    assert not BallotInbox.objects.exists()


@pytest.mark.parametrize(
    ("code", "text", "sentence"),
    [
        ("", "1", "Met deze code kunt u niet stemmen."),
        (None, "9", "staat niet op het formulier"),
        (None, "x", "staat niet op het formulier"),
        (None, "1 2 3 4", "Kies hoogstens 3 initiatieven."),
        (None, "1 1", "staat er twee keer"),
        (None, "", "U koos nog niets."),
    ],
)
def test_what_cannot_be_is_told_and_kept_in_the_fields(
    code: str | None, text: str, sentence: str
) -> None:
    held = open_round_of("approval", options=4)
    one = as_person(held.assessor)
    with held.running():
        address = pile_of(held, one)
        answer = enter(one, address, held.codes[0] if code is None else code, text)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'name="typed" id="typed" value="{text}"' in text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert not PaperEntry.objects.exists()


def test_numbers_are_read_by_kind() -> None:
    held = open_round_of("household", options=3)
    options = numbered(held.round)
    uid = {number: card.uid for number, card in options}
    assert typed({"kind": "household"}, options, "2:15, 1:7,50") == {uid[2]: 1500, uid[1]: 750}
    assert typed({"kind": "household"}, options, "2:15; 1:10") == {uid[2]: 1500, uid[1]: 1000}
    assert typed({"kind": "ranking"}, options, "3 1") == [uid[3], uid[1]]
    assert typed({"kind": "score"}, options, "1:-2") == {uid[1]: -2}
    for wrong in ("2", "2:", "2:x", "0:1", "2:1 2:1", "4:1"):
        with pytest.raises(Refused):
            typed({"kind": "points"}, options, wrong)


def test_a_stranger_finds_no_pile() -> None:
    held = open_round_of("approval")
    with held.running():
        address = pile_of(held, as_person(held.assessor))
    elsewhere = open_round_of("ranking")
    other = reverse("assessment:pile", args=[elsewhere.round.uid, address.rstrip("/")[-36:]])
    assert as_person(held.assessor).get(other).status_code == 404


def test_letters_hold_code_picture_and_numbered_options_once() -> None:
    held = open_round_of("points", options=4, voters=2, begun=True)
    held.round.rights.update(channel="letter", register_key="")
    client = as_person(held.assessor)
    address = reverse("assessment:print_codes", args=[held.round.uid])
    page = client.post(address)
    text = text_of(page)
    codes = re.findall(r"sve-letter-digits\">([A-Z0-9-]{21})<", text)
    assert len(set(codes)) == 2
    for letter in text.split('<article class="sve-letter"')[1:]:
        assert letter.index("Kiezer") < letter.index("sve-letter-cut")
        assert "Kiezer" not in letter[letter.index("sve-letter-cut") :]
    assert text.count("data:image/svg+xml") == 4  # in the letter, and on the ballot cut from it
    assert page["Cache-Control"] == "no-store"
    for number, card in numbered(held.round):
        assert f'<td>{number}</td><th scope="row">{card.option.title}</th>' in text
    assert client.post(address).status_code == 409  # made once
    answer = Client().post("/stemmen/biljet/", {"code": codes[0]})
    assert "Uw stembiljet" in text_of(answer)


def test_the_file_for_a_printer_has_the_code_behind_the_sign_that_browsers_keep() -> None:
    held = open_round_of("approval", voters=1, begun=True)
    held.round.rights.update(channel="letter", register_key="")
    held.round.panels.get().members.update(name="=HYPERLINK(1)")
    answer = as_person(held.assessor).post(
        reverse("assessment:print_codes", args=[held.round.uid]), {"form": "csv"}
    )
    row = answer.content.decode("utf-8-sig").splitlines()[1].split(";")
    assert row[0].startswith("'=")
    assert row[3].endswith(f"/stemmen/#{row[2]}")
    assert answer["Content-Type"].startswith("text/csv")


def test_latest_counts_what_paper_cast() -> None:
    held = open_round_of("ranking", options=3)
    one, other = as_person(held.assessor), as_person(held.second)
    with held.running():
        address = pile_of(held, one)
        for client in (one, other):
            enter(client, address, held.codes[0], "3 1")
    rows = BallotInbox.objects.values_list("ballot_key", "revision", "panel__name", "choices")
    uid = {number: card.uid for number, card in numbered(held.round)}
    assert latest(rows)[0][1] == f'["{uid[3]}","{uid[1]}"]'
