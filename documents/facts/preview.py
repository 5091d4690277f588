"""The letter that an applicant hopes for, with her own data, before she submits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from applications.answers import answers_of
from applications.columns import columns_from
from applications.models import Application
from applications.states import BEFORE_SUBMISSION
from documents.basis import Basis
from documents.facts.decisions import award_about
from documents.facts.parts import letter_facts
from documents.letters import compose
from documents.letters.facts import Amount, LetterFacts, LetterKind
from documents.rendering.html import part_of_page
from regeling.answers import amount_asked
from regeling.calculation import amount
from regeling.definition import Definition, TierKind


def preview_award(application_id: int) -> str:
    """ "Zo ziet uw brief eruit als het lukt": the letter as a part of a page, marked VOORBEELD.

    Nothing is stored and nothing is promised. Safe HTML; needs the style sheet of letters.
    """
    return part_of_page(compose(preview_facts(application_id)))


def preview_facts(application_id: int) -> LetterFacts:
    """The facts of that letter: the whole amount that is asked, within the maximum."""
    application = Application.objects.select_related(
        "call__revision__regulation__authority", "revision", "party"
    ).get(pk=application_id)
    definition = application.revision.definition
    answers = answers_of(application)
    if application.state in BEFORE_SUBMISSION:
        for name, value in columns_from(definition, answers).items():
            setattr(application, name, value)
    cents, lines = _hoped(definition, answers)
    tier = definition.tier_for(cents)
    direct = tier is not None and tier.kind is TierKind.DIRECT
    kind = LetterKind.DIRECT_SETTLEMENT if direct else LetterKind.AWARD
    basis = Basis(calculation=lines)
    facts = letter_facts(application, kind, award_about(application, cents, basis))
    return replace(facts, preview=True)


def _hoped(definition: Definition, answers: dict[str, Any]) -> tuple[int, tuple[Amount, ...]]:
    """What the regulation would give for these answers, in cents, and how that is computed."""
    if not amount_asked(definition, answers):
        return 0, ()
    computed = amount(definition, answers)
    lines = tuple(Amount(label=line.label, cents=line.cents) for line in computed.lines[:-1])
    outcome = Amount(label="U krijgt", cents=computed.granted, part="outcome")
    return computed.granted, (*lines, outcome)
