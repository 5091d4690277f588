"""Running a vote in a real browser: axe finds nothing, and nothing is wider than a telephone."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from assessment.domain.electorate import make_rights
from assessment.domain.member_lists import Voter, add_members
from assessment.domain.running import pause_round
from assessment.domain.stewards import tell
from tests.assessment.test_departures import ADVISES, away, decider, held_vote
from tests.assessment.test_round_running import ALLOWS
from tests.assessment.test_round_voters import concept
from tests.factories.applications import as_actor, open_example_call
from tests.factories.assessment import election
from tests.infra.axe import Inside, faultless
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_round_in_preparation(inside: Inside, live_server: LiveServer) -> None:
    round_, person = concept(options=3)
    panel = round_.panels.get().pk
    people = [Voter(f"Kiezer {n}", f"kiezer{n}@example.org") for n in range(12)]
    add_members(panel_id=panel, people=people, actor=as_actor(person))
    make_rights(panel_id=panel, number=40, actor=as_actor(person))
    page = inside(person)

    for route in ("rounds", "round", "voters", "open_round"):
        args = [] if route == "rounds" else [round_.uid]
        page.goto(live_server.url + reverse(f"assessment:{route}", args=args))
        faultless(page, route)


def test_a_round_that_runs(inside: Inside, live_server: LiveServer) -> None:
    held = election(begun=True, call=open_example_call("by-vote", replace=ALLOWS))
    with transaction.atomic():
        tell(held.round, "wrong_codes", SYSTEM, codes=31, rights=3)
    pause_round(
        round_id=held.round.pk, reason="Wij zoeken iets uit.", actor=as_actor(held.assessor)
    )
    page = inside(held.assessor)
    option = held.options[0].uid

    for route, args in (
        ("round", [held.round.uid]),
        ("extend_round", [held.round.uid]),
        ("lost_code", [held.round.uid]),
        ("withdraw_option", [held.round.uid, option]),
    ):
        page.goto(live_server.url + reverse(f"assessment:{route}", args=args))
        faultless(page, route)
    page.goto(live_server.url + reverse("assessment:lost_code", args=[held.round.uid]))
    page.get_by_label("Naam of nummer van de brief").fill("Kiezer")
    page.get_by_role("button", name="Zoek", exact=True).click()
    faultless(page, "found")


def test_from_departing_to_the_outcome(inside: Inside, live_server: LiveServer) -> None:
    held = held_vote(replace=ADVISES)
    person = decider(held)
    page = inside(person)
    page.goto(live_server.url + reverse("assessment:ranking", args=[held.round.uid]))
    faultless(page, "ranking")
    page.get_by_role("link", name="Afwijken").first.click()
    page.get_by_label("Welk bedrag krijgt deze aanvraag?").fill("0")
    page.get_by_label("Waarom wijkt u af?").fill("De gemeente betaalt dit plan al.")
    page.get_by_role("button", name="Bekijk wat dit betekent").click()
    faultless(page, "depart")
    away(held, 0, 0, person)

    page = inside(held.second)
    for route in ("ranking", "second_count", "round", "departures"):
        key = held.call.slug if route == "departures" else held.round.uid
        page.goto(live_server.url + reverse(f"assessment:{route}", args=[key]))
        faultless(page, route)
    held.fix()
    for route in ("ranking", "round", "unlink_round"):
        page.goto(live_server.url + reverse(f"assessment:{route}", args=[held.round.uid]))
        faultless(page, route)
