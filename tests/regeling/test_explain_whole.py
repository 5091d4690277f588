"""The whole regulation is told: no key of the language is left out in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from regeling.definition import (
    CriterionKind,
    Definition,
    Distribution,
    DistributionRule,
    Due,
    DueAnchor,
    LegalRegime,
    LotSource,
    PartyKind,
    QuestionKind,
    RouteStep,
    TierKind,
    Vote,
    VoteKind,
    VotePanel,
    listed,
    parse,
)
from regeling.delivered import collection, files
from regeling.explain import explain
from regeling.explain_text import as_text, pages
from tests.regeling.every_slot import every_change, full

DOCS = Path(__file__).resolve().parents[2] / "docs" / "regulations"

NOT_FOR_RESIDENTS = {
    # names for programs
    "Activity.code",
    "ApplicantClass.code",
    "Ceiling.code",
    "Choice.code",
    "Criterion.code",
    "Distribution.tie_criterion",
    "Evidence.code",
    "FormStep.code",
    "Identity.slug",
    "MunicipalQuestion.code",
    "Obligation.code",
    "Question.code",
    "RefusalGround.code",
    "Region.code",
    "Rule.code",
    "Theme.code",
    "Tier.code",
    "Window.code",
    # how the engine keeps it
    "Definition.language",
    "Identity.authority",
    "Question.fills",
    # said by the label or the sentence beside it
    "Rule.require",
    # read by the applicant herself when it is her turn
    "Rule.met",
    "Vote.own_text",
}
"""What the explanation leaves out on purpose."""


def whole_definitions() -> Iterator[Definition]:
    """Definitions in which every rule has its turn: what is told depends on what is chosen."""
    base = replace(full(), route=tuple(RouteStep))
    yield base
    yield replace(base, identity=replace(base.identity, legal_regime=LegalRegime.PRIVATE_FUND))
    yield replace(base, route=(RouteStep.COMPLETENESS, RouteStep.PANEL))
    yield from _votes(base)
    yield from _divisions(base)
    yield from _people_and_places(base)
    yield from _forms(base)
    yield _afterwards(base)


def _votes(base: Definition) -> Iterator[Definition]:
    vote = base.vote
    assert isinstance(vote, Vote)
    for kind in VoteKind:
        yield replace(base, vote=replace(vote, kind=kind))
    panels = (*vote.panels, VotePanel(name="Een andere groep"))
    yield replace(base, vote=replace(vote, panels=panels))
    same = tuple(VotePanel(name=name) for name in ("De ene groep", "De andere groep"))
    yield replace(base, vote=replace(vote, panels=same))


def _divisions(base: Definition) -> Iterator[Definition]:
    how = base.distribution
    assert isinstance(how, Distribution)
    for rule in DistributionRule:
        yield replace(base, distribution=replace(how, rule=rule))
    yield replace(base, distribution=replace(how, lot_source=LotSource.PUBLIC))
    scored = tuple(
        replace(each, kind=CriterionKind.SCORE, hard=False) for each in listed(base.criteria)
    )
    yield replace(base, criteria=scored)


def _people_and_places(base: Definition) -> Iterator[Definition]:
    applicants, territory = base.applicants, base.territory
    groups = tuple(replace(each, kind=PartyKind.GROUP) for each in applicants.classes)
    yield replace(base, applicants=replace(applicants, classes=groups))
    many = tuple(f"Gemeente {number}" for number in range(12))
    yield replace(base, territory=replace(territory, regions=(), municipalities=many))
    windows = listed(base.windows)
    later = tuple(replace(each, code="later") for each in windows)
    yield replace(base, windows=(*windows, *later))
    yield replace(base, windows=tuple(replace(each, closes=None) for each in windows))


def _forms(base: Definition) -> Iterator[Definition]:
    for kind in QuestionKind:
        steps = tuple(
            replace(
                step,
                questions=tuple(replace(each, kind=kind, fills=None) for each in step.questions),
            )
            for step in base.form.steps
        )
        yield replace(base, form=replace(base.form, steps=steps))


def _afterwards(base: Definition) -> Definition:
    tiers = tuple(replace(each, kind=TierKind.REPORT) for each in listed(base.tiers))
    last = tuple(replace(each, code="laatste", up_to=None) for each in tiers)
    due = Due(after=DueAnchor.END, days=1, weeks=1, months=1)
    duties = tuple(replace(each, due=due) for each in listed(base.obligations))
    return replace(base, tiers=(*tiers, *last), obligations=duties)


@pytest.mark.slow
def test_every_key_of_the_language_changes_what_is_told() -> None:
    keys: set[str] = set()
    told: set[str] = set()
    for number, definition in enumerate(whole_definitions()):
        before = as_text(definition)
        for each in every_change(definition):
            key = f"{each.section}.{each.key}"
            keys.add(key)
            sought = key not in told and (not number or key not in NOT_FOR_RESIDENTS)
            if sought and as_text(each.definition) != before:
                told.add(key)
    assert keys - told - NOT_FOR_RESIDENTS == set()
    assert {each for each in NOT_FOR_RESIDENTS & told if not each.endswith(".code")} == set()
    assert keys >= NOT_FOR_RESIDENTS


CODE_OR_REPR = re.compile(r"[_{}\[\]=]|\b(?:None|True|False|UNKNOWN|unknown|EUR)\b")


@pytest.mark.parametrize("file", [*files(), *collection()], ids=lambda file: file.stem)
def test_every_delivered_regulation_reads_as_dutch(file: Path) -> None:
    definition = parse(file.read_text(encoding="utf-8"), file=file.name)
    sections = explain(definition)
    assert [each.code for each in sections][:3] == ["who", "where", "what"]
    for section in sections:
        assert len(section.sentences) == len(set(section.sentences)), "nothing is said twice"
    for sentence in (each for section in sections for each in section.sentences):
        assert not CODE_OR_REPR.search(sentence), sentence
        assert "  " not in sentence, sentence
        assert ".." not in sentence, sentence
        assert sentence.rstrip("”")[-1] in ".?:!" or "." not in sentence, sentence


def test_an_assumption_is_marked_and_a_fact_is_not() -> None:
    text = (files()[0].parent / "krachtvansalland-cheque-2023.yaml").read_text(encoding="utf-8")
    sections = {each.code: each for each in explain(parse(text, file="x"))}
    assert "U kunt per kalenderjaar één keer aanvragen (aanname)." in sections["who"].sentences
    assert "U krijgt hoogstens €\u00a01.000." in sections["money"].sentences
    assert sections["voting"].assumed
    assert not any("(aanname)" in each for each in sections["voting"].sentences)


@pytest.mark.slow
def test_the_pages_under_docs_are_those_of_today() -> None:
    """`manage.py regeling explain --write docs/regulations` makes them anew."""
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == pages()
