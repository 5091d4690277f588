"""What this room adds to the dossier page: the account of a subsidy, and its money."""

from __future__ import annotations

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.domain.closing import checked_until
from accountability.domain.payments import sums
from accountability.domain.reports import ASKED, INVITED
from accountability.models import Hearing, Report
from accountability.rules import money_of
from accounts.domain.people import acts_for
from applications.guards import may_judge
from applications.models import Application, CashEntry
from applications.panels import Action, Panel, panel
from applications.states import State
from documents.letters.wording import euro

AFTER_AWARD = frozenset(
    {
        State.AWARDED,
        State.PARTIALLY_AWARDED,
        State.DIRECTLY_SETTLED,
        State.IN_EXECUTION,
        State.REPORT_DUE,
        State.SETTLEMENT_REQUESTED,
        State.SETTLED,
        State.LOWER_SETTLED,
        State.CLOSED,
    }
)


@panel("account", order=15)
def account(application: Application, person_id: int) -> Panel | None:
    """Report or story, hearings, and what can be done about them."""
    if application.state not in AFTER_AWARD:
        return None
    report = Report.objects.filter(application=application, handed_in_at__isnull=False).first()
    hearings = list(Hearing.objects.filter(application=application).order_by("asked_on", "pk"))
    own = acts_for(person_id, application.party_id)
    actions = tuple(_own(application, report) if own else _staff(application, report, person_id))
    direct = application.state in INVITED
    due_on = application.report_due_on if application.state in ASKED else None
    if not (report or hearings or actions or direct or due_on):
        return None
    return Panel(
        _("Verantwoording"),
        "accountability/panel_account.html",
        {
            "report": report,
            "hearings": hearings,
            "due_on": due_on,
            "invited": own and direct and report is None,
            "checked_until": checked_until(application) if direct else None,
        },
        actions,
    )


@panel("money", order=35)
def money(application: Application, person_id: int) -> Panel | None:
    """What is to be paid and what was paid, for everybody who may see the dossier."""
    if application.state not in AFTER_AWARD:
        return None
    cash = CashEntry.objects.filter(application=application)
    totals = sums(application.pk)
    if not any(totals.values()):
        return None
    left = totals["payable"] - totals["paid"]
    due = cash.filter(kind=CashEntry.Kind.PAYABLE).aggregate(last=Max("due_on"))["last"]
    told = [(_("Betaald"), totals["paid"]), (_("Nog te betalen"), left)]
    if totals["receivable"]:
        told.append((_("Terug te betalen aan ons"), totals["receivable"]))
    address = reverse("accountability:payment_note", args=[application.uid])
    reads = left > 0 and money_of(person_id).filter(pk=application.pk).exists()
    return Panel(
        _("Geld"),
        "accountability/panel_money.html",
        {
            "facts": [(label, euro(cents)) for label, cents in told],
            "due_on": due if left > 0 else None,
            "payments": cash.filter(kind=CashEntry.Kind.PAID).order_by("day", "pk"),
        },
        (Action(_("Betaalnota"), address),) if reads else (),
    )


def _own(application: Application, report: Report | None) -> list[Action]:
    address = reverse("accountability:report", args=[application.uid])
    if report is not None:
        return [Action(_("Lees uw verslag"), address)]
    if application.state == State.REPORT_DUE:
        return [Action(_("Schrijf uw verslag"), address, primary=True)]
    if application.state in ASKED:
        return [Action(_("Begin aan uw verslag"), address)]
    return [Action(_("Vertel uw verhaal"), address)] if application.state in INVITED else []


def _staff(application: Application, report: Report | None, person_id: int) -> list[Action]:
    actions = []
    if report is not None:
        address = reverse("accountability:report", args=[application.uid])
        actions.append(Action(_("Lees het verslag"), address))
    if not may_judge(application, person_id):
        return actions
    if application.state in (State.SETTLEMENT_REQUESTED, State.REPORT_DUE):
        address = reverse("accountability:settlement", args=[application.uid])
        actions.append(Action(_("Vaststellen"), address, primary=report is not None))
    return actions
