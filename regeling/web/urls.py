"""Addresses of the pages of regeling."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "regeling"
urlpatterns: list[URLPattern | URLResolver] = []
