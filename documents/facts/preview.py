"""The letter that an applicant hopes for, with her own data, before she submits."""

from __future__ import annotations

from dataclasses import replace

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
    if application.state in BEFORE_SUBMISSION:
        for name, value in columns_from(definition, answers_of(application)).items():
            setattr(application, name, value)
    cents = _hoped(definition, application)
    tier = definition.tier_for(cents)
    kind = (
        LetterKind.DIRECT_SETTLEMENT if tier and tier.kind is TierKind.DIRECT else LetterKind.AWARD
    )
    basis = Basis(
        calculation=(
            Amount(label="Bedrag dat u vraagt", cents=application.amount_asked),
            Amount(label="Bedrag dat u krijgt", cents=cents, part="outcome"),
        )
    )
    facts = letter_facts(application, kind, award_about(application, cents, basis))
    return replace(facts, preview=True)


def _hoped(definition: Definition, application: Application) -> int:
    regions = definition.territory.regions
    region = next((each for each in regions if each.code == application.region), None)
    maximum = region.maximum if region and region.maximum else definition.amounts.maximum
    asked = application.amount_asked
    return min(asked, maximum) if isinstance(maximum, int) else asked
