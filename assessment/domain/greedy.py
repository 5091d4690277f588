"""Down the list: everyone in turn gets what she asks, as long as it fits under every ceiling.

Equals whose order makes no difference are served together. Equals whose order does are told apart
by the tie rules. Where those do not, every order is followed, so that what is the same in all of
them is still known. Standard library only, whole numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assessment.domain.allocation_model import (
    TOTAL,
    Division,
    Option,
    Problem,
    Purse,
    Rules,
    Tie,
    Verdict,
)
from assessment.domain.standing import equals, first_by, tie_key, tie_rules

MOST_TURNS = 20_000
"""So many turns are spent at most on following the orders of equals; beyond, they stay open."""


class Turn(NamedTuple):
    """What an option gets at its turn, and the ceiling that it closes to those after it."""

    verdict: Verdict
    closes: str = ""


def divide_greedy(problem: Problem, entrants: Sequence[Option], purse: Purse) -> Division:
    """Serve ``entrants`` in order, then the leftover where the rules say so.

    ``purse`` is what there is before the first turn. With a leftover, equals go in the same order
    both times; where that makes too many orders to follow, any order is reckoned with the second
    time, so that less is certain.
    """
    run = _served(problem, entrants, purse, strict=problem.rules.leftover != "none")
    if run.settled is not None and run.strict:
        run = _served(problem, entrants, purse, strict=False)
    return run.division(entrants)


def turn_of(purse: Purse, option: Option, rules: Rules, phase: int = 1) -> Turn:
    """What happens when it is this option's turn and ``purse`` is what there is.

    Who does not fit closes the narrowest ceiling in which she does not, so that nobody overtakes
    her there; also when another ceiling was closed to her already.
    """
    if option.group and option.group in purse.taken:
        return Turn(Verdict(0, "refused_excluded", rival=purse.taken[option.group], phase=phase))
    names, left = _ceilings(option, phase), purse.left
    tight = [name for name in names if left[name] < option.asked]
    closes = tight[0] if tight and _misfit(rules, tight[0], phase) != "skip" else ""
    for name in names:
        if name in purse.closed:
            stopper = purse.closed[name]
            return Turn(
                Verdict(0, "refused_stopped", name, left[name], stopper, phase=phase), closes
            )
    rest = min(left[name] for name in names)
    if not tight:
        return Turn(Verdict(option.asked, "awarded", left=rest, phase=phase))
    if rest > 0 and all(_misfit(rules, name, phase) == "partial" for name in tight):
        return Turn(Verdict(rest, "awarded_partly", tight[0], left[tight[0]], phase=phase), closes)
    code = "refused_ceiling" if tight[0] == TOTAL else "refused_sub_ceiling"
    return Turn(Verdict(0, code, tight[0], left[tight[0]], phase=phase), closes)


def take_turn(purse: Purse, option: Option, turn: Turn, phase: int = 1) -> None:
    """Take the money, the place of its exclusion group, and close what it closes."""
    granted = turn.verdict.granted
    if granted:
        for name in _ceilings(option, phase):
            purse.left[name] -= granted
        if option.group:
            purse.taken.setdefault(option.group, option.key)
    if turn.closes:
        purse.closed.setdefault(turn.closes, option.key)


def order_matters(purse: Purse, group: Sequence[Option], rules: Rules, phase: int = 1) -> bool:
    """Whether another order among equals would change an amount, or a ceiling that closes.

    It does not when all of them fit with what each would get alone, each would get and close the
    same when served last, none closes a ceiling under which another gets something, and none stands
    in the way of another of its exclusion group.
    """
    turns = [(option, turn_of(purse, option, rules, phase)) for option in group]
    rest = dict(purse.left)
    for option, turn in turns:
        for name in _ceilings(option, phase):
            rest[name] -= turn.verdict.granted
    if min(rest.values()) < 0:
        return True
    funded = [option for option, turn in turns if turn.verdict.granted]
    for option, turn in turns:
        granted, closes = turn.verdict.granted, turn.closes
        others = [other for other in funded if other is not option]
        if (granted or closes) and any(o.group and o.group == option.group for o in others):
            return True
        if closes and any(closes in _ceilings(other, phase) for other in others):
            return True
        back = {name: rest[name] + granted for name in _ceilings(option, phase)}
        last = turn_of(Purse(rest | back, purse.closed, purse.taken), option, rules, phase)
        if (last.verdict.granted, last.closes) != (granted, closes):
            return True
    return False


def _ceilings(option: Option, phase: int) -> tuple[str, ...]:
    """The ceilings that count: in the division of the leftover only the last, the total."""
    return option.ceilings if phase == 1 else option.ceilings[-1:]


def _misfit(rules: Rules, ceiling: str, phase: int) -> str:
    if phase > 1:
        return rules.leftover
    return rules.on_misfit if ceiling == TOTAL else rules.ceiling_misfit or rules.on_misfit


def _served(problem: Problem, entrants: Sequence[Option], purse: Purse, *, strict: bool) -> _Greedy:
    run = _Greedy(problem, purse.copy(), strict=strict)
    groups = equals(entrants, first_by(problem))
    for phase in (1,) if problem.rules.leftover == "none" else (1, 2):
        run.begin(phase)
        for group in groups:
            run.serve(group, tie_rules(problem))
    return run


@dataclass(slots=True)
class _World:
    """One way in which the division can have gone so far; ``order`` is that of equals who got
    nothing yet and have a second turn."""

    purse: Purse
    funded: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def same_as(self) -> object:
        """Worlds with the same value here have the same future."""
        purse = self.purse
        return (
            tuple(sorted(purse.left.items())),
            frozenset(purse.closed),
            frozenset(purse.taken),
            self.funded,
            self.order,
        )


class _Greedy:
    """One pass, or two, from the first place to the last, in every world that is possible."""

    def __init__(self, problem: Problem, purse: Purse, *, strict: bool) -> None:
        self.problem = problem
        self.strict = strict
        self.rules = problem.rules
        self.worlds = [_World(purse)]
        self.phase = 1
        self.turns = 0
        self.seen: dict[str, dict[Verdict, None]] = {}
        self.done: set[str] = set()
        self.settled: set[str] | None = None  # who is certain, once there were too many orders
        self.ties: list[Tie] = []
        self.ranks: dict[str, int] = {}
        self.twins: dict[str, list[Option]] = {}

    def begin(self, phase: int) -> None:
        """Start a pass; what was closed in the one before is open again."""
        self.phase = phase
        self.done.clear()
        for world in self.worlds:
            world.purse.closed.clear()

    def serve(self, group: list[Option], ties: Sequence[str], *, inner: bool = False) -> None:
        """Serve equals together when their order changes nothing, else by the next tie rule."""
        if self.settled is not None:
            return
        if not self._decisive(group):
            if len(group) > 1 and not inner and self.phase == 1:
                self._note(group, decisive=False)
            for world in self.worlds:
                self._serve_alike(world, group)
            self.worlds = _merged(self.worlds)
            self.done |= {option.key for option in group}
            return
        for number, rule in enumerate(ties):
            parts = equals(group, tie_key(self.problem, rule))
            if len(parts) > 1:
                self._note(group, decisive=True, decided_by=rule)
                self._rank(parts)
                for part in parts:
                    self.serve(part, ties[number + 1 :], inner=True)
                return
        self._note(group, decisive=True)
        self._follow_every_order(group)

    def division(self, entrants: Iterable[Option]) -> Division:
        """What is the same in every world; the rest is tied or undecided."""
        options = list(entrants)
        open_ties = [tie for tie in self.ties if tie.open]
        tied = {key for tie in open_ties for key in tie.keys}
        sure = {
            option.key: max(self.seen[option.key], key=lambda verdict: (verdict.left, verdict))
            for option in options
            if (self.settled is None or option.key in self.settled)
            and len({verdict.granted for verdict in self.seen[option.key]}) == 1
        }
        unsure = {option.key for option in options} - sure.keys()
        first = [tie for tie in open_ties if unsure & set(tie.keys)] or open_ties
        if not unsure:
            self.ties = [
                replace(tie, decisive=False) if tie in open_ties else tie for tie in self.ties
            ]
        return Division(
            verdicts=sure
            | {key: Verdict(0, "tied" if key in tied else "undecided") for key in unsure},
            ties=tuple(self.ties),
            open_tie=first[0].keys if unsure else (),
            ranks=self.ranks,
        )

    def _pending(self, world: _World, group: list[Option]) -> list[Option]:
        return [option for option in group if option.key not in world.funded]

    def _decisive(self, group: list[Option]) -> bool:
        return len(group) > 1 and any(
            order_matters(world.purse, self._pending(world, group), self.rules, self.phase)
            for world in self.worlds
            if len(self._pending(world, group)) > 1
        )

    def _serve_alike(self, world: _World, group: list[Option]) -> None:
        """Every one of them gets what it would get alone: that is what the tie check proved."""
        turns = [
            (option, turn_of(world.purse, option, self.rules, self.phase))
            for option in self._pending(world, group)
        ]
        for option, turn in turns:
            self._take(world, option, turn)

    def _take(self, world: _World, option: Option, turn: Turn) -> None:
        take_turn(world.purse, option, turn, self.phase)
        again = self.rules.leftover != "none"
        if again and turn.verdict.granted:
            world.funded |= {option.key}
        if turn.verdict.granted or self.phase == 2 or not again:
            for twin in self.twins.get(option.key, [option]):
                verdict = _for_twin(turn.verdict, twin.key, option.key)
                self.seen.setdefault(twin.key, {})[verdict] = None

    def _follow_every_order(self, group: list[Option]) -> None:
        """Go on in every world that some order of these equals leads to, as far as the bound.

        Twins ask the same under the same ceilings: what one of them can get, the others can, so
        that their order among themselves need not be followed.
        """
        kinds: dict[object, list[Option]] = {}
        for option in group:
            kinds.setdefault((option.asked, option.ceilings, option.group), []).append(option)
        self.twins |= {option.key: twins for twins in kinds.values() for option in twins}
        found: list[_World] = []
        for start in self.worlds:
            pending = self._pending(start, group)
            if pending and all(option.key in start.order for option in pending):
                self._serve_in_order(start, pending)
                found.append(start)
                continue
            waiting = [self._pending(start, twins) for twins in kinds.values()]
            layer = {(0,) * len(waiting): [start]}
            for _ in range(sum(len(twins) for twins in waiting)):
                layer = self._one_more(layer, waiting)
                if self.turns > MOST_TURNS:
                    always = frozenset.intersection(*(world.funded for world in self.worlds))
                    self.settled = self.done | always
                    return
            found += [world for worlds in layer.values() for world in worlds]
        self.worlds = _merged(found)
        self.done |= {option.key for option in group}

    def _serve_in_order(self, world: _World, pending: list[Option]) -> None:
        """Serve equals in the order in which they had their first turn in this world."""
        for option in sorted(pending, key=lambda option: world.order.index(option.key)):
            turn = turn_of(world.purse, option, self.rules, self.phase)
            self._take(world, option, turn)

    def _one_more(
        self, layer: dict[tuple[int, ...], list[_World]], waiting: list[list[Option]]
    ) -> dict[tuple[int, ...], list[_World]]:
        """Every world in which one more had its turn; a layer counts how many twins of each kind
        had theirs."""
        after: dict[tuple[int, ...], list[_World]] = {}
        for served, worlds in layer.items():
            for kind, twins in enumerate(waiting):
                if served[kind] == len(twins):
                    continue
                option = twins[served[kind]]
                more = (*served[:kind], served[kind] + 1, *served[kind + 1 :])
                for world in worlds:
                    self.turns += 1
                    copy = _World(world.purse.copy(), world.funded, world.order)
                    turn = turn_of(copy.purse, option, self.rules, self.phase)
                    self._take(copy, option, turn)
                    if self.strict and self.phase == 1 and not turn.verdict.granted:
                        copy.order += (option.key,)
                    after.setdefault(more, []).append(copy)
            if self.turns > MOST_TURNS:
                break
        return {served: _merged(worlds) for served, worlds in after.items()}

    def _note(self, group: list[Option], *, decisive: bool, decided_by: str = "") -> None:
        keys = tuple(option.key for option in group)
        stage = "leftover" if self.phase == 2 else ""
        self.ties.append(Tie(keys, group[0].votes, decisive, decided_by, stage))

    def _rank(self, parts: list[list[Option]]) -> None:
        rank = self.ranks.get(parts[0][0].key, 0)
        for part in parts:
            for option in part:
                self.ranks[option.key] = rank
            rank += len(part)


def _for_twin(verdict: Verdict, twin: str, served: str) -> Verdict:
    """What a twin gets when it changes places with the one that was served."""
    if verdict.stopped_by == twin:
        return verdict._replace(stopped_by=served)
    return verdict._replace(rival=served) if verdict.rival == twin else verdict


def _merged(worlds: list[_World]) -> list[_World]:
    """One of those with the same future, always the same one."""
    if len(worlds) == 1:
        return worlds
    kept: dict[object, _World] = {}
    for world in worlds:
        future = world.same_as()
        there = kept.setdefault(future, world)
        if _marks(world) < _marks(there):
            kept[future] = world
    return list(kept.values())


def _marks(world: _World) -> tuple[object, ...]:
    return (sorted(world.purse.closed.items()), sorted(world.purse.taken.items()))
