"""A ranking in which nobody votes: by points, by lot, or everybody in proportion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from accounts.models import Person
from applications.domain.submission import withdraw
from applications.models import Application
from applications.states import State
from assessment.domain.lots import enter_lot
from assessment.domain.proposals import draft_proposal
from assessment.domain.queries import published
from assessment.domain.queries import rounds as reads
from assessment.domain.ranking import confirm_outcome, rank_round
from assessment.domain.reasons import tell_row
from assessment.domain.script.checks import checked
from assessment.domain.unvoted import candidates, freeze_reviewed, waiting
from assessment.models import Ranking, RankingRow, VoteBatch, VoteOption, VoteRound
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    ROOT,
    AuthorityFactory,
    as_actor,
    submitted,
)
from tests.factories.assessment import assessor_of, cleared, completed, reviewed
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Conflict, Refused
from timeline.verify import checks as walks
from timeline.verify import findings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCORES = [
    {"code": "samen", "kind": "score", "question": "Brengt het mensen bij elkaar?", "weight": 2},
    {"code": "nieuw", "kind": "score", "question": "Is het nieuw?"},
]


def ranked_call(rule: str = "score", **distribution: Any) -> Call:
    """An open call whose money (2,500 euros) is divided by a ranking without a vote."""
    data = yaml.safe_load((ROOT / "tests" / "factories" / "by-vote.yaml").read_text())
    data["identity"]["slug"] = "unvoted"
    data["route"] = ["completeness", "review", "ranking"]
    data["criteria"] = SCORES
    del data["vote"]
    data["distribution"] = {
        **data["distribution"],
        "rule": rule,
        **distribution,
    }
    if "lot" in data["distribution"]["ties"]:
        data["distribution"]["lot_source"] = "notary"
    AuthorityFactory()
    source = yaml.safe_dump({**data, "language": 3}, allow_unicode=True, sort_keys=False)
    revision = accept(source=source, file="unvoted.yaml", actor=SYSTEM)
    now = clock.now()
    days = (now - timedelta(days=1), now + timedelta(days=21))
    return open_call(
        revision_id=revision.pk,
        kind="example",
        actor=SYSTEM,
        days=days,
        published_on=clock.day(days[0]) - timedelta(days=1),
    )


def judged(
    call: Call, person: Person, title: str, cents: int, scores: Mapping[str, int]
) -> Application:
    """Submitted, complete and reviewed with these scores."""
    application = completed(submitted(call, answers={"titel": title, "bedrag": cents}), person)
    answers = {code: (str(score), "Dat blijkt uit het plan.") for code, score in scores.items()}
    return reviewed(application, person, answers=answers)


def after(call: Call) -> Any:
    assert call.closes_at
    return clock.playing("", call.closes_at + timedelta(days=1))


def ranked(call: Call, person: Person) -> Ranking:
    with after(call):
        round_ = freeze_reviewed(call_id=call.pk, actor=as_actor(person))
        return rank_round(round_id=round_.pk, actor=as_actor(person))


def fixed(call: Call, person: Person) -> Ranking:
    made = ranked(call, person)
    with after(call):
        return confirm_outcome(
            round_id=made.round_id,
            outcome_hash=made.outcome_hash,
            actor=as_actor(assessor_of(call, "Pieter Bakker")),
        )


def granted(ranking: Ranking) -> dict[str, tuple[int, int, str]]:
    """By title: place, cents and code."""
    rows = RankingRow.objects.filter(ranking=ranking).select_related("application")
    return {row.application.title: (row.place, row.granted, row.code) for row in rows}


@pytest.mark.both
def test_points_decide_with_their_weight_and_a_minimum(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    call = ranked_call(minimum_score=6, ties=["earlier_complete"])
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 3, "nieuw": 5})  # 11
    judged(call, person, "Koor", 100_000, {"samen": 5, "nieuw": 2})  # 12
    judged(call, person, "Feest", 60_000, {"samen": 2, "nieuw": 4})  # 8
    judged(call, person, "Bord", 10_000, {"samen": 2, "nieuw": 1})  # 5
    assert granted(fixed(call, person)) == {
        "Koor": (1, 100_000, "awarded"),
        "Tuin": (2, 100_000, "awarded"),
        "Feest": (3, 0, "refused_ceiling"),
        "Bord": (4, 0, "refused_score"),
    }
    assert [each for walk in walks().values() for each in findings(walk)] == []
    row = RankingRow.objects.select_related("ranking__call__revision").get(
        application__title="Bord"
    )
    told = tell_row(row)
    assert told.reasons[0].sentence == "Uw aanvraag kreeg 5 punten. Er waren er minstens 6 nodig."
    winner = RankingRow.objects.select_related("ranking__call__revision").get(
        application__title="Koor"
    )
    assert "Uw aanvraag kreeg 12 punten." in tell_row(winner).reasons[0].details
    assert Application.objects.get(title="Koor").state == State.RANKED
    assert draft_proposal(
        application_id=Application.objects.get(title="Koor").pk, actor=as_actor(person)
    )


def test_two_reviewers_count_for_their_average() -> None:
    call = ranked_call(ties=["earlier_complete"], on_misfit="stop")
    one, two = assessor_of(call), assessor_of(call, "Karin Smit")
    first = judged(call, one, "Tuin", 100_000, {"samen": 5, "nieuw": 5})  # 15
    judged(call, one, "Koor", 100_000, {"samen": 4, "nieuw": 5})  # 13
    answers = {"samen": ("2", "Weinig."), "nieuw": ("1", "Weinig.")}  # 5: together 10
    reviewed(cleared(first, two), two, answers=answers)
    made = ranked(call, one)
    outcome = reads.shown(made)
    assert [(line.option.title, line.votes) for line in outcome.lines] == [
        ("Koor", "13 punten"),
        ("Tuin", "10 punten"),
    ]


def test_the_criterion_that_the_regulation_names_breaks_a_tie() -> None:
    call = ranked_call(ties=["criterion", "lot"], tie_criterion="nieuw")
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 4, "nieuw": 2})
    judged(call, person, "Koor", 100_000, {"samen": 3, "nieuw": 4})
    judged(call, person, "Feest", 100_000, {"samen": 5, "nieuw": 5})
    assert granted(fixed(call, person)) == {
        "Feest": (1, 100_000, "awarded"),
        "Koor": (2, 100_000, "awarded"),
        "Tuin": (3, 0, "refused_ceiling"),
    }


def test_a_lottery_waits_for_the_lot_and_then_goes_by_it() -> None:
    call = ranked_call("lottery", ties=["lot"])
    person, second = assessor_of(call), assessor_of(call, "Pieter Bakker")
    for title in ("Tuin", "Koor", "Feest"):
        judged(call, person, title, 100_000, {"samen": 3, "nieuw": 3})
    made = ranked(call, person)
    assert made.state == Ranking.State.STOPPED
    order = [str(uid) for uid in VoteOption.objects.order_by("title").values_list("uid", flat=True)]
    with after(call):
        for each in (person, second):
            enter_lot(round_id=made.round_id, order=order, actor=as_actor(each))
        again = rank_round(round_id=made.round_id, actor=as_actor(person))
        confirm_outcome(
            round_id=made.round_id, outcome_hash=again.outcome_hash, actor=as_actor(second)
        )
    assert {title: cents for title, (_place, cents, _code) in granted(again).items()} == {
        "Feest": 100_000,
        "Koor": 100_000,
        "Tuin": 0,
    }


def test_pro_rata_gives_everybody_the_same_part() -> None:
    call = ranked_call("pro_rata", ties=["earlier_complete"])
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 3, "nieuw": 3})
    judged(call, person, "Koor", 100_000, {"samen": 5, "nieuw": 3})
    judged(call, person, "Feest", 100_000, {"samen": 1, "nieuw": 3})
    judged(call, person, "Bord", 50_000, {"samen": 1, "nieuw": 3})
    made = fixed(call, person)
    amounts = {title: cents for title, (_place, cents, _code) in granted(made).items()}
    assert sum(amounts.values()) == 250_000
    assert abs(amounts["Tuin"] - 2 * amounts["Bord"]) <= 1
    assert amounts["Tuin"] - amounts["Koor"] in (-1, 0, 1)
    row = RankingRow.objects.select_related("ranking__call__revision").get(
        application__title="Bord"
    )
    assert "hetzelfde deel" in tell_row(row).reasons[0].sentence


@pytest.mark.both
def test_it_waits_for_the_closing_and_for_every_judgement_and_comes_once() -> None:
    call = ranked_call(ties=["earlier_complete"])
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 3, "nieuw": 5})
    with pytest.raises(Refused, match="gesloten"):
        freeze_reviewed(call_id=call.pk, actor=as_actor(person))
    late = completed(submitted(call, answers={"titel": "Koor"}), person)
    with after(call):
        assert [row.pk for row in waiting(call)] == [late.pk]
        with pytest.raises(Refused, match="nog 1 aanvraag"):
            freeze_reviewed(call_id=call.pk, actor=as_actor(person))
        assert not VoteRound.objects.exists()
        reviewed(late, person, "negative")
        made = freeze_reviewed(call_id=call.pk, actor=as_actor(person))
        assert [each.title for each in made.options.all()] == ["Tuin"]
        assert VoteBatch.objects.get(round=made).n == 0
        with pytest.raises(Conflict):
            freeze_reviewed(call_id=call.pk, actor=as_actor(person))


def test_who_applies_meanwhile_or_is_not_in_the_ranking_gets_nothing_from_it() -> None:
    call = ranked_call(ties=["earlier_complete"])
    person = assessor_of(call)
    gone = judged(call, person, "Tuin", 100_000, {"samen": 5, "nieuw": 5})
    judged(call, person, "Koor", 100_000, {"samen": 1, "nieuw": 1})
    with pytest.raises(Refused, match="rangschikking"):
        draft_proposal(application_id=gone.pk, actor=as_actor(person))
    with after(call):
        made = freeze_reviewed(call_id=call.pk, actor=as_actor(person))
        withdraw(application_id=gone.pk, actor=as_actor(gone.party.person))
        ranking = rank_round(round_id=made.pk, actor=as_actor(person))
    codes = {row["key"]: row["code"] for row in json.loads(ranking.outcome)["rows"]}
    assert sorted(codes.values()) == ["awarded", "withdrawn"]


def test_the_second_official_counts_it_with_the_script() -> None:
    call = ranked_call(minimum_score=3, ties=["earlier_complete"])
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 3, "nieuw": 5})
    judged(call, person, "Koor", 100_000, {"samen": 5, "nieuw": 5})
    made = ranked(call, person)
    files = published.confidential_files(made.round)
    said = list(checked(files))
    assert not [each for each in said if each.verdict == "wrong"]
    found = [each.figures["hash"] for each in said if each.code == "outcome_found"]
    assert found == [made.outcome_hash]


def test_pages_from_candidates_to_division(client: Client) -> None:
    call = ranked_call(ties=["earlier_complete"])
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 3, "nieuw": 5})
    sign_in(client, person)
    address = f"/stemrondes/rangschikken/{call.slug}/"
    assert "openstelling is gesloten" in client.post(address).content.decode()
    with after(call):
        assert [each.points for each in candidates(call)] == ["11"]
        page = client.get("/stemrondes/").content.decode()
        assert address in page
        assert "Tuin" in client.get(address).content.decode()
        answer = client.post(address)
        made = VoteRound.objects.get()
        assert answer["Location"] == f"/stemrondes/{made.uid}/"
        shown = client.get(answer["Location"]).content.decode()
        assert "Van beoordelingen naar uitslag" in shown
        assert "stembiljet" not in shown
        client.post(f"/stemrondes/{made.uid}/rank/")
        assert "11 punten" in client.get(f"/stemrondes/{made.uid}/rangschikking/").content.decode()
        assert client.get(f"/stemmingen/{made.uid}/").status_code == 404


def test_in_order_of_receipt_every_review_asks_the_minimum() -> None:
    call = ranked_call("receipt", minimum_score=9, ties=["earlier_complete"])
    person = assessor_of(call)
    with pytest.raises(Refused, match="krijgt 8 punten"):
        judged(call, person, "Tuin", 100_000, {"samen": 2, "nieuw": 4})
    assert judged(call, person, "Koor", 100_000, {"samen": 2, "nieuw": 5})
