"""The story of a vote: panel, codes, ballots, count, ranking and, at a tie, the lot."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import Any

from assessment.domain import codes
from assessment.domain.casting import cast
from assessment.domain.closing import close_round, count_round
from assessment.domain.frozen import rules_of
from assessment.domain.lots import enter_lot
from assessment.domain.ranking import confirm_outcome, rank_round
from assessment.domain.rights import print_codes
from assessment.domain.rounds import add_member, make_round, open_round
from assessment.models import Panel, PanelMember, Ranking, VoteOption, VoteRight, VoteRound
from config.demo import people
from config.demo.models import SentMail
from config.demo.play.engine import Step
from config.demo.play.world import World
from regeling.definition import known
from timeline import clock
from timeline.refusal import Refused

CODE = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{1,4}){4}\b")
MANY = 30
AT_HOME = 0.73  # of those who may vote, so many have an e-mail address


def vote_story(
    world: World,
    *,
    days: tuple[datetime, datetime] | None = None,
    unused: bool = False,
) -> Generator[Step, Any, datetime]:
    """Hold the vote and return the moment on which it was over.

    A panel member with an account, one with only an e-mail address and one on paper all vote; a
    few do not vote at all. ``unused``: everybody has a code by mail and nobody votes; the vote
    stays open.
    """
    vote = known(world.definition.vote, "vote")
    if vote is None:
        raise Refused("Bij deze regeling wordt niet gestemd.")
    opens_at, closes_at = days or (vote.window.opens_at, vote.window.closes_at)
    if not isinstance(opens_at, datetime) or not isinstance(closes_at, datetime):
        raise Refused("De data van de stemming zijn niet bekend.")
    size = vote.panel_size if isinstance(vote.panel_size, int) else 30
    round_id: int = yield world.step(
        opens_at - timedelta(days=1, hours=2),
        "vote.make",
        lambda: make_round(call_id=world.call_id, actor=world.keeper(), days=days).pk,
    )
    yield world.step(
        opens_at - timedelta(days=1), "vote.panel", lambda: _panel(world, round_id, size, unused)
    )
    yield world.step(
        opens_at - timedelta(hours=18),
        "vote.open",
        lambda: open_round(round_id=round_id, actor=world.keeper()).pk,
    )
    if unused:
        return opens_at
    for moment, at in _when(world, opens_at, closes_at, size):
        if not world.dice.happens(f"voter|{at}|stays away", 8):
            yield world.step(moment, f"vote.cast.{at:02d}", _voter(world, round_id, at))
    yield world.step(closes_at - timedelta(hours=5), "vote.paper", lambda: _paper(world, round_id))
    yield world.step(
        closes_at + timedelta(minutes=10),
        "vote.close",
        lambda: close_round(round_id=round_id, actor=world.keeper()).pk,
    )
    yield from _count(world, round_id, closes_at)
    return closes_at


def _count(world: World, round_id: int, closes_at: datetime) -> Generator[Step, Any, None]:
    at = world.after(
        closes_at, 0 if clock.moment(clock.day(closes_at)) == closes_at else 1, "09:00"
    )
    yield world.step(
        at, "vote.count", lambda: count_round(round_id=round_id, actor=world.keeper()).pk
    )
    state = yield world.step(
        at + timedelta(minutes=20),
        "vote.rank",
        lambda: str(rank_round(round_id=round_id, actor=world.keeper()).state),
    )
    if state == Ranking.State.CALCULATED:
        yield world.step(
            at + timedelta(minutes=50), "vote.confirm", lambda: _confirm(world, round_id)
        )
        return
    yield world.step(
        at + timedelta(minutes=60), "vote.lot", lambda: _draw(world, round_id, world.keeper())
    )
    yield world.step(
        at + timedelta(minutes=70),
        "vote.lot-again",
        lambda: _draw(world, round_id, world.second_keeper()),
    )
    yield world.step(
        at + timedelta(minutes=90),
        "vote.rank-again",
        lambda: str(rank_round(round_id=round_id, actor=world.keeper()).state),
    )
    yield world.step(at + timedelta(minutes=120), "vote.confirm", lambda: _confirm(world, round_id))


def _confirm(world: World, round_id: int) -> str:
    """The second official counts the same box and comes to the same outcome."""
    found = Ranking.objects.get(round_id=round_id).outcome_hash
    made = confirm_outcome(round_id=round_id, outcome_hash=found, actor=world.second_keeper())
    return str(made.state)


def _panel(world: World, round_id: int, size: int, everybody: bool) -> int:
    keeper = world.keeper()
    panel = Panel.objects.get(round_id=round_id)
    mailed = size if everybody else round(size * AT_HOME)
    for at, each in enumerate(people.panel(world.dice, world.definition, size)):
        person = people.planned(each) if at < people.PANEL_LOGINS else None
        add_member(
            panel_id=panel.pk,
            name=each.name,
            email=each.email if at < mailed else "",
            person_id=person.pk if person else None,
            actor=keeper,
        )
    return size


def _when(
    world: World, opens_at: datetime, closes_at: datetime, size: int
) -> list[tuple[datetime, int]]:
    """When each member with an e-mail address votes."""
    minutes = int((closes_at - opens_at).total_seconds()) // 60
    found = []
    for at in range(round(size * AT_HOME)):
        minute = world.dice.between(f"voter|{at}|when", 30, minutes - 10)
        found.append((opens_at + timedelta(minutes=minute), at))
    return sorted(found)


def _voter(world: World, round_id: int, at: int) -> Callable[[], None]:
    def vote() -> None:
        member = PanelMember.objects.filter(panel__round_id=round_id).order_by("pk")[at]
        _cast(world, round_id, at, code_in_mail(member.email))

    return vote


def code_in_mail(address: str) -> str:
    """The code in the last mail with one to this address, as the voter reads it."""
    rows = SentMail.objects.filter(to=address, track=clock.track())
    for text in rows.values_list("body", flat=True):
        for found in CODE.findall(text):
            if codes.read(found):
                return str(found)
    raise LookupError(f"no code was mailed to {address}")


def _paper(world: World, round_id: int) -> int:
    """Who has no e-mail address got a letter and votes at the desk of the town hall.

    Printing and casting are one step: a printed code is kept nowhere, also not by a play.
    """
    rights = VoteRight.objects.filter(round_id=round_id, channel=VoteRight.Channel.LETTER)
    if not rights.exists():
        return 0
    keeper = world.keeper()
    printed = print_codes(round_id=round_id, actor=keeper)
    for at, line in enumerate(printed):
        if not world.dice.happens(f"paper|{at}|stays away", 20):
            _cast(world, round_id, 100 + at, line.code)
    return len(printed)


def _cast(world: World, round_id: int, at: int, code: str) -> None:
    round_ = VoteRound.objects.get(pk=round_id)
    options = _options(world, round_id)
    # The more there is to choose from, the more tastes differ.
    taste = 200 if len(options) > MANY else 70
    liked = sorted(
        options,
        key=lambda key: -options[key][0] - world.dice.number(f"voter|{at}|likes|{key}", taste),
    )
    vote = rules_of(round_)["vote"]
    wanted = world.dice.between(
        f"voter|{at}|choices", vote["minimum"], min(vote["maximum"], len(options))
    )
    chosen = [options[key][1] for key in liked[:wanted]]
    cast(round_uid=str(round_.uid), code=code, marks=_marks(vote, chosen))


def _marks(vote: dict[str, Any], chosen: list[str]) -> list[str] | dict[str, int]:
    """A ballot for what is liked, best first. Points go to the best ones, as many as may."""
    if vote["kind"] != "points":
        return chosen
    marks, left = {}, vote["points"]
    for uid in chosen:
        marks[uid] = min(left, vote["most_per_option"])
        left -= marks[uid]
    return {uid: points for uid, points in marks.items() if points}


def _options(world: World, round_id: int) -> dict[str, tuple[int, str]]:
    """The options by the plan's key: how well they are liked, and the uid on the ballot."""
    rows = VoteOption.objects.filter(round_id=round_id).values_list("application_id", "uid")
    return {world.keys[pk].key: (world.keys[pk].appeal, str(uid)) for pk, uid in rows}


def _draw(world: World, round_id: int, actor: Any) -> None:
    options = _options(world, round_id)
    order = world.dice.shuffled("lot", sorted(options))
    enter_lot(round_id=round_id, order=[options[key][1] for key in order], actor=actor)
