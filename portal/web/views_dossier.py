"""The composed dossier page: where am I, what happens next, and what every room adds."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import acts_for
from applications.domain.queries import dossier as reads
from applications.models import Application, Snapshot
from applications.panels import Action, Panel, first_gate, panels_for
from applications.states import BEFORE_SUBMISSION, State
from portal.road import Step, explained, road
from portal.templatetags.portal import day, euro, moment
from portal.words import Line, told
from regeling.definition import TierKind
from timeline import clock


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel of a room as the page shows it."""

    title: str
    html: str
    actions: list[dict[str, str]]


@entry(SIGNED_IN)
def dossier(request: Request, uid: UUID) -> HttpResponse:
    """One dossier for whoever may see it (404 for anybody else); a gate of a room comes first."""
    if request.person is None:
        raise Http404
    try:
        application = reads.find(request.person.pk, uid)
    except Application.DoesNotExist:
        raise Http404 from None
    gate = first_gate(application, request.person.pk)
    if gate:
        return HttpResponseRedirect(gate)
    snapshots = list(application.snapshots.select_related("made_by").order_by("number"))
    history = told(reads.history(application))
    own = acts_for(request.person.pk, application.party_id)
    coming = reads.next_step(application)
    # The first panel is what one can do here: it stands right under what comes next.
    drawn = [_draw(request, each) for each in panels_for(application, request.person.pk)]
    context = {
        "title": application.title or _("Aanvraag zonder naam"),
        "eyebrow": application.number or _("Concept"),
        "lead": f"{application.call.title} · {application.party.name}",
        "call_kind": application.call.kind,
        "application": application,
        "state_label": State(application.state).label,
        "own": own,
        "next": coming,
        "applicant_moves": not own and coming.who == _("U"),
        "steps": _road(application, coming, _when(application, snapshots, history), own=own),
        "history": history,
        "facts": _facts(application),
        "coaches": reads.coaches(application),
        "snapshots": snapshots,
        "signatures": application.signatures.filter(voided_at=None, signed_at__isnull=False)
        .select_related("person", "party")
        .order_by("signed_at", "pk"),
        "acts": drawn.pop(0) if drawn and drawn[0].actions else None,
        "panels": drawn,
    }
    return render(request, "portal/dossier.html", context)


def _road(
    application: Application, coming: reads.Next, when: dict[str, str], *, own: bool
) -> list[Step]:
    definition = application.revision.definition
    tier = definition.tier_for(application.amount_asked)
    steps = road(
        State(application.state),
        steps=[str(step) for step in definition.route],
        reports=tier is not None and tier.kind is TierKind.REPORT,
        own=own,
        when=when,
    )
    by = _("Uiterlijk %(day)s") % {"day": day(coming.by)} if coming.by else ""
    why = f"{coming.why} ({coming.article})" if coming.article else coming.why
    return explained(steps, when=by, why=why)


def _when(
    application: Application, snapshots: list[Snapshot], history: list[Line]
) -> dict[str, str]:
    """Words for the days that are known, by step."""
    days = {
        "write": moment(snapshots[0].made_at) if snapshots else "",
        "complete": day(application.complete_at),
        "decide": day(application.decided_on),
        "end": day(clock.day(history[-1].at)) if history else "",
    }
    return {code: words for code, words in days.items() if words}


def _facts(application: Application) -> list[tuple[str, str]]:
    rows = [
        (_("Aanvrager"), application.party.name),
        (_("Gemeente"), application.municipality),
        (_("Gevraagd"), euro(application.amount_asked) if application.amount_asked else ""),
        (_("Toegekend"), euro(application.awarded_cents)),
        (_("Vastgesteld"), euro(application.settled_cents)),
        (_("Ontvangen"), moment(application.submitted_at)),
        (_("Volledig sinds"), day(application.complete_at)),
        (_("Plaats in de rij"), _place(application)),
    ]
    return [(label, value) for label, value in rows if value]


def _place(application: Application) -> str:
    if application.place:
        return str(application.place)
    if application.provisional_place and application.state not in BEFORE_SUBMISSION:
        return _("voorlopig nummer %(n)s") % {"n": application.provisional_place}
    return ""


def _draw(request: Request, panel: Panel) -> Drawn:
    html = render_to_string(panel.template, {**panel.context, "panel": panel}, request=request)
    return Drawn(panel.title, html, [_button(action) for action in panel.actions])


def _button(action: Action) -> dict[str, str]:
    kind = "primary" if action.primary else "secondary"
    return {"label": action.label, "url": action.url, "kind": kind}
