"""The tests: as production where it counts, quick where it does not."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from config.databases import database
from config.settings.base import *  # noqa: F403  settings are one module by custom
from config.settings.base import INSTALLED_APPS, ROOMS, STORAGES, env

SECRET_KEY = "the tests have a secret that is none, and long enough for every check"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# tests.infra brings the flush that lifts the triggers; the other one looks at migrations.
INSTALLED_APPS = [
    "config.demo.apps.DemoConfig",
    *INSTALLED_APPS,
    "tests.infra",
    "django_migration_linter",
]
ROOT_URLCONF = "config.demo.urls"
CLOCK_MOVABLE = True
# Commands that only look at the code need no file; the suite puts its own engines in the place.
DATABASES = {"default": database(env.str("DATABASE_URL", default="sqlite:///:memory:"))}
# Deliberate slowness protects passwords; here it would only cost time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# One folder a run, which its workers and their children inherit and the controller removes.
os.environ.setdefault("SVE_TEST_DIR", str(Path(tempfile.gettempdir()) / f"sve-run-{os.getpid()}"))
_folder = Path(env.str("SVE_TEST_DIR")) / env.str("PYTEST_XDIST_WORKER", default="main")
MEDIA_ROOT = _folder / "media"
KEYS_DIR = _folder / "keys"
PUBLIC_PAGES_HELD = 0
# For quick looks while migrations are being made (pytest --no-migrations).
if env.bool("SVE_TEST_WITHOUT_MIGRATIONS", default=False):
    MIGRATION_MODULES = dict.fromkeys([*ROOMS, "config", "demo"])
