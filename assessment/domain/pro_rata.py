"""Everybody a share: the money divided in proportion to the votes, to the cent.

A share is never more than what was asked or than the cap, and never less than the floor where the
money allows a floor for everybody. What a cap or a smaller request frees goes to the others, in
proportion again. Cents that do not divide go to the largest remainders; equal remainders by the tie
rules. Standard library only, exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from assessment.domain.allocation_model import Division, Option, Problem, Purse, Tie, Verdict
from assessment.domain.standing import equals, scores_of, tie_key


def divide_pro_rata(problem: Problem, entrants: Sequence[Option], purse: Purse) -> Division:
    """Divide ``purse`` over ``entrants``; who has no vote gets nothing.

    All shares grow together, in proportion to the votes. Who has all she can get stands still, and
    so does everybody under a ceiling that is full.
    """
    run = _ProRata(problem, purse)
    run.keep_one_of_each_group(entrants)
    while run.growing:
        run.fill()
    return run.division(entrants)


class _ProRata:
    """The shares while they grow: who still grows, and what everybody else has."""

    def __init__(self, problem: Problem, purse: Purse) -> None:
        self.problem = problem
        self.left = purse.left
        self.taken = purse.taken
        self.scores, _scale = scores_of(problem)
        self.growing: dict[str, Option] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.floors: dict[str, int] = {}
        self.ties: list[Tie] = []
        self.open_tie: tuple[str, ...] = ()
        self.waiting: list[Option] = []  # equals, and for how many cents
        self.cents = 0

    def keep_one_of_each_group(self, entrants: Sequence[Option]) -> None:
        """Let the first of every exclusion group take part, and everybody who stands alone."""
        for option in entrants:
            if self.scores[option.key] <= 0:
                self.verdicts[option.key] = Verdict(0, "refused_support", support_needed=1)
            elif option.group in self.taken:
                self._exclude(option, self.taken[option.group])
            else:
                self.growing[option.key] = option
        groups = sorted({option.group for option in self.growing.values() if option.group})
        for group in groups:
            members = [o for o in self.growing.values() if o.group == group]
            self._keep_first(members)
        if self.open_tie:
            self._leave_open()
        self._set_floors()

    def fill(self) -> None:
        """Let all shares grow until somebody has enough or a ceiling is full; those are done."""
        level, name = min(
            (self._level(name), name)
            for name in self.left
            if any(name in option.ceilings for option in self.growing.values())
        )
        satisfied = [
            option
            for option in self.growing.values()
            if Fraction(self._most(option), self.scores[option.key]) <= level
        ]
        for option in satisfied:
            self._give(option, self._most(option), name)
        if not satisfied:
            self._divide_over(name)

    def division(self, entrants: Iterable[Option]) -> Division:
        """The shares as they stand."""
        return Division(
            {option.key: self.verdicts[option.key] for option in entrants},
            tuple(self.ties),
            self.open_tie,
        )

    def _keep_first(self, members: list[Option]) -> None:
        """The one of a group with the most votes; a tie by the tie rules, or it stays open."""
        best = equals(members, lambda option: -self.scores[option.key])[0]
        whole, decided_by = best, ""
        for rule in self.problem.rules.ties:
            parts = equals(best, tie_key(self.problem, rule))
            decided_by = rule if len(parts) > 1 else decided_by
            best = parts[0]
        if len(whole) > 1:
            self._note(whole, decided_by if len(best) == 1 else "", "group")
        if len(best) == 1:
            for option in members:
                if option is not best[0]:
                    self._exclude(option, best[0].key)

    def _exclude(self, option: Option, rival: str) -> None:
        self.growing.pop(option.key, None)
        self.verdicts[option.key] = Verdict(0, "refused_excluded", rival=rival)

    def _set_floors(self) -> None:
        """A floor holds under a ceiling only when the money reaches for all of them there."""
        floor = self.problem.rules.floor
        self.floors = {key: min(floor, self._most(o)) for key, o in self.growing.items()}
        for name, cents in sorted(self.left.items()):
            under = [key for key, option in self.growing.items() if name in option.ceilings]
            if sum(self.floors[key] for key in under) > cents:
                self.floors |= dict.fromkeys(under, 0)

    def _most(self, option: Option) -> int:
        cap = self.problem.rules.cap
        return min(option.asked, cap) if cap else option.asked

    def _under(self, name: str) -> list[Option]:
        """Who still grows under a ceiling and is not held up by the floor, at its own level."""
        growing = [option for option in self.growing.values() if name in option.ceilings]
        while True:
            level = self._level_of(name, growing)
            above = [o for o in growing if level * self.scores[o.key] >= self.floors[o.key]]
            if len(above) == len(growing):
                return growing
            growing = above

    def _level(self, name: str) -> Fraction:
        """Cents a vote at which this ceiling is full."""
        return self._level_of(name, self._under(name))

    def _level_of(self, name: str, growing: list[Option]) -> Fraction:
        rising = {option.key for option in growing}
        held = sum(
            self.floors[key]
            for key, option in self.growing.items()
            if name in option.ceilings and key not in rising
        )
        votes = sum(self.scores[option.key] for option in growing)
        return Fraction(self.left[name] - held, votes) if votes else Fraction(0)

    def _divide_over(self, name: str) -> None:
        """The ceiling is full: divide what it holds, whole cents first, then the remainders."""
        rising = self._under(name)
        level = self._level(name)
        own = {option.key for option in rising}
        for option in [o for o in self.growing.values() if name in o.ceilings]:
            if option.key not in own:
                self._give(option, self.floors[option.key], name)
        whole = {option.key: level * self.scores[option.key] for option in rising}
        spare = self.left[name] - sum(int(share) for share in whole.values())
        lucky = self._luckiest(rising, whole, spare)
        for option in rising:
            self._give(option, int(whole[option.key]) + (option.key in lucky), name)
        if self.waiting:
            self._keep_cents_apart()

    def _luckiest(
        self, rising: list[Option], whole: dict[str, Fraction], spare: int
    ) -> frozenset[str]:
        """Who gets one of the ``spare`` cents: the largest remainders, then by the tie rules."""
        lucky: list[str] = []
        for group in equals(rising, lambda option: int(whole[option.key]) - whole[option.key]):
            room = spare - len(lucky)
            if len(group) > room:
                lucky += self._first_of(group, room) if room else []
                break
            lucky += [option.key for option in group]
        return frozenset(lucky)

    def _first_of(self, group: list[Option], room: int) -> list[str]:
        """The first ``room`` of more equals than that."""
        ordered, decided_by = [group], ""
        for rule in self.problem.rules.ties:
            key = tie_key(self.problem, rule)
            finer = [part for equal in ordered for part in equals(equal, key)]
            if len(finer) > len(ordered):
                ordered, decided_by = finer, rule
        first: list[str] = []
        for part in ordered:
            if len(first) + len(part) > room > len(first):
                self._note(group, "", "remainder")
                self.waiting, self.cents = part, room - len(first)
                return first
            first += [option.key for option in part] if len(first) < room else []
        self._note(group, decided_by, "remainder")
        return first

    def _note(self, group: list[Option], decided_by: str, stage: str) -> None:
        keys = tuple(option.key for option in group)
        self.ties.append(
            Tie(keys, group[0].votes, decisive=True, decided_by=decided_by, stage=stage)
        )
        if not decided_by and not self.open_tie:
            self.open_tie = keys

    def _leave_open(self) -> None:
        """Everybody who still grows depends on equals that nothing tells apart."""
        for key in self.growing:
            self.verdicts[key] = Verdict(0, "tied" if key in self.open_tie else "undecided")
        self.growing.clear()

    def _keep_cents_apart(self) -> None:
        """The cents for which equals wait are gone for everybody else under their ceilings.

        Who shares a ceiling with some of the equals only depends on who gets them, and with her
        everybody who still grows.
        """
        shared = set.intersection(*(set(option.ceilings) for option in self.waiting))
        for name in shared:
            self.left[name] -= self.cents
        others = {name for option in self.waiting for name in option.ceilings} - shared
        if any(others & set(option.ceilings) for option in self.growing.values()):
            self._leave_open()
        for option in self.waiting:
            self.verdicts[option.key] = Verdict(0, "tied")
        self.waiting = []

    def _give(self, option: Option, cents: int, ceiling: str) -> None:
        self.growing.pop(option.key)
        for name in option.ceilings:
            self.left[name] -= cents
        code = "awarded" if cents == option.asked else "awarded_share"
        if not cents:
            code = "refused_ceiling"
        self.verdicts[option.key] = Verdict(cents, code, "" if code == "awarded" else ceiling)
