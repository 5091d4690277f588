"""A round as a whole: made from a regulation and a seed, played from its opening to its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.domain import authorities
from config.demo import people
from config.demo.dice import Dice
from config.demo.guard import refuse_real
from config.demo.models import RoundPlay
from config.demo.plan import Plan, Twist
from config.demo.planning import make_plan
from config.demo.play.aftermath import aftermath_story
from config.demo.play.applying import application_story
from config.demo.play.deciding import decide_story, granted
from config.demo.play.engine import Player, Say, Step, Story, alone
from config.demo.play.meeting import days_of, meeting_story
from config.demo.play.voting import vote_story
from config.demo.play.world import World
from regeling.definition import RouteStep
from regeling.delivered import FOLDER
from regeling.domain.revisions import accept, open_call
from regeling.models import Revision
from timeline import clock
from timeline.actor import SYSTEM

TO_SUPPLEMENT = timedelta(days=14)  # so that who must supplement still reaches the last meeting
LIFE = timedelta(days=3 * 365)  # by then everything that a round sets in motion has happened


def play_round(*, slug: str, applications: int, seed: int, say: Say) -> RoundPlay:
    """Play a round to its end, or go on with one that was broken off.

    The same regulation, number and seed give the same applications, votes, winners and amounts;
    uids, salts and codes differ. Raises ``ImproperlyConfigured`` in a database with a real call,
    ``AlreadyPlaying`` and ``Stuck``.
    """
    refuse_real()
    track = f"round-{slug}-{seed}"
    with alone(track):
        revision = prepare(slug)
        dice = Dice(f"{slug}|{seed}")
        play = _planned(revision, track, applications, dice)
        if play.finished_at:
            say(f"{play.title}: was played before")
            return play
        plan = Plan.from_text(play.plan)
        world = World(plan, revision.definition, dice)
        player = Player(play, starts_at=plan.opens_at - timedelta(days=2), say=say)
        player.tell(_call_story(world, revision, play, seed))
        for planned in plan.applications:
            player.tell(application_story(world, planned))
        if world.definition.has(RouteStep.PANEL):
            for meeting in days_of(world.definition):
                player.tell(meeting_story(world, player, meeting))
        else:
            player.tell(_verdict_story(world, player))
        player.run()
        player.finish(plan.closes_at + LIFE)
        RoundPlay.objects.filter(pk=play.pk).update(finished_at=clock.machine_now())
        play.refresh_from_db()
        return play


def prepare(slug: str) -> Revision:
    """The newest revision of a delivered regulation, with its authority and its example staff."""
    authorities.load(source=authorities.SHIPPED.read_text(encoding="utf-8"))
    file = FOLDER / f"{slug}.yaml"
    revision = accept(source=file.read_text(encoding="utf-8"), file=file.name, actor=SYSTEM)
    with clock.playing(people.TRACK, people.HIRED):
        people.make_staff(revision.definition.identity.authority)
        if revision.definition.has(RouteStep.PANEL):
            people.make_committee(revision.definition)
    return revision


def _planned(revision: Revision, track: str, applications: int, dice: Dice) -> RoundPlay:
    known = RoundPlay.objects.filter(track=track).first()
    if known:
        return known
    opens_at, closes_at = _window(revision)
    plan = make_plan(
        revision.definition,
        applications=applications,
        dice=dice,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    return RoundPlay.objects.create(
        track=track, title=revision.definition.identity.title, plan=plan.as_text()
    )


def _window(revision: Revision) -> tuple[datetime, datetime]:
    windows = revision.definition.windows or ()
    first = windows[0]
    met = days_of(revision.definition)
    if met and isinstance(first.opens_at, datetime):  # open until the last meeting can be reached
        return first.opens_at, clock.moment(met[-1].in_by) - TO_SUPPLEMENT
    if not isinstance(first.opens_at, datetime) or not isinstance(first.closes_at, datetime):
        raise ValueError("a round is played within a window that opens and closes")
    return first.opens_at, first.closes_at


def _call_story(world: World, revision: Revision, play: RoundPlay, seed: int) -> Story:
    slug = revision.regulation.slug

    def open_it() -> int:
        call = open_call(
            revision_id=revision.pk,
            kind="example",
            actor=SYSTEM,
            slug=slug if seed == 1 else f"{slug}-{seed}",
        )
        RoundPlay.objects.filter(pk=play.pk).update(call=call)
        return call.pk

    world.call_id = yield Step(world.plan.opens_at - timedelta(days=1), "call.open", open_it)


def _verdict_story(world: World, player: Player) -> Story:
    """The vote where there is one, the decisions, and for every award what comes after it."""
    closes_at = world.plan.closes_at
    decided_at = world.after(closes_at, 19, "09:00")
    if world.definition.has(RouteStep.VOTE):
        ranked_at: datetime = yield from vote_story(world)
        decided_at = world.after(ranked_at, 1, "09:00")
    # Who did not answer heard before, by herself.
    chosen = [each for each in world.plan.applications if each.twist is not Twist.UNANSWERED]
    decisions = yield from decide_story(world, at=decided_at, name="decide", chosen=chosen)
    announced_at = world.after(decided_at, 1, "09:00")
    for decision in granted(decisions):
        number = decision.application_id
        player.tell(aftermath_story(world, world.keys[number], number, decision.kind, announced_at))
