"""Nobody sees or judges what is not hers; the default answer is no."""

from __future__ import annotations

import pytest

from accounts.domain.grants import grant, revoke
from accounts.domain.people import invite
from accounts.models import Authority, Grant, Person
from accounts.roles import Role
from applications.domain.coaching import ask
from applications.models import Application, Involvement
from applications.rules import (
    asked_of_municipality,
    judgeable,
    may_answer,
    may_see,
    visible,
)
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
    submitted,
    with_role,
)
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = pytest.mark.django_db
SEES = {Role.BROKER, Role.ASSESSOR, Role.DECISION_MAKER, Role.FINANCE, Role.AUDITOR}
JUDGES = {Role.BROKER, Role.ASSESSOR, Role.DECISION_MAKER}


@pytest.fixture
def call() -> Call:
    return open_example_call("krachtvansalland-cheque-2023")


def both(person: Person, row: Application) -> bool:
    """The pair answers the same, one by one and as a list."""
    one = may_see(person.pk, row.pk)
    assert one == (row.pk in set(visible(person.pk).values_list("pk", flat=True)))
    return one


@pytest.mark.parametrize("role", Role.values)
def test_a_role_sees_what_was_submitted_and_never_a_draft(call: Call, role: str) -> None:
    sent, written = submitted(call), draft(call)
    person = with_role(PersonFactory(), role, call)
    assert both(person, sent) == (role in SEES)
    assert not both(person, written)
    assert judgeable(person.pk).filter(pk=sent.pk).exists() == (role in JUDGES)


def test_a_stranger_and_nobody_see_nothing(call: Call) -> None:
    row = submitted(call)
    assert not both(PersonFactory(), row)
    assert not may_see(None, row.pk)
    assert not judgeable(None).exists()


def test_a_grant_counts_for_its_own_authority_regulation_and_region(call: Call) -> None:
    row = submitted(call)
    regulation = call.revision.regulation
    Authority.objects.create(code="elders", name="Elders")
    places = [
        (regulation.authority.code, regulation.slug, row.region, True),
        (regulation.authority.code, "", "", True),
        (regulation.authority.code, "andere-regeling", "", False),
        (regulation.authority.code, "", "andere-streek", False),
        ("elders", "", "", False),
    ]
    for authority, slug, region, sees in places:
        person = PersonFactory()
        grant(
            person_id=person.pk,
            role=Role.ASSESSOR,
            authority=authority,
            regulation=slug,
            region=region,
            actor=SYSTEM,
        )
        assert both(person, row) == sees, (authority, slug, region)


def test_a_role_that_ended_sees_nothing(call: Call) -> None:
    row = submitted(call)
    person = with_role(PersonFactory(), Role.ASSESSOR, call)
    revoke(grant_id=Grant.objects.get(person=person).pk, actor=SYSTEM)
    assert not both(person, row)


def test_who_has_an_interest_sees_and_judges_it_no_more(call: Call) -> None:
    row = submitted(call)
    person = with_role(PersonFactory(), Role.ASSESSOR, call)
    Involvement.objects.create(
        application=row, person=person, kind=Involvement.Kind.RECUSED, since=clock.now()
    )
    assert not both(person, row)
    assert not judgeable(person.pk).filter(pk=row.pk).exists()


def test_an_assessor_never_judges_her_own_application(call: Call) -> None:
    person = with_role(PersonFactory(), Role.ASSESSOR, call)
    row = submitted(call, person=person)
    assert both(person, row)
    assert not judgeable(person.pk).filter(pk=row.pk).exists()


def test_a_member_sees_the_groups_draft_and_an_invited_one_does_not(call: Call) -> None:
    lead, member, invited = PersonFactory(), PersonFactory(), PersonFactory()
    group = group_of(lead, member)
    row = draft(call, person=lead, party=group)
    invite(party_id=group.pk, name=invited.name, email=invited.email, actor=as_actor(lead))
    assert both(lead, row)
    assert both(member, row)
    assert not both(invited, row)


def test_the_coach_sees_the_draft_as_long_as_she_coaches(call: Call) -> None:
    broker = with_role(PersonFactory(), Role.BROKER, call)
    owner = PersonFactory()
    row = draft(call, person=owner)
    assert not both(broker, row)
    ask(application_id=row.pk, broker_id=broker.pk, actor=as_actor(owner))
    assert both(broker, row)
    Involvement.objects.filter(application=row).update(until=clock.now())
    assert not both(broker, row)


def asked(person: Person, row: Application) -> bool:
    """The pair of a municipality answers the same, one by one and as a list."""
    one = may_answer(person.pk, row.pk)
    rows = asked_of_municipality(person.pk).values_list("pk", flat=True)
    assert one == (row.pk in set(rows))
    return one


@pytest.mark.parametrize("role", Role.values)
def test_only_a_contact_of_that_municipality_is_asked_and_sees_no_dossier(
    call: Call, role: str
) -> None:
    here, there = call.revision.definition.territory.all_municipalities[:2]
    complete = submitted(call, answers={"gemeente": here})
    Application.objects.filter(pk=complete.pk).update(complete_at=clock.now())
    elsewhere = submitted(call, answers={"gemeente": there})
    Application.objects.filter(pk=elsewhere.pk).update(complete_at=clock.now())
    unchecked = submitted(call, answers={"gemeente": here})
    person = with_role(PersonFactory(), role, call)
    assert asked(person, complete) == (role == Role.MUNICIPAL_CONTACT)
    assert not asked(person, elsewhere)
    assert not asked(person, unchecked)
    assert both(person, complete) == (role in SEES)


def test_a_contact_is_not_asked_about_her_own_nobody_about_anything(call: Call) -> None:
    here = call.revision.definition.territory.all_municipalities[0]
    person = with_role(PersonFactory(), Role.MUNICIPAL_CONTACT, call)
    own = submitted(call, person=person, answers={"gemeente": here})
    Application.objects.filter(pk=own.pk).update(complete_at=clock.now())
    other = open_example_call("by-vote")
    far = with_role(PersonFactory(), Role.MUNICIPAL_CONTACT, other)
    assert not asked(person, own)
    assert not asked(far, own)
    assert not may_answer(None, own.pk)
