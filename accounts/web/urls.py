"""Addresses of the pages of accounts."""

from __future__ import annotations

from django.urls import path

from accounts.web import views

app_name = "accounts"
urlpatterns = [
    path("mijn-gegevens/", views.mine, name="mine"),
    path("mijn-gegevens/tweede-sleutel/", views.second_factor, name="second_factor"),
    path("uitnodiging/<uuid:uid>/", views.invitation, name="invitation_signed_in"),
    path("uitnodiging/<uuid:uid>/<str:token>/", views.invitation, name="invitation"),
]
