"""Results for everybody: from the letters on, from the ledger, and never about one person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accountability.domain.closing import close
from accounts.models import Party, Person
from applications.domain.submission import withdraw
from assessment.domain.departures import depart
from assessment.domain.queries.published import is_public, public_round
from assessment.domain.queries.results import results
from assessment.domain.small_cells import MEASURES, Cells, Sum, laid_together
from assessment.web.public import shelf
from regeling.models import Ceiling
from tests.factories.applications import as_actor
from tests.factories.assessment import Election, election
from tests.factories.results import announced, decided, finished, signer_of
from tests.factories.votes import open_round_of


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shelf.keys.clear()
    shelf.answers.clear()


sums = st.builds(
    lambda number, persons, cents: Sum(number, min(number, persons), cents * bool(number)),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 10_000),
)
tables = st.lists(st.tuples(sums, sums, sums), max_size=8).map(
    lambda rows: [Cells((f"place {n}",), *row) for n, row in enumerate(rows)]
)


class TestSmallCells:
    @given(tables)
    def test_the_sum_stays_what_it_was(self, rows: list[Cells]) -> None:
        told = laid_together(rows)
        for name in MEASURES:
            before = sum((getattr(row, name) for row in rows), Sum())
            assert sum((getattr(row, name) for row in told), Sum()) == before
        assert sorted(name for row in told for name in row.names) == sorted(
            name for row in rows for name in row.names
        )

    @given(tables)
    def test_no_row_tells_of_few_unless_the_total_does(self, rows: list[Cells]) -> None:
        told = laid_together(rows)
        assert len(told) <= 1 or not any(row.tells_of_few for row in told)

    @given(tables)
    def test_a_row_cannot_be_found_by_taking_the_others_from_the_total(
        self, rows: list[Cells]
    ) -> None:
        told = laid_together(rows)
        hidden = {row.names for row in rows if row.tells_of_few}
        assert not hidden & {row.names for row in told} or len(rows) == 1

    def test_one_small_row_takes_the_smallest_along(self) -> None:
        rows = [
            Cells(("A",), asked=Sum(1, 1, 100)),
            Cells(("B",), asked=Sum(9, 9, 900)),
            Cells(("C",), asked=Sum(4, 4, 400)),
        ]
        assert [row.names for row in laid_together(rows)] == [("B",), ("A", "C")]

    def test_organisations_stand_alone(self) -> None:
        rows = [Cells(("A",), asked=Sum(1, 0, 100)), Cells(("B",), asked=Sum(2, 0, 100))]
        assert laid_together(rows) == tuple(rows)


def page(client: Client, held: Election, route: str = "results") -> str:
    answer = client.get(reverse(f"assessment:{route}", args=[held.call.slug]))
    assert answer.status_code == 200
    return str(answer.text)


def voted(**given: int) -> Election:
    held = election(options=4, voters=12, amounts=(100_000, 80_000, 90_000, 70_000), **given)
    with held.running():
        for voter in range(12):
            held.vote(voter, *((0, 1) if voter < 8 else (0, 2)))
    return held


@pytest.mark.django_db
@pytest.mark.slow
class TestResults:
    def test_nothing_before_the_last_letter(self, client: Client) -> None:
        held = voted()
        before = page(client, held)
        assert "nog niet" in before
        held.count()
        held.fix()
        assert page(client, held) == before
        with held.over(hours=30):
            signer = decided(held, leave=1)
            shelf.keys.clear()
            assert page(client, held) == before
            csv_file = reverse("assessment:results_csv", args=[held.call.slug])
            calculation = reverse("assessment:calculation", args=[held.round.uid])
            assert client.get(csv_file).status_code == 404
            assert client.get(calculation).status_code == 404
            announced(held, held.options[-1].application, signer)
            shelf.keys.clear()
            assert "Initiatief 1" in page(client, held)
            assert client.get(csv_file).status_code == 200
            assert client.get(calculation).status_code == 200

    def test_a_withdrawn_one_that_was_closed_holds_no_letter_back(self) -> None:
        held = voted()
        held.count()
        held.fix()
        gone = held.options[-1].application
        with held.over(hours=20):
            withdraw(application_id=gone.pk, actor=as_actor(Person.objects.get(pk=gone.party_id)))
        with held.over(hours=30):
            decided(held, leave=1)
        with held.over(hours=24 * 90):
            assert is_public(held.round)
            assert close(application_id=gone.pk)
            assert is_public(held.round)
            assert results(held.round).withdrawn == 1

    @pytest.mark.both
    def test_the_figures_are_those_of_the_ledger(self) -> None:
        held = finished(voted())
        round_ = public_round(held.round.uid)
        assert round_ is not None
        with held.over(hours=80):
            found = results(round_)
        total = Ceiling.objects.get(call=held.call, scope="total")
        assert found.final
        assert found.available == total.amount
        assert found.awarded.cents == total.open + total.settled > 0
        assert found.left == found.available - found.awarded.cents
        assert found.asked.cents == 340_000
        assert found.awarded.number + found.refused.number == found.asked.number == 4
        assert sum(won.cents for won in found.won) == found.awarded.cents
        assert sum(number for _ground, number in found.grounds) == found.refused.number
        for rows in (found.by_municipality, found.by_activity):
            assert sum(row.awarded.cents for row in rows) == found.awarded.cents

    def test_the_address_keeps_its_bytes(self, client: Client) -> None:
        held = finished(voted())
        with held.over(hours=80):
            first = page(client, held)
        shelf.keys.clear()
        shelf.answers.clear()
        with held.over(hours=5000):
            assert page(client, held) == first

    def test_the_table_says_of_which_day_it_is_and_what_it_means(self, client: Client) -> None:
        held = finished(voted())
        with held.over(hours=80):
            text = page(client, held, "results_csv")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert {row["cijfer"] for row in rows} >= {"beschikbaar", "gevraagd", "toegekend", "over"}
        assert all(row["stand_op"] and row["definitief"] == "ja" for row in rows)
        assert all(row["betekenis"] and row["openstelling"] == held.call.slug for row in rows)

    def test_names_only_with_consent(self, client: Client) -> None:
        held = finished(voted())
        name = Party.objects.get(pk=held.options[0].application.party_id).name
        with held.over(hours=80):
            assert name not in page(client, held)

    def test_a_departure_is_told_with_its_reason(self, client: Client) -> None:
        held = open_round_of("approval", options=4, voters=12, vote={"power": "advises"})
        with held.running():
            for voter in range(12):
                held.vote(voter, *((0, 1) if voter < 8 else (0, 2)))
        held.count()
        signer = signer_of(held)
        with held.over():
            depart(
                application_id=held.options[3].application_id,
                cents=30_000,
                reason="Het dorp heeft geen andere speelplek.",
                actor=as_actor(signer),
            )
        held.fix()
        with held.over(hours=30):
            decided(held, signer=signer)
            assert "Het dorp heeft geen andere speelplek." in page(client, held)

    def test_no_more_questions_for_more_rows(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        held = finished(voted())
        with held.over(hours=80), django_assert_max_num_queries(22):
            page(client, held)
        with held.over(hours=80), django_assert_max_num_queries(3):
            page(client, held)
