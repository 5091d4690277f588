"""The example on one machine: made-up people, a post box, a clock that can be moved."""

from __future__ import annotations

from config.demo.secret import secret
from config.settings.base import *  # noqa: F403  settings are one module by custom
from config.settings.base import BASE_DIR, INSTALLED_APPS, STORAGES, TEMPLATES, VAR, env

DEMO = True
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret(VAR / "demo-secret")
# 127.0.0.1 is bound; the name is printed as localhost, because passkeys need a name.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = f"http://localhost:{env.int('PORT', default=8000)}"
INSTALLED_APPS = ["config.demo.apps.DemoConfig", *INSTALLED_APPS]
ROOT_URLCONF = "config.demo.urls"
CLOCK_MOVABLE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Straight from the source folders: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "var" / "static"
EMAIL_BACKEND = "config.demo.mail.PostBox"
# The bar with clock and shoes, and how far the examples are, on every page.
TEMPLATES[0]["OPTIONS"]["context_processors"].append("config.demo.context.demo")
