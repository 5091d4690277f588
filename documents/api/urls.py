"""Addresses of decisions for programs."""

from rest_framework.routers import SimpleRouter

from documents.api.views import DecisionViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("decisions", DecisionViewSet, basename="decision")
urlpatterns = router.urls
