"""Addresses of applications for programs."""

from rest_framework.routers import SimpleRouter

from applications.api.views import ApplicationViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("applications", ApplicationViewSet, basename="application")
urlpatterns = router.urls
