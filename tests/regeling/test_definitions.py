"""The delivered regulations: the facts of their sources, and what is not known of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from regeling.definition import (
    UNKNOWN,
    CeilingScope,
    Closing,
    Definition,
    DistributionRule,
    LegalRegime,
    OnMisfit,
    PanelMethod,
    PartyKind,
    Power,
    RouteStep,
    TieBreak,
    TierKind,
    Vote,
    VoteKind,
    listed,
    parse,
)
from regeling.delivered import files, source
from regeling.explain import explain
from regeling.meetings import meetings
from tests.regeling.samples import DELIVERED

MEETING = ("handgeld-vechtdal-2022", "initiatieven-sociale-kwaliteit-noordwest-2019")
PLAYED = (
    *MEETING,
    "krachtvansalland-cheque-2023",
    "samen-voor-elkaar-2017",
    "voorbeeld-buurtkracht",
)


def definition(slug: str) -> Definition:
    return parse(source(slug), file=f"{slug}.yaml")


def total(slug: str) -> int:
    ceilings = listed(definition(slug).ceilings)
    found = next(each for each in ceilings if each.scope is CeilingScope.TOTAL)
    assert isinstance(found.amount, int)
    return found.amount


def test_all_of_them_are_delivered() -> None:
    assert [path.stem for path in files()] == [
        "groene-salland-cheque",
        "handgeld-vechtdal-2022",
        "initiatieven-sociale-kwaliteit-noordwest-2019",
        "krachtvansalland-cheque-2019",
        "krachtvansalland-cheque-2023",
        "samen-voor-elkaar-2017",
        "voorbeeld-buurtkracht",
    ]


@pytest.mark.parametrize("file", DELIVERED, ids=lambda path: path.stem)
def test_its_slug_is_its_file_and_it_explains_itself(file: Path) -> None:
    found = definition(file.stem)
    assert found.identity.slug == file.stem
    codes = {section.code for section in explain(found)}
    assert codes >= {"who", "what", "money", "when", "choosing", "dividing", "law"}
    assert ("voting" in codes) is found.has(RouteStep.VOTE)
    told = reads_well(found)
    assert not any("None" in sentence or "unknown" in sentence for sentence in told)


def reads_well(found: Definition) -> list[str]:
    """Everything that is told: whole sentences, and lists under a line that leads to them."""
    for section in explain(found):
        for block in section.blocks:
            ends = (":", ".") if block.items else (".", "?", "!")
            assert not block.lead or (block.lead[0].isupper() and block.lead.endswith(ends))
            assert block.lead or block.items
            assert all(block.items)
    return [sentence for section in explain(found) for sentence in section.sentences]


@pytest.mark.parametrize("slug", PLAYED)
def test_what_is_played_lacks_nothing_and_is_only_an_example(slug: str) -> None:
    found = definition(slug)
    assert found.unknown_needed() == ()
    assert found.is_example_only


@pytest.mark.parametrize("slug", [path.stem for path in DELIVERED if path.stem not in PLAYED])
def test_the_others_cannot_open_and_say_why(slug: str) -> None:
    needed = definition(slug).unknown_needed()
    assert "release" in needed
    assert "tiers" in needed


def test_samen_voor_elkaar_2017() -> None:
    found = definition("samen-voor-elkaar-2017")
    assert total("samen-voor-elkaar-2017") == 570_551_00
    assert (found.amounts.minimum, found.amounts.maximum) == (1_000_00, 3_000_00)
    (window,) = listed(found.windows)
    assert window.opens_at == datetime(2017, 10, 15, 22, tzinfo=UTC)
    # Up to and including 15 November; winter time since 29 October.
    assert window.closes_at == datetime(2017, 11, 15, 23, tzinfo=UTC)
    assert window.intake_until == date(2017, 11, 10)
    assert [each.code for each in found.activities] == [
        "gezond-bewegen",
        "zelfstandig-leven",
        "noaberschap",
    ]
    assert {each.code: each.minimum_members for each in found.applicants.classes} == {
        "inwoners": 3,
        "organisaties": 2,
    }
    assert found.distribution is not UNKNOWN
    assert found.distribution.rule is DistributionRule.RECEIPT
    assert found.identity.paragraph is UNKNOWN
    assert len(found.territory.all_municipalities) == 25
    assert not found.has(RouteStep.COACHING)
    tier = found.tier_for(3_000_00)
    assert tier is not None
    assert tier.kind is TierKind.DIRECT


def test_krachtvansalland_2023() -> None:
    found = definition("krachtvansalland-cheque-2023")
    assert total("krachtvansalland-cheque-2023") == 25_000_00
    assert (found.amounts.minimum, found.amounts.maximum) == (None, 1_000_00)
    (window,) = listed(found.windows)
    assert window.closing is Closing.BEFORE
    # Before 19 April: midnight between 18 and 19 April, summer time.
    assert window.closes_at == datetime(2023, 4, 18, 22, tzinfo=UTC)
    assert window.opens_at == datetime(2023, 3, 8, 23, tzinfo=UTC)
    assert found.terms.decision_by == date(2023, 5, 19)
    assert found.territory.all_municipalities == ("Deventer", "Olst-Wijhe", "Raalte")
    assert found.identity.deciding_body is UNKNOWN
    assert found.identity.legal_regime is LegalRegime.AWB
    assert isinstance(found.vote, Vote)
    closes = found.vote.window.closes_at
    assert closes == datetime(2023, 5, 10, 22, tzinfo=UTC)
    assumed = found.assumed_paths
    assert {"vote", "criteria", "identity.legal_regime", "tiers"} <= assumed
    assert "amounts.maximum" not in assumed
    assert "windows.voorjaar-2023.closes" not in assumed


def test_the_invented_one_shows_what_the_engine_does() -> None:
    found = definition("voorbeeld-buurtkracht")
    assert found.identity.example
    assert found.unknown_needed(real=True) == ()
    small, large = found.tier_for(1_500_00), found.tier_for(1_500_01)
    assert small is not None
    assert large is not None
    assert (small.kind, large.kind) == (TierKind.DIRECT, TierKind.REPORT)
    assert found.distribution is not UNKNOWN
    assert found.distribution.reserve_list is True
    assert found.distribution.on_misfit is OnMisfit.PARTIAL
    assert found.distribution.ties == (
        TieBreak.MORE_SUPPORTERS,
        TieBreak.EARLIER_COMPLETE,
        TieBreak.LOT,
    )
    assert isinstance(found.vote, Vote)
    assert found.vote.kind is VoteKind.POINTS
    assert (found.vote.points, found.vote.most_per_option) == (5, 2)
    assert found.vote.quorum is not None
    assert found.vote.own_text
    assert found.card is not None
    assert found.municipal is not None
    assert {each.kind for each in found.applicants.classes} == set(PartyKind)


def test_noordwest_2019_knows_its_committee_days_only_by_assumption() -> None:
    found = definition("initiatieven-sociale-kwaliteit-noordwest-2019")
    (window,) = listed(found.windows)
    assert window.committee is not None
    days = window.committee.meets_on
    assert isinstance(days, tuple)
    assert {day.weekday() for day in days} == {1}
    assert window.committee.lead_days == 10
    assert "windows.hele-jaar.committee.meets_on" in found.assumed_paths


@pytest.mark.parametrize("slug", MEETING)
def test_where_the_field_decides_a_panel_meets_and_no_official_reviews(slug: str) -> None:
    found = definition(slug)
    assert found.route == (RouteStep.COACHING, RouteStep.COMPLETENESS, RouteStep.PANEL)
    assert found.panel is not None
    assert found.panel.method is PanelMethod.CONSENSUS
    assert {"panel.method", "panel.minimum_present"} <= found.assumed_paths
    (window,) = listed(found.windows)
    assert len(meetings(window)) >= 5


def test_the_committee_of_noordwest_is_assumed_to_advise_and_the_lag_of_vechtdal_decides() -> None:
    noordwest, vechtdal = definition(MEETING[1]), definition(MEETING[0])
    assert noordwest.panel is not None
    assert noordwest.panel.power is Power.ADVISES
    assert "panel.power" in noordwest.assumed_paths
    assert noordwest.identity.deciding_body is UNKNOWN
    assert vechtdal.panel is not None
    assert vechtdal.panel.power is Power.DECIDES
    assert "panel.power" not in vechtdal.assumed_paths
    assert vechtdal.identity.deciding_body == "LAG Noord Overijssel"
    assert noordwest.municipal is not None
    assert "municipal" in noordwest.assumed_paths


def test_no_delivered_file_says_more_than_it_knows() -> None:
    for path in DELIVERED:
        found = definition(path.stem)
        if not found.identity.example:
            assert found.identity.paragraph is UNKNOWN
            assert found.identity.articles is UNKNOWN
            assert all(each.article in (UNKNOWN, "Awb 4:29") for each in found.eligibility)
