"""Who may vote beside the people on a list: everybody with a profile in the region, and whoever
gets a letter with a code."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.domain.grants import current
from accounts.models import Person
from accounts.roles import Role
from assessment.domain.rounds import refuse_frozen
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Panel, PanelMember, VoteRight, VoteRound
from regeling.definition import listed
from timeline.actor import Actor
from timeline.refusal import Refused

JUDGES = (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
MOST_LETTERS = 100_000


def add_profiles(*, panel_id: int, actor: Actor, regions: Sequence[str] = ()) -> int:
    """Let everybody vote who has an account and lives in the region; how many came in.

    Lives there: the municipality of her profile lies in one of ``regions`` (codes of the
    definition; none: all of its municipalities). Who is on a list of this round already, and who
    handles applications of this regulation (2:4), is passed over. Until the round opens.
    """
    with transaction.atomic():
        panel = Panel.objects.get(pk=panel_id)
        round_ = locked(panel.round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        territory = round_.call.revision.definition.territory
        there = [
            name
            for region in territory.regions
            if region.code in regions
            for name in listed(region.municipalities)
        ]
        regulation = round_.call.revision.regulation
        judges = current().filter(
            role__in=JUDGES,
            authority=regulation.authority,
            regulation__in=["", regulation.slug],
        )
        people = (
            Person.objects.filter(
                user__isnull=False,
                municipality__in=there if regions else territory.all_municipalities,
            )
            .exclude(email="")
            .exclude(pk__in=judges.values("person_id"))
            .exclude(
                pk__in=PanelMember.objects.filter(panel__round=round_, person__isnull=False).values(
                    "person_id"
                )
            )
            .order_by("pk")
        )
        members = PanelMember.objects.bulk_create(
            (
                PanelMember(panel=panel, person=person, name=person.name, email=person.email)
                for person in people
            ),
            batch_size=500,
        )
        tell(round_, "profiles_added", actor, panel=panel.name, added=len(members))
        return len(members)


def make_rights(*, panel_id: int, number: int, actor: Actor) -> int:
    """Prepare ``number`` letters, each with a right and a number of its own; how many there are now
    in the round. Nobody knows who gets which letter. Until the round opens; the codes are made when
    they are printed."""
    with transaction.atomic():
        panel = Panel.objects.get(pk=panel_id)
        round_ = locked(panel.round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        there = _letters(round_).count()
        if not 1 <= number <= MOST_LETTERS - there:
            raise Refused(
                _("Maak tussen 1 en %(most)s brieven.") % {"most": MOST_LETTERS - there},
                field="number",
            )
        VoteRight.objects.bulk_create(
            (
                VoteRight(
                    round=round_,
                    panel=panel,
                    channel=VoteRight.Channel.LETTER,
                    reference=f"{place:05d}",
                )
                for place in range(there + 1, there + number + 1)
            ),
            batch_size=500,
        )
        tell(round_, "rights_made", actor, panel=panel.name, made=number)
        return there + number


def drop_rights(*, round_id: int, actor: Actor) -> None:
    """Take back all prepared letters, to start again; until the round opens."""
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        _letters(round_).delete()
        tell(round_, "rights_dropped", actor)


def _letters(round_: VoteRound) -> QuerySet[VoteRight]:
    return VoteRight.objects.filter(round=round_, member=None)
