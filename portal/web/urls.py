"""Addresses of the front door."""

from django.urls import path

from portal.web import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("zo-werkt-het/", views.how, name="how"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
