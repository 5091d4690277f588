"""The demo's own addresses, before those of every installation."""

from __future__ import annotations

from config.urls import urlpatterns as ordinary

urlpatterns = [*ordinary]
