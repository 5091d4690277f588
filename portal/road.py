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

_STAGES: dict[str, frozenset[State]] = {
    "write": frozenset({State.DRAFT, State.IN_COACHING}),
    "complete": frozenset(
        {State.SUBMITTED, State.LATE, State.COMPLETENESS_CHECK, State.AWAITING_SUPPLEMENT}
    ),
    "review": frozenset({State.IN_REVIEW}),
    "vote": frozenset({State.ELIGIBLE_FOR_VOTE, State.VOTING}),
    "decide": frozenset({State.RANKED, State.RESERVE, State.HEARING, State.DECISION_DRAFT}),
    "do": frozenset({State.AWARDED, State.PARTIALLY_AWARDED, State.IN_EXECUTION}),
    "report": frozenset({State.REPORT_DUE}),
    "settle": frozenset({State.SETTLEMENT_REQUESTED}),
}
_FOR_APPLICANT: dict[str, str | Promise] = {
    "write": _("U schrijft de aanvraag"),
    "complete": _("Wij kijken of alles er is"),
    "review": _("Wij beoordelen de aanvraag"),
    "vote": _("Er wordt gestemd"),
    "decide": _("Wij besluiten"),
    "do": _("U voert uw plan uit"),
    "report": _("U vertelt wat er is gedaan"),
    "settle": _("Wij stellen de subsidie vast"),
}
_FOR_STAFF: dict[str, str | Promise] = {
    "write": _("Aanvraag schrijven"),
    "complete": _("Controle op volledigheid"),
    "review": _("Beoordeling"),
    "vote": _("Stemming"),
    "decide": _("Besluit"),
    "do": _("Uitvoering"),
    "report": _("Verslag"),
    "settle": _("Vaststelling"),
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
    state: State,
    *,
    steps: Collection[str],
    reports: bool,
    own: bool = True,
    when: Mapping[str, str] | None = None,
) -> list[Step]:
    """The steps from writing to the end.

    `steps` are the route steps that the regulation uses (as codes), `reports` says whether this
    dossier gives account afterwards, `own` that its applicant reads it, `when` gives words for a
    step ("3 maart 2026") by its code.
    A dossier that ended early (refused, withdrawn) shows its end as the step where it is now.
    """
    codes = _codes(state, steps, reports)
    here = _here(state, codes)
    known = when or {}
    titles = _FOR_APPLICANT if own else _FOR_STAFF
    made = [
        Step(code, str(titles[code]), _phase(place, here), known.get(code, ""))
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
    if "vote" in steps or state in _STAGES["vote"]:
        codes.append("vote")
    codes.append("decide")
    after = _STAGES["do"] | _STAGES["report"] | _STAGES["settle"] | _ENDS_AT_SETTLEMENT
    if reports or state in after:
        codes += ["do", "report", "settle"]
    return codes


def _here(state: State, codes: list[str]) -> int:
    """The place of the step where the dossier is; past the last one when the road is done."""
    for place, code in enumerate(codes):
        if state in _STAGES[code]:
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
