"""What a drafter finds on her desk in the examples; a second time it stays as it is."""

from __future__ import annotations

import pytest

from accounts.domain.people import actor_for
from accounts.roles import Role
from config.demo import people
from config.demo.play.round import prepare
from config.demo.play.writing import write_texts
from regeling.domain.texts import newest
from regeling.models import Concept, Evaluation

pytestmark = pytest.mark.django_db


def test_a_text_that_is_not_ready_and_one_that_was_checked() -> None:
    for slug in ("krachtvansalland-cheque-2023", "voorbeeld-buurtkracht"):
        prepare(slug)
    told: list[str] = []
    for _again in range(2):
        write_texts(say=told.append)
    salland = Concept.objects.get(slug="krachtvansalland-cheque-2027")
    assert salland.state == Concept.State.CONCEPT
    assert "year: 2027" in newest(salland).source
    changed = Concept.objects.get(slug="voorbeeld-buurtkracht")
    assert changed.state == Concept.State.CHECKED
    assert "repair_weeks: 3" in newest(changed).source
    evaluation = Evaluation.objects.get(regulation__slug="krachtvansalland-cheque-2023")
    assert evaluation.findings.count() == 1
    assert len(told) == 3
    writer, checker = (actor_for(each) for each in people.staff(Role.DRAFTER))
    assert writer != checker
