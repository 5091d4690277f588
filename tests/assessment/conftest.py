"""An assessor and an application that nobody has looked at."""

from __future__ import annotations

import pytest

from accounts.models import Person
from applications.models import Application
from regeling.models import Call
from tests.factories.applications import PersonFactory, open_example_call, submitted
from tests.factories.assessment import assessor_of


@pytest.fixture
def person() -> Person:
    return assessor_of(open_example_call("by-vote"))


@pytest.fixture
def application(person: Person) -> Application:
    assert person.grants.exists()
    return submitted(Call.objects.get(), person=PersonFactory(name="Aanvrager"))
