"""The road of a dossier: where it was, where it is, what comes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from applications.states import State
from portal.road import DONE, NEXT, NOW, explained, road

ROUTES = st.sets(st.sampled_from(["coaching", "completeness", "review", "vote", "ranking"]))


@given(st.sampled_from(list(State)), ROUTES, st.booleans())
def test_a_dossier_is_at_one_place_with_the_past_before_it(
    state: State, steps: set[str], reports: bool
) -> None:
    phases = [step.phase for step in road(state, steps=steps, reports=reports)]
    assert phases.count(NOW) == 1
    place = phases.index(NOW)
    assert set(phases[:place]) <= {DONE}
    assert set(phases[place + 1 :]) <= {NEXT}


def test_a_regulation_without_a_vote_shows_none() -> None:
    codes = [step.code for step in road(State.IN_REVIEW, steps=["review"], reports=False)]
    assert codes == ["write", "complete", "review", "decide"]


def test_a_dossier_that_gives_account_goes_on_after_the_decision() -> None:
    steps = road(State.IN_EXECUTION, steps=["review", "vote"], reports=True)
    assert [step.code for step in steps if step.phase == NEXT] == ["report", "settle"]
    assert "vote" in [step.code for step in steps if step.phase == DONE]


def test_a_refusal_is_the_end_of_the_road() -> None:
    steps = road(State.REJECTED, steps=[], reports=True, when={"end": "3 maart 2026"})
    assert [step.phase for step in steps] == [DONE, DONE, DONE, DONE, NOW]
    assert steps[-1].title == "Afgewezen"
    assert steps[-1].when == "3 maart 2026"


def test_the_last_day_and_its_reason_stand_where_the_dossier_is() -> None:
    steps = explained(
        road(State.IN_REVIEW, steps=[], reports=False), when="Uiterlijk 1 mei", why="Dertien weken"
    )
    now = next(step for step in steps if step.phase == NOW)
    assert (now.when, now.why) == ("Uiterlijk 1 mei", "Dertien weken")
    assert all(step.why == "" for step in steps if step.phase != NOW)
