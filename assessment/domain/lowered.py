"""A ceiling that was lowered during a call, in the engine's own terms. Pure.

A lowering holds for who comes later and never for who was there (Awb 4:27, second paragraph). The
engine knows one amount a ceiling; so whoever came later stands under a second, narrower one beside
it, which holds what the lowered ceiling leaves after those who were there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assessment.domain.allocation import Option, Problem, allocate

AFTER = "@"
"""Between the name of a ceiling and the number of its lowering: "total@2"."""


def with_lowerings(problem: Problem, limits: Mapping[str, Mapping[str, int]]) -> Problem:
    """The problem in which each option stands under the ceilings of its own day.

    ``limits`` says per ceiling and per option key how many cents that ceiling holds for it; a
    ceiling that is not named, or is the same for everybody, stays as it is.
    """
    for name, held in limits.items():
        problem = _with_lowering(problem, name, held)
    return problem


def base_name(name: str) -> str:
    """The name of the ceiling itself, also of one that was lowered."""
    return name.partition(AFTER)[0]


def _with_lowering(problem: Problem, name: str, held: Mapping[str, int]) -> Problem:
    under = [option for option in problem.options if name in option.ceilings]
    amounts = sorted({held[option.key] for option in under}, reverse=True)
    if not amounts:
        return problem
    made = replace(problem, ceilings={**problem.ceilings, name: amounts[0]})
    for number, amount in enumerate(amounts[1:], start=2):
        before = [option for option in made.options if held.get(option.key, amount) > amount]
        taken = _taken(made, [option for option in before if name in option.ceilings])
        narrow = f"{name}{AFTER}{number}"
        made = replace(
            made,
            ceilings={**made.ceilings, narrow: max(0, amount - taken)},
            options=tuple(
                replace(option, ceilings=_narrowed(option, name, narrow))
                if name in option.ceilings and held[option.key] == amount
                else option
                for option in made.options
            ),
        )
    return made


def _taken(problem: Problem, options: list[Option]) -> int:
    """What those who were there get under a ceiling, in cents."""
    if not options:
        return 0
    outcome = allocate(replace(problem, options=tuple(options)), missing=False)
    return sum(row.granted for row in outcome.rows)


def _narrowed(option: Option, name: str, narrow: str) -> tuple[str, ...]:
    at = option.ceilings.index(name)
    return (*option.ceilings[:at], narrow, *option.ceilings[at:])
