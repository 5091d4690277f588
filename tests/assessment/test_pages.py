"""The pages of judging: what they show, what they refuse, and how often they ask the database."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from accounts.roles import Role
from applications.answers import content_hash
from applications.domain.signing import sign, signable_text
from applications.domain.submission import submit
from applications.models import Application, Involvement
from applications.states import State
from assessment.domain.assigning import assign
from assessment.models import CompletenessItem, Review
from documents.models import Decision
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
    sign_all,
    submitted,
    with_role,
)
from tests.factories.assessment import (
    assessor_of,
    cleared,
    completed,
    refreshed,
    reviewed,
)
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.django_db]
# Session, login, roles and clock are half of them; the list itself asks three.
QUERIES = 14


@pytest.fixture
def desk(client: Client) -> tuple[Client, Person, Application]:
    """A signed-in assessor and an application that she has not seen."""
    call = open_example_call("by-vote")
    person = assessor_of(call)
    sign_in(client, person)
    return client, person, submitted(call)


def no_interest(client: Client, application: Application) -> None:
    client.post(reverse("assessment:interest", args=[application.uid]), {"interest": "no"})


def post_items(client: Client, application: Application, **missing: str) -> None:
    items = CompletenessItem.objects.filter(application=application)
    data = {"version": str(refreshed(application).version)}
    for item in items.exclude(kind="signature"):
        note = missing.get(item.code, "")
        data[f"item_{item.pk}"] = "missing" if note else "present"
        data[f"note_{item.pk}"] = note
    client.post(reverse("assessment:completeness", args=[application.uid]), data)


class TestInterest:
    def test_it_comes_before_the_dossier(self, desk: tuple[Client, Person, Application]) -> None:
        client, _person, application = desk
        gate = reverse("assessment:interest", args=[application.uid])
        for route in ("portal:dossier", "assessment:completeness", "assessment:proposal"):
            assert client.get(reverse(route, args=[application.uid])).headers["Location"] == gate
        no_interest(client, application)
        assert client.get(reverse("portal:dossier", args=[application.uid])).status_code == 200

    def test_an_interest_closes_the_dossier_and_gives_it_to_another(
        self, desk: tuple[Client, Person, Application]
    ) -> None:
        client, person, application = desk
        other = assessor_of(application.call, "Pieter Bakker")
        first = assign(application_id=application.pk, actor=SYSTEM)
        assert first is not None
        assert first.assessor_id == person.pk
        client.post(reverse("assessment:interest", args=[application.uid]), {"interest": "yes"})
        for route in ("portal:dossier", "assessment:interest", "assessment:review"):
            assert client.get(reverse(route, args=[application.uid])).status_code == 404
        assert application.title not in client.get(reverse("assessment:worklist")).text
        now = assign(application_id=application.pk, actor=SYSTEM)
        assert now is not None
        assert now.assessor_id == other.pk


class TestWorklist:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        call = open_example_call("by-vote")
        person = assessor_of(call)
        applicant = PersonFactory()
        for _ in range(rows):
            assign(application_id=submitted(call, person=applicant).pk, actor=SYSTEM)
        sign_in(client, person)
        client.get(reverse("assessment:worklist"))
        with django_assert_num_queries(QUERIES):
            page = client.get(reverse("assessment:worklist"))
        assert page.text.count("Lange tafel op het plein") >= rows

    def test_filters_and_words(self, desk: tuple[Client, Person, Application]) -> None:
        client, _person, application = desk
        other = submitted(
            application.call, answers={"titel": "Zoë's bankje"}, person=PersonFactory()
        )
        address = reverse("assessment:worklist")

        def found(**query: str) -> set[str]:
            text = client.get(address, query).text
            return {each.title for each in (application, other) if str(each.number) in text}

        assert found() == {application.title, other.title}
        assert found(zoek="zoe bankje") == {other.title}
        assert found(zoek=str(application.number)) == {application.title}
        assert found(status="in_review") == set()
        assert found(regeling=application.call.slug) == {application.title, other.title}
        assert found(mijn="on") == set()
        assert found(te_laat="on") == set()
        assert found(regeling="bestaat-niet", volgorde="raar", page="x") == {
            application.title,
            other.title,
        }
        late = clock.moment(clock.today().replace(year=clock.today().year + 2))
        with clock.playing("", late):
            assert found(te_laat="on") == {application.title, other.title}

    def test_what_is_due_first_stands_on_top(
        self, desk: tuple[Client, Person, Application]
    ) -> None:
        client, _person, application = desk
        urgent = submitted(application.call, answers={"titel": "Haast"}, person=PersonFactory())
        Application.objects.filter(pk=urgent.pk).update(decision_due="2020-01-01")
        text = client.get(reverse("assessment:worklist")).text
        assert text.index("Haast") < text.index(str(application.number))
        assert "te laat" in text

    def test_a_stranger_sees_nothing(self, client: Client) -> None:
        application = submitted(open_example_call("by-vote"))
        elsewhere = assessor_of(open_example_call("every-kind"))
        sign_in(client, elsewhere)
        assert str(application.number) not in client.get(reverse("assessment:worklist")).text
        for route in ("interest", "completeness", "review", "proposal", "hearing_staff"):
            address = reverse(f"assessment:{route}", args=[application.uid])
            assert client.get(address).status_code == 404


def test_completeness_item_by_item(desk: tuple[Client, Person, Application]) -> None:
    client, _person, application = desk
    no_interest(client, application)
    client.post(reverse("assessment:start_check", args=[application.uid]))
    page = reverse("assessment:completeness", args=[application.uid])
    assert client.post(page, {}).status_code == 422
    post_items(client, application)
    text = client.get(page).text
    assert "De aanvraag is volledig" in text
    assert "Verstuur het verzoek" not in text
    client.post(reverse("assessment:complete", args=[application.uid]))
    assert refreshed(application).state == State.IN_REVIEW


def test_everything_is_there_with_one_press(desk: tuple[Client, Person, Application]) -> None:
    client, _person, application = desk
    no_interest(client, application)
    client.post(reverse("assessment:start_check", args=[application.uid]))
    page = reverse("assessment:completeness", args=[application.uid])
    version = str(refreshed(application).version)
    client.post(page, {"all_present": "1", "version": version})
    statuses = CompletenessItem.objects.filter(application=application).values_list("status")
    assert set(statuses) == {("present",)}


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_order_of_receipt_on_a_page(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = open_example_call("every-kind")
    person = assessor_of(call)
    for _ in range(rows):
        completed(submitted(call, person=PersonFactory()), person)
    sign_in(client, person)
    address = reverse("assessment:order", args=[call.slug])
    assert client.get(address).text.count("Er was nog genoeg geld") == rows
    with django_assert_num_queries(13):
        client.get(address)
    sign_in(client, assessor_of(open_example_call("by-vote")))
    assert client.get(address).status_code == 404


def test_who_does_not_assess_takes_nothing_upon_herself(
    client: Client, desk: tuple[Client, Person, Application]
) -> None:
    application = desk[2]
    signer = with_role(PersonFactory(), Role.DECISION_MAKER, application.call)
    sign_in(client, signer)
    page = client.get(reverse("assessment:worklist")).text
    assert str(application.number) in page
    assert "Neem op mij" not in page
    take = client.post(reverse("assessment:take", args=[application.uid]))
    assert take.status_code == 422


def test_what_is_missing_goes_out_as_one_request(
    desk: tuple[Client, Person, Application],
) -> None:
    client, _person, application = desk
    no_interest(client, application)
    client.post(reverse("assessment:start_check", args=[application.uid]))
    post_items(client, application, beschrijving="Vertel ook wie er meedoen.")
    assert (
        "Verstuur het verzoek"
        in client.get(reverse("assessment:completeness", args=[application.uid])).text
    )
    client.post(reverse("assessment:ask_supplement", args=[application.uid]))
    assert refreshed(application).state == State.AWAITING_SUPPLEMENT


def test_a_review_says_where_something_is_missing_and_keeps_what_was_written(
    desk: tuple[Client, Person, Application],
) -> None:
    client, person, application = desk
    completed(application, person)
    page = reverse("assessment:review", args=[application.uid])
    data = {"durven": "Begin klein.", "conclusion": "negative", "answer_nieuw": "no"}
    answer = client.post(page, {**data, "hand_in": "1"})
    assert answer.status_code == 422
    assert "Begin klein." in answer.text
    assert "Geef antwoord bij dit criterium." in answer.text
    assert client.post(page, {**data, "keep": "1"}).status_code == 302
    assert Review.objects.get().durven == "Begin klein."
    full = {
        **data,
        "argument_nieuw": "Het bestaat al.",
        "answer_samen": "3",
        "argument_samen": "Een beetje.",
        "hand_in": "1",
        "version": str(Review.objects.get().version),
    }
    assert "weigeringsgrond" in client.post(page, full).text
    assert client.post(page, {**full, "grounds": "nieuw"}).status_code == 302
    assert Review.objects.get().submitted_at is not None
    proposal = client.get(reverse("assessment:proposal", args=[application.uid])).text
    assert "Het bestaat al." in proposal
    client.post(reverse("assessment:proposal", args=[application.uid]))
    assert Decision.objects.get().kind == Decision.Kind.REJECTION


def test_a_stale_review_is_told(desk: tuple[Client, Person, Application]) -> None:
    client, person, application = desk
    completed(application, person)
    page = reverse("assessment:review", args=[application.uid])
    client.post(page, {"doen": "Eerste", "keep": "1"})
    answer = client.post(page, {"doen": "Tweede", "keep": "1", "version": "0"})
    assert answer.status_code == 409
    assert "Tweede" in answer.text
    assert Review.objects.get().doen == "Eerste"


def test_who_coached_does_not_judge_alone(desk: tuple[Client, Person, Application]) -> None:
    client, person, application = desk
    Involvement.objects.create(
        application=application, person=person, kind="coach", since=clock.now(), until=clock.now()
    )
    completed(application, person)
    reviewed(application, person)
    text = client.get(reverse("assessment:review", args=[application.uid])).text
    assert "nog een beoordeling nodig" in text
    assert client.post(reverse("assessment:admit", args=[application.uid])).status_code == 422
    second = assessor_of(application.call, "Pieter Bakker")
    cleared(application, second)
    reviewed(application, second)
    client.post(reverse("assessment:admit", args=[application.uid]))
    assert refreshed(application).state == State.ELIGIBLE_FOR_VOTE


def test_a_missing_signature_is_an_item(client: Client) -> None:
    call = open_example_call("by-vote")
    person = assessor_of(call)
    lead, member = PersonFactory(), PersonFactory(name="Piet de Vries")
    application = draft(call, person=lead, party=group_of(lead, member))
    sign(
        application_id=application.pk,
        party_id=lead.pk,
        actor=as_actor(lead),
        seen_hash=content_hash(signable_text(application)),
    )
    submit(application_id=application.pk, actor=as_actor(lead))
    sign_in(client, person)
    no_interest(client, application)
    client.post(reverse("assessment:start_check", args=[application.uid]))
    post_items(client, application)
    text = client.get(reverse("assessment:completeness", args=[application.uid])).text
    assert "Piet de Vries" in text
    assert "Verstuur het verzoek" in text
    sign_all(application)
    post_items(client, application)
    text = client.get(reverse("assessment:completeness", args=[application.uid])).text
    assert "De aanvraag is volledig" in text
