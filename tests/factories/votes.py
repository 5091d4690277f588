"""Rounds of every kind of vote, in an invented village with places and themes to choose from.

``open_round_of("points")`` gives an ``Election`` of which the regulation asks a vote of that kind;
``vote`` and ``distribution`` replace or add lines of the definition.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import yaml

from accounts.models import Authority
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.factories.applications import ROOT, AuthorityFactory
from tests.factories.assessment import Election, election
from timeline import clock
from timeline.actor import SYSTEM

KINDS: dict[str, dict[str, Any]] = {
    "choose_one": {"minimum": 1, "maximum": 1},
    "approval": {"minimum": 1, "maximum": 3},
    "points": {"minimum": 1, "maximum": 5, "points": 5, "most_per_option": 2},
    "ranking": {"minimum": 1, "maximum": 3, "rank_points": [3, 2, 1]},
    "knapsack": {"minimum": 1, "maximum": 40, "budget": 2500},
    "score": {"minimum": 1, "maximum": 40, "lowest": 0, "highest": 5},
    "household": {"minimum": 1, "maximum": 40, "amount": 25, "step": 5},
}
"""What a vote of each kind asks beside its kind; amounts in euros, as a definition names them."""

PLACES = ("Voorbeeldstad", "Zuiderdam", "Nieuwdorp")
THEMES = ("ontmoeten", "groen")
STORIES = (
    "Elke woensdag koken wij samen, met wat er over is. Iedereen schuift aan.",
    "Wij maken van het lege veld een tuin. Scholen en ouderen zaaien samen, en delen de oogst.",
    "Een avond muziek van eigen bodem. De fanfare speelt, en wie wil leert een instrument.",
)


def definition_of(kind: str, **given: Any) -> str:
    """The text of a regulation with a vote of this kind.

    ``vote``, ``distribution`` and ``card`` are merged into those blocks; any other name replaces a
    block of the definition.
    """
    data = yaml.safe_load((ROOT / "tests" / "factories" / "by-vote.yaml").read_text())
    data["identity"]["slug"] = f"vote-{kind.replace('_', '-')}"
    data["identity"]["title"] = "Dorpscheque Voorbeeldstad"
    data["territory"]["municipalities"] = list(PLACES)
    data["activities"] = [{"code": code, "name": code.capitalize()} for code in THEMES]
    data["form"]["steps"][0]["questions"].append(
        {"code": "soort", "kind": "choice", "label": "Waar gaat het over?", "fills": "activity"}
    )
    # Without the numbers of the kind that the file has.
    vote = {k: v for k, v in data["vote"].items() if k not in ("minimum", "maximum")}
    data["vote"] = {**vote, "kind": kind, **KINDS[kind], **given.pop("vote", {})}
    data["distribution"] = {**data["distribution"], **given.pop("distribution", {})}
    return yaml.safe_dump({**data, **given}, allow_unicode=True, sort_keys=False)


def call_of(kind: str, **given: Any) -> Call:
    """An example call whose regulation has a vote of this kind, open since yesterday."""
    if not Authority.objects.filter(code="voorbeeldstad").exists():
        AuthorityFactory()
    revision = accept(source=definition_of(kind, **given), file=f"{kind}.yaml", actor=SYSTEM)
    start = clock.now() - timedelta(days=1)
    return open_call(
        revision_id=revision.pk,
        kind="example",
        actor=SYSTEM,
        days=(start, start + timedelta(days=22)),
        published_on=clock.day(start) - timedelta(days=1),
    )


def open_round_of(
    kind: str, *, options: int = 3, voters: int = 3, begun: bool = False, **given: Any
) -> Election:
    """An open round in which people vote in this way.

    Places and themes go round over the options; amounts are EUR 500, 750 and 1,000. ``given`` goes
    to ``definition_of``.
    """
    answers = [
        {
            "gemeente": PLACES[number % len(PLACES)],
            "soort": THEMES[number % len(THEMES)],
            "beschrijving": STORIES[number % len(STORIES)],
            "bedrag": (50_000, 75_000, 100_000)[number % 3],
        }
        for number in range(options)
    ]
    return election(
        options=options, voters=voters, begun=begun, answers=answers, call=call_of(kind, **given)
    )
