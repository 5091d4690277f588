"""Addresses of the pages of assessment."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from assessment.web import views_vote

app_name = "assessment"
urlpatterns: list[URLPattern | URLResolver] = [
    path("stemmen/", views_vote.vote, name="vote"),
    path("stemmen/biljet/", views_vote.ballot, name="ballot"),
    path("stemmen/controle/", views_vote.confirm, name="confirm_vote"),
    path("stemmen/stem/", views_vote.cast_vote, name="cast_vote"),
]
