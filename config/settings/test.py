"""The tests: as production where it counts, quick where it does not."""

from __future__ import annotations

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403  settings are one module by custom
from config.settings.base import INSTALLED_APPS, STORAGES, env

SECRET_KEY = "the tests have a secret that is none, and long enough for every check"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = ["config.demo.apps.DemoConfig", *INSTALLED_APPS]
ROOT_URLCONF = "config.demo.urls"
CLOCK_MOVABLE = True
# Deliberate slowness protects passwords; here it would only cost time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
_folder = Path(env.str("SVE_TEST_DIR", default="") or tempfile.mkdtemp(prefix="sve-test-"))
MEDIA_ROOT = _folder / "media"
KEYS_DIR = _folder / "keys"
