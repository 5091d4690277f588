"""The web process. It refuses to start on what it knows alone to be wrong."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from config.installation import refuse_to_start  # noqa: E402  needs the loaded applications

refuse_to_start()
