"""What a played round takes for granted: only what no source gives, and always with a reason."""

from __future__ import annotations

import pytest

from regeling.definition import UNKNOWN, Definition, parse
from regeling.delivered import collection
from tests.regeling.collection_facts import FACTS
from tests.regeling.samples import DEFINITIONS
from tests.regeling.test_collection import at, definition

ROUNDS = DEFINITIONS.parents[1] / "tests" / "regeling" / "rounds"
ALL = [path.stem for path in collection()]
INVENTED_PLACES = {"gebiedsfonds": "territory.regions"}


def round_of(slug: str) -> Definition:
    return parse((ROUNDS / f"{slug}.yaml").read_text(encoding="utf-8"), file=f"{slug}.yaml")


def test_every_regulation_has_one() -> None:
    assert sorted(path.stem for path in ROUNDS.glob("*.yaml")) == sorted(ALL)


@pytest.mark.parametrize("slug", ALL)
def test_it_lacks_nothing_and_is_only_an_example(slug: str) -> None:
    found = round_of(slug)
    assert found.unknown_needed() == ()
    assert found.is_example_only
    assert all(each.reason for each in found.assumptions)


@pytest.mark.parametrize("slug", ALL)
def test_every_fact_stays_as_the_source_has_it(slug: str) -> None:
    found = round_of(slug)
    for path, value in FACTS[slug].items():
        if value is not UNKNOWN:
            assert at(found, path) == value, path


@pytest.mark.parametrize("slug", ALL)
def test_only_what_is_unknown_is_filled(slug: str) -> None:
    """A lot's source comes along with a tie that is broken by lot; a vote's scale with its kind."""
    found, source = round_of(slug), definition(slug)
    follows = {"distribution.lot_source", "vote.lowest", "vote.highest"}
    for path in found.assumed_paths - follows - {INVENTED_PLACES.get(slug)}:
        assert at(source, path) is UNKNOWN, path
