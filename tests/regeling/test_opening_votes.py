"""Whatever the vote, a call can be opened on it; what could never be carried out is refused."""

from __future__ import annotations

import pytest

from accounts.models import Authority
from regeling.definition import DistributionRule, from_canonical
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.regeling.samples import MEETING, NUMBERS, SMALL, VOTING
from timeline.actor import SYSTEM

pytestmark = pytest.mark.django_db
RULE = "  rule: votes\n"


def opened(text: str) -> Call:
    Authority.objects.get_or_create(code="voorbeeldland", defaults={"name": "Voorbeeldland"})
    revision = accept(source=text, file="klein.yaml", actor=SYSTEM)
    return open_call(revision_id=revision.pk, kind=Call.Kind.REAL, actor=SYSTEM)


@pytest.mark.parametrize(
    "lines",
    [
        "  rule: votes\n  leftover: skip\n  minimum_percent: 10\n",
        "  rule: equal_shares\n  equal_shares: {step: 0.10}\n",
        "  rule: pro_rata\n  floor: 100\n  cap: 500\n",
        "  rule: lottery\n",
    ],
)
@pytest.mark.parametrize(
    "numbers",
    [
        "  kind: approval\n  minimum: 3\n  maximum: 5\n",
        NUMBERS,
        "  kind: knapsack\n  minimum: 1\n  maximum: 9\n",
    ],
)
def test_a_call_opens_on_every_way_to_divide(lines: str, numbers: str) -> None:
    call = opened(VOTING.replace(RULE, lines).replace(NUMBERS, numbers))
    found = from_canonical(call.revision.text)
    assert found == call.revision.definition
    assert f"  rule: {call.distribution_rule}\n" in lines


def test_a_call_opens_where_a_committee_divides() -> None:
    call = opened(MEETING.replace("rule: receipt", "rule: committee"))
    assert call.distribution_rule == DistributionRule.COMMITTEE


def test_a_lottery_without_a_vote_opens() -> None:
    text = SMALL.replace("rule: receipt", "rule: lottery").replace(
        "route: [completeness, review]", "route: [completeness, review, ranking]"
    )
    assert opened(text).distribution_rule == DistributionRule.LOTTERY
