"""The demo's pages: tour, other people's shoes, post box, clock. Never in production."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PUBLIC, Request, entry
from accounts.models import Person
from config.demo.context import shown
from config.demo.models import SentMail
from config.demo.moving import forward, forward_to
from config.demo.plan import DOMAIN
from config.demo.progress import progress
from config.demo.queries import example_people, groups_of_people, messages_to
from config.demo.tour import Stop, stops
from config.demo.web.forms import ClockForm, PostFilter
from timeline.refusal import Refused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SPANS = {
    "uur": timedelta(hours=1),
    "dag": timedelta(days=1),
    "week": timedelta(weeks=1),
}
PER_PAGE = 25


@entry(PUBLIC)
def tour(request: Request) -> HttpResponse:
    """The round in eight steps of a minute, each as the person who does it."""
    return render(
        request,
        "demo/tour.html",
        {
            "title": _("De hele ronde in acht minuten"),
            "lead": _(
                "Elke knop zet u in de schoenen van wie het doet, op de plek waar het gebeurt. "
                "Alles is verzonnen: u kunt niets stukmaken."
            ),
            "stops": stops(),
        },
    )


@entry(PUBLIC)
@require_POST
def step(request: Request, number: int) -> HttpResponse:
    """Become the person of a step and go where it happens."""
    stop = next((each for each in stops() if each.number == number), None)
    if stop is None or not stop.url:
        messages.warning(request, _("Dit voorbeeld wordt nog klaargezet. Probeer het zo weer."))
        return HttpResponseRedirect(reverse("demo:tour"))
    _become(request, stop)
    return HttpResponseRedirect(stop.url)


@entry(PUBLIC)
def people(request: Request) -> HttpResponse:
    """All example people by what they do, with a button to step into their shoes."""
    return render(
        request,
        "demo/people.html",
        {
            "title": _("In iemands schoenen"),
            "lead": _(
                "Kies wie u wilt zijn. U bent meteen ingelogd, zonder code en zonder sleutel."
            ),
            "groups": groups_of_people(),
            "breadcrumbs": [(_("Rondleiding"), reverse("demo:tour"))],
        },
    )


@entry(PUBLIC)
@require_POST
def become(request: Request, uid: UUID) -> HttpResponse:
    """Sign in as an example person; staff get their second factor along."""
    person = get_object_or_404(example_people(), uid=uid)
    _sign_in(request, person)
    messages.success(request, _("U bent nu %(name)s.") % {"name": person.name})
    return HttpResponseRedirect(_back(request))


@entry(PUBLIC)
@require_POST
def leave(request: Request) -> HttpResponse:
    """Take the shoes off."""
    logout(request)
    return HttpResponseRedirect(_back(request))


@entry(PUBLIC)
def post_box(request: Request) -> HttpResponse:
    """Every message that would have been sent, newest first."""
    form = PostFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = messages_to(to=wanted.get("to", ""), words=wanted.get("words", ""))
    return render(
        request,
        "demo/post_box.html",
        {
            "title": _("Postvak"),
            "lead": _("Elk bericht dat het systeem verstuurde. In het echt ging het naar buiten."),
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "filter_form": form,
            "breadcrumbs": [(_("Rondleiding"), reverse("demo:tour"))],
        },
    )


@entry(PUBLIC)
def message(request: Request, number: int) -> HttpResponse:
    """One message, as its receiver reads it."""
    row = get_object_or_404(SentMail, pk=number)
    return render(
        request,
        "demo/message.html",
        {
            "title": row.subject,
            "message": row,
            "receiver": example_people().filter(email=row.to).first(),
            "breadcrumbs": [
                (_("Rondleiding"), reverse("demo:tour")),
                (_("Postvak"), f"{reverse('demo:post_box')}?{urlencode({'to': row.to})}"),
            ],
        },
    )


@entry(PUBLIC)
@require_POST
def move_clock(request: Request) -> HttpResponse:
    """Move the clock by an hour, a day or a week, or to a day; never back."""
    try:
        _move(request)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            _("De klok staat verder. Wat intussen moest gebeuren, volgt binnen een paar tellen."),
        )
    return HttpResponseRedirect(_back(request))


@entry(PUBLIC)
def how_far(request: Request) -> HttpResponse:
    """The progress of the example rounds, anew every two seconds."""
    far = progress()
    context = shown(far) or {"label": _("De voorbeelden staan klaar."), "done": 1, "total": 1}
    return render(request, "portal/parts/progress.html", context)


def _move(request: Request) -> None:
    span = SPANS.get(request.POST.get("span", ""))
    if span is not None:
        forward(by=span)
        return
    form = ClockForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Kies een dag die nog komt."), field="to")
    forward_to(day=form.cleaned_data["to"])


def _become(request: Request, stop: Stop) -> None:
    if stop.person is None:
        logout(request)
        return
    _sign_in(request, stop.person)
    messages.success(request, _("U bent nu %(name)s.") % {"name": stop.person.name})


def _sign_in(request: Request, person: Person) -> None:
    if person.user is None or not person.email.endswith(f"@{DOMAIN}"):
        raise Refused(_("Deze persoon heeft geen account."))
    logout(request)
    login(request, person.user, backend=BACKEND)
    record_authentication(request, person.user, "mfa", type="demo")


def _back(request: Request) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("demo:tour")
