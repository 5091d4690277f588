"""The road of a dossier in a few steps: where it was, where it is, what is still to come.

Plain values in, plain values out: the state, the route of the regulation and the dates known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.states import State

DONE, NOW, NEXT = "done", "now", "next"

_STAGES: dict[str, tuple[str | Promise, frozenset[State]]] = {
    "write": (_("U schrijft de aanvraag"), frozenset({State.DRAFT, State.IN_COACHING})),
    "complete": (
        _("Wij kijken of alles er is"),
        frozenset(
            {State.SUBMITTED, State.LATE, State.COMPLETENESS_CHECK, State.AWAITING_SUPPLEMENT}
        ),
    ),
    "review": (_("Wij beoordelen de aanvraag"), frozenset({State.IN_REVIEW})),
    "vote": (_("Er wordt gestemd"), frozenset({State.ELIGIBLE_FOR_VOTE, State.VOTING})),
    "decide": (
        _("Wij besluiten"),
        frozenset({State.RANKED, State.RESERVE, State.HEARING, State.DECISION_DRAFT}),
    ),
    "do": (
        _("U voert uw plan uit"),
        frozenset({State.AWARDED, State.PARTIALLY_AWARDED, State.IN_EXECUTION}),
    ),
    "report": (_("U vertelt wat er is gedaan"), frozenset({State.REPORT_DUE})),
    "settle": (_("Wij stellen de subsidie vast"), frozenset({State.SETTLEMENT_REQUESTED})),
}
_ENDS_AT_DECISION = frozenset({State.REJECTED, State.NOT_PROCESSED, State.DIRECTLY_SETTLED})
_ENDS_AT_SETTLEMENT = frozenset({State.SETTLED, State.LOWER_SETTLED})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road; `phase` is done, now or next; `when` and `why` are words."""

    code: str
    title: str
    phase: str
    when: str = ""
    why: str = ""


def road(
    state: State, *, steps: Collection[str], reports: bool, when: Mapping[str, str] | None = None
) -> list[Step]:
    """The steps from writing to the end.

    `steps` are the route steps that the regulation uses (as codes), `reports` says whether this
    dossier gives account afterwards, `when` gives words for a step ("3 maart 2026") by its code.
    A dossier that ended early (refused, withdrawn) shows its end as the step where it is now.
    """
    codes = _codes(state, steps, reports)
    here = _here(state, codes)
    known = when or {}
    made = [
        Step(code, str(_STAGES[code][0]), _phase(place, here), known.get(code, ""))
        for place, code in enumerate(codes)
    ]
    if state in _ENDS_AT_DECISION | _ENDS_AT_SETTLEMENT | {State.WITHDRAWN, State.CLOSED}:
        made = [each for each in made if each.phase == DONE]
        made.append(Step("end", str(state.label), NOW, known.get("end", "")))
    return made


def explained(steps: list[Step], *, when: str, why: str) -> list[Step]:
    """The same road with the last day, and why that day, at the step where the dossier is."""
    return [
        replace(each, when=when or each.when, why=why) if each.phase == NOW else each
        for each in steps
    ]


def _codes(state: State, steps: Collection[str], reports: bool) -> list[str]:
    codes = ["write", "complete", "review"]
    if "vote" in steps or state in _STAGES["vote"][1]:
        codes.append("vote")
    codes.append("decide")
    after = _STAGES["do"][1] | _STAGES["report"][1] | _STAGES["settle"][1] | _ENDS_AT_SETTLEMENT
    if reports or state in after:
        codes += ["do", "report", "settle"]
    return codes


def _here(state: State, codes: list[str]) -> int:
    """The place of the step where the dossier is; past the last one when the road is done."""
    for place, code in enumerate(codes):
        if state in _STAGES[code][1]:
            return place
    if state is State.WITHDRAWN:
        return 1  # it was sent in; how far it came is told by the history
    if state in _ENDS_AT_DECISION:
        return codes.index("decide") + 1
    return len(codes)


def _phase(place: int, here: int) -> str:
    if place < here:
        return DONE
    return NOW if place == here else NEXT
