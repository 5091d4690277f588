"""An invitation is read and answered with one's own sign-in; it gives nothing before."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.people import acts_for, invite, new_token
from accounts.models import GroupMember, Invitation, Person
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, as_actor, group_of, organisation_of

pytestmark = pytest.mark.django_db


def _invited() -> tuple[Person, Invitation, str]:
    lead, guest = PersonFactory(name="Truus"), PersonFactory(name="Guus")
    group = group_of(lead)
    row = invite(party_id=group.pk, name="Guus", email=guest.email, actor=as_actor(lead))
    address = reverse(
        "accounts:invitation", kwargs={"uid": row.uid, "token": new_token(invitation_id=row.pk)}
    )
    return guest, row, address


def test_the_mailed_link_can_be_read_before_signing_in(client: Client) -> None:
    _, row, address = _invited()
    page = client.get(address).content.decode()
    assert "Truus nodigt u uit" in page
    assert row.party.name in page
    assert 'name="answer"' not in page
    client.post(address, {"answer": "accept"})
    assert Invitation.objects.get().is_open, "nobody answers without signing in"


def test_a_wrong_or_replaced_link_is_not_there(client: Client) -> None:
    _, row, address = _invited()
    assert client.get(address[:-2] + "x/").status_code == 404
    new_token(invitation_id=row.pk)
    assert client.get(address).status_code == 404


def test_accepting_gives_access_and_not_before(client: Client) -> None:
    guest, row, address = _invited()
    sign_in(client, guest)
    party = reverse("portal:party", kwargs={"uid": row.party.uid})
    assert client.get(party).status_code == 404
    assert client.post(address, {"answer": "accept"}).headers["Location"] == party
    assert client.get(party).status_code == 200
    assert acts_for(guest.pk, row.party_id)


def test_declining_is_final_and_a_second_answer_is_told(client: Client) -> None:
    guest, row, address = _invited()
    sign_in(client, guest)
    assert client.post(address, {"answer": "decline"}).status_code == 302
    assert not acts_for(guest.pk, row.party_id)
    again = client.post(address, {"answer": "accept"})
    assert again.status_code == 422
    assert "al beantwoord" in again.content.decode()
    assert not acts_for(guest.pk, row.party_id)


def test_the_invited_address_needs_no_token_and_another_does(client: Client) -> None:
    guest, row, _ = _invited()
    address = reverse("accounts:invitation_signed_in", kwargs={"uid": row.uid})
    assert client.get(address).status_code == 404
    sign_in(client, PersonFactory())
    assert client.get(address).status_code == 404
    sign_in(client, guest)
    assert client.get(address).status_code == 200


def test_two_copies_of_my_details_do_not_overwrite_each_other(client: Client) -> None:
    person = PersonFactory()
    sign_in(client, person)
    address = reverse("accounts:mine")
    shown = client.get(address).context["version"]
    assert client.post(address, {"name": "Een", "version": shown}).status_code == 302
    late = client.post(address, {"name": "Twee", "postcode": "8101ab", "version": shown})
    assert late.status_code == 409
    assert 'value="Twee"' in late.content.decode()
    person.refresh_from_db()
    assert person.name == "Een"


def test_a_group_takes_in_an_organisation_through_who_may_sign_for_it(client: Client) -> None:
    guest, row, address = _invited()
    organisation = organisation_of(guest)
    stranger = organisation_of(PersonFactory(), name="Van een ander")
    sign_in(client, guest)
    page = client.get(address).content.decode()
    assert organisation.name in page
    assert stranger.name not in page
    client.post(address, {"answer": "accept", "party": str(organisation.uid)})
    parties = GroupMember.objects.filter(group_id=row.party_id).values_list("party_id", flat=True)
    assert organisation.pk in parties
    assert guest.pk not in parties
