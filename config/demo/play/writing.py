"""Texts that are being written: what a drafter of regulations finds on her desk."""

from __future__ import annotations

from datetime import date

from accountability.domain.evaluation import add_finding, start_evaluation
from accounts.domain.people import actor_for
from accounts.roles import Role
from config.demo import people
from config.demo.guard import refuse_real
from config.demo.play.engine import Say
from regeling.domain.checking import check_concept
from regeling.domain.concepts import copy_revision, save_concept
from regeling.domain.queries.governing import latest_of_all
from regeling.domain.texts import newest
from regeling.models import Concept, Evaluation, Revision
from regeling.writing import Word, put
from timeline import clock
from timeline.actor import Actor

NEXT_SALLAND = ("krachtvansalland-cheque-2023", "krachtvansalland-cheque-2027")
CHANGED = "voorbeeld-buurtkracht"


def write_texts(*, say: Say) -> None:
    """A new cheque for Salland, begun from the one of 2023 and from what its evaluation found, and
    a change of Buurtkracht that a colleague found good. What is there already stays as it is."""
    refuse_real()
    writer, checker = (actor_for(each) for each in people.staff(Role.DRAFTER)[:2])
    older, slug = NEXT_SALLAND
    if not Concept.objects.filter(slug=slug).exists():
        _begin_salland(_text_of(older), slug, writer)
        say(f"{slug}: een concept dat nog niet af is")
    if not Evaluation.objects.filter(regulation__slug=older).exists():
        _evaluate_salland(_text_of(older), writer)
        say(f"{older}: een evaluatie")
    if not Concept.objects.filter(slug=CHANGED).exists():
        _change_buurtkracht(_text_of(CHANGED), writer, checker)
        say(f"{CHANGED}: een wijziging, nagekeken door een collega")


def _text_of(slug: str) -> Revision:
    return latest_of_all(at=clock.now()).get(regulation__slug=slug)


def _begin_salland(older: Revision, slug: str, writer: Actor) -> None:
    """Some of what must be decided anew is: the year, the ceiling and the first days."""
    concept = copy_revision(
        revision_id=older.pk, title="KrachtvanSalland-cheque 2027", slug=slug, actor=writer
    )
    source = newest(concept).source
    source = put(source, "monitor.year", Word("2027"))
    source = put(source, "ceilings.total.amount", Word("25000"))
    save_concept(concept_id=concept.pk, source=source, seen=concept.version, actor=writer)


def _evaluate_salland(text: Revision, writer: Actor) -> None:
    evaluation = start_evaluation(
        regulation_id=text.regulation_id,
        title="Terugblik op de cheques van 2023",
        first_day=date(2023, 1, 1),
        last_day=date(2023, 12, 31),
        actor=writer,
    )
    add_finding(
        evaluation_id=evaluation.pk,
        text="Voorbeeld van een bevinding: groepen vonden één week om aan te vullen te kort.",
        path="terms.repair_weeks",
        proposal="Geef twee weken, en begin de stemming een week later.",
        actor=writer,
    )


def _change_buurtkracht(older: Revision, writer: Actor, checker: Actor) -> None:
    concept = copy_revision(
        revision_id=older.pk, title=older.regulation.title, slug=CHANGED, actor=writer
    )
    source = put(newest(concept).source, "terms.repair_weeks", Word("3"))
    concept = save_concept(concept_id=concept.pk, source=source, seen=concept.version, actor=writer)
    check_concept(
        concept_id=concept.pk,
        seen=concept.version,
        approved=True,
        remarks="Drie weken is beter haalbaar voor een groep. Akkoord.",
        actor=checker,
    )
