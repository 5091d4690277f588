"""Statutory terms: the worked examples of the law, and what naive systems get wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling import terms
from regeling.definition import Due, DueAnchor
from regeling.holidays import is_working_day
from regeling.terms import Suspension

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


class TestObjection:
    """Six weeks from the day after sending (Awb 6:7, 6:8)."""

    def test_ends_after_liberation_day(self) -> None:
        assert terms.objection_term(date(2026, 3, 24)).day == date(2026, 5, 6)

    def test_ends_after_whit_monday(self) -> None:
        assert terms.objection_term(date(2026, 4, 13)).day == date(2026, 5, 26)

    def test_says_why(self) -> None:
        term = terms.objection_term(date(2026, 3, 24))
        assert term.reason == (
            "Zes weken na de verzending op 24 maart 2026 is dinsdag 5 mei 2026. Dat is"
            " Bevrijdingsdag; daarom loopt de termijn tot en met woensdag 6 mei 2026."
        )
        assert term.article == "Awb 6:7, 6:8, Atw 1"

    def test_an_equated_day_carries_over_like_a_holiday(self) -> None:
        # 2 January 2026 is a Friday, equated by decree.
        assert terms.objection_term(date(2025, 11, 21)).day == date(2026, 1, 5)

    @given(DAYS)
    def test_is_never_shorter_than_six_weeks(self, sent_on: date) -> None:
        term = terms.objection_term(sent_on)
        assert term.day >= sent_on + timedelta(days=42)
        assert is_working_day(term.day)


class TestDecision:
    def test_eight_weeks_roll(self) -> None:
        term = terms.decision_term(received_on=date(2026, 3, 30), weeks=8)
        assert term.day == date(2026, 5, 26)

    def test_thirteen_weeks_run_from_receipt(self) -> None:
        term = terms.decision_term(received_on=date(2026, 3, 2), weeks=13)
        assert term.day == date(2026, 6, 1)

    def test_a_supplement_suspends_and_thirteen_weeks_do_not_roll(self) -> None:
        term = terms.decision_term(
            received_on=date(2026, 3, 2),
            weeks=13,
            suspensions=[Suspension(date(2026, 3, 10), date(2026, 3, 24))],
        )
        assert term.day == date(2026, 6, 14)
        assert term.day.weekday() == 6
        assert "13 dagen" in term.reason
        assert term.article == "Awb 4:13, 4:15"

    def test_without_a_term_of_its_own_eight_weeks_are_reasonable(self) -> None:
        term = terms.decision_term(received_on=date(2023, 3, 9), weeks=None)
        assert term.day == date(2023, 5, 4)
        assert term.article == "Awb 4:13, tweede lid"

    def test_a_promised_day_stays_where_it_is_even_on_an_equated_day(self) -> None:
        term = terms.decision_term(
            received_on=date(2023, 4, 1), weeks=None, announced_day=date(2023, 5, 19)
        )
        assert term.day == date(2023, 5, 19)

    def test_a_regulation_may_count_from_the_closing(self) -> None:
        term = terms.decision_term(
            received_on=date(2026, 1, 5), weeks=8, counts_from=date(2026, 2, 2)
        )
        assert term.day == date(2026, 3, 30)
        assert "na de sluiting op 2 februari 2026" in term.reason

    def test_a_regulation_may_choose_not_to_roll(self) -> None:
        received = date(2026, 3, 30)
        strict = terms.decision_term(received_on=received, weeks=8, apply_atw=False)
        assert strict.day == date(2026, 5, 25)

    @given(DAYS, st.integers(1, 30))
    def test_completeness_is_no_input_and_receipt_is_the_start(
        self, received: date, weeks: int
    ) -> None:
        term = terms.decision_term(received_on=received, weeks=weeks)
        assert term.day >= received + timedelta(weeks=weeks)
        if weeks > terms.LONGEST_THAT_ROLLS:
            assert term.day == received + timedelta(weeks=weeks)

    @given(DAYS, st.integers(1, 26), st.integers(0, 60), st.integers(1, 60))
    def test_a_suspension_moves_the_day_by_the_days_it_stood_still(
        self, received: date, weeks: int, later: int, length: int
    ) -> None:
        asked = received + timedelta(days=later)
        pause = Suspension(asked, asked + timedelta(days=length))
        term = terms.decision_term(
            received_on=received, weeks=weeks, apply_atw=False, suspensions=[pause]
        )
        assert term.day == received + timedelta(weeks=weeks, days=length - 1)

    @given(DAYS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=4))
    def test_overlapping_suspensions_count_each_day_once(
        self, received: date, spans: list[tuple[int, int]]
    ) -> None:
        pauses = [
            Suspension(received + timedelta(days=a), received + timedelta(days=a + b))
            for a, b in spans
        ]
        days = terms.suspended_days(pauses)
        assert days <= sum(max(0, b - 1) for _, b in spans)
        assert days == terms.suspended_days(reversed(pauses))
        assert days == terms.suspended_days([*pauses, *pauses])


class TestSupplement:
    def test_four_weeks_for_a_supplement_end_on_a_working_day(self) -> None:
        term = terms.repair_term(asked_on=date(2026, 4, 7), weeks=4)
        assert term.day == date(2026, 5, 6)
        assert term.article == "Awb 4:5, Atw 1"

    def test_even_a_week_full_of_holidays_leaves_two_working_days(self) -> None:
        for offset in range(366 * 15):
            asked = date(2020, 1, 1) + timedelta(days=offset)
            last = terms.repair_term(asked_on=asked, weeks=1).day
            span = [asked + timedelta(days=n) for n in range(1, (last - asked).days + 1)]
            assert sum(is_working_day(day) for day in span) >= 2

    def test_not_treated_within_four_weeks_after_the_term(self) -> None:
        assert terms.not_processed_term(ended_on=date(2026, 4, 1)).day == date(2026, 4, 29)


class TestMoney:
    def test_payment_is_within_six_weeks_not_four(self) -> None:
        assert terms.payment_term(date(2026, 6, 1)).day == date(2026, 7, 13)

    def test_a_settlement_can_be_changed_for_five_years(self) -> None:
        assert terms.change_until(date(2024, 2, 29)).day == date(2029, 2, 28)

    def test_settlement_in_thirteen_weeks_does_not_roll(self) -> None:
        term = terms.settlement_term(received_on=date(2026, 9, 26), weeks=13)
        assert term.day == date(2026, 12, 26)

    def test_report_and_administration_count_from_the_end(self) -> None:
        ended = date(2023, 8, 31)
        assert terms.report_term(ended_on=ended, weeks=8).day == date(2023, 10, 26)
        assert terms.keep_until(ended_on=ended, months=12).day == date(2024, 8, 31)
        assert terms.spot_check_until(ended_on=date(2024, 1, 31), months=1).day == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (Due(on=date(2026, 12, 31)), date(2026, 12, 31)),
        (Due(after=DueAnchor.DECISION, weeks=6), date(2026, 2, 12)),
        (Due(after=DueAnchor.START, days=3), date(2026, 3, 4)),
        (Due(after=DueAnchor.END, months=12), date(2027, 6, 30)),
    ],
)
def test_obligations_are_due_on_a_day_or_after_an_anchor(due: Due, day: date) -> None:
    assert day == terms.obligation_due(
        due, decided_on=date(2026, 1, 1), starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30)
    )


@pytest.mark.parametrize(
    ("at", "sends"),
    [
        # Thursday afternoon before Good Friday and Easter: Tuesday 9:00 in summer time.
        (datetime(2026, 4, 2, 14, tzinfo=UTC), datetime(2026, 4, 7, 7, tzinfo=UTC)),
        # 23:30 UTC is the next day in Amsterdam.
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),
    ],
)
def test_letters_leave_on_the_next_working_day_at_nine(at: datetime, sends: datetime) -> None:
    assert terms.next_announcement(at) == sends
