"""Addresses of the pages of assessment."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from assessment.web import (
    views,
    views_check,
    views_order,
    views_public,
    views_review,
    views_rounds,
    views_vote,
)

app_name = "assessment"
urlpatterns: list[URLPattern | URLResolver] = [
    path("werkvoorraad/", views.worklist, name="worklist"),
    path("behandelen/<uuid:uid>/belang/", views.interest, name="interest"),
    path("behandelen/<uuid:uid>/nemen/", views.take, name="take"),
    path("behandelen/<uuid:uid>/volledigheid/", views_check.completeness, name="completeness"),
    path("behandelen/<uuid:uid>/volledigheid/begin/", views_check.start, name="start_check"),
    path("behandelen/<uuid:uid>/volledigheid/vragen/", views_check.ask, name="ask_supplement"),
    path("behandelen/<uuid:uid>/volledigheid/klaar/", views_check.finish, name="complete"),
    path("behandelen/<uuid:uid>/volledigheid/verder/", views_check.resume, name="resume_check"),
    path("behandelen/<uuid:uid>/beoordeling/", views_review.review, name="review"),
    path("behandelen/<uuid:uid>/toelaten/", views_review.let_in, name="admit"),
    path("behandelen/<uuid:uid>/voorstel/", views_review.proposal, name="proposal"),
    path("behandelen/<uuid:uid>/zienswijze/", views_review.hearing_staff, name="hearing_staff"),
    path("dossier/<uuid:uid>/zienswijze/", views_review.hearing, name="hearing"),
    path("volgorde/<slug:slug>/", views_order.order, name="order"),
    path("stemrondes/", views_rounds.overview, name="rounds"),
    path("stemrondes/nieuw/<slug:slug>/", views_rounds.new, name="new_round"),
    path("stemrondes/<uuid:uid>/", views_rounds.show, name="round"),
    path("stemrondes/<uuid:uid>/codes/", views_rounds.print_codes, name="print_codes"),
    path("stemrondes/<uuid:uid>/loting/", views_rounds.lot, name="lot"),
    path("stemrondes/<uuid:uid>/rangschikking/", views_rounds.show_ranking, name="ranking"),
    path("stemrondes/<uuid:uid>/besluiten/", views_rounds.draft_all, name="draft_all"),
    path("stemrondes/<uuid:uid>/kiezer/<uuid:member>/", views_rounds.drop_member, name="drop"),
    path("stemrondes/<uuid:uid>/recht/<uuid:right>/", views_rounds.replace, name="replace_right"),
    path("stemrondes/<uuid:uid>/<slug:what>/", views_rounds.act, name="round_act"),
    path("stemmingen/", views_public.rounds, name="public_rounds"),
    path("stemmingen/verify_round.py", views_public.verify_script, name="verify_script"),
    path("stemmingen/<uuid:uid>/", views_public.round_, name="public_round"),
    path("stemmingen/<uuid:uid>/round.zip", views_public.round_zip, name="round_zip"),
    path("stemmingen/<uuid:uid>/<slug:name>.json", views_public.round_file, name="round_file"),
    path("stemmen/", views_vote.vote, name="vote"),
    path("stemmen/biljet/", views_vote.ballot, name="ballot"),
    path("stemmen/controle/", views_vote.confirm, name="confirm_vote"),
    path("stemmen/stem/", views_vote.cast_vote, name="cast_vote"),
]
