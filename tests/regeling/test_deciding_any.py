"""Any vote that fits can be read, kept, told and opened, whatever its rules are."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from regeling.definition import Definition, canonical, from_canonical, parse
from regeling.explain import explain
from tests.regeling.any_vote import distributions, votes, written
from tests.regeling.samples import VOTING


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    body = yaml.load(VOTING, Loader=yaml.BaseLoader)
    body["vote"] = draw(votes())
    body["distribution"] = draw(distributions(body["vote"]["kind"]))
    return parse(written(body), file="x")


@settings(max_examples=20, deadline=None)
@given(definitions())
def test_any_fitting_vote_is_read_kept_told_and_can_open(definition: Definition) -> None:
    assert from_canonical(canonical(definition)) == definition
    assert definition.unknown_needed(real=True) == ()
    sentences = [each for section in explain(definition) for each in section.sentences]
    assert all(each[0].isalnum() and each[-1] in ".?:" for each in sentences), sentences
    assert not any("None" in each or "unknown" in each for each in sentences)
