"""The method of equal shares: everybody has the same share of the money, and a project is paid by
those who support it.

Peters, Pierczynski and Skowron, Proportional participatory budgeting with additive utilities,
arXiv 2008.13276. Among the projects that their supporters can still pay, the one with the most
effective support is chosen: the number of votes (or points) it would take to pay its cost at the
highest price that one supporter pays. Supporters pay alike, and who has too little pays all she
has. Because that leaves money over, the shares are raised step by step as if there were more, until
the outcome is as dear as the real budget allows. Pure: standard library only, no float, no clock.

**What is raised.** ``step`` (cents) is added to the share of every voter, so the money that is
handed out in the end is more than the budget; what is bought with it never is. The first share is
the budget divided by all voters, as an exact fraction. A voter whose panel has a weight has that
many times the share and the step.

**Until when.** ``exhaustive``: to the first outcome to which no supported project can be added
within the budget. ``until_overspend``: past that, until the next step would cost more than the
budget. On the ballots of Wieliczka 2023 only the second gives the official outcome; see
docs/equal-shares.md.

**Ties.** Equal support at the same moment goes by ``Project.rank``: one order over all projects,
the same at every step and in the completion. Where it does not part them, every order of those
equals is tried; projects that win in all of them have won, the others stand open. The number of
orders that are tried is bounded; beyond it, whoever is among such equals stands open too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby, permutations

from assessment.domain.equal_shares_ballots import Electorate, Project
from assessment.domain.equal_shares_model import (
    Compared,
    Progress,
    SharesOutcome,
    SharesProblem,
    SharesTie,
    warnings_of,
)
from assessment.domain.equal_shares_run import OnePass, Passed

MOST_ORDERS, MOST_TRIED = 1_000, 4
LEAST_ROUNDS = 6
WORK, WORK_A_PASS = 20_000_000, 5_000
"""Orders of equals are followed as far as so much work goes (choices on ballots looked at, and what
a pass costs beside), but always as far as so many rounds of all steps go."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One outcome from beginning to end, under one full order of equals."""

    passed: Passed
    steps: int
    added: tuple[str, ...]
    compared: Compared | None
    shown: tuple[tuple[tuple[str, ...], bool], ...]  # equals of the last pass: keys, harmless
    decisions: tuple[tuple[tuple[str, ...], str], ...]  # who went first where it may matter
    met: frozenset[tuple[str, ...]]  # equals that were not harmless, in any pass

    @property
    def winners(self) -> tuple[str, ...]:
        if self.compared and self.compared.taken == "greedy":
            return self.compared.greedy
        return tuple(choice.key for choice in self.passed.chosen) + self.added


@dataclass(slots=True)
class _Trail:
    """What an attempt meets on its way: equals whose order may matter, and who went first."""

    met: set[tuple[str, ...]] = field(default_factory=set)
    decisions: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


def share_out(problem: SharesProblem, progress: Progress | None = None) -> SharesOutcome:
    """Divide the budget by the method of equal shares; see the module's text."""
    return _Division(problem, progress).outcome()


class _Division:
    def __init__(self, problem: SharesProblem, progress: Progress | None) -> None:
        self.problem, self.progress = problem, progress
        payable = [project for project in problem.projects if self._ever_payable(project)]
        self.electorate = Electorate(payable, problem.profile, problem.measure)
        self.supported = self.electorate.supported()
        self.scores = {key: each.whole for key, each in self.electorate.backing.items()}
        voters = self.electorate.voters
        self.share = Fraction(problem.budget, voters) if voters else Fraction(0)
        self.known: dict[tuple[str, ...], _Attempt] = {}
        self.passes: list[list[Passed]] = []  # by step, all that were made
        self.most_passes = 0

    def _ever_payable(self, project: Project) -> bool:
        room = [self.problem.ceilings[name] for name in project.ceilings]
        return project.cost <= min([self.problem.budget, *room])

    def outcome(self) -> SharesOutcome:
        plain = self._attempt({})
        self.most_passes = max(
            LEAST_ROUNDS * (plain.steps + 2), WORK // (self.electorate.links + WORK_A_PASS)
        )
        attempts, settled = self._resolutions(plain)
        every = [set(attempt.winners) for attempt in attempts]
        winning = set.intersection(*every)
        doubtful = set.union(*every) - winning
        if not settled:
            doubtful |= {key for keys in self._unresolved(attempts) for key in keys} & set(
                self.scores
            )
            winning -= doubtful
        won = tuple(key for key in plain.winners if key in winning)
        last = self._one_pass(plain.steps, {})
        last.serve()
        losers = set(self.scores) - {choice.key for choice in last.chosen}
        costs = {project.key: project.cost for project in self.problem.projects}
        return SharesOutcome(
            winners=won,
            open=tuple(sorted(doubtful)),
            choices=plain.passed.chosen,
            added=plain.added,
            left={key: last.left_behind(key) for key in sorted(losers)},
            share=last.share,
            steps=plain.steps,
            spent=sum(costs[key] for key in won),
            ties=self._ties(plain, attempts, certain=not doubtful),
            warnings=warnings_of(self.problem.profile, self.problem.ballots, self.problem.scale),
            compared=plain.compared,
        )

    # --- one outcome ----------------------------------------------------------------------------

    def _attempt(self, ranks: Mapping[str, tuple[int, ...]]) -> _Attempt:
        """The outcome when some projects have these ranks. It follows from the order in which that
        puts all of them, so no order is gone through twice."""
        order = tuple(sorted(self.scores, key=lambda key: (ranks.get(key, self._rank(key)), key)))
        if order not in self.known:
            self.known[order] = self._gone_through(ranks)
        return self.known[order]

    def _gone_through(self, ranks: Mapping[str, tuple[int, ...]]) -> _Attempt:
        trail = _Trail()
        passed, steps = self._raise(ranks, trail)
        shown = [(equals.keys, equals.harmless) for equals in passed.equals]
        room = _Room(self.problem, [self.electorate.projects[c.key] for c in passed.chosen])
        added: tuple[str, ...] = ()
        if self.problem.completion == "utilitarian":
            added, equals = self._fill(room, ranks, trail)
            shown += equals
        compared = None
        if self.problem.comparison:
            greedy, _equals = self._fill(_Room(self.problem, []), ranks, trail)
            winners = {choice.key for choice in passed.chosen} | set(added)
            compared = self._compare(winners, greedy)
        return _Attempt(
            passed,
            steps,
            added,
            compared,
            tuple(shown),
            tuple(dict.fromkeys(trail.decisions)),
            frozenset(trail.met),
        )

    def _raise(self, ranks: Mapping[str, tuple[int, ...]], trail: _Trail) -> tuple[Passed, int]:
        """Passes with a rising share, until the reading says stop; the last that can be paid, and
        the steps up to it."""
        passed, steps = self._pass(0, ranks, trail), 0
        while self.problem.step and not self._enough(passed):
            dearer = self._pass(steps + 1, ranks, trail)
            if dearer.overspent:
                break
            passed, steps = dearer, steps + 1
            if self.progress:
                self.progress(steps, passed.spent)
        return passed, steps

    def _pass(self, step: int, ranks: Mapping[str, tuple[int, ...]], trail: _Trail) -> Passed:
        """The pass after so many steps. One that was made with another order is taken again when
        the equals that it met stand in the same order now."""
        if step == len(self.passes):
            self.passes.append([])
        for passed in self.passes[step]:
            if all(self._first(keys, ranks) == first for keys, first, _place in passed.firsts):
                break
        else:
            passed = self._one_pass(step, ranks).serve()
            self.passes[step].append(passed)
        trail.met |= {equals.keys for equals in passed.equals if not equals.harmless}
        trail.decisions += passed.decisions()
        return passed

    def _one_pass(self, step: int, ranks: Mapping[str, tuple[int, ...]]) -> OnePass:
        return OnePass(
            self.electorate,
            self.share + Fraction(step * self.problem.step, self.problem.scale),
            most=self.problem.budget,
            ceilings=self.problem.ceilings,
            ranks=ranks,
        )

    def _first(self, keys: tuple[str, ...], ranks: Mapping[str, tuple[int, ...]]) -> str:
        return min(keys, key=lambda key: (ranks.get(key, self._rank(key)), key))

    def _tired(self) -> bool:
        """Whether more orders of equals have been followed than there is work for."""
        made = sum(map(len, self.passes))
        return made > self.most_passes or len(self.known) > MOST_ORDERS

    def _enough(self, passed: Passed) -> bool:
        """Whether raising the shares must end here: nothing to gain, or the reading says so."""
        chosen = {choice.key for choice in passed.chosen}
        room = _Room(self.problem, [self.electorate.projects[key] for key in chosen])
        open_ = [p for p in self.supported if p.key not in chosen and room.possible(p)]
        if self.problem.reading == "exhaustive":
            return not any(room.fits(project) for project in open_)
        return not open_

    def _fill(
        self, room: _Room, ranks: Mapping[str, tuple[int, ...]], trail: _Trail
    ) -> tuple[tuple[str, ...], list[tuple[tuple[str, ...], bool]]]:
        """Add what still fits, most votes (points) first. Equals are harmless when all of them fit
        together, or none of them alone."""
        added: list[str] = []
        equals: list[tuple[tuple[str, ...], bool]] = []
        waiting = [p for p in self.supported if p.key not in room.taken]
        waiting.sort(key=lambda p: (-self.scores[p.key], ranks.get(p.key, p.rank), p.key))
        for _score, group in groupby(waiting, key=lambda p: self.scores[p.key]):
            same = list(group)
            fitting = [project for project in same if room.fits(project)]
            taken = []
            for project in fitting:
                if room.fits(project):
                    room.take(project)
                    taken.append(project.key)
            if len(fitting) > 1:
                in_turn = [project.key for project in fitting]
                harmless = len(taken) == len(fitting)
                equals.append((tuple(sorted(in_turn)), harmless))
                if not harmless:
                    trail.met.add(tuple(sorted(in_turn)))
                    trail.decisions += [
                        (tuple(sorted(in_turn[place:])), in_turn[place])
                        for place in range(len(in_turn) - 1)
                    ]
            added += taken
        return tuple(added), equals

    def _compare(self, shares: set[str], greedy: tuple[str, ...]) -> Compared:
        """Who finds more of what she supports in the one than in the other; alike: equal shares."""
        ours = theirs = 0
        for count, choices in self.problem.profile:
            of_shares = sum(utility for key, utility in choices if key in shares)
            of_greedy = sum(utility for key, utility in choices if key in greedy)
            ours += count * (of_shares > of_greedy)
            theirs += count * (of_greedy > of_shares)
        taken = "greedy" if theirs > ours else "shares"
        scale = self.problem.scale
        return Compared(ours // scale, theirs // scale, greedy, taken)

    # --- equals ---------------------------------------------------------------------------------

    def _rank(self, key: str) -> tuple[int, ...]:
        return self.electorate.projects[key].rank

    def _alike(self, keys: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Of some equals, those whom the tie order does not part either, together."""
        groups = groupby(sorted(keys, key=self._rank), key=self._rank)
        return [same for same in (tuple(sorted(group)) for _rank, group in groups) if same[1:]]

    def _unresolved(self, attempts: Iterable[_Attempt]) -> list[tuple[str, ...]]:
        """Equals whose order may matter and whom the tie order does not part; who stand in one
        another's groups stand together."""
        joined: list[set[str]] = []
        for keys in sorted({keys for attempt in attempts for keys in attempt.met}):
            for same in map(set, self._alike(keys)):
                touching = [other for other in joined if other & same]
                joined = [other for other in joined if other not in touching]
                joined.append(same.union(*touching))
        return sorted(tuple(sorted(same)) for same in joined)

    def _resolutions(self, plain: _Attempt) -> tuple[list[_Attempt], bool]:
        """The outcome under every order of the equals that the tie order does not part; and
        whether all of them were followed.

        What is not ordered yet is ordered only when it comes up: each of those equals goes before
        the others in turn.
        """
        attempts: list[_Attempt] = []
        waiting: list[frozenset[tuple[str, str]]] = [frozenset()]
        while waiting:
            before = waiting.pop()
            attempt = self._attempt(self._ranks_with(before))
            attempts.append(attempt)
            alike = self._undecided(attempt, before)
            if alike and self._tired():
                return [plain, *attempts], False
            waiting += [
                _put_first(before, key, alike)
                for key in alike
                if not any((other, key) in before for other in alike)
            ]
        return [plain, *attempts], True

    def _undecided(self, attempt: _Attempt, before: frozenset[tuple[str, str]]) -> list[str]:
        """The first equals of an attempt among whom nothing said who went first."""
        for keys, first in attempt.decisions:
            alike = [key for key in keys if self._rank(key) == self._rank(first)]
            if any(key != first and (first, key) not in before for key in alike):
                return alike
        return []

    def _ranks_with(self, before: frozenset[tuple[str, str]]) -> dict[str, tuple[int, ...]]:
        """Ranks that keep to an order: who comes after others comes after as many more."""
        later = Counter(after for _first, after in before)
        return {key: (*self._rank(key), later[key]) for key in self.scores}

    def _ties(
        self, plain: _Attempt, attempts: list[_Attempt], *, certain: bool
    ) -> tuple[SharesTie, ...]:
        """All equals of the last pass and the completion, and the decisive ones of any pass. Where
        something stands open there is always a decisive tie that nothing breaks."""
        found: dict[tuple[str, ...], SharesTie] = {}
        for keys, harmless in plain.shown:
            if harmless:
                found.setdefault(keys, SharesTie(keys, decisive=False, rule=self._rule(keys)))
        shown = {keys for keys, harmless in plain.shown if not harmless}
        met = frozenset().union(*(attempt.met for attempt in attempts))
        for keys in sorted(met.union(*(self._alike(keys) for keys in met))):
            decisive = self._decisive(plain, keys)
            if decisive or keys in shown:
                found[keys] = SharesTie(keys, decisive, self._rule(keys))
        if not certain and not any(tie.decisive and tie.rule is None for tie in found.values()):
            for keys in self._unresolved(attempts):
                found[keys] = SharesTie(keys, decisive=True, rule=None)
        return tuple(found[keys] for keys in sorted(found))

    def _rule(self, keys: tuple[str, ...]) -> int | None:
        ranks = [self._rank(key) for key in keys]
        best = min(ranks)
        if ranks.count(best) > 1:
            return None
        places = range(len(best))
        return min(place for place in places if any(rank[place] != best[place] for rank in ranks))

    def _decisive(self, plain: _Attempt, keys: tuple[str, ...]) -> bool:
        """Whether another order among these equals gives other winners, or there are too many
        orders to say."""
        if len(keys) > MOST_TRIED:
            return True
        own = sorted((*self._rank(key), place) for place, key in enumerate(keys))
        for order in permutations(keys):
            if self._tired():
                return True
            ranks = dict(zip(order, own, strict=True))
            if set(self._attempt(ranks).winners) != set(plain.winners):
                return True
        return False


def _put_first(
    before: frozenset[tuple[str, str]], key: str, others: Iterable[str]
) -> frozenset[tuple[str, str]]:
    """The order in which ``key`` also goes before the others, and whoever went before it too."""
    firsts = {key, *(first for first, after in before if after == key)}
    afters = {other for other in others if other != key}
    afters |= {after for first, after in before if first in afters}
    return before | {(first, after) for first in firsts for after in afters}


class _Room:
    """What is left of the budget and under the narrow ceilings, and who keeps whom out."""

    def __init__(self, problem: SharesProblem, taken: Iterable[Project]) -> None:
        self.left, self.narrow = problem.budget, dict(problem.ceilings)
        self.groups: set[str] = set()
        self.taken: set[str] = set()
        for project in taken:
            self.take(project)

    def take(self, project: Project) -> None:
        self.left -= project.cost
        self.taken.add(project.key)
        for name in project.ceilings:
            self.narrow[name] -= project.cost
        if project.group:
            self.groups.add(project.group)

    def possible(self, project: Project) -> bool:
        """Whether a higher share could still bring it, the others staying."""
        return project.group not in self.groups and all(
            self.narrow[name] >= project.cost for name in project.ceilings
        )

    def fits(self, project: Project) -> bool:
        return self.possible(project) and self.left >= project.cost
