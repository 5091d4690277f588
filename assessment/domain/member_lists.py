"""A list of voters at once: pasted, or from a file with names and e-mail addresses."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import current
from accounts.models import Person
from assessment.domain.electorate import JUDGES
from assessment.domain.rounds import refuse_frozen
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Panel, PanelMember
from timeline.actor import Actor
from timeline.refusal import Refused

MOST_LINES = 20_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Voter:
    """One line of a list; without an address the code is printed."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """How many came in; how many addresses were on a list already; who handles applications here
    and so does not vote (2:4)."""

    added: int
    known: int
    judges: int


def read_list(text: str) -> list[Voter]:
    """The voters in a text: one a line, name and e-mail address apart by ";", "," or a tab.

    A first line of headings is passed over, and so are empty lines. Refuses (field "people") a line
    that cannot be read, and says which.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise Refused(_("Er staat niemand op deze lijst."), field="people", code="empty")
    if len(lines) > MOST_LINES:
        raise Refused(
            _("Voeg hoogstens %(most)s mensen tegelijk toe.") % {"most": MOST_LINES},
            field="people",
        )
    mark = max(";\t,", key=lambda each: sum(each in line for line in lines))
    rows = list(csv.reader(lines, delimiter=mark))
    if "@" not in lines[0] and rows[0][0].strip().lower() in ("naam", "name"):
        rows = rows[1:]
    return [_voter(number, cells) for number, cells in enumerate(rows, start=1)]


def add_members(*, panel_id: int, people: Sequence[Voter], actor: Actor) -> Added:
    """Let all of ``people`` vote in this panel, until the round opens.

    Whose address is on a list of this round already is passed over, and so is who handles
    applications of this regulation.
    """
    with transaction.atomic():
        panel = Panel.objects.get(pk=panel_id)
        round_ = locked(panel.round_id)
        refuse_stranger(round_.call, actor)
        refuse_frozen(round_)
        there = set(
            PanelMember.objects.filter(panel__round=round_)
            .exclude(email="")
            .values_list("email", flat=True)
        )
        regulation = round_.call.revision.regulation
        grants = current().filter(
            role__in=JUDGES,
            authority=regulation.authority,
            regulation__in=["", regulation.slug],
        )
        judging = {
            email.lower()
            for email in Person.objects.filter(pk__in=grants.values("person_id")).values_list(
                "email", flat=True
            )
        } - {""}
        fresh: list[PanelMember] = []
        known = judges = 0
        for voter in people:
            if voter.email in judging:
                judges += 1
            elif voter.email and voter.email in there:
                known += 1
            else:
                there.add(voter.email)
                fresh.append(PanelMember(panel=panel, name=voter.name, email=voter.email))
        PanelMember.objects.bulk_create(fresh, batch_size=500)
        tell(round_, "members_added", actor, panel=panel.name, added=len(fresh))
        return Added(len(fresh), known, judges)


def _voter(number: int, cells: list[str]) -> Voter:
    words = [cell.strip() for cell in cells if cell.strip()]
    email = next((word.lower() for word in words if "@" in word), "")
    name = " ".join(word for word in words if "@" not in word)[:LONGEST_NAME] or email
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise _unread(number, " ".join(words)) from error
    if not name:
        raise _unread(number, " ".join(cells))
    return Voter(name, email)


def _unread(number: int, words: str) -> Refused:
    sentence = _("Regel %(n)s kunnen wij niet lezen: “%(words)s”.")
    return Refused(sentence % {"n": number, "words": words[:80]}, field="people", code="unread")
