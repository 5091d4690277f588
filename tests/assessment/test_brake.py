"""Wrong codes are slowed down by network; a right code always passes; no address is kept."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

from assessment.domain import brake, codes
from assessment.domain.brake import MOST, Slow, network, wrong
from assessment.domain.casting import UnknownCode, cast
from assessment.domain.looking import look_up
from tests.factories.assessment import election
from timeline import clock
from timeline.models import Event

HALL, OTHER = "203.0.113.7", "198.51.100.7"


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.250", "203.0.113.0/24"),
        ("203.0.114.7", "203.0.114.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::9", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("no address", "none"),
    ],
)
def test_who_counts_as_one_network(address: str, group: str) -> None:
    assert network(address) == group


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The machine's time, which a test can move."""
    at = [datetime(2026, 4, 10, 10, 1, tzinfo=UTC)]
    monkeypatch.setattr(clock, "machine_now", lambda: at[0])
    return at


@pytest.mark.django_db
class TestCounting:
    def test_the_eleventh_wrong_code_waits_and_another_network_does_not(
        self, machine: list[datetime]
    ) -> None:
        for _ in range(MOST):
            wrong(HALL)
        with pytest.raises(Slow) as refused:
            wrong("203.0.113.99")  # the same network
        assert (refused.value.status, refused.value.wait) == (429, 9 * 60)
        wrong(OTHER)
        machine[0] += timedelta(minutes=10)
        wrong(HALL)

    def test_what_is_kept_tells_no_address_and_lives_in_the_cache_only(
        self, machine: list[datetime], django_assert_num_queries: object
    ) -> None:
        wrong(HALL)
        memory = caches["default"]
        assert isinstance(memory, LocMemCache)
        assert vars(memory)["_cache"]
        kept = repr(vars(memory)["_cache"]) + repr(
            [pickle.loads(each) for each in vars(memory)["_cache"].values()]
        )
        assert "203.0.113" not in kept
        one = brake._hidden(HALL)
        machine[0] += timedelta(days=1)
        assert brake._hidden(HALL) != one

    def test_without_an_address_nobody_waits(self) -> None:
        for _ in range(3 * MOST):
            wrong("")


@pytest.mark.django_db
@pytest.mark.slow
class TestVoting:
    def test_a_right_code_passes_at_once_in_a_hall_full_of_wrong_ones(self) -> None:
        held = election()
        with held.running():
            for _ in range(MOST):
                assert look_up(codes.new_code(), HALL) is None
            with pytest.raises(Slow):
                look_up(codes.new_code(), HALL)
            found = look_up(held.codes[0], HALL)
            assert found is not None
            chosen = [str(held.options[0].uid)]
            uid = str(held.round.uid)
            cast(round_uid=uid, code=held.codes[0], marks=chosen, address=HALL)
            with pytest.raises(Slow):
                cast(round_uid=uid, code=codes.new_code(), marks=chosen, address=HALL)
            with pytest.raises(UnknownCode):
                cast(round_uid=uid, code=codes.new_code(), marks=chosen, address=OTHER)

    def test_a_slip_of_the_pen_is_no_guess(self) -> None:
        held = election()
        slip = ("2" if held.codes[0][0] != "2" else "3") + held.codes[0][1:]
        with held.running():
            for _ in range(3 * MOST):
                assert look_up(slip, HALL) is None
            assert look_up(codes.new_code(), HALL) is None

    def test_the_same_work_is_done_for_every_code(self, django_assert_num_queries: object) -> None:
        held = election()
        with held.running():
            held.vote(0, 0)
            for code in (held.codes[0], held.codes[1]):
                with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture
                    assert look_up(code, HALL) is not None
            with django_assert_num_queries(4):  # type: ignore[operator]  # and the alarm's two
                assert look_up(codes.new_code(), HALL) is None

    def test_many_wrong_codes_are_told_once_a_day_as_a_number(self) -> None:
        held = election()
        with held.running():
            for number in range(3 * MOST):
                look_up(codes.new_code(), f"198.51.{number}.1")
        event = Event.objects.get(type="assessment.wrong_codes")
        assert {name: event.facts[name] for name in ("codes", "rights")} == {
            "codes": MOST + 1,
            "rights": 3,
        }
        assert "198.51" not in event.text
