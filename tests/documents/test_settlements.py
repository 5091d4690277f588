"""Award with an advance, account, settlement: ledger and cash follow the letters."""

from __future__ import annotations

from datetime import timedelta

import pytest

from applications.domain.submission import booking
from applications.models import Application, CashEntry
from documents.basis import Basis
from documents.domain.drafting import change_draft, draft_decision, propose
from documents.domain.signing import sign
from documents.facts import decision_hash, facts_from
from documents.letters import compose
from documents.letters.facts import Award, Hearing
from documents.letters.values import Reason
from documents.models import Decision, Document
from regeling.models import Ceiling, Posting
from tests.documents.test_batches import work
from tests.documents.test_letters import all_text
from tests.factories.applications import PersonFactory, as_actor
from tests.factories.documents import Desk, desk, drafted, ranked, reported
from timeline import clock
from timeline.refusal import Conflict, Refused

pytestmark = pytest.mark.django_db

GROUND = Reason(
    sentence="U heeft de activiteiten voor een deel gedaan",
    article="artikel 4:46, tweede lid, onder a, van de Awb",
)


def finish(at: Desk, decision: Decision) -> Document:
    """Propose, sign and announce."""
    propose(decision_id=decision.pk, actor=as_actor(at.assessor))
    row = sign(
        decision_id=decision.pk,
        actor=as_actor(at.signer),
        seen_hash=decision_hash(decision.pk),
    )
    assert row.announce_at
    with clock.playing("", row.announce_at):
        work()
    return Document.objects.get(decision=decision)


def awarded(at: Desk, *, cents: int | None = None) -> Application:
    document = finish(at, drafted(at, application=ranked(at), cents=cents))
    return Application.objects.select_related("revision").get(pk=document.application_id)


def settle(at: Desk, application: Application, cents: int, basis: Basis) -> Document:
    lower = cents < (application.awarded_cents or 0)
    decision = draft_decision(
        application_id=application.pk,
        kind="lower_settlement" if lower else "settlement",
        amount_cents=cents,
        basis=basis,
        actor=as_actor(at.assessor),
    )
    return finish(at, decision)


def balance(application: Application) -> dict[str, int]:
    found = dict.fromkeys(CashEntry.Kind.values, 0)
    for row in CashEntry.objects.filter(application=application):
        found[row.kind] += row.cents
    return found


def pay(application: Application, cents: int) -> None:
    CashEntry.objects.create(
        application=application,
        kind="paid",
        cents=cents,
        day=clock.today(),
        book_year=clock.today().year,
        booked_at=clock.now(),
        entered_by=PersonFactory(),
        confirmed_by=PersonFactory(),
    )


@pytest.fixture
def at() -> Desk:
    return desk("krachtvansalland-cheque-2023")


def test_an_award_pays_its_advance_and_asks_an_account(at: Desk) -> None:
    application = awarded(at)

    document = Document.objects.get(decision__isnull=False)
    about = facts_from(document.facts).about
    assert isinstance(about, Award)
    assert (application.state, application.awarded_cents) == ("awarded", 100_000)
    assert application.tier
    assert application.report_due_on is not None
    assert about.accountability is not None
    assert about.accountability.report_by == application.report_due_on
    assert balance(application) == {"payable": 90_000, "paid": 0, "receivable": 0}
    ceiling = Ceiling.objects.get(call=at.call, scope="total")
    assert (ceiling.reserved, ceiling.open, ceiling.settled) == (0, 100_000, 0)


def test_part_of_the_amount_is_a_partial_award(at: Desk) -> None:
    application = awarded(at, cents=60_000)

    assert application.state == "partially_awarded"
    assert application.awarded_cents == 60_000


def test_a_settlement_pays_the_rest(at: Desk) -> None:
    application = awarded(at)
    pay(application, 90_000)
    reported(application.pk)

    document = settle(at, application, 100_000, Basis(reported=("de tuin is klaar",)))

    application.refresh_from_db()
    assert (application.state, application.settled_cents) == ("settled", 100_000)
    assert balance(application) == {"payable": 100_000, "paid": 90_000, "receivable": 0}
    text = all_text(compose(facts_from(document.facts))).replace("\u00a0", " ")
    assert "Wij betalen € 100 in één keer" in text
    ceiling = Ceiling.objects.get(call=at.call, scope="total")
    assert (ceiling.open, ceiling.settled) == (0, 100_000)


def test_a_lower_settlement_asks_back_what_was_paid_too_much(at: Desk) -> None:
    application = awarded(at)
    pay(application, 90_000)
    reported(application.pk)
    heard = Hearing(asked_on=clock.today() - timedelta(days=20))

    document = settle(at, application, 60_000, Basis(ground=GROUND, hearing=heard))

    application.refresh_from_db()
    assert application.state == "lower_settled"
    assert balance(application) == {"payable": 90_000, "paid": 90_000, "receivable": 30_000}
    text = all_text(compose(facts_from(document.facts))).replace("\u00a0", " ")
    assert "moet u € 300 terugbetalen" in text
    assert "U heeft daar niet op gereageerd." in text
    released = Posting.objects.get(application_uid=application.uid, act="released")
    assert sum(released.lines.filter(ceiling__scope="total").values_list("cents", flat=True)) == (
        40_000
    )
    assert booking(application).call_id == at.call.pk


def test_an_advance_that_was_not_paid_yet_is_paid_no_more(at: Desk) -> None:
    application = awarded(at)
    reported(application.pk)
    heard = Hearing(asked_on=clock.today() - timedelta(days=20))

    settle(at, application, 60_000, Basis(ground=GROUND, hearing=heard))

    assert balance(application) == {"payable": 60_000, "paid": 0, "receivable": 0}


def test_a_lower_settlement_needs_its_ground_and_a_hearing_first(at: Desk) -> None:
    application = awarded(at)
    reported(application.pk)
    heard = Hearing(asked_on=clock.today())

    with pytest.raises(Refused, match="grond") as ground:
        settle(at, application, 60_000, Basis(hearing=heard))
    assert ground.value.article == "Awb 4:46(2)"
    with pytest.raises(Refused, match="reactie") as hearing:
        settle(at, application, 60_000, Basis(ground=GROUND))
    assert hearing.value.article == "Awb 4:12(2)"


def test_the_amount_about_which_somebody_was_heard_does_not_change(at: Desk) -> None:
    application = awarded(at)
    reported(application.pk)
    decision = draft_decision(
        application_id=application.pk,
        kind="lower_settlement",
        amount_cents=60_000,
        basis=Basis(ground=GROUND, hearing=Hearing(asked_on=clock.today())),
        actor=as_actor(at.assessor),
    )

    with pytest.raises(Refused, match="niet gehoord"):
        change_draft(
            decision_id=decision.pk,
            actor=as_actor(at.assessor),
            seen_version=decision.version,
            amount_cents=50_000,
        )


def test_before_the_account_nothing_is_settled(at: Desk) -> None:
    application = awarded(at)

    with pytest.raises((Refused, Conflict)):
        settle(at, application, 100_000, Basis())
