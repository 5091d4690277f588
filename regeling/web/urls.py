"""Addresses of the pages of regulations."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from regeling.web import (
    views,
    views_admin,
    views_fit,
    views_force,
    views_life,
    views_remarks,
)
from regeling.web.editor import views as editor
from regeling.web.editor import views_list, views_text


class LinkToken(StringConverter):
    """The token of a link for readers, as long as it is made; so no other address is one."""

    regex = "[A-Za-z0-9_-]{32}"


register_converter(LinkToken, "linktoken")

app_name = "regeling"
urlpatterns: list[URLPattern | URLResolver] = [
    path("regelingen/", views.regulations, name="regulations"),
    path("regelingen/<slug:slug>/", views.regulation, name="regulation"),
    path("regelingen/<slug:slug>/tekst/<int:number>/", views_force.revision, name="revision"),
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
    path("beheer/regelingen/concept/<uuid:uid>/nakijken/", views_life.check, name="concept_check"),
    path(
        "beheer/regelingen/concept/<uuid:uid>/publiceren/",
        views_life.publish,
        name="concept_publish",
    ),
    path(
        "beheer/regelingen/concept/<uuid:uid>/geschiedenis/",
        views_life.history,
        name="concept_history",
    ),
    path(
        "beheer/regelingen/concept/<uuid:uid>/redenen/", views_life.reasons, name="concept_reasons"
    ),
    path(
        "beheer/regelingen/concept/<uuid:uid>/meelezers/",
        views_remarks.readers,
        name="concept_readers",
    ),
    path("beheer/regelingen/<slug:slug>/intrekken/", views_force.withdraw, name="withdraw"),
    path("beheer/openstellingen/<slug:slug>/wijzigen/", views_force.amend, name="amend"),
    path("meelezen/<linktoken:token>/", views_remarks.read_along, name="read_along"),
]
