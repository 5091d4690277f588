"""Order of receipt: who has which place, what is set apart, and why."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.roles import Role
from assessment.domain.queries.order import places, running
from assessment.domain.reasons import sentence
from assessment.web.workplaces import workplace

PAGE = 100


@entry(Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
def order(request: Request, slug: str) -> HttpResponse:
    """The places in a call that serves who was complete first."""
    ranking = running(request.actor.person_id, slug)
    if ranking is None:
        raise Http404
    page = Paginator(places(ranking), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Volgorde van ontvangst"),
        "lead": ranking.call.title,
        "call_kind": ranking.call.kind,
        "stopped": ranking.state == ranking.State.STOPPED,
        "page": page,
        "rows": [(row, sentence(row), workplace(row.application)) for row in page],
    }
    return render(request, "assessment/order.html", context)
