"""An election from a Pabulib file as a problem for the award engine. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.domain.allocation_model import TOTAL, Option, Problem, Rules
from assessment.domain.pabulib import PabulibElection, PabulibError, PabulibProject

KINDS = {
    "approval": "approval",
    "choose-1": "choose_one",
    "ordinal": "ranking",
    "cumulative": "points",
    "scoring": "score",
}


def free_of_charge(election: PabulibElection) -> tuple[str, ...]:
    """Projects that cost nothing: they need no division, and no vote decides over money."""
    return tuple(project.key for project in election.projects if not project.cost)


def vote_kind(election: PabulibElection) -> str:
    """The kind of vote, as the regulations call it."""
    return KINDS[election.vote_type]


def problem_of_election(
    election: PabulibElection,
    rules: Rules,
    *,
    ceilings: str = "",
    lot: Sequence[str] = (),
) -> Problem:
    """The problem: amounts in units of the file's ``money_scale``, votes over ``points_scale``.

    ``ceilings`` is ``categories`` or ``neighborhoods`` when the file's ceilings of those count, or
    empty. Projects that cost nothing take no part. Raises ``PabulibError`` where the file does not
    say what the ceilings are.
    """
    narrow = election.ceilings(ceilings) if ceilings else {}
    scores: dict[str, int] = {}
    supporters: dict[str, int] = {}
    for count, ballot in election.profile:
        for key, points in ballot:
            scores[key] = scores.get(key, 0) + count * points
            supporters[key] = supporters.get(key, 0) + count * (points > 0)
    takes_part = [project for project in election.projects if project.cost]
    options = tuple(
        Option(
            key=project.key,
            asked=project.cost,
            votes=scores.get(project.key, 0),
            supporters=supporters.get(project.key, 0),
            ceilings=(*_names(project, ceilings, narrow), TOTAL),
        )
        for project in takes_part
    )
    return Problem(
        options=options,
        ceilings={TOTAL: election.budget}
        | {f"{ceilings}:{name}": amount for name, amount in narrow.items()},
        rules=rules,
        ballots=election.ballots,
        lot=tuple(key for key in lot if key in {project.key for project in takes_part}),
        scale=election.points_scale,
        profile=_profile(election) if rules.rule == "equal_shares" else (),
    )


def _names(project: PabulibProject, of: str, narrow: dict[str, int]) -> list[str]:
    if not of:
        return []
    names = project.categories if of == "categories" else (project.neighborhood,)
    for name in names:
        if name and name not in narrow:
            raise PabulibError(f"project {project.key}: {of} knows no {name!r}")
    return [f"{of}:{name}" for name in names if name]


def _profile(election: PabulibElection) -> tuple[tuple[int, tuple[tuple[str, int], ...]], ...]:
    """Ballots with what supports a project; with fractions of points every voter counts as many
    times as a point has parts, as the engine counts panel weights."""
    return tuple(
        (
            count * election.points_scale,
            tuple((key, points) for key, points in ballot if points > 0),
        )
        for count, ballot in election.profile
    )
