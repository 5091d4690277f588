"""Addresses of the pages of accountability."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from accountability.web import (
    views_evaluation,
    views_monitor,
    views_payment,
    views_questionnaire,
    views_report,
    views_settlement,
)

app_name = "accountability"
urlpatterns: list[URLPattern | URLResolver] = [
    path("verslagen/", views_settlement.worklist, name="settlements"),
    path("verslagen/<uuid:uid>/", views_report.report, name="report"),
    path("verslagen/<uuid:uid>/bewaren/", views_report.autosave, name="report_autosave"),
    path("verslagen/fotos/<uuid:uid>/", views_report.photo, name="photo"),
    path("vaststellen/<uuid:uid>/", views_settlement.settlement, name="settlement"),
    path("vaststellen/<uuid:uid>/verleend/", views_settlement.as_awarded, name="settle"),
    path("vaststellen/<uuid:uid>/lager/", views_settlement.lower, name="settle_lower"),
    path("vaststellen/zienswijze/<uuid:uid>/", views_settlement.hearing, name="hearing"),
    path("vaststellen/<uuid:uid>/zienswijze/", views_settlement.ask, name="ask_hearing"),
    path("betalingen/", views_payment.overview, name="payments"),
    path("betalingen/<uuid:uid>/", views_payment.payment, name="payment"),
    path("betalingen/<uuid:uid>/bevestigen/", views_payment.confirm, name="confirm_payment"),
    path("betalingen/<uuid:uid>/terugwijzen/", views_payment.refuse, name="refuse_payment"),
    path("betalingen/dossier/<uuid:uid>/", views_payment.enter, name="enter_payment"),
    path("betalingen/dossier/<uuid:uid>/nota/", views_payment.note, name="payment_note"),
    path("betalingen/dossier/<uuid:uid>/nota/rekening/", views_payment.show_iban, name="show_iban"),
    path("monitor/", views_monitor.overview, name="monitor"),
    path("monitor/dossiers.csv", views_monitor.dossiers, name="dossiers"),
    path("monitor/bestand/<slug:kind>/", views_monitor.file, name="monitor_file"),
    path("monitor/<slug:slug>/afsluiten/", views_monitor.close, name="close_day"),
    path("beheer/evaluaties/", views_evaluation.evaluations, name="evaluations"),
    path("beheer/evaluaties/<uuid:uid>/", views_evaluation.evaluation, name="evaluation"),
    path("beheer/evaluaties/<uuid:uid>/vraag/", views_evaluation.question, name="new_question"),
    path(
        "beheer/evaluaties/<uuid:uid>/vraag/<int:number>/weg/",
        views_evaluation.drop,
        name="drop_question",
    ),
    path("beheer/evaluaties/<uuid:uid>/versturen/", views_evaluation.send, name="send_questions"),
    path("beheer/evaluaties/<uuid:uid>/herinneren/", views_evaluation.again, name="remind"),
    path("beheer/evaluaties/<uuid:uid>/bevinding/", views_evaluation.finding, name="new_finding"),
    path("beheer/evaluaties/<uuid:uid>/afronden/", views_evaluation.finish, name="finish"),
    path("vragenlijst/<str:token>/", views_questionnaire.questionnaire, name="questionnaire"),
]
