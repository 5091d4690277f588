"""A monitor as of a day, as it was known: fixed once that is closed, refused when it is wrong."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from accountability.domain.days import close_day
from accountability.domain.figures import Sum
from accountability.domain.monitor import DoesNotReconcile, Monitor, monitor
from accountability.exports.monitor_csv import monitor_csv
from accountability.exports.monitor_xlsx import write_monitor
from accountability.models import DayClosing
from applications.models import CashEntry
from regeling.domain import ledger
from regeling.domain.revisions import raise_ceiling
from regeling.models import Ceiling
from tests.factories.accountability import (
    Office,
    decided,
    entered,
    in_execution,
    lower_settled,
    office,
    paid,
    settled,
)
from tests.factories.applications import as_actor, open_example_call, submitted
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import NotAllowed, Refused
from timeline.verify import checks

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 3, 10)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=AMSTERDAM)


def spring() -> Office:
    return office(present=False)


def told(at: Office, as_of: date, known_on: date | None = None) -> Monitor:
    regulation = at.call.revision.regulation_id
    return monitor(regulation_id=regulation, as_of=as_of, known_on=known_on)


def content(made: Monitor) -> bytes:
    return b"".join(monitor_csv(made))


def table(made: Monitor, *, machine: bool = False) -> list[dict[str, str]]:
    text = b"".join(monitor_csv(made, machine=machine)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter="," if machine else ";"))


@pytest.mark.slow
@pytest.mark.both
def test_everything_that_happens_to_money_stands_in_its_own_column() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        submitted(at.call)
        decided(at, cents=0)
        decided(at, asked=100_000)
        paid(at, in_execution(at, asked=300_000, cents=250_000), 200_000)
        lower_settled(at, asked=300_000, cents=200_000)
        made = told(at, DAY)

    total, figures = made.figures.total, made.figures
    assert total.applied == Sum(5, 500_000 + 3 * 300_000 + 100_000)
    assert total.pending.number == 1
    assert total.rejected == Sum(1, 300_000)
    assert total.awarded == Sum(3, 100_000 + 250_000 + 300_000)
    assert total.reduced == Sum(1, 50_000)
    assert total.open == Sum(1, 250_000)
    assert total.settled == Sum(2, 100_000 + 200_000)
    assert total.released == Sum(1, 100_000)
    assert total.paid == Sum(1, 200_000)
    assert (figures.ceiling, figures.free) == (5_000_000, 5_000_000 - 550_000)
    assert [row.label for row in figures.rows] == ["Noord", "Zuid"]
    assert figures.rows[0].applied == total.applied


def test_a_day_tells_what_was_the_case_then_and_what_was_known_then() -> None:
    """A payment of Monday that was booked on Wednesday belongs to Monday, known from Wednesday."""
    monday, tuesday, wednesday = DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)
    with clock.playing("", at_noon(monday)):
        at = spring()
        application = decided(at, asked=100_000)
    with clock.playing("", at_noon(wednesday)):
        paid(at, application, 100_000, day=monday)
    with clock.playing("", at_noon(wednesday + timedelta(days=7))):
        assert told(at, monday, tuesday).figures.total.paid == Sum()
        assert told(at, monday, wednesday).figures.total.paid == Sum(1, 100_000)
        assert told(at, tuesday, wednesday).figures.total.paid == Sum(1, 100_000)


@pytest.mark.slow
@pytest.mark.both
def test_the_same_pair_of_days_gives_the_same_bytes_once_it_is_closed() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        decided(at, asked=100_000)
        payable = in_execution(at)
    with clock.playing("", at_noon(DAY + timedelta(days=1))):
        before = told(at, DAY, DAY)
        assert not before.final
        assert b"voorlopig" in content(before)
        close_day(regulation_id=at.call.revision.regulation_id, day=DAY, actor=as_actor(at.payer))
        closed = told(at, DAY, DAY)
    first, book = content(closed), io.BytesIO()
    write_monitor(closed, book)
    assert closed.final
    assert b"definitief" in first
    with clock.playing("", at_noon(DAY + timedelta(days=3))):
        settled(at)
        paid(at, payable, 100, day=DAY)
        total = Ceiling.objects.get(call=at.call, scope="total")
        raise_ceiling(ceiling_id=total.pk, cents=5, published_on=DAY, publication="", actor=SYSTEM)
        again, other = told(at, DAY, DAY), io.BytesIO()
        write_monitor(again, other)
        later = told(at, DAY, DAY + timedelta(days=3))

    assert content(again) == first
    assert other.getvalue() == book.getvalue()
    assert not later.final
    assert later.figures.total.paid == Sum(1, 100)
    assert later.figures.ceiling == again.figures.ceiling + 5


def test_a_call_that_is_dated_back_does_not_change_a_closed_day() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
    with clock.playing("", at_noon(DAY + timedelta(days=1))):
        close_day(regulation_id=at.call.revision.regulation_id, day=DAY, actor=SYSTEM)
        first = content(told(at, DAY, DAY))
    with clock.playing("another round", at_noon(DAY)):
        other = open_example_call("with-report", present=False, call_slug="with-report-2")
        submitted(other)
    with clock.playing("", at_noon(DAY + timedelta(days=2))):
        assert content(told(at, DAY, DAY)) == first


def test_a_day_is_closed_once_after_it_is_over_and_by_finance() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        regulation = at.call.revision.regulation_id
        with pytest.raises(Refused, match="nog niet voorbij"):
            close_day(regulation_id=regulation, day=DAY, actor=as_actor(at.payer))
    early = clock.moment(DAY + timedelta(days=1), "00:09")
    with clock.playing("", early), pytest.raises(Refused, match="nog niet voorbij"):
        close_day(regulation_id=regulation, day=DAY, actor=as_actor(at.payer))
    with clock.playing("", clock.moment(DAY + timedelta(days=1), "00:10")):
        for person in (at.auditor, at.assessor):
            with pytest.raises(NotAllowed):
                close_day(regulation_id=regulation, day=DAY, actor=as_actor(person))
        first = close_day(regulation_id=regulation, day=DAY, actor=as_actor(at.payer))
        assert close_day(regulation_id=regulation, day=DAY, actor=as_actor(at.payer)) == first
    assert DayClosing.objects.count() == 1
    assert Event.objects.get(type="accountability.day_closed").counts_for == DAY


def test_figures_that_contradict_each_other_are_not_given() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        application = decided(at, asked=100_000)
        # Around the verbs: money is awarded in the ledger that no decision names.
        booking = ledger.Booking(at.call.pk, application.uid, "noord", "ontmoeten")
        ledger.reserve(booking=booking, cents=5, day=DAY, actor=SYSTEM)
        ledger.settle_directly(booking=booking, cents=5, day=DAY, actor=SYSTEM)
        regulation = at.call.revision.regulation_id

        with pytest.raises(DoesNotReconcile, match=f"verleend aan {application.number}") as refusal:
            told(at, DAY)
        assert (100_005, 100_000) in [(each.left, each.right) for each in refusal.value.differences]
        findings = list(checks()["monitors"]())
        assert any(at.call.slug in finding.place for finding in findings)
    with clock.playing("", at_noon(DAY + timedelta(days=1))), pytest.raises(DoesNotReconcile):
        close_day(regulation_id=regulation, day=DAY, actor=SYSTEM)


@pytest.mark.parametrize(
    ("as_of", "known_on", "field"),
    [
        (date(2026, 3, 11), None, "as_of"),
        (date(2026, 3, 9), date(2026, 3, 11), "known_on"),
        (date(2026, 3, 10), date(2026, 3, 9), "known_on"),
        (date(2017, 1, 1), date(2017, 1, 1), "as_of"),
    ],
)
def test_an_impossible_pair_of_days_is_refused_at_its_field(
    as_of: date, known_on: date | None, field: str
) -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        with pytest.raises(Refused) as refusal:
            told(at, as_of, known_on)
    assert refusal.value.field == field


def test_people_get_commas_and_programs_points() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        decided(at, asked=100_050)
        made = told(at, DAY)

    assert content(made).startswith("\ufeffRegeling;".encode())
    assert b";1000,50;" in content(made)
    machine = table(made, machine=True)[-1]
    assert (machine["code"], machine["awarded_eur"], machine["awarded_number"]) == (
        "",
        "1000.50",
        "1",
    )
    assert (machine["as_of"], machine["ceiling_eur"]) == ("2026-03-10", "50000.00")
    person = table(made)
    assert [line["Regio"] for line in person] == ["Noord", "Zuid", "Totaal"]
    assert person[0]["Plafond (€)"] == ""


def test_the_command_writes_a_file_or_says_why_not(tmp_path: Path) -> None:
    file = tmp_path / "monitor.xlsx"
    with clock.playing("", at_noon(DAY)):
        at = spring()
        decided(at, asked=100_050)
        given = {"as_of": DAY, "output": file}
        call_command("monitor", "with-report", format="xlsx", **given)
        call_command("monitor", "with-report", **{**given, "output": tmp_path / "monitor.csv"})
        with pytest.raises(CommandError, match="toekomst"):
            call_command("monitor", "with-report", **{**given, "as_of": DAY + timedelta(days=1)})
        with pytest.raises(CommandError, match="geen regeling nergens"):
            call_command("monitor", "nergens", **given)

    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    head = [cell.value for cell in sheet[1]]
    last = dict(zip(head, [cell.value for cell in sheet[sheet.max_row]], strict=True))
    assert (last["Regio"], last["Verleend (€)"], last["Verleend (aantal)"]) == ("Totaal", 1000.5, 1)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["monitor.csv", "monitor.xlsx"]
    assert (tmp_path / "monitor.csv").read_text("utf-8-sig").count("\n") == 4


def test_an_example_and_a_test_are_never_added_up() -> None:
    with clock.playing("", at_noon(DAY)):
        at = spring()
        entered(at, decided(at, asked=100_000), 100_000)
        assert told(at, DAY).kind == "example"
        assert CashEntry.objects.filter(kind="paid").count() == 0
