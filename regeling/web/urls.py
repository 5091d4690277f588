"""Addresses of the pages of regulations."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from regeling.web import views, views_admin, views_fit

app_name = "regeling"
urlpatterns: list[URLPattern | URLResolver] = [
    path("regelingen/", views.regulations, name="regulations"),
    path("regelingen/<slug:slug>/", views.regulation, name="regulation"),
    path("regelingen/<slug:slug>/mag-ik-aanvragen/", views.check_first, name="check"),
    path("wat-past/", views_fit.fit, name="fit"),
    path("wat-past/<slug:slug>/begin/", views_fit.begin, name="fit_begin"),
    path("beheer/openstellingen/", views_admin.calls, name="calls"),
    path("beheer/openstellingen/<slug:slug>/nieuw/", views_admin.open_one, name="open_call"),
]
