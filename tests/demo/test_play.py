"""A small round, played to its end: it reconciles, and the same seed gives the same outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from applications.models import Application
from applications.states import State
from config.demo.models import SentMail
from config.demo.play.outcome import figures_of, folder, outcome, table
from config.demo.play.round import play_round
from documents.models import Document
from timeline import verify
from timeline.models import Delivery
from timeline.verify import Finding

CHEQUE, RECEIPT = "krachtvansalland-cheque-2023", "samen-voor-elkaar-2017"
# What seed 7 gives on every database: title, asked, awarded, settled (cents), votes, and how it was
# ranked. A change of stock, dice or rules changes it; then look whether it should.
EXPECTED = [
    ("Ruilkring voor uren", 93_500, 93_500, 93_500, 24, "awarded"),
    ("Veerpontje voor wandelaars", 100_000, None, None, None, ""),
    ("Kindergemeenteraad Broekland", 87_500, 87_500, 87_500, 21, "awarded"),
    ("Buurtbieb met leeshoek", 87_000, 87_000, 87_000, 24, "awarded"),
    ("Nachtkaravaan", 100_000, None, None, None, ""),
    ("Fietsles voor vrouwen", 72_000, 72_000, 72_000, 18, "awarded"),
    ("Vlechtheg en verhalenpad", 69_500, None, None, None, ""),
    ("Wandelmaatjes van Olst", 77_000, None, None, None, ""),
]


def quiet(_line: str) -> None:
    """Nobody watches a test."""


def findings() -> list[Finding]:
    """Everything that verify finds wrong."""
    return [each for walk in verify.checks().values() for each in verify.findings(walk)]


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_round_that_the_community_decides(engine: str) -> None:
    play = play_round(slug=CHEQUE, applications=8, seed=7, say=quiet)

    unranked = (None, None, None, "")
    ranked = [(*row[:8], row[8] or unranked) for row in outcome(play)]
    told = [(row[1], *row[3:6], row[8][1], row[8][3]) for row in ranked]
    assert told == EXPECTED
    assert set(Application.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    assert findings() == []
    total = figures_of(play).figures.total
    assert total.applied.number == 8
    assert total.not_processed.number == total.withdrawn.number == 1
    assert total.awarded.cents == total.settled.cents + total.released.cents
    assert total.settled.cents == total.paid.cents > 0
    assert SentMail.objects.filter(subject__startswith="Uw code om te stemmen").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_round_in_order_of_receipt() -> None:
    play = play_round(slug=RECEIPT, applications=3, seed=7, say=quiet)

    lines = list(table(play))
    place = folder(play)

    assert set(Application.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert "de cijfers sluiten" in lines[0]
    assert lines[-4].startswith("Totaal")
    assert len(list(Path(place, "brieven").glob("*.pdf"))) == Document.objects.count() > 0
    assert (place / "monitor.csv").stat().st_size > 0
    assert (place / "monitor.xlsx").stat().st_size > 0
    assert findings() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_finished_round_is_not_played_again() -> None:
    first = play_round(slug=RECEIPT, applications=1, seed=7, say=quiet)
    done = first.done

    again = play_round(slug=RECEIPT, applications=1, seed=7, say=quiet)

    assert (again.pk, again.done) == (first.pk, done)
    assert Application.objects.count() == 1
