"""Every address of the installation. Pages are Dutch; each room keeps its own list."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    path("", include("portal.web.urls")),
    path("", include("accounts.web.urls")),
    path("", include("regeling.web.urls")),
    path("", include("applications.web.urls")),
    path("", include("documents.web.urls")),
    path("", include("assessment.web.urls")),
    path("", include("accountability.web.urls")),
    path("", include("community.web.urls")),
    path("api/v1/", include("config.api")),
    path("toegang/", include("allauth.urls")),
    # Without a token: a forged request could only change the language, and the pages of a vote know
    # no session in which a token would lie.
    path("taal/setlang/", csrf_exempt(set_language), name="set_language"),
]
