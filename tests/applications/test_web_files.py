"""Files with a question: by content and size, and only for whom they concern."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Person
from accounts.roles import Role
from applications.answers import answers_of
from applications.domain.files import LARGEST
from applications.domain.submission import submit
from applications.models import Application, Attachment
from applications.web.files import plain_name
from tests.applications.pages import post_step, signed_in, step_url, text
from tests.factories.applications import (
    PNG,
    PersonFactory,
    as_actor,
    attachment,
    draft,
    open_example_call,
    organisation_of,
    picture,
    sign_all,
    with_role,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def upload(person: Person, application: Application, content: bytes, name: str = "a.png") -> Any:
    address = reverse("applications:upload", args=[application.uid, "bijlage"])
    return signed_in(person).post(address, {"file": SimpleUploadedFile(name, content)})


def test_an_uploaded_file_is_in_the_list_at_once(person: Person) -> None:
    application = draft(person=person)

    page = upload(person, application, PNG, "plein.png")

    assert "plein.png" in text(page)
    row = Attachment.objects.get()
    assert (row.media_type, row.question) == ("image/png", "bijlage")
    with default_storage.open(row.path) as kept:
        assert kept.size == row.size
        assert Image.open(kept).size == (1, 1)


def test_sending_the_same_file_again_does_not_make_a_second(person: Person) -> None:
    application = draft(person=person)

    for _ in range(2):
        upload(person, application, PNG)

    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leeg.pdf", "Dit bestand is leeg"),
        (b"MZ\x90\x00 not a letter", "brief.pdf", "Dit soort bestand kunnen wij niet lezen"),
        (b"<html><script>alert(1)</script>", "foto.png", "Dit soort bestand kunnen wij niet lezen"),
        (PNG + b"\0" * LARGEST, "groot.png", "te groot"),
    ],
)
def test_a_wrong_file_is_refused_in_words(
    person: Person, content: bytes, name: str, sentence: str
) -> None:
    application = draft(person=person)

    page = upload(person, application, content, name)

    assert page.status_code == 422
    assert sentence in page.json()["message"]
    assert not Attachment.objects.exists()


def test_one_more_than_the_question_takes_is_refused(person: Person) -> None:
    application = draft(person=person)
    for content in (PNG, PDF):
        upload(person, application, content)

    page = upload(person, application, picture(2))

    assert "niet nog een bestand" in page.json()["message"]
    assert Attachment.objects.count() == 2


def test_without_a_script_a_broken_file_leaves_the_words_on_the_page(person: Person) -> None:
    application = draft(person=person, filled=False)
    data = {"v-opmerking": "Dit typte ik.", "v-bijlage": SimpleUploadedFile("x.pdf", b"niets")}

    page = post_step(signed_in(person), application.uid, "bijlagen", data, go="upload:bijlage")

    assert page.status_code == 422
    assert "Dit soort bestand kunnen wij niet lezen" in text(page)
    assert "Dit typte ik." in text(page)
    application.refresh_from_db()
    assert answers_of(application)["opmerking"] == "Dit typte ik."


def test_the_button_without_a_file_says_so(person: Person) -> None:
    application = draft(person=person)

    page = post_step(signed_in(person), application.uid, "bijlagen", {}, go="upload:bijlage")

    assert "Kies eerst een bestand" in text(page)


def test_a_file_can_be_removed_with_and_without_a_script(person: Person) -> None:
    application = draft(person=person)
    one = attachment(application, person=person)
    two = attachment(application, person=person, content=PDF)
    client = signed_in(person)

    client.post(reverse("applications:remove_file", args=[one.uid]))
    post_step(client, application.uid, "bijlagen", {}, go=f"remove:{two.uid}")

    assert not Attachment.objects.filter(removed_at=None).exists()
    assert client.get(reverse("applications:file", args=[one.uid])).status_code == 404


def test_a_file_comes_as_a_download_and_nothing_else(person: Person) -> None:
    row = attachment(draft(person=person), person=person)

    page = signed_in(person).get(reverse("applications:file", args=[row.uid]))

    assert page.getvalue().startswith(b"\x89PNG")
    assert page["Content-Disposition"] == 'attachment; filename="plein.png"'
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Type"] == "image/png"
    assert "no-store" in page["Cache-Control"]


def test_nobody_opens_or_removes_the_file_of_another(person: Person) -> None:
    call = open_example_call()
    row = attachment(draft(call, person=person), person=person)
    address = reverse("applications:file", args=[row.uid])
    remove = reverse("applications:remove_file", args=[row.uid])
    assessor = with_role(PersonFactory(), Role.ASSESSOR, call)

    for other in (PersonFactory(), assessor):  # a draft concerns no assessor
        client = signed_in(other)
        assert client.get(address).status_code == 404
        assert client.post(remove).status_code == 404
    assert Attachment.objects.filter(removed_at=None).exists()


def test_after_submission_the_file_stays(person: Person) -> None:
    call = open_example_call()
    application = draft(call, person=person)
    row = attachment(application, person=person)
    sign_all(application)
    submit(application_id=application.pk, actor=as_actor(person))
    client = signed_in(person)

    client.post(reverse("applications:remove_file", args=[row.uid]))

    row.refresh_from_db()
    assert row.removed_at is None


def test_a_lost_file_is_told_instead_of_a_broken_page(person: Person) -> None:
    row = attachment(draft(person=person), person=person)
    default_storage.delete(row.path)

    page = signed_in(person).get(reverse("applications:file", args=[row.uid]))

    assert page.status_code == 503
    assert "op dit moment niet te openen" in text(page)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\map\\foto.PNG", "foto.PNG"),
        ("../../etc/passwd", "passwd"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("\x00\x1f", "bestand"),
        ("", "bestand"),
        ("offerte 😀.pdf", "offerte 😀.pdf"),
    ],
)
def test_a_name_keeps_only_what_a_name_is(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_what_an_organisation_must_send_along_has_a_step_of_its_own(person: Person) -> None:
    call, second = open_example_call(), PersonFactory()
    application = draft(call, person=person, party=organisation_of(person, second))
    client, address = signed_in(person), step_url(application.uid, "stukken")
    assert "Statuten of een uittreksel" in text(client.get(address))
    send = reverse("applications:upload", args=[application.uid, "statuten"])

    client.post(send, {"file": SimpleUploadedFile("statuten.pdf", PDF)})
    sign_all(application)
    sent = submit(application_id=application.pk, actor=as_actor(person))

    row = Attachment.objects.get()
    assert answers_of(sent)["statuten"] == [str(row.uid)]
    page = text(client.get(reverse("applications:sent", args=[application.uid, 1])))
    assert "statuten.pdf" in page
    private = draft(call, person=person)
    assert client.get(step_url(private.uid, "stukken")).status_code == 404
