"""One round that might be: who asks what, who votes for whom, and who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from assessment.domain.allocation import Option, Problem, allocate
from assessment.domain.allocation_model import Profile
from assessment.domain.forecast.assumptions import Assumptions
from assessment.domain.forecast.draws import binomial, chance, likes, multinomial
from assessment.domain.forecast.field import STEP, Field, Place
from regeling.definition import Vote, VoteKind, known

SECONDS_A_DAY = 24 * 60 * 60
MOST_PURSES = 40
"""So many kinds of ballots stand for all where the rule looks at the ballots themselves."""
BETTER = 8


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one round, in cents and numbers.

    ``lot`` says that equals decided over money; ``few`` that too few people voted for any award.
    ``arrivals`` is how many applications came in, by week, from 0.
    """

    asked: int
    granted: int
    left: int
    funded: int
    lot: bool
    few: bool
    arrivals: tuple[int, ...]


def play(field: Field, given: Assumptions, dice: Random) -> Played:
    """Draw one round and divide its money as the engine does."""
    seconds = _arrivals(field, given, dice)
    weeks = _by_week(field, seconds)
    staying = sorted(dice.sample(range(given.applications), _staying(given, dice)))
    asked = [_asks(dice.choice(field.places), given, dice) for _ in staying]
    if not staying:
        return Played(0, 0, field.ceilings["total"], 0, lot=False, few=False, arrivals=weeks)
    options, problem = _problem(field, given, dice, [seconds[each] for each in staying], asked)
    outcome = allocate(problem, missing=False)
    granted = sum(row.granted for row in outcome.rows)
    return Played(
        asked=sum(option.asked for option in options),
        granted=granted,
        left=field.ceilings["total"] - granted,
        funded=sum(row.granted > 0 for row in outcome.rows),
        lot=any(tie.decided_by == "lot" for tie in outcome.ties),
        few=not outcome.quorum.met,
        arrivals=weeks,
    )


def _staying(given: Assumptions, dice: Random) -> int:
    """How many are left when some fell off."""
    number = given.applications
    return number - binomial(dice, number, chance(given.fall_off, 100))


def _arrivals(field: Field, given: Assumptions, dice: Random) -> list[int]:
    """When each comes in, in seconds from the first moment; early ones first."""
    whole = field.weeks * 7 * SECONDS_A_DAY
    last = 7 * SECONDS_A_DAY if field.closes and field.weeks > 1 else 0
    late = binomial(dice, given.applications, chance(given.last_week, 100)) if last else 0
    early = [dice.randrange(whole - last) for _ in range(given.applications - late)]
    return sorted(early + [whole - last + dice.randrange(last) for _ in range(late)])


def _by_week(field: Field, seconds: Sequence[int]) -> tuple[int, ...]:
    found = [0] * field.weeks
    for each in seconds:
        found[each // (7 * SECONDS_A_DAY)] += 1
    return tuple(found)


def _asks(place: Place, given: Assumptions, dice: Random) -> tuple[Place, int]:
    """The most that can be asked, or any step below it."""
    if place.least >= place.most or dice.randrange(100) < given.at_maximum:
        return place, place.most
    first, last = -(-place.least // STEP), (place.most - 1) // STEP
    if first > last:
        return place, place.least
    return place, max(1, STEP * (first + dice.randrange(last - first + 1)))


def _problem(
    field: Field,
    given: Assumptions,
    dice: Random,
    seconds: Sequence[int],
    asked: Sequence[tuple[Place, int]],
) -> tuple[tuple[Option, ...], Problem]:
    number = len(asked)
    liked = likes(dice, number, given.likes)
    votes, supporters, profile = _votes(field, given, dice, liked)
    points = _points(field, given, dice, number)
    options = tuple(
        Option(
            key=f"{at:06d}",
            asked=cents,
            votes=votes[at],
            complete=_turn(field, seconds[at], points[at], at),
            ceilings=field.names(place, cents),
            supporters=supporters[at],
            expert=points[at],
        )
        for at, (place, cents) in enumerate(asked)
    )
    order = [option.key for option in options]
    dice.shuffle(order)
    if field.vote is None and field.rules.rule == "pro_rata":
        options = tuple(_standing_for_what_it_asks(option) for option in options)
    return options, Problem(
        options=options,
        ceilings=field.ceilings,
        rules=field.rules,
        ballots=given.voters if field.vote else 0,
        lot=tuple(order),
        expert_scale=max(1, given.experts),
        quorum=field.quorum,
        profile=profile,
    )


def _standing_for_what_it_asks(option: Option) -> Option:
    """Where nobody votes, shares are in proportion to what is asked."""
    return Option(option.key, option.asked, option.asked, option.complete, option.ceilings)


def _turn(field: Field, seconds: int, points: int, number: int) -> str:
    """As text that sorts: the moment or the day of completeness, or the committee's order."""
    if field.turn == "committee":
        return f"{10**9 - points:010d} {number:06d}"
    return f"{seconds // SECONDS_A_DAY if field.by_day else seconds:010d}"


def _points(field: Field, given: Assumptions, dice: Random, number: int) -> list[int]:
    """What the experts together give: each a mark for each criterion, better plans higher ones."""
    good = likes(dice, number, BETTER)
    found = [0] * number
    for criterion in field.criteria:
        room = criterion.highest - criterion.lowest
        for at, quality in enumerate(good):
            marks = binomial(dice, room * given.experts, chance(quality, BETTER + 1))
            found[at] += (criterion.lowest * given.experts + marks) * criterion.weight
    return found


Votes = tuple[list[int], list[int | None], Profile]


def _votes(field: Field, given: Assumptions, dice: Random, liked: list[int]) -> Votes:
    """Votes, supporters (None: as many) and, where the rule looks at them, the ballots."""
    vote, voters = field.vote, given.voters
    nobody: list[int | None] = [None] * len(liked)
    if vote is None:
        return [0] * len(liked), nobody, ()
    kind = known(vote.kind, "vote.kind")
    if field.rules.rule == "equal_shares":
        return _with_ballots(vote, given, dice, liked)
    match kind:
        case VoteKind.CHOOSE_ONE:
            return multinomial(dice, voters, liked), nobody, ()
        case VoteKind.APPROVAL | VoteKind.KNAPSACK:
            return _ticked(given, dice, liked), nobody, ()
        case VoteKind.SCORE:
            votes = _scored(vote, voters, dice, liked)
        case VoteKind.RANKING:
            votes = _ranked(vote, voters, dice, liked)
        case VoteKind.HOUSEHOLD:
            parts = vote.amount // vote.step if vote.step else 1
            votes = [vote.step * each for each in multinomial(dice, voters * parts, liked)]
        case _:
            votes = multinomial(dice, voters * max(1, vote.points), liked)
    return votes, [min(voters, max(0, each)) for each in votes], ()


def _ticked(given: Assumptions, dice: Random, liked: Sequence[int]) -> list[int]:
    """Everybody may tick several: a plan is ticked as often as it is liked, a few on average."""
    whole = sum(liked)
    wanted = min(given.choices, len(liked))
    return [binomial(dice, given.voters, chance(wanted * each, whole)) for each in liked]


def _scored(vote: Vote, voters: int, dice: Random, liked: Sequence[int]) -> list[int]:
    room, most = vote.highest - vote.lowest, max(liked) + 1
    return [
        vote.lowest * voters + binomial(dice, voters * room, chance(each, most)) for each in liked
    ]


def _ranked(vote: Vote, voters: int, dice: Random, liked: Sequence[int]) -> list[int]:
    """Every place on the ballots goes to plans as they are liked."""
    found = [0] * len(liked)
    for worth in vote.rank_points:
        for at, number in enumerate(multinomial(dice, voters, liked)):
            found[at] += worth * number
    return found


def _with_ballots(vote: Vote, given: Assumptions, dice: Random, liked: Sequence[int]) -> Votes:
    """Ballots themselves: at most ``MOST_PURSES`` kinds, each standing for as many voters."""
    kinds = min(given.voters, MOST_PURSES)
    weights = multinomial(dice, given.voters, [1] * kinds)
    votes, profile = [0] * len(liked), []
    for weight in weights:
        number = min(len(liked), 1 + dice.randrange(2 * given.choices - 1))
        ticked: set[int] = set()
        while len(ticked) < number:
            ticked |= set(dice.choices(range(len(liked)), liked, k=number - len(ticked)))
        profile.append((weight, tuple((f"{at:06d}", 1) for at in sorted(ticked))))
        for at in ticked:
            votes[at] += weight
    return votes, [None] * len(liked), tuple(sorted(each for each in profile if each[0]))
