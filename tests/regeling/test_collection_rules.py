"""The own rules of the regulations in the collection: what refuses, and what does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from regeling.eligibility import check
from tests.regeling.test_collection import definition

RECEIVED = date(2018, 1, 10)


def costs(euros: int) -> dict[str, Any]:
    return {"begroting": {"costs": [{"label": "Kosten", "cents": euros * 100}], "funding": []}}


def days(start: str, end: str) -> dict[str, Any]:
    return {"startdatum": start, "einddatum": end}


CASES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("initiatieven-van-onderop-2013", {"later": False}, ("blijvend",)),
    ("initiatieven-van-onderop-2013", {"later": True}, ()),
    (
        "maatschappelijke-initiatieven-2014",
        {"openbaar": False, "winst": True, "algemeen-belang": False, **costs(999)},
        ("kosten", "voor-iedereen", "geen-winst", "in-algemeen-belang"),
    ),
    (
        "maatschappelijke-initiatieven-2014",
        {"openbaar": True, "winst": False, "algemeen-belang": True, **costs(1000)},
        (),
    ),
    ("maatschappelijke-initiatieven-2014", days("2015-12-01", "2016-01-01"), ("op-tijd-klaar",)),
    ("maatschappelijke-initiatieven-2014", days("2015-12-01", "2015-12-31"), ()),
    (
        "uitvoeringsprogramma-sociale-kwaliteit-2017",
        {"soort": "project", "doelen": "anders", "gemeenten": 1, **costs(14_999)},
        ("doel", "meer-gemeenten", "begroting-project"),
    ),
    (
        "uitvoeringsprogramma-sociale-kwaliteit-2017",
        {"soort": "kickstart", "doelen": "allebei", "gemeenten": 2, **costs(14_999)},
        (),
    ),
    (
        "uitvoeringsprogramma-sociale-kwaliteit-2017",
        {"soort": "project", **costs(75_001)},
        ("begroting-project",),
    ),
    (
        "challenge-bewegen-openbare-ruimte-2019",
        {"nieuw": False, "openbaar": True},
        ("nieuw-plan",),
    ),
    (
        "overijssel-in-beweging",
        {"standaard": True, **days("2018-01-09", "2026-01-01")},
        ("nog-niet-begonnen", "op-tijd-klaar", "niet-standaard"),
    ),
    ("overijssel-in-beweging", {"standaard": False, **days("2018-01-10", "2025-12-31")}, ()),
    ("fonds-ooststellingwerf-2018", {"winst": True}, ("niet-commercieel",)),
    ("lf2018-500-jaar-ooststellingwerf", {"eenmalig": False}, ("eenmalig-plan",)),
    ("lf2018-500-jaar-ooststellingwerf", {"eenmalig": True}, ()),
    (
        "west-begroot-2024",
        {
            "betrokken": True,
            "jonger": True,
            "ouder-vindt-goed": False,
            "geloof-of-politiek": True,
            "na-een-jaar": True,
        },
        ("geen-belang", "toestemming", "neutraal", "geen-onderhoud"),
    ),
    (
        "west-begroot-2024",
        {"betrokken": False, "jonger": False, "geloof-of-politiek": False, "na-een-jaar": False},
        (),
    ),
    (
        "apeldoorn-inwonersinitiatieven-2020",
        {"vrijwilligers-betaald": True},
        ("geen-betaalde-vrijwilligers",),
    ),
    (
        "apeldoorn-inwonersinitiatieven-2020",
        {"vrijwilligers-betaald": False, "eten": True, "eten-nodig": False},
        ("eten-alleen-als-het-nodig-is",),
    ),
    ("apeldoorn-inwonersinitiatieven-2020", {"eten": False}, ()),
    ("dorpenfonds-noordenveld-2022", costs(9_999), ("begroting",)),
    ("dorpenfonds-noordenveld-2022", costs(100_000), ()),
    ("amersfoort-liendert-rustenburg-buurtbudget", {"alcohol": True}, ("geen-eten",)),
    ("woudenberg-leefstijl-2018", {"eenmalig": True}, ("niet-eenmalig",)),
]


@pytest.mark.parametrize(("slug", "answers", "refused"), CASES)
def test_the_rule_refuses_just_that(
    slug: str, answers: dict[str, Any], refused: tuple[str, ...]
) -> None:
    outcome = check(definition(slug), answers, {"received_on": RECEIVED})
    assert tuple(reason.rule for reason in outcome.refusals) == refused
    assert all(reason.sentence.endswith(".") for reason in outcome.refusals)


def test_a_group_of_five_may_ask_for_a_small_project_only() -> None:
    """Iepen Mienskipsfûns: the larger sizes are for associations, foundations and co-operatives."""
    found = definition("iepen-mienskipsfuns-2023")
    group = {"applicant": "groep", "persons": 5}
    small = check(found, {"soort": "klein"}, group)
    large = check(found, {"soort": "groot"}, group)
    assert small.ok
    assert [reason.rule for reason in large.refusals] == ["activity"]
    four = check(found, {"soort": "klein"}, {"applicant": "groep", "persons": 4})
    assert [reason.rule for reason in four.refusals] == ["members"]


def test_somebody_alone_cannot_apply_where_only_groups_and_organisations_may() -> None:
    for slug in ("hof-van-twente-initiatieven-2016", "overijssels-noaberschapsfonds"):
        outcome = check(definition(slug), {}, {"applicant": "inwoner"})
        assert [reason.rule for reason in outcome.refusals] == ["applicant"]
