"""Whatever can be written can be explained, compared and announced."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from regeling.definition import Definition, canonical
from regeling.differences import differences
from regeling.explain import explain
from regeling.explain_text import as_text
from regeling.gazette import Announcement, Missing, gazette
from tests.regeling.any_definition import definitions

pytestmark = pytest.mark.slow
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(definition=definitions())
def test_any_definition_explains_itself(definition: Definition) -> None:
    sections = explain(definition)
    assert [each.code for each in sections][:3] == ["who", "where", "what"]
    for section in sections:
        assert section.sentences, section.code
        assert all(each.strip() for each in section.sentences)
    assert as_text(definition).startswith(f"# {definition.identity.title}\n")


@SETTINGS
@given(one=definitions(), other=definitions())
def test_two_definitions_differ_only_where_their_texts_do(
    one: Definition, other: Definition
) -> None:
    assert differences(one, one) == ()
    changes = differences(one, other)
    assert bool(changes) == (canonical(one) != canonical(other))
    for change in changes:
        assert change.section
        assert change.sentence
        assert change.path


@SETTINGS
@given(definition=definitions())
def test_any_definition_is_announced_or_says_what_is_missing(definition: Definition) -> None:
    found = gazette(definition)
    if isinstance(found, Missing):
        assert found.what
    else:
        assert isinstance(found, Announcement)
        assert "Het subsidieplafond is €" in found.text
        assert "niet bekend" not in found.text.split("In gewone woorden:")[0]
