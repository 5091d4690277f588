"""Addresses of the demo's pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from config.demo.web import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.tour, name="tour"),
    path("stap/<int:number>/", views.step, name="step"),
    path("mensen/", views.people, name="people"),
    path("word/<uuid:uid>/", views.become, name="become"),
    path("uit/", views.leave, name="leave"),
    path("postvak/", views.post_box, name="post_box"),
    path("postvak/<int:number>/", views.message, name="message"),
    path("klok/", views.move_clock, name="clock"),
    path("voortgang/", views.how_far, name="progress"),
]
