"""Pages of the front door that need no account, and what machines ask of it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, Request, entry
from accounts.models import Authority
from portal.domain.queries import calls
from timeline import clock

YEAR = timedelta(days=365)


@entry(PUBLIC)
def home(request: Request) -> HttpResponse:
    """The home page: what is open, what is left, until when, and how it works."""
    now = clock.now()
    context = {
        "title": _("Een goed idee voor uw buurt?"),
        "lead": _(
            "Samen met buren, een vereniging of gewoon zelf: voor wat mensen samen doen is er "
            "subsidie. Wij helpen u van eerste idee tot laatste bon."
        ),
        "open_calls": calls.open_now(now),
        "coming_calls": calls.coming(now),
        "closed_calls": calls.closed(now),
    }
    return render(request, "portal/home.html", context)


@entry(PUBLIC)
def how(request: Request) -> HttpResponse:
    """How an idea becomes a settled subsidy, in plain steps."""
    context = {
        "title": _("Zo werkt het"),
        "lead": _("Van idee tot afrekening in zes stappen. U hoeft het niet alleen te doen."),
    }
    return render(request, "portal/how.html", context)


@entry(PUBLIC)
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement (Besluit digitale toegankelijkheid overheid)."""
    context = {
        "title": _("Toegankelijkheid"),
        "lead": _("Iedereen moet deze site kunnen gebruiken."),
        "authorities": Authority.objects.filter(example=False).order_by("name"),
    }
    return render(request, "portal/accessibility.html", context)


@entry(PUBLIC)
def privacy(request: Request) -> HttpResponse:
    """What is kept about people, why and how long."""
    context = {
        "title": _("Privacy"),
        "lead": _("Wij vragen alleen wat nodig is, en laten het alleen zien aan wie het aangaat."),
        "authorities": Authority.objects.filter(example=False).order_by("name"),
    }
    return render(request, "portal/privacy.html", context)


@entry(PUBLIC)
def live(request: Request) -> HttpResponse:
    """Whether the process answers at all."""
    return JsonResponse({"status": "ok"})


@entry(PUBLIC)
def ready(request: Request) -> HttpResponse:
    """Whether it can do its work: 503 while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


@entry(PUBLIC)
def security(request: Request) -> HttpResponse:
    """Where to tell about a leak (RFC 9116)."""
    until = clock.machine_now() + YEAR
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
