"""Pages of the front door that need no account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, Request, entry


@entry(PUBLIC)
def home(request: Request) -> HttpResponse:
    """The home page: what is open, how it works."""
    return render(request, "portal/home.html", {"title": _("Samen iets moois maken")})


@entry(PUBLIC)
def how(request: Request) -> HttpResponse:
    """How an idea becomes a settled subsidy, in plain steps."""
    return render(request, "portal/how.html", {"title": _("Zo werkt het")})


@entry(PUBLIC)
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/accessibility.html", {"title": _("Toegankelijkheid")})


@entry(PUBLIC)
def privacy(request: Request) -> HttpResponse:
    """What is kept about people, why and how long."""
    return render(request, "portal/privacy.html", {"title": _("Privacy")})
