"""Addresses of the pages of regulations."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from regeling.web import views, views_admin, views_fit
from regeling.web.editor import views as editor
from regeling.web.editor import views_list, views_text

app_name = "regeling"
urlpatterns: list[URLPattern | URLResolver] = [
    path("regelingen/", views.regulations, name="regulations"),
    path("regelingen/<slug:slug>/", views.regulation, name="regulation"),
    path("regelingen/<slug:slug>/mag-ik-aanvragen/", views.check_first, name="check"),
    path("wat-past/", views_fit.fit, name="fit"),
    path("wat-past/<slug:slug>/begin/", views_fit.begin, name="fit_begin"),
    path("beheer/openstellingen/", views_admin.calls, name="calls"),
    path("beheer/openstellingen/<slug:slug>/nieuw/", views_admin.open_one, name="open_call"),
    path("beheer/regelingen/", views_list.concepts, name="concepts"),
    path("beheer/regelingen/nieuw/", views_list.new, name="concept_new"),
    path("beheer/regelingen/concept/<uuid:uid>/", editor.concept, name="concept"),
    path("beheer/regelingen/concept/<uuid:uid>/beslissen/", editor.decide, name="concept_decide"),
    path("beheer/regelingen/concept/<uuid:uid>/terug/", editor.undo, name="concept_undo"),
    path("beheer/regelingen/concept/<uuid:uid>/tekst/", views_text.text, name="concept_text"),
    path(
        "beheer/regelingen/concept/<uuid:uid>/tekst/controle/",
        views_text.check,
        name="concept_text_check",
    ),
    path(
        "beheer/regelingen/concept/<uuid:uid>/uitleg/",
        views_text.explanation,
        name="concept_explained",
    ),
    path(
        "beheer/regelingen/concept/<uuid:uid>/verschil/",
        views_text.difference,
        name="concept_difference",
    ),
    path(
        "beheer/regelingen/concept/<uuid:uid>/deel/<slug:deel>/", editor.part, name="concept_part"
    ),
]
