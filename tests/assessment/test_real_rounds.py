"""A small round of every real regulation, by its own rule: who gets what.

What the sources do not say, and a round cannot do without, stands in `tests/regeling/rounds`.
"""

from __future__ import annotations

from typing import Any

import pytest

from assessment.models import Ranking
from tests.assessment.real_rounds import (
    Asked,
    Outcome,
    asked,
    by_committee,
    by_receipt,
    by_score,
    by_votes,
    open_real,
    sent_in,
)
from timeline.refusal import Refused

# Each test plays a round from its first application on.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ALL, PART, FULL, STOPPED = "awarded", "awarded_partly", "refused_ceiling", "refused_stopped"
POT = "refused_sub_ceiling"  # its part of the money is gone

Played = tuple[list[Asked], list[Outcome]]

RECEIPT: dict[str, Played] = {
    # EUR 1.000 to 3.000 each; the pot is for some three hundred.
    "maatschappelijke-initiatieven-2014": (
        [asked(3000), asked(1000), asked(2000, 5000)],
        [(3000, ALL), (1000, ALL), (2000, ALL)],
    ),
    # A kick-start stops at 15.000, a project may get more.
    "uitvoeringsprogramma-sociale-kwaliteit-2017": (
        [asked(15000, soort="kickstart"), asked(60000, 70000, soort="project")],
        [(15000, ALL), (60000, ALL)],
    ),
    # Three residents together; what does not fit stops the row, as in 2017.
    "lokaal-initiatief-via-gemeenten-2017": (
        [asked(3000), asked(2500), asked(1000)],
        [(3000, ALL), (0, FULL), (0, STOPPED)],
    ),
    # Order of receipt in the second year; a bigger one is passed by.
    "challenge-bewegen-openbare-ruimte-2020": (
        [asked(150000, who="kerk"), asked(150000, who="organisatie"), asked(100000, who="bedrijf")],
        [(150000, ALL), (0, FULL), (100000, ALL)],
    ),
    "vitale-en-gezonde-samenleving-2020": (
        [asked(2500, soort="cultuur"), asked(2500, soort="sport"), asked(500, soort="sociaal")],
        [(2500, ALL), (2500, ALL), (500, ALL)],
    ),
    # Half of the costs, and another maximum for each kind.
    "digitaliseringsvoucher-2020": (
        [
            asked(2500, 4000, soort="dienst"),
            asked(2500, 9000, soort="dienst"),
            asked(10000, 15000, soort="product-of-proces"),
        ],
        [(2000, ALL), (2500, ALL), (7500, ALL)],
    ),
    # Ninety percent of an exploration, at most 15.000; a project at most 75.000.
    "zelfstandig-leven-gezond-bewegen-2021": (
        [
            asked(10000, soort="verkenning"),
            asked(15000, 20000, soort="verkenning"),
            asked(75000, 90000, soort="project"),
        ],
        [(9000, ALL), (15000, ALL), (75000, ALL)],
    ),
    "overijssel-in-beweging": (
        [asked(6000, soort="a"), asked(5000, soort="b"), asked(4000, soort="b")],
        [(6000, ALL), (0, FULL), (4000, ALL)],
    ),
    # A private fund: organisations only, one by one.
    "overijssels-noaberschapsfonds": (
        [asked(5000), asked(3000)],
        [(5000, ALL), (3000, ALL)],
    ),
    # The Right to Challenge has a part of its own, 50.000 of 250.000.
    "apeldoorn-inwonersinitiatieven-2020": (
        [
            asked(40000, soort="right-to-challenge"),
            asked(20000, soort="right-to-challenge"),
            asked(2500, soort="inwonersinitiatief"),
        ],
        [(40000, ALL), (0, POT), (2500, ALL)],
    ),
    "apeldoorn-gebiedsparticipatie-2021": (
        [asked(5000, 8000), asked(1200)],
        [(5000, ALL), (1200, ALL)],
    ),
    # Seventy percent at most, and nothing below 250.
    "berkelland-initiatieven": (
        [asked(4000, 5000), asked(5000, 10000), asked(250, 300), asked(2000, 4000)],
        [(3500, ALL), (5000, ALL), (0, ""), (0, FULL)],
    ),
    # Half from others, at most 1.500, 5.000 in all: the fourth gets what is left.
    "woudenberg-leefstijl-2018": (
        [asked(1500, 3000), asked(1500, 2000), asked(1500, 8000), asked(1500, 3000)],
        [(1500, ALL), (1000, ALL), (1500, ALL), (1000, PART)],
    ),
    # Half of the costs (our assumption), and every hour of one's own work is EUR 25 of cost.
    "dorpenfonds-noordenveld-2022": (
        [asked(10000, eigen_uren=400), asked(15000, 20000, eigen_uren=0)],
        [(10000, ALL), (10000, ALL)],
    ),
    # Half of the costs, at most 2.500, for groups and organisations.
    "hof-van-twente-initiatieven-2016": (
        [asked(2500, 4000, who="groep"), asked(2500, 10000, who="organisatie")],
        [(2000, ALL), (2500, ALL)],
    ),
}

SCORE: dict[str, Played] = {
    # Half is paid by others; the weighing puts the best first.
    "initiatieven-van-onderop-2013": (
        [
            asked(100000, 200000, scores=4),
            asked(80000, 100000, scores=5),
            asked(40000, 80000, scores=3),
        ],
        [(100000, ALL), (50000, ALL), (0, FULL)],
    ),
    # The place counts twice; 100.000 is five times the maximum.
    "challenge-bewegen-openbare-ruimte-2019": (
        [
            asked(20000, scores={"bewegen": 5, "plek": 2}),
            asked(20000, scores={"bewegen": 2, "plek": 4}),
            *(asked(20000, scores=5) for _ in range(4)),
        ],
        [(0, FULL), (20000, ALL), *[(20000, ALL)] * 4],
    ),
    # Forty percent, and each size its own maximum; five people together for a small one.
    "iepen-mienskipsfuns-2023": (
        [
            asked(10000, 40000, who="groep", soort="klein", scores=3),
            asked(35000, 80000, soort="middelgroot", scores=5),
            asked(75000, 200000, soort="groot", scores=4),
            asked(5000, 12000, soort="themapot", scores=2),
        ],
        [(10000, ALL), (32000, ALL), (75000, ALL), (4800, ALL)],
    ),
    # At least seventy points, and then the best first.
    "efro-oost-tender": (
        [asked(60000, scores=80), asked(60000, scores=95), asked(30000, scores=69)],
        [(0, FULL), (60000, ALL), (0, "refused_score")],
    ),
}

COMMITTEE: dict[str, Played] = {
    # Each region its own 25.000; Salland at most 2.000.
    "regionaal-budget-4d-2019": (
        [
            asked(2000, gemeente="Raalte"),
            asked(20000, gemeente="Zwolle"),
            asked(10000, gemeente="Kampen"),
            asked(10000, gemeente="Enschede"),
        ],
        [(2000, ALL), (20000, ALL), (0, POT), (10000, ALL)],
    ),
    # Salland at most 1.000, Vechtdal at most 3.000.
    "handgeld-initiatievencoach-2022": (
        [asked(1000, gemeente="Raalte"), asked(3000, gemeente="Ommen")],
        [(1000, ALL), (3000, ALL)],
    ),
    "inwonersinitiatieven-goud-waard-2019": (
        [asked(50000), asked(40000), asked(20000)],
        [(50000, ALL), (0, FULL), (20000, ALL)],
    ),
    # Two pots, with their own bounds.
    "fonds-ooststellingwerf-2018": (
        [asked(10000, soort="klein"), asked(25000, soort="groot"), asked(8000, soort="klein")],
        [(10000, ALL), (25000, ALL), (8000, ALL)],
    ),
    # Fully, partly or not: the last one gets what is left of the city's money.
    "enschede-wijkbudget": (
        [asked(60800), asked(1100000), asked(60000)],
        [(60800, ALL), (1100000, ALL), (39200, PART)],
    ),
    "netwerk-buurtdemocratie": (
        [asked(6000), asked(3000)],
        [(6000, ALL), (3000, ALL)],
    ),
    "amersfoort-liendert-rustenburg-buurtbudget": (
        [asked(2000), asked(1500), asked(1000)],
        [(2000, ALL), (0, FULL), (1000, ALL)],
    ),
    # A pot for each village: at most what is left in it.
    "gebiedsfonds": (
        [
            asked(1500, gemeente="Oostdorp"),
            asked(1500, gemeente="Oostdorp"),
            asked(3000, gemeente="Westdorp"),
        ],
        [(1500, ALL), (500, PART), (3000, ALL)],
    ),
    # Sixty percent, at most 1.000.
    "ledenvereniging-stimuleringsfonds": (
        [asked(1000, 1000), asked(1000, 5000)],
        [(600, ALL), (1000, ALL)],
    ),
}

VOTES: dict[str, tuple[list[Asked], list[Any], list[Outcome]]] = {
    # Three committee points are worth less than the four that the public may add.
    "fonds-ooststellingwerf-2016": (
        [
            asked(120000, scores=4),
            asked(120000, scores=4),
            asked(120000, scores={"innovatie": 3, "leefbaarheid": 4, "natuur-en-milieu": 4}),
        ],
        [[2], [2], [2], [2], [1]],
        [(0, FULL), (120000, ALL), (120000, ALL)],
    ),
    # The rating of the public: the highest first.
    "lf2018-500-jaar-ooststellingwerf": (
        [asked(6000), asked(6000), asked(4000)],
        [{0: 6, 1: 9, 2: 5}, {0: 7, 1: 8, 2: 4}],
        [(0, FULL), (6000, ALL), (4000, ALL)],
    ),
    # Fifty people like it, the district lets it through, and then residents divide.
    "west-begroot-2019": (
        [asked(200000), asked(150000)],
        [[0], [1], [0]],
        [(200000, ALL), (0, FULL)],
    ),
    # It stops at the first that does not fit, which gets the rest if it can be smaller.
    "west-begroot-2021": (
        [asked(120000), asked(120000), asked(100000), asked(10000)],
        [[0, 1], [0, 1], [0, 2], [0, 1], [2], [3]],
        [(120000, ALL), (120000, ALL), (60000, PART), (0, STOPPED)],
    ),
    "west-begroot-2024": (
        [asked(300000), asked(150000), asked(100000)],
        [[0], [0, 1], [0, 1], [2]],
        [(300000, ALL), (0, FULL), (100000, ALL)],
    ),
    "centrum-begroot-2022": (
        [asked(300000), asked(200000), asked(150000)],
        [[0], [0, 2], [2], [1]],
        [(300000, ALL), (0, FULL), (150000, ALL)],
    ),
    # What is left goes to the next idea that fits.
    "enschede-mekkelholt-deppenbroek-2023": (
        [asked(30000), asked(20000), asked(16000)],
        [[0, 1], [0, 1], [0, 2]],
        [(30000, ALL), (0, FULL), (16000, ALL)],
    ),
    # Four households give EUR 7,50 each; an idea gets what was given to it.
    "overbetuwe-doet-2018": (
        [asked(100), asked(100), asked(100)],
        [{0: 750}, {0: 750}, {1: 750}, {0: 750}],
        [(22.5, "awarded_share"), (7.5, "awarded_share"), (0, "refused_support")],
    ),
}


@pytest.mark.parametrize("slug", RECEIPT)
def test_in_order_of_receipt(slug: str) -> None:
    asks, outcomes = RECEIPT[slug]
    assert by_receipt(open_real(slug), *asks) == outcomes


@pytest.mark.parametrize("slug", SCORE)
def test_by_points(slug: str) -> None:
    asks, outcomes = SCORE[slug]
    assert by_score(open_real(slug), *asks) == outcomes


@pytest.mark.parametrize("slug", COMMITTEE)
def test_by_a_group_that_meets(slug: str) -> None:
    asks, outcomes = COMMITTEE[slug]
    assert by_committee(open_real(slug), *asks) == outcomes


@pytest.mark.parametrize("slug", VOTES)
def test_by_votes(slug: str) -> None:
    asks, ballots, outcomes = VOTES[slug]
    assert by_votes(open_real(slug), asks, ballots) == outcomes


def test_with_no_money_at_all_a_regulation_is_closed() -> None:
    """Samen voor elkaar 2018 on a ceiling of nothing: nobody can begin."""
    with pytest.raises(Refused) as refused:
        sent_in(open_real("samen-voor-elkaar-2018"), asked(1000))
    assert refused.value.code == "no_money"


def test_efro_compares_days_and_stops_where_only_a_lot_can_decide() -> None:
    """The first has a day for itself; two of the next day do not both fit in what is left."""
    call = open_real("efro-oost-volgorde")
    a_day_later = 24 * 60
    outcomes = by_receipt(
        call,
        asked(60000, scores=80),
        asked(30000, scores=90, minutes=a_day_later),
        asked(30000, scores=75, minutes=1),
    )
    assert outcomes[0] == (60000, ALL)
    assert [euros for euros, _code in outcomes[1:]] == [0, 0]
    assert Ranking.objects.get(call=call).state == Ranking.State.STOPPED


def test_efro_takes_nothing_below_seventy_points() -> None:
    with pytest.raises(Refused) as refused:
        by_receipt(open_real("efro-oost-volgorde"), asked(60000, scores=69))
    assert refused.value.code == "minimum_score"
