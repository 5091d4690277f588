"""Beside a no: the smallest changes with which the same rules say yes.

Pure and bounded. Candidates come from `regeling.levers`; whether one will do is never worked out
here but asked of `regeling.eligibility.check` and of the form itself, with the change made. So a
proposal is given only when the check that refused accepts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from regeling.answers import Answers, validate, values_of
from regeling.definition import Column, Definition
from regeling.definition.expression import Value
from regeling.eligibility import Outcome, Reason, Values, check
from regeling.levers import Lever, at, levers, ordinal, step_of, tries
from regeling.proposals import effort, place, words

MOST = 3
"""Proposals beside one no."""
MOST_CHECKS = 80
"""Candidates that are put to the rules of one regulation; then what was found so far is given."""
FIRST_HALVES = 4
"""Values of the first of two changes that are tried with a second."""

# What a reason depends on beside the facts that it names.
BESIDE: Mapping[str, frozenset[str]] = {
    "applicant": frozenset({"applicant"}),
    "members": frozenset({"applicant", "persons", "organisations"}),
    "minimum": frozenset({"amount_asked", "activity", "applicant"}),
    "maximum": frozenset({"amount_asked", "activity", "applicant"}),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different, with its two values.

    `name` is the fact, or the code of the question where it fills none; `code` the question whose
    answer it is, empty for a fact about the applicant.
    """

    name: str
    code: str
    before: Value
    after: Value
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change or two, with which the check says yes; `outcome` is what it said.

    `answers` and `facts` are those of the question with the changes made.
    """

    changes: tuple[Change, ...]
    answers: Answers = field(repr=False)
    facts: Values = field(repr=False)
    outcome: Outcome = field(repr=False)
    size: tuple[int, float] = (0, 0.0)  # how many changes, and how much they ask of her

    @property
    def sentence(self) -> str:
        """As in "één persoon meer en € 500 minder vragen"."""
        return " en ".join(change.words for change in self.changes)


def outcome_of(
    definition: Definition, answers: Answers, facts: Values, *, only_before: bool = False
) -> Outcome:
    """What the check says, with what the form itself would refuse (a day too late, a sum too high).

    A reason of the form has the rule `form`, and names its question among its facts. What the check
    already says about where and how much is not said twice.
    """
    found = check(definition, answers, facts, only_before=only_before)
    return _with_form(definition, answers, facts, found)


def _with_form(definition: Definition, answers: Answers, facts: Values, found: Outcome) -> Outcome:
    told = {reason.rule for reason in found.refusals}
    of_form = []
    for problem in validate(definition, answers, final=False, facts=facts):
        question = definition.form.question(problem.question)
        fills = question.fills if question else None
        twice = fills is Column.MUNICIPALITY and "territory" in told
        twice = twice or (fills is Column.AMOUNT_ASKED and bool(told & {"minimum", "maximum"}))
        if not twice:
            sentence = f"{question.label} {problem.sentence}" if question else problem.sentence
            of_form.append(
                Reason("form", holds=False, sentence=sentence, facts=((problem.question, None),))
            )
    if not of_form:
        return found
    return Outcome(ok=False, reasons=(*found.reasons, *of_form))


def nearest(
    definition: Definition,
    answers: Answers,
    facts: Values,
    *,
    only_before: bool = False,
    last_day: date | None = None,
) -> tuple[Proposal, ...]:
    """At most three smallest changes that turn the no of `check` into a yes, the smallest first.

    Of the same things to change only the smallest is given, and two changes only where one of the
    two will not do. Nothing for a yes, and nothing where no change of hers helps (another place).
    `last_day` is the last day on which one can apply: waiting ends there.
    """
    search = _Search(definition, only_before=only_before, last_day=last_day)
    start = _Case(answers, facts, outcome_of(definition, answers, facts, only_before=only_before))
    if start.outcome.ok or not search.can_help(start):
        return ()
    singles = {lever.names: found for lever, found in search.singles(start)}
    pairs = search.pairs(start, frozenset(singles)) if len(singles) < MOST else ()
    found = sorted([*singles.values(), *pairs], key=lambda case: case.size)
    return tuple(_proposal(definition, case) for case in found[:MOST])


@dataclass(frozen=True, slots=True)
class _Case:
    """Answers and facts, what the rules say of them, and how one came there."""

    answers: Answers
    facts: Values
    outcome: Outcome
    moves: tuple[tuple[Lever, Value], ...] = ()

    @property
    def size(self) -> tuple[int, float]:
        return len(self.moves), sum(effort(lever, value) for lever, value in self.moves)


@dataclass(slots=True)
class _Search:
    """The rules of one regulation, asked at most `MOST_CHECKS` times."""

    definition: Definition
    only_before: bool
    last_day: date | None
    asked: int = 0

    def can_help(self, case: _Case) -> bool:
        """Whether every refusal is about something that she can change at all."""
        found = self._levers(case)
        refusals = case.outcome.refusals
        return all(any(_touches(lever, reason) for lever in found) for reason in refusals)

    def singles(
        self, case: _Case, beside: frozenset[frozenset[str]] = frozenset()
    ) -> Iterator[tuple[Lever, _Case]]:
        """For each lever that touches every refusal the smallest change that does it alone.

        Levers in `beside`, by their names, are left out.
        """
        for lever in self._levers(case):
            if lever.names in beside:
                continue
            if all(_touches(lever, reason) for reason in case.outcome.refusals):
                found = self._smallest(case, lever)
                if found:
                    yield lever, found

    def pairs(self, case: _Case, alone: frozenset[frozenset[str]]) -> Iterator[_Case]:
        """For two levers together the smallest change; of neither does it do alone."""
        done: set[tuple[frozenset[str], frozenset[str]]] = set()
        refused = {reason.rule for reason in case.outcome.refusals}
        for first in self._levers(case):
            touches = any(_touches(first, reason) for reason in case.outcome.refusals)
            if not touches or first.names in alone:
                continue
            for value in islice(tries(first, self.definition, self._values(case)), FIRST_HALVES):
                half = self._moved(case, first, value)
                if half is None:
                    return
                if refused <= {reason.rule for reason in half.outcome.refusals}:
                    continue  # it takes nothing away
                had = {one for one, other in done if other == first.names}
                had |= {other for one, other in done if one == first.names}
                for second, found in self.singles(half, alone | had | {first.names}):
                    done.add((first.names, second.names))
                    yield self._shrunk(case, found)

    def _levers(self, case: _Case) -> tuple[Lever, ...]:
        return levers(self.definition, case.facts, self._values(case), self.last_day)

    def _values(self, case: _Case) -> dict[str, Value | None]:
        return values_of(self.definition, case.answers, case.facts)

    def _moved(self, case: _Case, lever: Lever, value: Value) -> _Case | None:
        """The case with this lever at `value`; None once the rules were asked often enough."""
        if self.asked >= MOST_CHECKS:
            return None
        self.asked += 1
        return self._put(case, lever, value)

    def _put(self, case: _Case, lever: Lever, value: Value) -> _Case:
        answers, facts = lever.put(value, case.answers, case.facts)
        outcome = check(self.definition, answers, facts, only_before=self.only_before)
        if outcome.ok:
            outcome = _with_form(self.definition, answers, facts, outcome)
        return _Case(answers, facts, outcome, (*case.moves, (lever, value)))

    def _smallest(self, case: _Case, lever: Lever) -> _Case | None:
        for value in tries(lever, self.definition, self._values(case)):
            found = self._moved(case, lever, value)
            if found is None:
                return None
            if found.outcome.ok:
                return self._nearer(case, lever, found)
        return None

    def _nearer(self, case: _Case, lever: Lever, found: _Case) -> _Case:
        """Halve towards where she is now, for a limit of the check that no candidate knew."""
        if not lever.ordered:
            return found
        step, here = step_of(lever), ordinal(lever.now)
        refused, good = 0, (ordinal(found.moves[-1][1]) - here) // step
        way = 1 if good > 0 else -1
        good = abs(good)
        middle = good - 1  # almost always refused, and then this is the smallest
        while good - refused > 1:
            tried = self._put(case, lever, at(lever, here + way * middle * step))
            if tried.outcome.ok:
                good, found = middle, tried
            else:
                refused = middle
            middle = (refused + good) // 2
        return found

    def _shrunk(self, case: _Case, found: _Case) -> _Case:
        """The first of two changes made smaller, as far as the second allows."""
        (first, value), (second, other) = found.moves
        beside = self._moved(case, second, other)
        if beside is None or not first.ordered:
            return found
        better = self._smallest(beside, first)
        if better is None or effort(first, better.moves[-1][1]) >= effort(first, value):
            return found
        return replace(better, moves=((first, better.moves[-1][1]), (second, other)))


def _touches(lever: Lever, reason: Reason) -> bool:
    names = {name for name, _value in reason.facts} | BESIDE.get(reason.rule, frozenset())
    return bool(lever.names & names)


def _proposal(definition: Definition, case: _Case) -> Proposal:
    changes = tuple(
        Change(lever.name, lever.code, lever.now, value, words(definition, lever, value))
        for lever, value in sorted(case.moves, key=lambda move: place(move[0]))
    )
    return Proposal(changes, case.answers, case.facts, case.outcome, case.size)
