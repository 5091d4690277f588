"""Addresses of the front door."""

from __future__ import annotations

from django.urls import path

from portal.web import (
    views,
    views_admin,
    views_dossier,
    views_parties,
    views_start,
    views_test_calls,
)

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("zo-werkt-het/", views.how, name="how"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("start/", views_start.start, name="start"),
    path("dossiers/<uuid:uid>/", views_dossier.dossier, name="dossier"),
    path("mijn-organisatie/", views_parties.parties, name="parties"),
    path("mijn-organisatie/nieuw/", views_parties.new_party, name="new_party"),
    path("mijn-organisatie/<uuid:uid>/", views_parties.party, name="party"),
    path("mijn-organisatie/<uuid:uid>/gegevens/", views_parties.details, name="party_details"),
    path("beheer/rollen/", views_admin.grants, name="grants"),
    path("beheer/rollen/geven/", views_admin.give, name="give"),
    path("beheer/rollen/<int:key>/intrekken/", views_admin.take, name="take"),
    path("beheer/installatie/", views_admin.installation, name="installation"),
    path("beheer/werk/<int:key>/opnieuw/", views_admin.retry, name="retry"),
    path("beheer/tests/<slug:slug>/", views_test_calls.test_call, name="test_call"),
    path("beheer/tests/<slug:slug>/weg/", views_test_calls.remove, name="remove_test_call"),
    path("beheer/tests/<slug:slug>/post/<int:key>/", views_test_calls.kept_mail, name="kept_mail"),
    path(
        "beheer/tests/<slug:slug>/testers/<int:key>/",
        views_test_calls.dismiss,
        name="dismiss_tester",
    ),
    path("beheer/tests/openen/<uuid:uid>/", views_test_calls.open_on_concept, name="open_test"),
    path("gezond/", views.live, name="live"),
    path("gezond/klaar/", views.ready, name="ready"),
    path(".well-known/security.txt", views.security, name="security"),
]
