"""What is to be paid, by when, and which payments wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BigIntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from accountability.domain.queries.ibans import ibans_of
from accountability.models import Payment
from accountability.rules import money_of
from applications.models import Application, CashEntry
from regeling.models import Call
from timeline import clock

Kind = CashEntry.Kind


@dataclass(frozen=True, slots=True)
class ToPay:
    """A dossier that is still owed something (cents), until which day (4:87), to which account."""

    application: Application
    left: int
    payable: int
    due_on: date | None
    last4: str
    waiting: Payment | None
    overdue: bool


def to_pay(person_id: int | None, *, tests: bool = False) -> QuerySet[Application]:
    """The dossiers that are still owed something, what is due first on top.

    Those of test calls only, or only the others: the two never stand in one list.
    """
    due = CashEntry.objects.filter(application=OuterRef("pk"), kind=Kind.PAYABLE)
    last = due.values("application").annotate(last=Max("due_on")).values("last")
    return (
        _kind(money_of(person_id), tests=tests)
        .annotate(payable=_sum(Kind.PAYABLE), paid=_sum(Kind.PAID), pay_by=Subquery(last))
        .annotate(left=Coalesce("payable", 0) - Coalesce("paid", 0))
        .filter(left__gt=0)
        .select_related("party", "revision", "call")
        .order_by("pay_by", "pk")
    )


def rows_of(applications: list[Application]) -> list[ToPay]:
    """The lines of one page of ``to_pay``, in two queries."""
    accounts = ibans_of(applications)
    open_ = Payment.objects.filter(application__in=applications, decided_at=None)
    waiting = {row.application_id: row for row in open_.select_related("entered_by")}
    today = clock.today()
    return [
        ToPay(
            application=row,
            left=row.left,  # type: ignore[attr-defined]  # annotated by to_pay
            payable=row.payable,  # type: ignore[attr-defined]  # idem
            due_on=row.pay_by,  # type: ignore[attr-defined]  # idem
            last4=accounts.get(row.pk, {}).get("last4", ""),
            waiting=waiting.get(row.pk),
            overdue=row.pay_by is not None and row.pay_by < today,  # type: ignore[attr-defined]  # idem
        )
        for row in applications
    ]


def one_to_pay(person_id: int | None, uid: UUID) -> ToPay:
    """One such dossier; raises ``Application.DoesNotExist`` for a stranger and when all is paid."""
    tests = Application.objects.filter(uid=uid, call__kind=Call.Kind.TEST).exists()
    return rows_of([to_pay(person_id, tests=tests).get(uid=uid)])[0]


def waiting(person_id: int | None, *, tests: bool = False) -> QuerySet[Payment]:
    """Payments that one person entered and a second must look at."""
    dossiers = _kind(money_of(person_id), tests=tests)
    rows = Payment.objects.filter(application__in=dossiers, decided_at=None)
    return rows.select_related("application__party", "entered_by").order_by("entered_at", "pk")


def made(person_id: int | None, *, tests: bool = False) -> QuerySet[Payment]:
    """Payments that were confirmed or refused, newest first."""
    dossiers = _kind(money_of(person_id), tests=tests)
    rows = Payment.objects.filter(application__in=dossiers, decided_at__isnull=False)
    return rows.select_related("application__party", "entered_by", "decided_by").order_by(
        "-decided_at", "-pk"
    )


def find(person_id: int | None, uid: UUID) -> Payment:
    """A payment of a dossier whose money this person may see; else ``Payment.DoesNotExist``."""
    return (
        Payment.objects.filter(application__in=money_of(person_id))
        .select_related(
            "application__party",
            "application__revision",
            "application__call__revision__regulation__authority",
            "entered_by",
            "decided_by",
        )
        .get(uid=uid)
    )


def _kind(dossiers: QuerySet[Application], *, tests: bool) -> QuerySet[Application]:
    test = Q(call__kind=Call.Kind.TEST)
    return dossiers.filter(test if tests else ~test)


def _sum(kind: str) -> Subquery:
    rows = CashEntry.objects.filter(application=OuterRef("pk"), kind=kind).values("application")
    total = rows.annotate(total=Cast(Sum("cents"), BigIntegerField())).values("total")
    return Subquery(total, output_field=BigIntegerField())
