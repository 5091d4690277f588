"""Pages for administrators: who has which role, and how the installation is doing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.domain.grants import current, revoke
from accounts.roles import Role
from accounts.web.refusals import tell
from portal.domain.grants import give_role
from portal.web.forms import Give
from timeline import clock
from timeline.deliver import retry_parked, waiting
from timeline.models import Delivery, Heartbeat
from timeline.refusal import Refused

PER_PAGE = 50


@entry(Role.ADMINISTRATOR)
def grants(request: Request) -> HttpResponse:
    """Who has which role, where, since when."""
    rows = current().select_related("person", "authority").order_by("person__name", "role", "pk")
    context = {
        "title": _("Rollen"),
        "lead": _("Wie wat mag, en waar. Een rol geldt vanaf nu; wat al is gedaan, blijft staan."),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/grants.html", context)


@entry(Role.ADMINISTRATOR)
def give(request: Request) -> HttpResponse:
    """Give a role; a code that no definition carries is refused at its field."""
    form = Give(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "limit_cents": form.cleaned_data["limit"]}
        del values["limit"]
        try:
            give_role(actor=request.actor, **values)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("De rol is gegeven."))
            return redirect("portal:grants")
    context = {"title": _("Rol geven"), "form": form}
    return render(request, "portal/give.html", context, status=status)


@require_POST
@entry(Role.ADMINISTRATOR)
def take(request: Request, key: int) -> HttpResponse:
    """End a role from now on."""
    revoke(grant_id=key, actor=request.actor)
    messages.success(request, _("De rol is ingetrokken."))
    return redirect("portal:grants")


@entry(Role.ADMINISTRATOR)
def installation(request: Request) -> HttpResponse:
    """How the installation is doing: worker, mail, clock, and work that is stuck."""
    report: Callable[[], Iterator[str]] = import_string(settings.INSTALLATION_REPORT)
    parked = Delivery.objects.filter(state=Delivery.State.PARKED).select_related("event__stream")
    context = {
        "title": _("Installatie"),
        "lead": _("Wat nog aandacht vraagt om brieven en berichten op tijd te laten gaan."),
        "problems": list(report()),
        "waiting": waiting(),
        "heartbeats": Heartbeat.objects.order_by("name"),
        "parked": parked.order_by("pk")[:PER_PAGE],
        "now": clock.now(),
    }
    return render(request, "portal/installation.html", context)


@require_POST
@entry(Role.ADMINISTRATOR)
def retry(request: Request, key: int) -> HttpResponse:
    """Let parked work try again."""
    retry_parked(delivery_id=key)
    messages.success(request, _("Het werk wordt opnieuw geprobeerd."))
    return redirect("portal:installation")
