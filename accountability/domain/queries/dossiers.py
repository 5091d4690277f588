"""The list of dossiers with 25 columns, every one made into text by the database itself.

One query: the database does the work, and whoever streams it only passes it on. Names of private
persons are not part of it: a list travels further than a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, LTrim, Right, Substr, TruncDate
from django.db.models.lookups import In, IsNull
from django.utils import translation

from accounts.models import Party
from applications.models import CashEntry
from applications.rules import visible
from applications.states import BEFORE_SUBMISSION, State
from documents.cells import GUARD, STARTS_FORMULA
from regeling.models import Call, Revision
from timeline.clock import AMSTERDAM

TEXT = TextField()


def dossier_list(
    person_id: int | None, *, regulation_id: int | None = None, tests: bool = False
) -> QuerySet[Any]:
    """Rows of 25 texts: the submitted dossiers that this person may see, in order of receipt; those
    of test calls only, or only the others.

    Days are ISO, amounts euros with a decimal comma; a value that is not there is an empty text.
    """
    rows = visible(person_id).exclude(state__in=BEFORE_SUBMISSION)
    test = Q(call__kind=Call.Kind.TEST)
    rows = rows.filter(test if tests else ~test)
    if regulation_id is not None:
        rows = rows.filter(revision__regulation_id=regulation_id)
    columns = _columns(Revision.objects.filter(pk__in=rows.values("revision_id")))
    named = {f"column_{place}": made for place, made in enumerate(columns.values())}
    return rows.annotate(**named).order_by("submitted_at", "pk").values_list(*named)


def headings() -> tuple[str, ...]:
    """The heading of each column, in order."""
    return tuple(_columns(()))


def _columns(revisions: Iterable[Revision]) -> dict[str, Expression]:
    paid = (
        CashEntry.objects.filter(application=OuterRef("pk"), kind=CashEntry.Kind.PAID)
        .values("application")
        .annotate(total=Cast(Sum("cents"), BigIntegerField()))  # PostgreSQL adds up as numeric
        .values("total")
    )
    return {
        "Dossiernummer": _plain("number"),
        "Regeling": _safe("revision__regulation__title"),
        "Openstelling": _safe("call__title"),
        "Soort openstelling": _words("call__kind", _KINDS),
        "Titel": _safe("title"),
        "Aanvrager": _applicant(),
        "Soort aanvrager": _safe("applicant_class"),
        "Regio": _words("region", _regions(revisions), otherwise=_safe("region")),
        "Gemeente": _safe("municipality"),
        "Activiteit": _safe("activity"),
        "Stand": _words("state", _states()),
        "Kanaal": _words("channel", {"portal": "Portaal", "desk": "Balie", "paper": "Papier"}),
        "Ingediend op": _day(TruncDate("submitted_at", tzinfo=AMSTERDAM)),
        "Volledig op": _day(TruncDate("complete_at", tzinfo=AMSTERDAM)),
        "Plaats": _plain("place"),
        "Begint op": _day(F("start_date")),
        "Klaar op": _day(F("end_date")),
        "Beslissen uiterlijk": _day(F("decision_due")),
        "Besloten op": _day(F("decided_on")),
        "Arrangement": _safe("tier"),
        "Verslag uiterlijk": _day(F("report_due_on")),
        "Gevraagd (€)": _euros(F("amount_asked")),
        "Verleend (€)": _euros(F("awarded_cents")),
        "Vastgesteld (€)": _euros(F("settled_cents")),
        "Betaald (€)": _euros(Coalesce(Subquery(paid, output_field=BigIntegerField()), 0)),
    }


_KINDS = {Call.Kind.REAL: "echt", Call.Kind.EXAMPLE: "voorbeeld", Call.Kind.TEST: "test"}


def _states() -> dict[str, str]:
    with translation.override("nl"):
        return {str(state): str(state.label) for state in State}


def _regions(revisions: Iterable[Revision]) -> dict[str, str]:
    return {r.code: r.name for each in revisions for r in each.definition.territory.regions}


def _applicant() -> Expression:
    person = When(party__kind=Party.Kind.PERSON, then=Value("particulier"))
    return Case(person, default=_safe("party__name"), output_field=TEXT)


def _plain(field: str) -> Expression:
    return Coalesce(Cast(F(field), TEXT), Value(""), output_field=TEXT)


def _safe(field: str) -> Expression:
    """A text that a spreadsheet cannot take for a formula (as ``documents.cells.text``)."""
    bare = LTrim(F(field), output_field=TEXT)
    formula = In(Substr(bare, 1, 1, output_field=TEXT), list(STARTS_FORMULA))
    guarded = Concat(Value(GUARD), F(field), output_field=TEXT)
    return Case(When(formula, then=guarded), default=Cast(F(field), TEXT), output_field=TEXT)


def _words(field: str, labels: dict[Any, str], otherwise: Expression | None = None) -> Expression:
    cases = [When(**{field: code}, then=Value(label)) for code, label in labels.items()]
    rest = otherwise if otherwise is not None else _plain(field)
    return Case(*cases, default=rest, output_field=TEXT) if cases else rest


def _day(day: Any) -> Expression:
    return Coalesce(Cast(day, CharField()), Value(""), output_field=TEXT)


def _euros(cents: Any) -> Expression:
    whole, rest = Cast(cents / 100, TEXT), Cast(cents % 100, TEXT)
    two = Right(Concat(Value("0"), rest, output_field=TEXT), 2, output_field=TEXT)
    amount = Concat(whole, Value(","), two, output_field=TEXT)
    return Case(When(IsNull(cents, True), then=Value("")), default=amount, output_field=TEXT)  # noqa: FBT003  # the right-hand side of IS NULL
