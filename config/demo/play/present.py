"""The rounds of the present: one that is open, one in its vote, one that is being decided.

They are planned around the moment at which they are first filled in (the anchor) and played up to
it. What they set in motion after that is handed to the ordinary clock, and the worker goes on
with it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta

from applications.states import State
from config.demo.dice import Dice
from config.demo.guard import refuse_real
from config.demo.models import RoundPlay
from config.demo.plan import Plan, PlannedApplication, Twist
from config.demo.planning import Planner, Wish, in_order
from config.demo.play.aftermath import aftermath_story
from config.demo.play.applying import application_story
from config.demo.play.deciding import decide_story, granted
from config.demo.play.engine import Player, Say, Story, alone
from config.demo.play.round import prepare
from config.demo.play.voting import vote_story
from config.demo.play.world import World
from config.demo.tour import DECIDING_CALL, OPEN_CALL, VOTING_CALL
from regeling.definition import Definition
from regeling.domain.revisions import open_call
from regeling.models import Revision
from timeline import clock
from timeline.actor import SYSTEM
from timeline.canon import canonical
from timeline.models import Delivery

SLUG = "voorbeeld-buurtkracht"
TRACK = "buurtkracht"
TITLES = {
    OPEN_CALL: "Voorbeeld Buurtkracht: nu open",
    VOTING_CALL: "Voorbeeld Buurtkracht: in stemming",
    DECIDING_CALL: "Voorbeeld Buurtkracht: besluiten",
}
NORTH, SOUTH = ("Voorbeeldstad", "Zandhoek", "Waterdorp"), ("Heuvelrijk", "Bosbeek")
FIRST_BATCH = (
    State.CLOSED,
    State.IN_EXECUTION,
    State.REPORT_DUE,
    State.SETTLEMENT_REQUESTED,
    State.SETTLED,
    State.LOWER_SETTLED,
)
SECOND_BATCH = (State.AWARDED, State.PARTIALLY_AWARDED, State.DIRECTLY_SETTLED)


def play_present(*, say: Say) -> RoundPlay:
    """Fill in the three calls of the present, or go on where a killed play stopped."""
    refuse_real()
    with alone(TRACK):
        revision = prepare(SLUG)
        play = _planned(revision)
        if play.finished_at or play.anchor is None:
            return play
        plans = {slug: Plan.from_plain(body) for slug, body in json.loads(play.plan).items()}
        begins = min(plan.opens_at for plan in plans.values()) - timedelta(days=2)
        player = Player(play, starts_at=begins, say=say)
        for slug, plan in plans.items():
            _tell(player, revision, slug, plan, play.anchor)
        player.run(until=play.anchor)
        player.finish(play.anchor)
        # From here on the worker delivers, on the clock that everybody sees.
        Delivery.objects.filter(track=TRACK, state=Delivery.State.PENDING).update(track="")
        RoundPlay.objects.filter(pk=play.pk).update(finished_at=clock.machine_now())
        play.refresh_from_db()
        return play


def _planned(revision: Revision) -> RoundPlay:
    known = RoundPlay.objects.filter(track=TRACK).first()
    if known:
        return known
    anchor = clock.now().replace(microsecond=0)
    plans = plan_present(revision.definition, anchor)
    return RoundPlay.objects.create(
        track=TRACK,
        title=revision.definition.identity.title,
        anchor=anchor,
        plan=canonical({slug: asdict(plan) for slug, plan in plans.items()}),
    )


def plan_present(definition: Definition, anchor: datetime) -> dict[str, Plan]:
    """The plans of the three calls, by the slug of the call."""
    return {
        OPEN_CALL: _plan_open(definition, anchor),
        VOTING_CALL: _plan_voting(definition, anchor),
        DECIDING_CALL: _plan_deciding(definition, anchor),
    }


def _plan_open(definition: Definition, anchor: datetime) -> Plan:
    """Closes three weeks from the anchor; applications as far as they can be by then."""
    wishes = [
        (1, Wish(stop=State.DRAFT, kind="inwoner")),
        (1, Wish(stop=State.DRAFT, twist=Twist.UNSIGNED)),
        (1, Wish(stop=State.DRAFT, kind="organisatie")),
        (2, Wish(stop=State.IN_COACHING, kind="inwoner")),
        (2, Wish(stop=State.IN_COACHING, kind="groep")),
        (1, Wish(stop=State.SUBMITTED)),
        (1, Wish(stop=State.SUBMITTED, kind="groep")),
        (6, Wish(stop=State.COMPLETENESS_CHECK)),
        (7, Wish(stop=State.COMPLETENESS_CHECK)),
        (8, Wish(stop=State.AWAITING_SUPPLEMENT)),
        (9, Wish(stop=State.AWAITING_SUPPLEMENT, twist=Twist.UNANSWERED)),
        (9, Wish(stop=State.IN_REVIEW)),
        (10, Wish(stop=State.IN_REVIEW, twist=Twist.COACHED)),
        (11, Wish(stop=State.IN_REVIEW)),
        (15, Wish()),
        (16, Wish(twist=Twist.INCOMPLETE)),
        (17, Wish(twist=Twist.WITHDRAWN)),
    ]
    return _plan(definition, anchor, "o", (-30, 21), wishes)


def _plan_voting(definition: Definition, anchor: datetime) -> Plan:
    """Closed three weeks ago; the vote is open, and some were decided without it."""
    voting = [(24 + 2 * at, Wish(cents=(90 + 40 * at) * 1000)) for at in range(9)]
    others = [
        (25, Wish(twist=Twist.LATE)),
        (26, Wish(twist=Twist.LATE)),
        (30, Wish(twist=Twist.NEGATIVE, stop=State.REJECTED)),
        (33, Wish(twist=Twist.NEGATIVE, stop=State.REJECTED)),
        (38, Wish(twist=Twist.UNANSWERED, stop=State.NOT_PROCESSED)),
        (39, Wish(twist=Twist.UNANSWERED, stop=State.NOT_PROCESSED)),
        (36, Wish(twist=Twist.WITHDRAWN)),
    ]
    return _plan(definition, anchor, "v", (-75, -20), voting + others)


def _plan_deciding(definition: Definition, anchor: datetime) -> Plan:
    """Closed, voted and ranked; the first decisions are carried out, the last wait for signing."""
    day = clock.day(anchor)

    def wish(
        stop: State, cents: int, begins: int, ends: int, *, over: bool = False, appeal: int = 70
    ) -> Wish:
        start, end = day + timedelta(days=begins), day + timedelta(days=ends)
        return Wish(stop=stop, cents=cents, start=start, end=end, over=over, appeal=appeal)

    pairs = [
        wish(State.IN_EXECUTION, 240_000, -60, 60, appeal=90),
        wish(State.REPORT_DUE, 210_000, -65, -20, appeal=85),
        wish(State.SETTLEMENT_REQUESTED, 180_000, -66, -20, appeal=80),
        wish(State.SETTLED, 200_000, -67, -62, appeal=95),
        wish(State.LOWER_SETTLED, 220_000, -67, -62, appeal=75),
        wish(State.AWARDED, 260_000, 30, 90),
        wish(State.PARTIALLY_AWARDED, 250_000, 20, 70, over=True),
        wish(State.DIRECTLY_SETTLED, 120_000, 15, 60),
        wish(State.DECISION_DRAFT, 230_000, 40, 120),
        wish(State.DECISION_DRAFT, 110_000, 40, 120),
        wish(State.RANKED, 140_000, 45, 100),
    ]
    wishes = [(90 + at, each) for at, each in enumerate(pairs)]
    wishes += [(105 + at, each) for at, each in enumerate(pairs)]
    wishes += [(88, wish(State.RESERVE, 500_000, 45, 100, appeal=1)) for _ in range(6)]
    wishes += [
        (92, Wish(twist=Twist.NEGATIVE, stop=State.CLOSED)),
        (94, Wish(twist=Twist.NEGATIVE, stop=State.CLOSED)),
        (96, Wish(twist=Twist.NEGATIVE, stop=State.HEARING)),
        (98, Wish(twist=Twist.NEGATIVE, stop=State.HEARING)),
    ]
    return _plan(definition, anchor, "b", (-120, -85), wishes, hears_at=anchor - timedelta(days=6))


def _plan(
    definition: Definition,
    anchor: datetime,
    letter: str,
    window: tuple[int, int],
    wishes: list[tuple[int, Wish]],
    *,
    hears_at: datetime | None = None,
) -> Plan:
    """Plan a call whose window lies so many days from the anchor; each wish names how many days
    before the anchor it is sent in."""
    today = clock.day(anchor)
    opens_at = clock.moment(today + timedelta(days=window[0]), "09:00")
    closes_at = clock.moment(today + timedelta(days=window[1]), "17:00")
    dice = Dice(f"{SLUG}|{letter}")
    planner = Planner(definition, dice, opens_at=opens_at, closes_at=closes_at)
    rows = []
    for at, (days, wish) in enumerate(wishes):
        key = f"{letter}{at + 1:02d}"
        towns = (NORTH, SOUTH)[at % 2]
        chosen = Wish(**{**vars(wish), "town": dice.pick(f"{key}|town", towns)})
        sent = anchor - timedelta(days=days, hours=dice.between(f"{key}|hour", 1, 9), minutes=at)
        rows.append(planner.make(key, chosen, min(sent, closes_at - timedelta(minutes=30 + at))))
    return Plan(SLUG, opens_at, closes_at, in_order(rows), hears_at)


def _tell(player: Player, revision: Revision, slug: str, plan: Plan, anchor: datetime) -> None:
    world = World(plan, revision.definition, Dice(f"{SLUG}|{slug}"), name=slug)
    player.tell(_call_story(world, revision))
    for planned in plan.applications:
        player.tell(application_story(world, planned))
    if slug == VOTING_CALL:
        player.tell(_voting_story(world, anchor))
    if slug == DECIDING_CALL:
        player.tell(_deciding_story(world, player, anchor))


def _call_story(world: World, revision: Revision) -> Story:
    plan = world.plan

    def open_it() -> int:
        return open_call(
            revision_id=revision.pk,
            kind="example",
            actor=SYSTEM,
            slug=world.name,
            title=TITLES[world.name],
            days=(plan.opens_at, plan.closes_at),
            published_on=clock.day(plan.opens_at) - timedelta(days=3),
        ).pk

    world.call_id = yield world.step(plan.opens_at - timedelta(days=1), "open", open_it)


def _voting_story(world: World, anchor: datetime) -> Story:
    """Decide what needs no vote, then open the vote and leave every code unused."""
    without = _with(world, State.REJECTED, State.NOT_PROCESSED)
    at = world.after(anchor - timedelta(days=12), 0, "09:00")
    yield from decide_story(world, at=at, name="decide", chosen=without)
    day = clock.day(anchor)
    days = (
        clock.moment(day - timedelta(days=4), "09:00"),
        clock.moment(day + timedelta(days=10), "17:00"),
    )
    yield from vote_story(world, days=days, unused=True)


def _deciding_story(world: World, player: Player, anchor: datetime) -> Story:
    """The vote, two batches that were sent, and one that waits for its signature."""
    day = clock.day(anchor)
    days = (
        clock.moment(day - timedelta(days=78), "09:00"),
        clock.moment(day - timedelta(days=75), "17:00"),
    )
    ranked_at = yield from vote_story(world, days=days)
    batches = (
        (world.after(ranked_at, 2, "09:00"), "first", FIRST_BATCH),
        (world.after(anchor - timedelta(days=14), 0, "09:00"), "second", SECOND_BATCH),
    )
    for at, name, states in batches:
        decisions = yield from decide_story(world, at=at, name=name, chosen=_with(world, *states))
        announced_at = world.after(at, 1, "09:00")
        for decision in granted(decisions):
            number = decision.application_id
            planned = world.keys[number]
            player.tell(aftermath_story(world, planned, number, decision.kind, announced_at))
    yield from decide_story(
        world,
        at=anchor - timedelta(days=1),
        name="last",
        chosen=_with(world, State.DECISION_DRAFT),
        signed=False,
    )


def _with(world: World, *stops: State) -> list[PlannedApplication]:
    return [planned for planned in world.plan.applications if planned.stop in stops]
