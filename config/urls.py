"""Every address of the installation. Pages are Dutch; each room keeps its own list."""

from __future__ import annotations

from django.urls import include, path

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
    path("taal/", include("django.conf.urls.i18n")),
]
