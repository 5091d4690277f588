"""The desk: a clerk helps somebody to vote, or takes a vote for another with letter and consent.

The clerk's own session is open here. Neither code nor choice goes into it, into a message or into
an address; what is counted is a number a clerk and day.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access import Request, entry
from accounts.roles import Role
from assessment.models import DeskTally
from assessment.web import steps
from assessment.web.booth import Booth, ask_code
from assessment.web.voting import unkept
from timeline import clock

CLERKS = (Role.ASSESSOR,)
Step = Callable[[Request, Booth], HttpResponse]


def _booth(request: Request) -> Booth:
    return Booth(
        "desk",
        "desk_ballot",
        "desk_confirm",
        "desk_cast",
        "desk_check",
        "desk",
        clerk=request.actor,
        proxy=request.POST.get("proxy") == "1",
    )


def _desk_step(step: Step) -> Callable[[HttpRequest], HttpResponseBase]:
    """A step of voting at the desk: by POST only, and nothing of it is kept by the browser."""

    @wraps(step)
    def at_desk(request: Request) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("assessment:desk"))
        return unkept(step(request, _booth(request)))

    return sensitive_post_parameters()(entry(*CLERKS)(at_desk))


@entry(*CLERKS)
def desk(request: Request) -> HttpResponse:
    """Where the clerk begins: the code on the voter's letter, and whether the voter is here."""
    tallies = DeskTally.objects.filter(person=request.person, day=clock.today()).select_related(
        "round"
    )
    response = ask_code(
        request,
        _booth(request),
        tallies=list(tallies.order_by("round__title", "pk")),
    )
    return unkept(response)


def _check(request: Request, booth: Booth) -> HttpResponse:
    found = steps.find(request, booth, any_phase=True)
    return found if isinstance(found, HttpResponse) else steps.status(request, booth, found)


ballot = _desk_step(steps.ballot)
confirm = _desk_step(steps.confirm)
cast_vote = _desk_step(steps.cast_vote)
check = _desk_step(_check)
