"""What every page needs round its own content: the site's name, languages and the main menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `portal/base.html`; asks the database nothing of its own."""
    person = getattr(request, "person", None)
    roles: frozenset[str] = getattr(request, "roles", frozenset())
    user = getattr(request, "user", None)
    at_the_door = request.path.startswith(reverse("account_login").removesuffix("login/"))
    return {
        "site_name": _("Samen voor Elkaar"),
        "site_theme": settings.THEME_CSS,
        "site_languages": [("nl", "Nederlands"), ("en", "English")],
        "viewer_name": person.name if person else "",
        "come_back_to": "" if at_the_door else request.get_full_path(),
        "navigation": navigation.menu(
            roles, signed_in=bool(user and user.is_authenticated), path=request.path
        ),
    }
