"""Addresses of the monitor for programs."""

from django.urls import path

from accountability.api.views import MonitorView

urlpatterns = [path("monitors/<slug:slug>", MonitorView.as_view(), name="api-monitor")]
