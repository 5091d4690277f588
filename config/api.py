"""Everything under /api/v1: the rooms' own lists, and the description of the whole."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

urlpatterns = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("", include("regeling.api.urls")),
    path("", include("applications.api.urls")),
    path("", include("documents.api.urls")),
    path("", include("accountability.api.urls")),
]
