"""Addresses of the pages of documents."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from documents.web import views_batches, views_concept, views_decisions, views_letters

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "beheer/regelingen/concept/<uuid:uid>/brieven/",
        views_concept.concept_letters,
        name="concept_letters",
    ),
    path("besluiten/", views_decisions.decisions, name="decisions"),
    path("besluiten/nieuw/<uuid:uid>/", views_decisions.new, name="new_decision"),
    path("besluiten/<uuid:uid>/", views_decisions.decision, name="decision"),
    path("besluiten/<uuid:uid>/wijzigen/", views_decisions.change, name="change"),
    path("besluiten/<uuid:uid>/voorstellen/", views_decisions.offer, name="propose"),
    path("besluiten/<uuid:uid>/ondertekenen/", views_decisions.put_signature, name="sign"),
    path("besluiten/<uuid:uid>/terugsturen/", views_decisions.give_back, name="send_back"),
    path("besluiten/<uuid:uid>/terugnemen/", views_decisions.withdraw, name="take_back"),
    path("besluiten/<uuid:uid>/moment/", views_decisions.moment, name="moment"),
    path("besluiten/stapels/nieuw/<slug:slug>/", views_batches.new, name="new_batch"),
    path("besluiten/stapels/<uuid:uid>/", views_batches.batch, name="batch"),
    path("besluiten/stapels/<uuid:uid>/voortgang/", views_batches.progress, name="progress"),
    path(
        "besluiten/stapels/<uuid:uid>/ondertekenen/", views_batches.put_signature, name="sign_batch"
    ),
    path("besluiten/stapels/<uuid:uid>/moment/", views_batches.moment, name="batch_moment"),
    path(
        "besluiten/stapels/<uuid:uid>/terugnemen/", views_batches.withdraw, name="batch_take_back"
    ),
    path("brieven/per-post/", views_letters.by_post, name="by_post"),
    path("brieven/<uuid:uid>/", views_letters.document, name="document"),
    path("brieven/<uuid:uid>/brief.pdf", views_letters.pdf, name="pdf"),
    path("voorbeeldbrief/<uuid:uid>/", views_letters.preview, name="preview"),
]
