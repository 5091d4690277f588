"""The demo's own addresses, before those of every installation."""

from __future__ import annotations

from django.urls import include, path

from config.urls import urlpatterns as ordinary

urlpatterns = [path("demo/", include("config.demo.web.urls")), *ordinary]
