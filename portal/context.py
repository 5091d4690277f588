"""What every page needs round its own content: the site's name, languages and the main menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `portal/base.html`; asks the database only for who is signed in."""
    person = getattr(request, "person", None)
    return {
        "site_name": _("Samen voor Elkaar"),
        "site_languages": [("nl", "Nederlands"), ("en", "English")],
        "viewer_name": person.name if person else "",
        "navigation": navigation.menu(person, path=request.path),
        "passkeys": settings.MFA_PASSKEY_LOGIN_ENABLED,
    }
