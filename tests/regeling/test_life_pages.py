"""Pages on which a text is checked, published, read along with, withdrawn and made to govern."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from regeling import delivered
from regeling.domain.concepts import save_concept
from regeling.domain.publishing import publish_concept
from regeling.domain.reasons import give_reason
from regeling.domain.revisions import accept
from regeling.domain.sharing import MOST, remark, share_concept
from regeling.models import Concept, ConceptRemark, Revision
from tests.accounts.signing_in import sign_in
from tests.factories.applications import as_actor, open_example_call
from tests.factories.concepts import (
    EVERY_KIND,
    administrator,
    approved,
    concept,
    drafter,
    published,
)
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Refused

pytestmark = pytest.mark.django_db

NEXT = EVERY_KIND.replace("maximum: 2000", "maximum: 1000", 1)


def url(name: str, row: Concept) -> str:
    return reverse(f"regeling:concept_{name}", args=[row.uid])


def inside(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def shared(row: Concept) -> str:
    """A link to a concept: its address."""
    _share, token = share_concept(
        concept_id=row.pk,
        label="Dorpsraad",
        ends_at=clock.now() + timedelta(days=7),
        actor=as_actor(drafter()),
    )
    return reverse("regeling:read_along", args=[token])


class TestChecking:
    def test_a_colleague_reads_what_changes_and_says_that_it_is_good(self) -> None:
        published()
        row = concept(NEXT)
        client = inside(drafter())
        text = client.get(url("check", row)).content.decode()
        assert "€\u00a02.000" in text
        assert "€\u00a01.000" in text
        answer = client.post(url("check", row), {"version": 1, "approved": "yes", "remarks": ""})
        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.state == "checked"

    def test_a_writer_is_told_who_can_do_it(self) -> None:
        writer, colleague = drafter(), drafter()
        row = concept(by=writer)
        text = inside(writer).get(url("check", row)).content.decode()
        assert colleague.name in text
        assert "Uw oordeel" not in text

    def test_a_text_that_changed_under_her_eyes_is_no_longer_hers_to_approve(self) -> None:
        writer = drafter()
        row = concept(by=writer)
        save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(writer))
        given = {"version": 1, "approved": "yes"}
        answer = inside(drafter()).post(url("check", row), given)
        assert answer.status_code == 409
        assert writer.name in answer.content.decode()

    def test_errors_are_told_with_their_line(self) -> None:
        row = concept(EVERY_KIND.replace("\nterms:", "\ntrems:"))
        text = inside(drafter()).get(url("check", row)).content.decode()
        assert re.search(r"Regel \d+: .*trems", text)

    def test_another_authoritys_drafter_finds_nothing(self) -> None:
        row = concept()
        stranger = inside(drafter("  authority: ergens-anders\n"))
        for name in ("check", "publish", "history", "readers", "reasons"):
            assert stranger.get(url(name, row)).status_code == 404


class TestPublishing:
    def test_a_colleague_publishes_and_everybody_reads_it(self, client: Client) -> None:
        row = approved(concept())
        answer = inside(drafter()).post(
            url("publish", row), {"version": 1, "reference": "Blad 12", "in_force_on": ""}
        )
        revision = Revision.objects.get()
        assert answer.headers["Location"] == reverse("regeling:revision", args=["every-kind", 1])
        text = client.get(answer.headers["Location"]).content.decode()
        assert "Deze tekst geldt sinds" in text
        assert "Blad 12" in text
        assert revision.publication.concept == row

    def test_a_later_day_is_told_on_its_page(self, client: Client) -> None:
        row = approved(concept())
        day = clock.today() + timedelta(days=10)
        inside(drafter()).post(
            url("publish", row), {"version": 1, "in_force_on": day.isoformat(), "reference": "x"}
        )
        text = client.get(reverse("regeling:revision", args=["every-kind", 1])).content.decode()
        assert "Deze tekst geldt nog niet" in text

    def test_open_remarks_stand_in_the_way_and_are_named(self, client: Client) -> None:
        row = concept()
        client.post(shared(row), {"deel": "money", "money-text": "Te weinig"})
        approved(row)
        answer = inside(drafter()).post(url("publish", row), {"version": 1, "reference": "x"})
        assert answer.status_code == 422
        assert "zonder antwoord, bij: Hoeveel kunt u krijgen?" in answer.content.decode()
        assert not Revision.objects.exists()

    def test_what_was_never_published_has_no_page(self, client: Client) -> None:
        published()
        accept(source=NEXT, file="x", actor=SYSTEM, publish=False)
        address = reverse("regeling:revision", args=["every-kind", 2])
        assert client.get(address).status_code == 404

    def test_the_reasons_of_a_change_are_read_with_the_text(self, client: Client) -> None:
        published()
        row = concept(NEXT)
        give_reason(
            concept_id=row.pk,
            path="amounts.maximum",
            reason="Meer mensen een bijdrage.",
            actor=as_actor(drafter()),
        )
        approved(row)
        publish_concept(
            concept_id=row.pk,
            seen=1,
            in_force_at=None,
            reference="x",
            actor=as_actor(drafter()),
        )
        text = client.get(reverse("regeling:revision", args=["every-kind", 2])).content.decode()
        assert "Meer mensen een bijdrage." in text


class TestHistory:
    def test_an_earlier_text_comes_back_by_one_button(self) -> None:
        writer = drafter()
        row = concept(by=writer)
        save_concept(concept_id=row.pk, source=NEXT, seen=1, actor=as_actor(writer))
        client = inside(writer)
        assert "€" in client.get(url("history", row), {"toon": "1"}).content.decode()
        client.post(url("history", row), {"version": 2, "naar": "1"})
        row.refresh_from_db()
        assert row.texts.get(number=3).source == EVERY_KIND

    def test_stopping_keeps_what_was_written(self) -> None:
        row = concept()
        client = inside(drafter())
        client.post(url("history", row), {"version": 1, "doe": "stop"})
        row.refresh_from_db()
        assert row.state == "dropped"
        assert row.texts.count() == 1
        assert "Zet deze terug" not in client.get(url("history", row)).content.decode()

    def test_another_version_is_told(self) -> None:
        row = concept()
        answer = inside(drafter()).post(url("history", row), {"version": 9, "doe": "stop"})
        assert answer.status_code == 409


class TestReasons:
    def test_every_difference_takes_a_reason_and_an_empty_one_takes_it_away(self) -> None:
        published()
        row = concept(NEXT)
        client = inside(drafter())
        text = client.get(url("reasons", row)).content.decode()
        path = re.findall(r'name="deel1-path" value="([^"]+)"', text)[0]
        given = {"deel1-path": path, "deel1-reason": "Omdat het kan."}
        client.post(url("reasons", row), given)
        assert row.reasons.get().reason == "Omdat het kan."
        assert "Omdat het kan." in client.get(url("reasons", row)).content.decode()
        long = client.post(url("reasons", row), {**given, "deel1-reason": "x" * 1001})
        assert long.status_code == 422
        client.post(url("reasons", row), {**given, "deel1-reason": ""})
        assert not row.reasons.exists()


class TestReadingAlong:
    def test_a_link_is_told_once_and_only_its_hash_is_kept(self, client: Client) -> None:
        row = concept()
        staff = inside(drafter())
        until = (clock.today() + timedelta(days=5)).isoformat()
        text = staff.post(
            url("readers", row), {"doe": "link", "label": "Dorpsraad", "until": until}
        ).content.decode()
        address = re.findall(r'id="leeslink">http://testserver(/meelezen/[^<]+)<', text)[0]
        assert "/meelezen/" not in staff.get(url("readers", row)).content.decode()
        assert address.strip("/").split("/")[-1] not in row.shares.get().token_hash
        page = client.get(address)
        assert "Wie kan aanvragen?" in page.content.decode()
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "sessionid" not in page.cookies

    def test_a_remark_at_a_part_is_answered_and_read_there(self, client: Client) -> None:
        row = concept()
        address = shared(row)
        answer = client.post(address, {"deel": "who", "who-text": "En jongeren?", "who-name": "Jo"})
        assert answer.headers["Location"].endswith("#deel-who")
        assert "Nog geen antwoord." in client.get(address).content.decode()
        kept = ConceptRemark.objects.get()
        assert (kept.path, kept.name) == ("who", "Jo")
        staff = inside(drafter())
        assert "Wie kan aanvragen?" in staff.get(url("readers", row)).content.decode()
        staff.post(
            url("readers", row), {"opmerking": kept.pk, f"op{kept.pk}-answer": "Ja, vanaf 16 jaar."}
        )
        assert "Ja, vanaf 16 jaar." in client.get(address).content.decode()

    def test_a_rule_has_a_box_of_its_own(self, client: Client) -> None:
        row = concept()
        client.post(
            shared(row),
            {"deel": "eligibility-einde-na-begin", "eligibility-einde-na-begin-text": "Hoezo?"},
        )
        assert ConceptRemark.objects.get().path == "eligibility.einde-na-begin"

    def test_readers_of_another_link_do_not_see_it(self, client: Client) -> None:
        row = concept()
        client.post(shared(row), {"deel": "geheel", "geheel-text": "Alleen voor ons"})
        assert "Alleen voor ons" not in client.get(shared(row)).content.decode()

    def test_the_same_words_twice_are_one_remark(self, client: Client) -> None:
        address = shared(concept())
        for _each in range(2):
            client.post(address, {"deel": "geheel", "geheel-text": "Goed zo"})
        assert ConceptRemark.objects.count() == 1

    def test_more_than_people_write_is_held_back(self, client: Client) -> None:
        address = shared(concept())
        token = address.strip("/").split("/")[-1]
        for number in range(MOST):
            remark(token=token, path="", name="", text=f"Opmerking {number}", actor=SYSTEM)
        answer = client.post(address, {"deel": "geheel", "geheel-text": "En nog een"})
        assert answer.status_code == 429
        with clock.playing("", clock.now() + timedelta(minutes=11)):
            assert (
                client.post(address, {"deel": "geheel", "geheel-text": "Nu wel"}).status_code == 302
            )

    def test_an_empty_remark_is_told_at_its_box(self, client: Client) -> None:
        answer = client.post(shared(concept()), {"deel": "money", "money-text": " "})
        assert answer.status_code == 422
        assert "<details open>" in answer.content.decode()

    def test_a_revoked_or_ended_link_is_gone(self, client: Client) -> None:
        row = concept()
        address, other = shared(row), shared(row)
        staff = inside(drafter())
        staff.post(url("readers", row), {"doe": "intrekken", "link": str(row.shares.first().uid)})
        assert client.get(address).status_code == 404
        assert client.get(other).status_code == 200
        with clock.playing("", clock.now() + timedelta(days=8)):
            assert client.get(other).status_code == 404

    def test_a_published_text_keeps_its_answers_but_takes_no_remark(self, client: Client) -> None:
        row = concept()
        address = shared(row)
        approved(row)
        publish_concept(
            concept_id=row.pk, seen=1, in_force_at=None, reference="x", actor=as_actor(drafter())
        )
        assert "reageren kan niet meer" in client.get(address).content.decode()
        token = address.strip("/").split("/")[-1]
        with pytest.raises(Refused, match="niet meer"):
            remark(token=token, path="", name="", text="x", actor=SYSTEM)

    def test_while_the_text_is_wrong_only_the_whole_can_be_remarked_on(
        self, client: Client
    ) -> None:
        row = concept(EVERY_KIND.replace("\nterms:", "\ntrems:"))
        text = client.get(shared(row)).content.decode()
        assert "Er wordt nu aan de tekst gewerkt" in text
        assert text.count("<details>") == 1


class TestForce:
    def test_withdrawing_is_told_on_the_page_of_the_text(self, client: Client) -> None:
        published()
        address = reverse("regeling:withdraw", args=["every-kind"])
        answer = inside(administrator()).post(
            address, {"revision": "1", "reason": "De pot is leeg."}
        )
        assert answer.status_code == 302
        text = client.get(answer.headers["Location"]).content.decode()
        assert "De pot is leeg." in text
        assert "niets in te trekken" in inside(administrator()).get(address).content.decode()

    def test_an_open_call_takes_the_new_text_after_reading_what_changes(self) -> None:
        call = open_example_call()
        accept(source=EVERY_KIND.replace("amount: 10000", "amount: 12000"), file="x", actor=SYSTEM)
        client = inside(administrator())
        address = reverse("regeling:amend", args=[call.slug])
        assert "Het plafond gaat omhoog naar €\u00a012.000" in client.get(address).content.decode()
        assert client.post(address, {"version": 0}).status_code == 302
        assert call.amendments.count() == 1
        assert "geen andere tekst" in client.get(address).content.decode()

    def test_what_lies_fixed_is_told_before_anybody_presses(self) -> None:
        call = open_example_call()
        accept(
            source=EVERY_KIND.replace("on_misfit: stop", "on_misfit: skip"),
            file="x",
            actor=SYSTEM,
        )
        client = inside(administrator())
        address = reverse("regeling:amend", args=[call.slug])
        text = client.get(address).content.decode()
        assert "Awb 4:26" in text
        assert "Laat deze tekst gelden" not in text
        assert client.post(address, {"version": 0}).status_code == 422


class TestTheRegulationItself:
    def test_its_page_tells_of_a_text_that_is_coming_and_of_a_withdrawal(
        self, client: Client
    ) -> None:
        published()
        row = approved(concept(NEXT))
        publish_concept(
            concept_id=row.pk,
            seen=1,
            in_force_at=clock.now() + timedelta(days=5),
            reference="x",
            actor=as_actor(drafter()),
        )
        address = reverse("regeling:regulation", args=["every-kind"])
        text = client.get(address).content.decode()
        assert "geldt een nieuwe tekst" in text
        assert reverse("regeling:revision", args=["every-kind", 2]) in text
        inside(administrator()).post(
            reverse("regeling:withdraw", args=["every-kind"]),
            {"revision": "1", "reason": "De pot is leeg."},
        )
        assert "De pot is leeg." in client.get(address).content.decode()
        listed = client.get(reverse("regeling:regulations")).content.decode()
        assert "Voorbeeld, ingetrokken" in listed

    def test_its_page_has_the_text_that_governs_the_call_now(self, client: Client) -> None:
        call = open_example_call()
        accept(source=NEXT, file="x", actor=SYSTEM)
        inside(administrator()).post(reverse("regeling:amend", args=[call.slug]), {"version": 0})
        text = client.get(reverse("regeling:regulation", args=[call.slug])).content.decode()
        assert "De tekst van deze openstelling is veranderd op" in text
        assert "€\u00a01.000" in text


def test_the_publish_page_has_the_words_for_the_gazette_or_says_what_they_lack() -> None:
    whole = inside(drafter()).get(url("publish", concept())).content.decode()
    assert "Lees de tekst voor het blad" in whole
    source = delivered.source("krachtvansalland-cheque-2023")
    lacks = inside(drafter(source)).get(url("publish", concept(source))).content.decode()
    assert "Voor een bekendmaking is dit nog niet bekend" in lacks
