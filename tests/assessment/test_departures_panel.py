"""Departing from a panel that meets and advises."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from assessment.domain.departures import depart, take_back
from assessment.domain.proposals import draft_proposal, proposal_for
from assessment.domain.queries.departures import departures_of_call
from assessment.models import Departure
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from tests.factories.assessment import cleared, follow
from tests.factories.meetings import Sitting, sitting
from timeline.refusal import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POWER = {"advises": ("  power: decides\n", "  power: advises\n"), "decides": ("", "")}


def advised(outcome: str, power: str = "advises") -> tuple[Sitting, Application]:
    """A meeting that concluded about one application, with signed minutes."""
    held = sitting(call=open_example_call("by-panel", replace=POWER[power]))
    with held.on_the_day():
        held.present()
        held.treat(held.items[0], outcome)
        held.sign()
        follow("assessment.follow_minutes")
    return held, held.items[0].application


def decider(held: Sitting) -> Person:
    return with_role(PersonFactory(name="Gerda Wolters"), Role.DECISION_MAKER, held.call)


def away(held: Sitting, application: Application, cents: int) -> Departure:
    act: dict[str, Any] = {"application_id": application.pk, "actor": as_actor(decider(held))}
    with held.on_the_day(days=1):
        return depart(cents=cents, reason="Wij wegen het anders.", **act)


def test_a_negative_advice_is_not_followed() -> None:
    held, application = advised("negative")
    assert proposal_for(application.pk).kind == "rejection"

    away(held, application, 50_000)

    proposal = proposal_for(application.pk)
    assert (proposal.kind == "rejection", proposal.cents) == (False, 50_000)
    assert proposal.basis.departure
    assert proposal.basis.departure.reason == "Wij wegen het anders."
    assert proposal.basis.departure.advised_cents == 0
    assert proposal.basis.advice
    (line,) = departures_of_call(held.call)
    assert (line.advised, line.cents) == (0, 50_000)


def test_a_positive_advice_is_refused_and_that_can_be_taken_back() -> None:
    held, application = advised("positive")
    before = proposal_for(application.pk)

    made = away(held, application, 0)

    assert before.cents > 0
    assert proposal_for(application.pk).kind == "rejection"
    with held.on_the_day(days=1):
        take_back(departure_id=made.pk, actor=as_actor(made.person))
    assert proposal_for(application.pk) == before


def test_a_panel_that_decides_is_followed() -> None:
    held, application = advised("positive", power="decides")

    with pytest.raises(Refused, match="In deze regeling beslist"):
        away(held, application, 0)


def test_before_the_minutes_are_signed_there_is_no_advice() -> None:
    held = sitting(call=open_example_call("by-panel", replace=POWER["advises"]))

    with pytest.raises(Refused, match="geen advies om van af te wijken"):
        away(held, held.items[0].application, 0)


def test_once_a_decision_is_drafted_it_is_too_late() -> None:
    held, application = advised("positive")
    with held.on_the_day(days=1):
        draft_proposal(application_id=application.pk, actor=as_actor(held.assessor))

    with pytest.raises(Conflict, match="Er wordt al een besluit gemaakt"):
        away(held, application, 0)


def test_who_decides_finds_it_on_the_dossier(client: Client) -> None:
    held, application = advised("negative")
    person = decider(held)
    cleared(application, person)
    sign_in(client, person)

    with held.on_the_day(days=1):
        dossier = client.get(reverse("portal:dossier", args=[application.uid])).text
        address = reverse("assessment:depart", args=[application.uid])
        data = {"amount": "500", "reason": "Wij wegen het anders.", "go": "look"}
        looked = client.post(address, data).text
        client.post(address, {**data, "go": "save"})

    assert address in dossier
    assert "Voor andere aanvragen verandert er niets." in looked
    assert Departure.objects.get().cents == 50_000
