"""The public card: written beside others, agreed to as it is seen, frozen when it is sent."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from accounts.models import Person
from applications.domain import cards, drafts
from applications.domain.card_hints import hints
from applications.domain.files import store
from applications.domain.photos import forget_photo, open_photo, path_of, store_photo
from applications.domain.pictures import MOST_PIXELS
from applications.domain.queries.card import card_now, card_of, digest_of, doubts, problems
from applications.domain.submission import Invalid, submit
from applications.models import Application, PublicCard, Snapshot
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    picture,
    sign_all,
    submitted,
    with_card,
)
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
CARD = "\ncard:\n  longest: 300\n  photo: yes\n"


def card_call() -> Call:
    return open_example_call("by-vote", more=CARD)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def application(person: Person) -> Application:
    return draft(card_call(), person=person)


def write(application: Application, person: Person, **given: Any) -> PublicCard:
    seen = given.pop("seen", None)
    return cards.write_card(
        application_id=application.pk, changes=given, actor=as_actor(person), seen=seen
    )


def send(application: Application, person: Person) -> Application:
    sign_all(application)
    return submit(application_id=application.pk, actor=as_actor(person))


def photographed(**settings: Any) -> bytes:
    """A photo as a telephone writes it: with a place, a camera, and a comment."""
    exif = Image.Exif()
    exif[0x010F] = "Camera van Jannie"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 30.0), 3: "E", 4: (6.0, 28.0, 0.0)})
    exif[0x0112] = settings.pop("orientation", 1)
    return picture(40, 20, "JPEG", exif=exif, comment=b"genomen bij Jannie thuis", **settings)


def as_upload(content: bytes, name: str = "plein.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.both
def test_what_was_agreed_and_sent_is_the_card(application: Application, person: Person) -> None:
    assert card_of(application.pk) is None

    send(application, person)

    card = card_of(application.pk)
    assert card is not None
    assert (card.text, card.name) == ("Wij eten samen aan een lange tafel.", "Buren van het plein")
    assert (card.title, card.place) == (application.title, "Voorbeeldstad")
    assert (card.cents, card.photo) == (application.amount_asked, "")
    assert json.loads(Snapshot.objects.get().text)["card"]["text"] == card.text


def test_without_a_card_in_the_regulation_there_is_none(person: Person) -> None:
    application = submitted(open_example_call("by-vote"), person=person)

    assert card_of(application.pk) is None
    assert problems(application) == ()
    assert "card" not in json.loads(Snapshot.objects.get().text)
    with pytest.raises(Refused, match="hoort geen kaart"):
        write(application, person, text="Toch")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": ""}, "text", "Schrijf wat stemmers"),
        ({"text": "x" * 301}, "text", "1 tekens te lang"),
        ({"chosen_name": ""}, "chosen_name", "Kies de naam"),
        ({"text": "Iets anders"}, "agree", "ga ermee akkoord"),
    ],
)
def test_an_unfinished_card_cannot_be_sent(
    application: Application, person: Person, changes: dict[str, Any], field: str, sentence: str
) -> None:
    write(application, person, **changes)
    sign_all(application)

    with pytest.raises(Invalid) as told:
        submit(application_id=application.pk, actor=as_actor(person))

    assert [(name, sentence in words) for name, words in told.value.problems] == [
        (f"card:{field}", True)
    ]
    application.refresh_from_db()
    assert application.number is None


@pytest.mark.parametrize(
    "change", [{"titel": "Een andere naam"}, {"bedrag": 50_000}], ids=["title", "amount"]
)
def test_an_agreement_holds_only_for_what_was_seen(
    application: Application, person: Person, change: dict[str, Any]
) -> None:
    assert problems(application) == ()

    drafts.save(application_id=application.pk, changes=change, actor=as_actor(person))

    application.refresh_from_db()
    assert [each.field for each in problems(application)] == ["agree"]


def test_one_agrees_to_the_card_that_one_saw(application: Application, person: Person) -> None:
    seen = digest_of(card_now(application))
    write(application, person, text="Intussen iets anders")

    with pytest.raises(Conflict, match="Bekijk haar opnieuw"):
        cards.agree(application_id=application.pk, seen_hash=seen, actor=as_actor(person))


@pytest.mark.both
def test_an_agreement_has_somebody(application: Application) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicCard.objects.update(agreed_by=None)


def test_two_tabs_that_write_different_fields_keep_both(
    application: Application, person: Person
) -> None:
    seen = cards.digests(PublicCard.objects.get())
    write(application, person, text="Uit de ene tab", seen=seen)
    before = {"text": "Wij eten samen aan een lange tafel.", "chosen_name": "Uit de andere"}

    row = write(application, person, seen=seen, **before)

    assert (row.text, row.chosen_name) == ("Uit de ene tab", "Uit de andere")


def test_two_tabs_that_write_the_same_field_are_told(
    application: Application, person: Person
) -> None:
    seen = cards.digests(PublicCard.objects.get())
    write(application, person, text="Uit de ene tab", seen=seen)

    with pytest.raises(Conflict) as told:
        write(application, person, text="Uit de andere tab", seen=seen)

    assert told.value.field == "text"
    assert PublicCard.objects.get().text == "Uit de ene tab"


def test_a_sent_card_is_frozen(application: Application, person: Person) -> None:
    send(application, person)

    with pytest.raises(Conflict, match="ligt vast"):
        write(application, person, text="Te laat")


def test_nobody_writes_the_card_of_another(application: Application) -> None:
    with pytest.raises(NotAllowed):
        write(application, PersonFactory(), text="Van mij")


def test_a_thrown_away_draft_takes_its_card_along(application: Application, person: Person) -> None:
    drafts.discard(application_id=application.pk, actor=as_actor(person))

    assert not PublicCard.objects.exists()


def test_a_photo_is_kept_without_place_camera_and_comment() -> None:
    content = photographed()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)

    stored = store_photo(as_upload(content))

    with open_photo(stored.sha256) as file:
        data = file.read()
    kept = Image.open(io.BytesIO(data))
    assert (kept.format, kept.size) == ("JPEG", (40, 20))
    assert not kept.getexif()
    assert b"Jannie" not in data
    assert "comment" not in kept.info


def test_a_photo_taken_sideways_stands_upright() -> None:
    stored = store_photo(as_upload(photographed(orientation=6)))

    with open_photo(stored.sha256) as file:
        assert Image.open(file).size == (20, 40)


def test_any_uploaded_photo_loses_where_it_was_taken() -> None:
    stored = store(as_upload(photographed()), application_uid="x")

    with default_storage.open(stored.path) as file:
        data = file.read()
    assert not Image.open(io.BytesIO(data)).getexif()
    assert b"Jannie" not in data
    assert stored.size == len(data)


def test_a_large_photo_is_made_smaller_and_a_huge_one_refused() -> None:
    with open_photo(store_photo(as_upload(picture(2000, 1000))).sha256) as file:
        assert Image.open(file).size == (1600, 800)
    bomb = picture(MOST_PIXELS // 100 + 1, 100, kind="PNG")
    with pytest.raises(Refused, match="te veel beeldpunten"):
        store_photo(as_upload(bomb))


@pytest.mark.parametrize(
    "content",
    [b"", b"geen foto", b"%PDF-1.7", photographed()[:200], picture(3, 3, kind="GIF")],
    ids=["empty", "text", "pdf", "half", "gif"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as told:
        store_photo(as_upload(content))

    assert told.value.field == "photo"


def test_a_photo_needs_words_and_consent(application: Application, person: Person) -> None:
    sha256 = store_photo(as_upload(photographed())).sha256
    act: dict[str, Any] = {"application_id": application.pk, "actor": as_actor(person)}
    cards.set_photo(sha256=sha256, **act)

    assert [each.field for each in problems(application)] == ["photo_text", "photo_consent"]

    with_card(application, person=person, photo_text="Een plein", photo_consent=True)
    assert problems(application) == ()
    other = store_photo(as_upload(picture(3))).sha256
    row = cards.set_photo(sha256=other, **act)
    assert not row.photo_consent


def test_a_photo_that_was_taken_off_is_gone(application: Application, person: Person) -> None:
    sha256 = store_photo(as_upload(photographed())).sha256
    act: dict[str, Any] = {"application_id": application.pk, "actor": as_actor(person)}
    cards.set_photo(sha256=sha256, **act)
    forget_photo(sha256)
    assert default_storage.exists(path_of(sha256))

    cards.set_photo(sha256="", **act)
    forget_photo(sha256)

    assert not default_storage.exists(path_of(sha256))


def test_a_photo_that_was_sent_stays(application: Application, person: Person) -> None:
    sha256 = store_photo(as_upload(photographed())).sha256
    cards.set_photo(application_id=application.pk, sha256=sha256, actor=as_actor(person))
    with_card(application, person=person, photo_text="Een plein", photo_consent=True)
    send(application, person)
    PublicCard.objects.update(photo="")

    forget_photo(sha256)

    assert default_storage.exists(path_of(sha256))


def test_a_regulation_without_photos_takes_none(person: Person) -> None:
    application = draft(open_example_call("by-vote", more="\ncard: {}\n"), person=person)

    with pytest.raises(Refused, match="hoort geen foto"):
        cards.set_photo(application_id=application.pk, sha256="a" * 64, actor=as_actor(person))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 0572-123456.", ["0572-123456"]),
        ("Bel 06 12 34 56 78 of +31 6 12345678", ["06 12 34 56 78", "+31 6 12345678"]),
        ("Mail jan@dorp.nl.", ["jan@dorp.nl"]),
        ("Met Jan de Vries en Annie van den Berg", ["Jan de Vries", "Annie van den Berg"]),
        ("Samen met Onze Piet Jansen", ["Piet Jansen"]),
        ("De Vereniging Samen Dorp, Maandag Om Tien", []),
        ("In 2027 voor 12.000 euro, 7731 AB, op Zaterdag. De Brug doet mee.", []),
        ("Rekening NL91ABNA0417164300", []),
        ("Jannie Bosch begint in Den Ham", []),
    ],
)
def test_numbers_addresses_and_names_are_pointed_at(text: str, found: list[str]) -> None:
    assert [each.words for each in hints(text, known=["Jannie Bosch"])] == found


@given(st.text(max_size=300))
def test_any_text_gets_hints_that_stand_in_it(text: str) -> None:
    plain = " ".join(text.split())

    for each in hints(text):
        assert each.words in (text if each.kind != "name" else plain)


def test_a_hint_never_bars(application: Application, person: Person) -> None:
    with_card(application, person=person, text="Bel Piet Jansen op 0572-123456")

    assert [each.kind for each in doubts(application, PublicCard.objects.get())] == [
        "phone",
        "name",
    ]
    assert send(application, person).number
