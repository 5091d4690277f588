"""Addresses of the pages of applications."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from applications.web import (
    views_card,
    views_coaching,
    views_concept,
    views_files,
    views_form,
    views_mine,
    views_send,
    views_sign,
    views_start,
    views_supplement,
    views_support,
    views_text,
)

app_name = "applications"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "beheer/regelingen/concept/<uuid:uid>/formulier/",
        views_concept.concept_form,
        name="concept_form",
    ),
    path("mijn-dossiers/", views_mine.mine, name="mine"),
    path("aanvragen/<slug:slug>/", views_start.start, name="start"),
    path("aanvraag/<uuid:uid>/", views_form.form, name="form"),
    path("aanvraag/<uuid:uid>/stap/<slug:code>/", views_form.step, name="step"),
    path("aanvraag/<uuid:uid>/stap/<slug:code>/bewaren/", views_form.autosave, name="autosave"),
    path("aanvraag/<uuid:uid>/stap/<slug:code>/vragen/", views_form.questions, name="questions"),
    path("aanvraag/<uuid:uid>/bestand/<slug:code>/", views_files.upload, name="upload"),
    path("aanvraag/<uuid:uid>/kaart/", views_card.card, name="card"),
    path("aanvraag/<uuid:uid>/kaart/foto/<slug:sha256>/", views_card.photo, name="card_photo"),
    path("aanvraag/<uuid:uid>/controleren/", views_send.summary, name="summary"),
    path("aanvraag/<uuid:uid>/indienen/", views_send.send, name="send"),
    path("aanvraag/<uuid:uid>/tekst/", views_text.text, name="text"),
    path("aanvraag/<uuid:uid>/ontvangen/", views_send.receipt, name="receipt"),
    path("aanvraag/<uuid:uid>/verstuurd/<int:number>/", views_send.sent, name="sent"),
    path("aanvraag/<uuid:uid>/ondertekenen/", views_sign.sign, name="sign"),
    path("aanvraag/<uuid:uid>/deelnemers/", views_sign.members, name="members"),
    path("aanvraag/<uuid:uid>/meelezen/", views_coaching.ask, name="coaching"),
    path("aanvraag/<uuid:uid>/meelezen/stoppen/", views_coaching.end, name="end_coaching"),
    path("aanvraag/<uuid:uid>/aanvullen/", views_supplement.form, name="supplement"),
    path("aanvraag/<uuid:uid>/intrekken/", views_mine.withdraw, name="withdraw"),
    path("aanvraag/<uuid:uid>/weggooien/", views_mine.discard, name="discard"),
    path("steunen/<uuid:uid>/", views_support.show, name="support"),
    path("steunen/<uuid:uid>/geven/", views_support.give, name="give_support"),
    path("steunen/<uuid:uid>/foto/", views_support.photo, name="support_photo"),
    path("meelezen/", views_coaching.coached, name="coached"),
    path("meelezen/<uuid:uid>/", views_coaching.read, name="read"),
    path("bestand/<uuid:uid>/", views_files.file, name="file"),
    path("bestand/<uuid:uid>/verwijderen/", views_files.remove, name="remove_file"),
]
