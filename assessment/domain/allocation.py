"""Who gets what: one pure function from frozen inputs to an outcome that explains itself.

Standard library only, integers only, no clock, no database: the same inputs, in any order and on
any Python, give the same text and the same hash. Applications are served by votes or in the order
in which they were complete, each under every ceiling that applies to it (Awb 4:25, 4:26). Where
equals would decide who gets money, the engine never guesses: it goes by the tie rules that were
fixed beforehand, or it stops and names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

ENGINE = "1"
"""Version of these rules; stored with every outcome, raised when an outcome could change."""

TOTAL = "total"
ORDERS = ("votes", "receipt")
MISFITS = ("skip", "stop", "partial")
TIE_RULES = ("more_votes", "earlier_complete", "lower_amount", "lot")


@dataclass(frozen=True, slots=True)
class Option:
    """An application that asks money.

    ``asked`` is in cents, the most that may be granted; ``complete`` is the moment (or the day,
    where the regulation compares days) on which it was complete, as ISO text; ``ceilings`` names
    the ceilings that apply, narrow ones first, the total last.
    """

    key: str
    asked: int
    votes: int = 0
    complete: str = ""
    ceilings: tuple[str, ...] = (TOTAL,)


@dataclass(frozen=True, slots=True)
class Rules:
    """What was fixed before anybody voted.

    ``on_misfit`` says what happens when the next one does not fit in what is left: ``skip`` it,
    ``stop`` under that ceiling, or give it the rest and stop (``partial``). ``minimum_percent`` is
    of the valid ballots.
    """

    order: str
    on_misfit: str
    ties: tuple[str, ...] = ()
    minimum_votes: int = 0
    minimum_percent: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the outcome depends on. ``lot`` is a drawn full order of all option keys, or
    empty.
    """

    options: tuple[Option, ...]
    ceilings: Mapping[str, int]
    rules: Rules
    ballots: int = 0
    lot: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, slots=True)
class Tie:
    """Equals: who they are, whether their order decides over money, and what broke the tie."""

    keys: tuple[str, ...]
    votes: int
    decisive: bool
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one application gets (cents) and why.

    ``code`` is one of awarded, awarded_partly, refused_ceiling, refused_sub_ceiling,
    refused_stopped, refused_support, and, while a tie stands open, tied and undecided. ``left`` is
    what the ceiling in question still held at its turn; ``votes_needed`` how many more votes would
    have brought the whole amount, the others unchanged (None: no number would, or votes do not
    count here).
    """

    key: str
    place: int
    votes: int
    asked: int
    granted: int
    code: str
    ceiling: str = ""
    left: int = 0
    stopped_by: str = ""
    support_needed: int = 0
    votes_needed: int | None = None
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows in order of place. ``open_tie`` holds the equals that must be decided first, if any;
    ``needs_lot`` says whether a lot is the way on."""

    rows: tuple[Row, ...]
    left: Mapping[str, int]
    ties: tuple[Tie, ...]
    open_tie: tuple[str, ...] = ()
    needs_lot: bool = False
    engine: str = ENGINE


@dataclass(frozen=True, slots=True)
class _Turn:
    granted: int
    kind: str  # fits, partly, misfit or stopped
    ceiling: str  # the one that stands in the way
    tight: str  # the narrowest one that has too little


@dataclass(slots=True)
class _State:
    left: dict[str, int]
    closed: dict[str, str] = field(default_factory=dict)  # ceiling: the key that closed it

    def copy(self) -> _State:
        return _State(dict(self.left), dict(self.closed))


def allocate(problem: Problem) -> Outcome:
    """Divide the money; see the module's text. Every option gets exactly one row."""
    run = _Run(problem)
    run.serve()
    rows = run.rows
    if not run.open_tie and problem.rules.order == "votes":
        rows = [_with_counterfactual(problem, row) for row in rows]
    return Outcome(
        rows=tuple(rows),
        left=run.state.left,
        ties=tuple(run.ties),
        open_tie=run.open_tie,
        needs_lot=run.needs_lot,
    )


def votes_needed(problem: Problem, key: str) -> int | None:
    """The least number of extra votes with which ``key`` gets all it asks, the others unchanged.

    None when no number does. More votes never hurt (a higher place leaves at least as much money),
    so the first of the few numbers at which its place can change is found by bisection.
    """
    own = next(option for option in problem.options if option.key == key)
    others = [option.votes for option in problem.options if option.key != key]
    steps = {votes - own.votes + more for votes in others for more in (0, 1)}
    steps.add(support_needed(problem) - own.votes)
    ladder = sorted(step for step in steps if step > 0)
    if not ladder or not _served(problem, key, ladder[-1]):
        return None
    low, high = 0, len(ladder) - 1
    while low < high:
        middle = (low + high) // 2
        if _served(problem, key, ladder[middle]):
            high = middle
        else:
            low = middle + 1
    return ladder[low]


def support_needed(problem: Problem) -> int:
    """The least number of votes that meets both thresholds (a percentage is rounded up)."""
    rules = problem.rules
    return max(rules.minimum_votes, -(-rules.minimum_percent * problem.ballots // 100))


class _Run:
    """One pass from the first place to the last."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.state = _State(dict(problem.ceilings))
        self.rows: list[Row] = []
        self.ties: list[Tie] = []
        self.open_tie: tuple[str, ...] = ()
        self.needs_lot = False
        self.drawn = {key: number for number, key in enumerate(problem.lot, start=1)}

    def serve(self) -> None:
        needed = support_needed(self.problem)
        for group in _groups(self.problem.options, self._first):
            place = len(self.rows) + 1
            if self.open_tie:
                self.rows += [_row(option, place, "undecided") for option in group]
            elif self.problem.rules.order == "votes" and group[0].votes < needed:
                self.rows += [
                    _row(option, place, "refused_support", support_needed=needed)
                    for option in group
                ]
            else:
                self._serve_equals(group, self.problem.rules.ties)

    def _first(self, option: Option) -> Any:
        return -option.votes if self.problem.rules.order == "votes" else option.complete

    def _serve_equals(
        self, group: list[Option], ties: Sequence[str], *, inner: bool = False
    ) -> None:
        """Serve equals together when their order changes nothing, else by the next tie rule."""
        place = len(self.rows) + 1
        if self.open_tie:
            self.rows += [_row(option, place, "undecided") for option in group]
            return
        on_misfit = self.problem.rules.on_misfit
        decisive = len(group) > 1 and _order_matters(self.state, group, on_misfit)
        if not decisive:
            if len(group) > 1 and not inner:
                self._note(group, decisive=False)
            self._serve_together(group, place)
            return
        for number, rule in enumerate(ties):
            parts = _groups(group, self._tie_key(rule))
            if len(parts) > 1:
                self._note(group, decisive=True, decided_by=rule)
                for part in parts:
                    self._serve_equals(part, ties[number + 1 :], inner=True)
                return
        self._note(group, decisive=True)
        self.open_tie = tuple(option.key for option in group)
        self.needs_lot = "lot" in ties and not self.drawn
        self.rows += [_row(option, place, "tied") for option in group]

    def _tie_key(self, rule: str) -> Callable[[Option], Any]:
        keys: dict[str, Callable[[Option], Any]] = {
            "more_votes": lambda option: -option.votes,
            "earlier_complete": lambda option: option.complete,
            "lower_amount": lambda option: option.asked,
            "lot": lambda option: self.drawn.get(option.key, 0),
        }
        return keys[rule]

    def _note(self, group: list[Option], *, decisive: bool, decided_by: str = "") -> None:
        keys = tuple(option.key for option in group)
        self.ties.append(Tie(keys, group[0].votes, decisive, decided_by))

    def _serve_together(self, group: list[Option], place: int) -> None:
        """Every one of them gets what it would get alone: that is what the tie check proved."""
        on_misfit = self.problem.rules.on_misfit
        turns = [(option, _turn(self.state, option, on_misfit)) for option in group]
        before = self.state.copy()
        for option, turn in turns:
            _apply(self.state, option, turn, on_misfit)
            self.rows.append(
                _row(
                    option,
                    place,
                    _code(turn),
                    granted=turn.granted,
                    ceiling=turn.ceiling,
                    left=_left(before, option, turn),
                    stopped_by=before.closed.get(turn.ceiling, ""),
                    drawn=self.drawn.get(option.key, 0),
                )
            )


def _turn(state: _State, option: Option, on_misfit: str) -> _Turn:
    tight = _tight(state.left, option)
    for name in option.ceilings:
        if name in state.closed:
            return _Turn(0, "stopped", name, tight)
    if not tight:
        return _Turn(option.asked, "fits", "", "")
    rest = min(state.left[name] for name in option.ceilings)
    if on_misfit == "partial" and rest > 0:
        return _Turn(rest, "partly", tight, tight)
    return _Turn(0, "misfit", tight, tight)


def _tight(left: Mapping[str, int], option: Option, *, back: int = 0) -> str:
    """The narrowest ceiling in which the option does not fit, ``back`` cents being given back."""
    return next((name for name in option.ceilings if left[name] + back < option.asked), "")


def _apply(state: _State, option: Option, turn: _Turn, on_misfit: str) -> None:
    """Take the money. Who does not fit closes that ceiling, so that nobody overtakes her there;
    also when another ceiling was closed to her already."""
    for name in option.ceilings:
        state.left[name] -= turn.granted
    if on_misfit != "skip" and turn.tight:
        state.closed.setdefault(turn.tight, option.key)


def _left(state: _State, option: Option, turn: _Turn) -> int:
    """Cents left in the ceiling that stood in the way; where none did, in the tightest one."""
    if turn.ceiling:
        return state.left[turn.ceiling]
    return min(state.left[name] for name in option.ceilings)


def _order_matters(state: _State, group: list[Option], on_misfit: str) -> bool:
    """Whether another order among equals would change an amount, or a ceiling that closes.

    It does when they do not all fit with what each would get alone; when one closes a ceiling under
    which another would get something; or when one who comes last closes another ceiling than if she
    came first. Otherwise everybody gets, in every order, what she would get alone.
    """
    turns = [(option, _turn(state, option, on_misfit)) for option in group]
    rest = dict(state.left)
    for option, turn in turns:
        for name in option.ceilings:
            rest[name] -= turn.granted
    if min(rest.values()) < 0:
        return True
    if on_misfit == "skip":
        return False
    return any(
        _tight(rest, option, back=turn.granted) != turn.tight
        or any(
            their.granted and turn.tight in other.ceilings
            for other, their in turns
            if other is not option
        )
        for option, turn in turns
    )


def _code(turn: _Turn) -> str:
    match turn.kind:
        case "fits":
            return "awarded"
        case "partly":
            return "awarded_partly"
        case "stopped":
            return "refused_stopped"
    return "refused_ceiling" if turn.ceiling == TOTAL else "refused_sub_ceiling"


def _row(option: Option, place: int, code: str, *, granted: int = 0, **figures: Any) -> Row:
    return Row(option.key, place, option.votes, option.asked, granted, code, **figures)


def _groups(options: Iterable[Option], key: Callable[[Option], Any]) -> list[list[Option]]:
    """Options in order of ``key``, equals together and among them in order of their own key."""
    groups: dict[Any, list[Option]] = {}
    for option in sorted(options, key=lambda option: option.key):
        groups.setdefault(key(option), []).append(option)
    return [groups[value] for value in sorted(groups)]


def _with_counterfactual(problem: Problem, row: Row) -> Row:
    if row.code == "awarded":
        return row
    return replace(row, votes_needed=votes_needed(problem, row.key))


def _served(problem: Problem, key: str, more: int) -> bool:
    options = tuple(
        replace(option, votes=option.votes + more) if option.key == key else option
        for option in problem.options
    )
    run = _Run(replace(problem, options=options))
    run.serve()
    return any(row.key == key and row.code == "awarded" for row in run.rows)


def _check(problem: Problem) -> None:
    rules, keys = problem.rules, [option.key for option in problem.options]
    if rules.order not in ORDERS or rules.on_misfit not in MISFITS:
        raise ValueError("unknown order or rule for what does not fit")
    if not set(rules.ties) <= set(TIE_RULES):
        raise ValueError("unknown tie rule")
    if len(set(keys)) != len(keys):
        raise ValueError("an option stands in the list twice")
    for option in problem.options:
        if option.asked <= 0:
            raise ValueError(f"option {option.key} asks nothing")
        if not option.ceilings or not set(option.ceilings) <= set(problem.ceilings):
            raise ValueError(f"option {option.key} stands under an unknown ceiling")
    if problem.lot and (sorted(problem.lot) != sorted(keys)):
        raise ValueError("a lot is a full order over all options")
    if any(cents < 0 for cents in problem.ceilings.values()):
        raise ValueError("a ceiling is not below zero")
