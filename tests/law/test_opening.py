"""What must stand before a call opens: ceiling and way of distributing (Awb 4:26, 4:27)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from regeling.domain.revisions import accept, open_call, raise_ceiling
from regeling.models import Call, Ceiling, Revision
from tests.factories.applications import AuthorityFactory, revision_of
from tests.regeling.samples import SMALL
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Refused

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def authority() -> None:
    AuthorityFactory(code="voorbeeldland")


def revision(text: str = SMALL) -> Revision:
    return accept(source=text, file="klein.yaml", actor=SYSTEM)


def opened(text: str = SMALL, kind: str = Call.Kind.REAL) -> Call:
    with clock.playing("", BEFORE):
        return open_call(revision_id=revision(text).pk, kind=kind, actor=SYSTEM)


def test_a_real_call_copies_window_ceilings_and_rule() -> None:
    call = opened()
    assert (call.opens_at, call.closes_at) == (
        datetime(2026, 1, 31, 23, tzinfo=UTC),
        datetime(2026, 2, 28, 23, tzinfo=UTC),
    )
    assert call.distribution_rule == "receipt"
    rows = call.ceilings.order_by("pk").values_list("scope", "code", "amount")
    assert list(rows) == [("total", "", 1_000_000), ("region", "noord", 600_000)]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param(
            "  rule: receipt",
            "  rule: unknown",
            "verdeling: verdeelregel",
            id="no distribution rule",
        ),
        pytest.param(
            "    amount: 10000\n    published_on: 2026-01-05",
            "    amount: 10000\n    published_on: unknown",
            "subsidieplafond: totaal: dag van bekendmaking",
            id="ceiling not published",
        ),
        pytest.param(
            "    amount: 10000\n    published_on: 2026-01-05",
            "    amount: 10000\n    published_on: 2026-02-02",
            "niet bekendgemaakt voordat de periode begint",
            id="published after the period began",
        ),
        pytest.param(
            "  paragraph: '1'",
            "  paragraph: unknown",
            "paragraaf",
            id="a letter could not name its basis",
        ),
    ],
)
def test_a_real_call_refuses_and_says_what_is_missing(old: str, new: str, sentence: str) -> None:
    assert old in SMALL
    with pytest.raises(Refused) as refused:
        opened(SMALL.replace(old, new, 1))
    assert sentence in refused.value.sentence
    assert not Call.objects.exists()


def test_an_assumption_allows_an_example_but_never_a_real_call() -> None:
    text = SMALL.replace("release: returns", "release: unknown") + (
        "assumptions:\n  - path: release\n    value: lapses\n"
        "    reason: Geen bron noemt het, en zonder kan de ronde niet draaien.\n"
    )
    with pytest.raises(Refused, match="aannames"):
        opened(text)
    assert opened(text, Call.Kind.EXAMPLE).is_example


def test_an_invented_regulation_is_never_real() -> None:
    invented = revision_of("voorbeeld-buurtkracht")
    with pytest.raises(Refused):
        open_call(revision_id=invented.pk, kind=Call.Kind.REAL, actor=SYSTEM)


def test_a_real_call_cannot_choose_its_own_days() -> None:
    with pytest.raises(Refused), clock.playing("", BEFORE):
        open_call(
            revision_id=revision().pk,
            kind=Call.Kind.REAL,
            actor=SYSTEM,
            days=(BEFORE, None),
        )


def test_a_ceiling_of_zero_is_a_ceiling() -> None:
    text = SMALL.replace("    amount: 10000", "    amount: 0").replace(
        "  - scope: region\n    code: noord\n    amount: 6000\n    published_on: 2026-01-05\n", ""
    )
    assert opened(text).ceilings.get().free == 0


def test_raising_a_ceiling_works_from_its_publication() -> None:
    total = opened().ceilings.get(scope=Ceiling.Scope.TOTAL)
    with clock.playing("", BEFORE), pytest.raises(Refused, match="bekendmaking"):
        raise_ceiling(
            ceiling_id=total.pk,
            cents=100,
            published_on=datetime(2026, 2, 1, tzinfo=UTC).date(),
            publication="Provinciaal Blad",
            actor=SYSTEM,
        )


def test_a_later_revision_leaves_an_open_call_as_it_is() -> None:
    call = opened()
    changed = SMALL.replace("maximum: 1000", "maximum: 500").replace(
        "amount: 10000", "amount: 9000"
    )
    assert revision(changed).number == 2
    call.refresh_from_db()
    assert call.revision.number == 1
    assert call.revision.definition.amounts.maximum == 100_000
    assert call.ceilings.get(scope=Ceiling.Scope.TOTAL).amount == 1_000_000


def test_the_same_text_is_the_same_revision_whatever_its_layout() -> None:
    first = revision()
    assert revision("# een opmerking\n" + SMALL).pk == first.pk
