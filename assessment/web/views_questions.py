"""How the questions of a regulation do, for who writes it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.roles import Role
from assessment.domain.queries.questions import FROM, figures
from regeling.domain.texts import may_write
from regeling.models import Revision


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def questions(request: Request, slug: str) -> HttpResponse:
    """Per question of the newest text: time, empty answers, supplements, drafts given up there."""
    revision = (
        Revision.objects.filter(regulation__slug=slug, publication__isnull=False)
        .select_related("regulation__authority")
        .order_by("-number")
        .first()
    )
    person_id = request.person.pk if request.person else None
    if revision is None or not may_write(
        person_id, authority=revision.regulation.authority.code, slug=slug
    ):
        raise Http404
    found = figures(revision)
    context = {
        "title": _("Hoe gaan de vragen?"),
        "eyebrow": revision.regulation.title,
        "lead": _("Waar het formulier tijd kost, leeg blijft, of mensen laat ophouden."),
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (_("Regelingen maken"), reverse("regeling:concepts")),
        ],
        "found": found,
        "least": FROM,
        "rows": [
            {
                "label": each.question.label,
                "minutes": _minutes(each.seconds),
                "empty": _number(each.empty),
                "supplements": _number(each.supplements),
                "abandoned": each.abandoned,
            }
            for each in found.figures
        ],
    }
    return render(request, "assessment/questions.html", context)


def _number(number: int | None) -> str:
    return _("te weinig gemeten") if number is None else str(number)


def _minutes(seconds: int | None) -> str:
    """As in "1 min. 20 sec."; words where it was not measured often enough."""
    if seconds is None:
        return _("te weinig gemeten")
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(rest)s sec.") % {"rest": rest}
    return _("%(minutes)s min. %(rest)s sec.") % {"minutes": minutes, "rest": rest}
