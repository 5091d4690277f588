"""Every regulation that is delivered with the house has a form that can be filled in and sent."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Party, Person
from applications.domain.queries import form as reads
from regeling.definition import PartyKind, parse
from regeling.models import Call
from tests.applications.pages import hidden, post_step, signed_in, step_url, text
from tests.factories.applications import (
    ROOT,
    PersonFactory,
    draft,
    group_of,
    open_example_call,
    organisation_of,
)

pytestmark = pytest.mark.django_db
FILES = sorted((ROOT / "regeling" / "definitions").glob("*.yaml"))
# The others say "unknown" where running needs a value: they load, and cannot open.
RUNNING = [
    file.stem for file in FILES if not parse(file.read_text(), file=file.name).unknown_needed()
]


def party_for(call: Call, person: Person) -> Party:
    """A party of the first kind that may apply."""
    kind = call.revision.definition.applicants.classes[0]
    if kind.kind is PartyKind.GROUP:
        return group_of(person, *(PersonFactory() for _ in range(kind.minimum_members - 1)))
    return organisation_of(person) if kind.kind is PartyKind.ORGANISATION else person


@pytest.mark.slow
@pytest.mark.parametrize("slug", RUNNING)
def test_the_form_of_a_delivered_regulation(slug: str) -> None:
    call, person = open_example_call(slug), PersonFactory()
    application = draft(call, person=person, party=party_for(call, person))
    client = signed_in(person)

    for step in reads.steps_of(application):
        page = client.get(step_url(application.uid, step.code))
        assert page.status_code == 200
        for question in step.questions:
            assert question.label in text(page)
        again = post_step(client, application.uid, step.code, {}, version=hidden(page, "version"))
        assert again.status_code in (302, 422)
    summary = client.get(reverse("applications:summary", args=[application.uid]))

    assert summary.status_code == 200
    assert application.title in text(summary)
