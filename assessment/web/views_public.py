"""What anyone can see and check of a vote: the rounds, one round, its files and the script."""

from __future__ import annotations

from datetime import date
from functools import cache
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.domain.publishing import packed
from assessment.domain.queries import published as reads
from assessment.domain.queries.results import address_of
from assessment.domain.script.build import NAME, script
from assessment.models import VoteRound
from assessment.web.public import Answer, Public, found_or_404, page, public_page, ready
from regeling.definition import Distribution
from regeling.explain_dividing import dividing
from regeling.explain_voting import voting
from regeling.marking import file_name
from timeline import clock
from timeline.canon import sha256

JSON, ZIP, PYTHON = "application/json", "application/zip", "text/x-python; charset=utf-8"


@public_page
def rounds(request: HttpRequest) -> Public:
    """Every vote that was opened, newest first."""
    rows = list(reads.public_rounds())
    key = " ".join(_stand(row) for row in rows)

    def make() -> Answer:
        told = [(row, phase_of(row)) for row in rows]
        return page(
            request,
            "assessment/public/rounds.html",
            {
                "title": _("Stemmingen"),
                "lead": _(
                    "Waarover er wordt en werd gestemd. Iedereen kan hier zien en narekenen hoe "
                    "het ging."
                ),
                "breadcrumbs": [(_("Start"), reverse("portal:home"))],
                "cards": [
                    {
                        "title": row.title,
                        "url": reverse("assessment:public_round", args=[row.uid]),
                        "kicker": row.call.revision.regulation.authority.name,
                        "state": phase,
                        "label": PHASES[phase](),
                        "opens": row.opens_at,
                        "ends": row.ends_at,
                        "example": row.call.is_example,
                    }
                    for row, phase in told
                ],
            },
        )

    return Public(f"rounds {_language()} {sha256(key)}", make)


@public_page
def round_(request: HttpRequest, uid: UUID) -> Public:
    """One vote: what one can choose from, by which rules, and how to check it. The same for
    everybody, and the same however many people voted."""
    row = found_or_404(reads.public_round(uid))
    return Public(
        f"round {_language()} {_stand(row)}",
        lambda: page(request, "assessment/public/round.html", _round(row)),
    )


@public_page
def round_zip(_request: HttpRequest, uid: UUID) -> Public:
    """All published files of a round in one."""
    row = found_or_404(reads.public_round(uid))
    return Public(
        f"zip {_stand(row)}",
        lambda: ready(packed(_files(row)), ZIP, file_name(row.call, "round.zip")),
    )


@public_page
def round_file(_request: HttpRequest, uid: UUID, name: str) -> Public:
    """One of the published files."""
    row = found_or_404(reads.public_round(uid))
    content = found_or_404(_files(row).get(f"{name}.json"))
    return Public(f"file {name} {_stand(row)}", lambda: ready(content, JSON, _name(row, name)))


@public_page
def verify_script(_request: HttpRequest) -> Public:
    """The script with which anyone checks a round."""
    text = _script()
    return Public(f"script {sha256(text)}", lambda: ready(text, PYTHON, NAME))


@cache
def _script() -> bytes:
    return script().encode()


def phase_of(row: VoteRound) -> str:
    """How far a round is, as the public knows it: never how far counting and writing are."""
    if row.state == VoteRound.State.OPEN:
        now = clock.now()
        if now < row.opens_at:
            return "coming"
        if now >= row.ends_at:
            return "closing"
        return "paused" if row.paused_at else "open"
    return "told" if reads.letters_out(row) else "closed"


PHASES = {
    "coming": lambda: _("Begint nog"),
    "open": lambda: _("Nu open"),
    "paused": lambda: _("Staat even stil"),
    "closing": lambda: _("Wordt gesloten"),
    "closed": lambda: _("Gesloten"),
    "told": lambda: _("Uitslag bekend"),
}


def _files(row: VoteRound) -> dict[str, bytes]:
    return reads.public_files(row, letters_out=reads.letters_out(row))


def _name(row: VoteRound, name: str) -> str:
    """A file of a test is handed out under a name that says so; any other is simply shown."""
    name = f"{name}.json"
    marked = file_name(row.call, name)
    return "" if marked == name else marked


def _round(row: VoteRound) -> dict[str, object]:
    letters_out = reads.letters_out(row)
    phase = phase_of(row)
    definition = row.call.revision.definition
    divided = definition.distribution
    return {
        "title": row.title,
        "eyebrow": row.call.revision.regulation.authority.name,
        "breadcrumbs": [
            (_("Start"), reverse("portal:home")),
            (_("Stemmingen"), reverse("assessment:public_rounds")),
        ],
        "call_kind": row.call.kind,
        "round": row,
        "phase": phase,
        "label": PHASES[phase](),
        "extensions": list(row.extensions.order_by("ends_at")),
        "deciding": list(voting(definition)),
        "dividing": list(dividing(divided, definition))
        if isinstance(divided, Distribution)
        else [],
        "offered": reads.offered(row),
        "turnout": reads.told_turnout(row),
        "batches": [
            {**batch, "sealed_on": date.fromisoformat(batch["sealed_on"])}
            for batch in reads.chain(row, letters_out=letters_out)
        ],
        "letters_out": letters_out,
        "slug": address_of(row.call),
        "files": sorted(_files(row)),
    }


def _language() -> str:
    return translation.get_language() or "nl"


def _stand(row: VoteRound) -> str:
    """Everything on which the public content of a round depends, in one text."""
    phase = phase_of(row)
    told = (row.uid, row.params_hash, phase, row.ends_at, row.pause_reason, row.root_final)
    sealed = row.sealed, row.taken_out  # type: ignore[attr-defined]  # annotated
    state = row.state in reads.SEALED, row.state == VoteRound.State.UNLINKED
    return sha256(repr((told, sealed, state)))
