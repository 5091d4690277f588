"""Addresses of the pages of applications."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from applications.web import views_files, views_form

app_name = "applications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("aanvraag/<uuid:uid>/", views_form.form, name="form"),
    path("aanvraag/<uuid:uid>/stap/<slug:code>/", views_form.step, name="step"),
    path("aanvraag/<uuid:uid>/stap/<slug:code>/bewaren/", views_form.autosave, name="autosave"),
    path("aanvraag/<uuid:uid>/stap/<slug:code>/vragen/", views_form.questions, name="questions"),
    path("aanvraag/<uuid:uid>/bestand/<slug:code>/", views_files.upload, name="upload"),
    path("bestand/<uuid:uid>/", views_files.file, name="file"),
    path("bestand/<uuid:uid>/verwijderen/", views_files.remove, name="remove_file"),
]
