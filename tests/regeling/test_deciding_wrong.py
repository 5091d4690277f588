"""What does not fit in a vote, a panel or a distribution gives one message, with line and cure."""

from __future__ import annotations

import re

import pytest

from regeling.definition import DefinitionError
from tests.regeling.samples import COMMITTEE, MEETING, NUMBERS, PANEL, SMALL, VOTING, read

SCORED = "    question: Is het goed voor de buurt?\n    hard: yes"


def wrong(text: str, *changes: tuple[str, str]) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        read(text, *changes)
    return list(caught.value.lines)


QUORUM = "  quorum:\n    {}consequence: {}\n  opens: 2026-03-10\n"
WRONG = {
    "choose one chooses one": (
        VOTING,
        [(NUMBERS, "  kind: choose_one\n  minimum: 1\n  maximum: 2\n")],
        "vote.minimum: bij 'choose_one' zijn 'minimum' en 'maximum' allebei 1",
    ),
    "points without points": (
        VOTING,
        [("  points: 5\n", "")],
        "vote.points: noem hoeveel punten een stemmer verdeelt",
    ),
    "points without a most": (
        VOTING,
        [("  most_per_option: 2\n", "")],
        "vote.most_per_option: noem hoeveel punten één initiatief hoogstens krijgt",
    ),
    "more on one than there are": (
        VOTING,
        [("most_per_option: 2", "most_per_option: 6")],
        "vote.most_per_option: een stemmer heeft maar 5 punten",
    ),
    "more initiatives than points": (
        VOTING,
        [("minimum: 1\n  maximum: 4", "minimum: 6\n  maximum: 8")],
        "vote.minimum: met 5 punten kan niemand zoveel initiatieven kiezen",
    ),
    "rank points that are too few": (
        VOTING,
        [(NUMBERS, "  kind: ranking\n  minimum: 1\n  maximum: 3\n  rank_points: [3, 2]\n")],
        "vote.rank_points: noem voor elke plaats de punten: evenveel als 'maximum'",
    ),
    "rank points that do not fall": (
        VOTING,
        [(NUMBERS, "  kind: ranking\n  minimum: 1\n  maximum: 3\n  rank_points: [3, 3, 1]\n")],
        "vote.rank_points: een hogere plaats krijgt meer punten; laat ze aflopen",
    ),
    "knapsack beyond the ceiling": (
        VOTING,
        [(NUMBERS, "  kind: knapsack\n  minimum: 1\n  maximum: 9\n  budget: 10001\n")],
        "vote.budget: stemmers verdelen meer dan het subsidieplafond",
    ),
    "scores without a range": (
        VOTING,
        [(NUMBERS, "  kind: score\n  minimum: 1\n  maximum: 9\n")],
        "vote.highest: noem een hoogste score die hoger is dan de laagste",
    ),
    "household without an amount": (
        VOTING,
        [(NUMBERS, "  kind: household\n  minimum: 1\n  maximum: 9\n  step: 1\n")],
        "vote.amount: noem het bedrag dat elke stemmer weggeeft",
    ),
    "household that does not divide": (
        VOTING,
        [(NUMBERS, "  kind: household\n  minimum: 1\n  maximum: 9\n  amount: 7.50\n  step: 2\n")],
        "vote.step: noem een stap waarin het bedrag precies op te delen is",
    ),
    "points with a knapsack": (
        VOTING,
        [("  points: 5\n", "  points: 5\n  budget: 500\n")],
        "vote.budget: 'budget' hoort bij 'knapsack', niet bij 'points'",
    ),
    "more than there may be": (
        VOTING,
        [("minimum: 1\n  maximum: 4", "minimum: 5\n  maximum: 4")],
        "vote.minimum: er moeten meer keuzes gemaakt worden dan er mogen",
    ),
    "two panels of one name": (
        VOTING,
        [
            (
                "  opens: 2026-03-10\n",
                "  panels:\n    - name: Noord\n    - name: noord\n  opens: 2026-03-10\n",
            )
        ],
        "vote.panels: het panel 'noord' staat er 2 keer",
    ),
    "quorum of nothing": (
        VOTING,
        [("  opens: 2026-03-10\n", QUORUM.format("", "no_award"))],
        "vote.quorum: noem hoeveel stemmen ('ballots') of welk deel ('percent') er nodig is",
    ),
    "quorum that falls back on nobody": (
        VOTING,
        [("  opens: 2026-03-10\n", QUORUM.format("ballots: 9\n    ", "committee"))],
        "vote.quorum.consequence: er is geen panel dat het overneemt; beschrijf het onder 'panel'",
    ),
    "support before no review": (
        VOTING,
        [
            ("review, vote", "vote"),
            ("  opens: 2026-03-10\n", "  support_gate: 15\n  opens: 2026-03-10\n"),
        ],
        "vote.support_gate: steun wordt gevraagd vóór de beoordeling; zet 'review' in de route",
    ),
    "vote that begins too soon": (
        VOTING,
        [("  opens: 2026-03-10\n", "  opens: 2026-02-10\n")],
        "vote.opens: de stemming begint voordat de periode voor aanvragen sluit",
    ),
    "card that nobody reads": (
        SMALL + "card:\n  longest: 300\n",
        [],
        "card: een kaart is voor wie stemt; zet 'vote' in de route of laat 'card' weg",
    ),
    "panel in the route only": (
        MEETING,
        [(PANEL, "")],
        "route: de route heeft een panel; beschrijf het onder 'panel'",
    ),
    "panel outside the route": (
        MEETING,
        [("review, panel]", "review]")],
        "panel: er is een panel beschreven dat niet in de route staat",
    ),
    "panel without days": (
        MEETING,
        [(COMMITTEE, "    closing: before\n")],
        (
            "windows.voorjaar.committee: het panel komt bijeen; noem 'lead_days' en de dagen onder"
            " 'meets_on'"
        ),
    ),
    "days out of order": (
        MEETING,
        [("[2026-03-05, 2026-04-02]", "[2026-04-02, 2026-03-05]")],
        "windows.voorjaar.committee.meets_on: zet de vergaderdagen op volgorde, elke dag één keer",
    ),
    "panel that scores on nothing": (
        MEETING,
        [("method: consensus", "method: scores")],
        "panel.method: een panel geeft scores op criteria; er is geen criterium met 'score'",
    ),
    "municipality without a question": (
        SMALL + "municipal:\n  weeks: 3\n  questions: []\n",
        [],
        "municipal.questions: noem minstens één vraag, of laat 'municipal' weg",
    ),
    "votes without a vote": (
        SMALL,
        [("rule: receipt", "rule: votes"), ("review]", "review, ranking]")],
        "distribution.rule: verdelen op stemmen kan alleen als 'vote' in de route staat",
    ),
    "committee without a committee": (
        SMALL,
        [("rule: receipt", "rule: committee")],
        "distribution.rule: er is geen panel dat verdeelt; beschrijf het onder 'panel'",
    ),
    "equal shares without a step": (
        VOTING,
        [("rule: votes", "rule: equal_shares")],
        "distribution.equal_shares: noem de stap ('step') waarmee de delen groeien",
    ),
    "a step of nothing": (
        VOTING,
        [("rule: votes\n", "rule: equal_shares\n  equal_shares:\n    step: 0\n")],
        "distribution.equal_shares.step: een stap is meer dan nul",
    ),
    "equal shares of another rule": (
        VOTING,
        [("rule: votes\n", "rule: votes\n  equal_shares:\n    step: 1\n")],
        "distribution.equal_shares: dit hoort alleen bij de verdeelregel 'equal_shares'",
    ),
    "equal shares with one choice": (
        VOTING,
        [
            (NUMBERS, "  kind: choose_one\n  minimum: 1\n  maximum: 1\n"),
            ("rule: votes\n", "rule: equal_shares\n  equal_shares:\n    step: 1\n"),
        ],
        (
            "distribution.rule: gelijke delen kan niet met één keuze per stem; kies 'votes' of een"
            " andere stemming"
        ),
    ),
    "lottery outside the route": (
        SMALL,
        [("rule: receipt", "rule: lottery")],
        "route: verdelen met 'lottery' vraagt 'ranking' in de route",
    ),
    "a floor for whole amounts": (
        VOTING,
        [("rule: votes\n", "rule: votes\n  floor: 100\n")],
        "distribution.floor: 'floor' hoort alleen bij 'pro_rata'",
    ),
    "a floor above the cap": (
        VOTING,
        [("rule: votes\n", "rule: pro_rata\n  floor: 200\n  cap: 100\n")],
        "distribution.floor: de ondergrens is hoger dan de bovengrens",
    ),
    "a threshold of no votes": (
        SMALL,
        [("rule: receipt\n", "rule: receipt\n  minimum_percent: 10\n")],
        "distribution.minimum_percent: een drempel van stemmen vraagt 'vote' in de route",
    ),
    "a percentage over a hundred": (
        VOTING,
        [("rule: votes\n", "rule: votes\n  minimum_percent: 101\n")],
        "distribution.minimum_percent: 101 ligt niet tussen 0 en 100",
    ),
    "experts that cannot be compared": (
        VOTING,
        [
            ("rule: votes\n", "rule: votes\n  expert_percent: 25\n"),
            ("kind: yes_no\n" + SCORED, "kind: score\n    question: Is het goed voor de buurt?"),
        ],
        (
            "distribution.normalisation: zeg hoe stemmen en scores vergelijkbaar worden: highest of"
            " rank"
        ),
    ),
    "experts without scores": (
        VOTING,
        [("rule: votes\n", "rule: votes\n  expert_percent: 25\n  normalisation: rank\n")],
        "distribution.expert_percent: er is geen criterium met 'score' dat kan meetellen",
    ),
    "leftover of no parts": (
        VOTING,
        [
            ("  - scope: region\n    code: noord\n    amount: 6000\n", ""),
            ("    published_on: 2026-01-05\n    published_on", "    published_on"),
            ("rule: votes\n", "rule: votes\n  leftover: skip\n"),
        ],
        (
            "distribution.leftover: het plafond heeft geen delen; noem ze onder 'ceilings' of laat"
            " dit weg"
        ),
    ),
    "ties by votes at receipt": (
        SMALL,
        [("ties: [lot]", "ties: [more_supporters, lot]")],
        "distribution.ties: bij volgorde van binnenkomst zijn er geen stemmen om op te letten",
    ),
    "a lot before the end": (
        VOTING,
        [("[more_supporters, lot]", "[lot, more_supporters]")],
        "distribution.ties: na een loting blijft niets gelijk; zet 'lot' als laatste",
    ),
    "a lot by nobody": (
        VOTING,
        [("  lot_source: notary\n", "")],
        "distribution.lot_source: zeg vooraf wie loot: notary of public",
    ),
    "a lot that is never drawn": (
        VOTING,
        [("[more_supporters, lot]", "[more_supporters]")],
        "distribution.lot_source: er wordt nergens geloot; zet 'lot' in 'ties' of laat dit weg",
    ),
    "a public lot from an unnamed number": (
        VOTING,
        [("lot_source: notary", "lot_source: public")],
        (
            "distribution.public_number: noem het openbare getal dat later wordt getrokken, en waar"
            " het te vinden is"
        ),
    ),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_what_does_not_fit_gives_one_message_with_line_and_cure(case: str) -> None:
    text, changes, sentence = WRONG[case]
    found = wrong(text, *changes)
    assert len(found) == 1, found
    assert sentence in found[0]
    place = re.match(r"klein\.yaml:(\d+):\d+ ", found[0])
    assert place is not None
    assert int(place[1]) > 1
