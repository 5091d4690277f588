"""What anyone may see of a round, read from the database; nobody is asked who she is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from applications.states import State
from assessment.domain import publishing
from assessment.domain.allocation_text import problem_of
from assessment.domain.award import facts_in
from assessment.domain.closing import turnout
from assessment.domain.frozen import rules_of
from assessment.domain.sealing import public_key
from assessment.domain.tally import latest
from assessment.models import (
    BallotBox,
    Lot,
    OptionWithdrawal,
    Ranking,
    VoteBatch,
    VoteOption,
    VoteRound,
)
from documents.models import Decision
from regeling.models import Call
from timeline import clock

Round = VoteRound.State
NO_LETTER = (State.WITHDRAWN, State.CLOSED)
"""Where an application without an announced decision waits for no letter: it was withdrawn, and a
withdrawn one is closed after a while."""
SEALED = (Round.CLOSED, Round.COUNTED, Round.DECIDED, Round.UNLINKED)


@dataclass(frozen=True, slots=True)
class Offered:
    """An option as a voter sees it; ``withdrawn`` says why it takes no part any more."""

    option: VoteOption
    withdrawn: str


def announced() -> QuerySet[Decision]:
    """Decisions about an award of which the letter went out."""
    return Decision.objects.filter(track=Decision.Track.AWARD, state=Decision.State.ANNOUNCED)


def public_rounds(*, test: bool = False) -> QuerySet[VoteRound]:
    """Rounds that were opened, newest first; those of a test only when asked for.

    Each with ``letters_out`` (the ranking is fixed, and of every application the letter went out),
    ``sealed`` (batches) and ``taken_out`` (options withdrawn).
    """
    rounds = VoteRound.objects.filter(votes=True).exclude(state=Round.CONCEPT)
    if not test:
        rounds = rounds.exclude(call__kind=Call.Kind.TEST)
    return _with_letters(
        rounds.select_related("call__revision__regulation__authority").order_by("-opens_at", "pk")
    )


def public_round(uid: UUID) -> VoteRound | None:
    """One vote that was opened, with ``letters_out``; None where there is none."""
    rounds = VoteRound.objects.filter(votes=True, uid=uid).exclude(state=Round.CONCEPT)
    return _with_letters(rounds.select_related("call__revision__regulation__authority")).first()


def is_public(round_: VoteRound) -> bool:
    """Whether the outcome may be told: the ranking is fixed, and of every application in the round
    the letter went out (or it was withdrawn)."""
    return letters_out(_with_letters(VoteRound.objects.filter(pk=round_.pk)).get())


def letters_out(row: VoteRound) -> bool:
    """The same of a row of ``public_rounds`` or ``public_round``, without another query."""
    return bool(row.letters_out)  # type: ignore[attr-defined]  # annotated by _with_letters


def _with_letters(rounds: QuerySet[VoteRound]) -> QuerySet[VoteRound]:
    told = announced().filter(application=OuterRef("application"))
    waiting = (
        VoteOption.objects.filter(round=OuterRef("pk"))
        .exclude(application__state__in=NO_LETTER)
        .filter(~Exists(told))
    )
    fixed = Ranking.objects.filter(round=OuterRef("pk"), state=Ranking.State.FIXED)
    sealed = VoteBatch.objects.filter(round=OuterRef("pk")).order_by("-seq").values("seq")
    taken_out = (
        OptionWithdrawal.objects.filter(option__round=OuterRef("pk"))
        .order_by()
        .values("option__round")
        .annotate(n=Count("pk"))
    )
    return rounds.annotate(
        letters_out=Exists(fixed) & ~Exists(waiting),
        sealed=Coalesce(Subquery(sealed[:1]), 0),
        taken_out=Coalesce(Subquery(taken_out.values("n")), 0),
    )


def offered(round_: VoteRound) -> list[Offered]:
    """The options by title: an order that favours nobody's votes, and never changes."""
    rows = VoteOption.objects.filter(round=round_).select_related("withdrawal")
    return [
        Offered(row, row.withdrawal.reason if hasattr(row, "withdrawal") else "")
        for row in rows.order_by("title", "uid")
    ]


def chain(round_: VoteRound, *, letters_out: bool) -> list[dict[str, Any]]:
    """The sealed batches as they are published."""
    rows = VoteBatch.objects.filter(round=round_).order_by("seq")
    return publishing.told_batches(map(_sealed, rows), sizes=letters_out or _enough(round_))


def told_turnout(round_: VoteRound) -> publishing.Turnout | None:
    """The turnout of a round that closed; None before: it would be an interim result."""
    return publishing.told_turnout(turnout(round_)) if round_.state in SEALED else None


def public_files(round_: VoteRound, *, letters_out: bool) -> dict[str, bytes]:
    """Every published file by its name. The outcome and what it was made of from the moment that
    the letters went out."""
    files = _frame_files(round_, letters_out=letters_out)
    if not letters_out:
        return files
    files |= _outcome_files(round_)
    ballots = latest(_box_rows(round_))
    regions = {str(row.uid): row.region for row in VoteOption.objects.filter(round=round_)}
    if publishing.may_list(ballots, regions):
        files["ballots.json"] = publishing.json_file(sorted(ballots))
    return files


def confidential_files(round_: VoteRound) -> dict[str, bytes]:
    """For the second official, the auditor and a file in objection: the box with its leaves too.

    While the second count is awaited it holds neither count nor outcome: she finds them herself.
    """
    files = _frame_files(round_, letters_out=True)
    ranking = Ranking.objects.filter(round=round_).first()
    if ranking and ranking.state == Ranking.State.FIXED:
        files |= _outcome_files(round_)
    elif ranking:
        files["facts.json"] = publishing.json_file(facts_in(problem_of(ranking.inputs)))
        files |= _lot_file(round_)
    rows = BallotBox.objects.filter(round=round_).order_by("batch__seq", "leaf")
    names = ("leaf", "batch__seq", "panel__name", "ballot_key", "revision", "choices", "nonce")
    files["box.json"] = publishing.json_file(
        [
            {
                "leaf": leaf,
                "batch": seq,
                "panel": panel,
                "ballot_key": key,
                "revision": revision,
                "choices": choices,
                "nonce": nonce,
            }
            for leaf, seq, panel, key, revision, choices, nonce in rows.values_list(*names)
        ]
    )
    return files


def _frame_files(round_: VoteRound, *, letters_out: bool) -> dict[str, bytes]:
    told = told_turnout(round_)
    files = {
        "params.json": round_.params.encode(),
        "round.json": publishing.json_file(
            {
                "format": publishing.FORMAT,
                "round": str(round_.uid),
                "title": round_.title,
                "params_hash": round_.params_hash,
                "root_final": round_.root_final,
                "public_key": public_key(),
                "unlinked": round_.state == Round.UNLINKED,
            }
        ),
        "options.json": publishing.json_file(
            {
                str(each.option.uid): {
                    "title": each.option.title,
                    "place": each.option.place,
                    "name": each.option.public_name,
                }
                for each in offered(round_)
            }
        ),
        "batches.json": publishing.json_file(chain(round_, letters_out=letters_out)),
    }
    if told is not None:
        files["turnout.json"] = publishing.json_file(
            {
                "given": told.given,
                "used": told.used,
                "panels": [
                    {"name": each.name, "given": each.given, "used": each.used}
                    for each in told.panels
                ],
            }
        )
    return files


def _outcome_files(round_: VoteRound) -> dict[str, bytes]:
    ranking = Ranking.objects.get(round=round_)
    return {
        "count.json": publishing.json_file(_told_count(round_)),
        "facts.json": publishing.json_file(facts_in(problem_of(ranking.inputs))),
        "outcome.json": ranking.outcome.encode(),
        "award.json": publishing.json_file(
            {"engine": ranking.engine, "outcome_hash": ranking.outcome_hash}
        ),
        **_lot_file(round_),
    }


def _told_count(round_: VoteRound) -> dict[str, Any]:
    """The count; ballots per panel only where every panel is large enough to be told apart."""
    counted: dict[str, Any] = json.loads(round_.tally)
    per_panel = counted.get("per_panel", {})
    small = any(number < publishing.FEW for number in per_panel.values())
    return {**counted, "per_panel": {}} if small and len(per_panel) > 1 else counted


def _lot_file(round_: VoteRound) -> dict[str, bytes]:
    lot = Lot.objects.filter(round=round_).first()
    if lot is None:
        return {}
    told = {
        "source": rules_of(round_)["lot"]["source"],
        "order": json.loads(lot.order),
        "number": lot.number,
        "seed": lot.seed,
    }
    return {"lot.json": publishing.json_file(told)}


def _box_rows(round_: VoteRound) -> Iterable[tuple[str, int, str, str]]:
    rows = BallotBox.objects.filter(round=round_)
    return rows.values_list("ballot_key", "revision", "panel__name", "choices")


def _enough(round_: VoteRound) -> bool:
    told = told_turnout(round_)
    return told is not None and told.used is not None


def _sealed(row: VoteBatch) -> publishing.Sealed:
    return publishing.Sealed(
        row.seq,
        row.n,
        row.merkle_root,
        row.prev_hash,
        row.chain_hash,
        clock.day(row.sealed_at).isoformat(),
        row.signature,
    )
