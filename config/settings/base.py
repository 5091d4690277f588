"""One machine by default; other engines by environment. Every variable is named in the README."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.databases import database

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

VAR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where letters and messages send people back to: "https://subsidies.example.nl", without a slash.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
DEBUG = False

ROOMS = [
    "timeline",
    "accounts",
    "regeling",
    "applications",
    "documents",
    "assessment",
    "accountability",
    "community",
    "portal",
]
INSTALLED_APPS = [
    # The portal's templates come before allauth's, which it replaces.
    *[f"{room}.apps.{room.capitalize()}Config" for room in reversed(ROOMS)],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "config.apps.ConfigConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.vote_door.VoteDoor",
    "config.http.version.ApiVersionMiddleware",
    "config.http.idempotency.IdempotencyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SecondFactor",
    "portal.middleware.Refusals",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "portal.forms.Renderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    }
]

# Data -------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR / 'samen.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR / "media")))
# Files are served by views that ask whether they may be seen, never from an address of their own.
MEDIA_URL = ""
KEYS_DIR = Path(env.str("KEYS_DIR", default=str(VAR / "keys")))
FILE_UPLOAD_PERMISSIONS = 0o600
# For so many seconds a web process holds on to what it knows of a public page of a vote.
PUBLIC_PAGES_HELD = 5
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Static files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Time and language ------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
# The clock is the machine's. Only the demo and the tests may play in another time.
DEMO = False
CLOCK_MOVABLE = False

# Signing in -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:start"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.web.signin.SignIn",
    "signup": "accounts.web.signin.SignUp",
    "change_email": "accounts.web.signin.ChangeAddress",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.web.signin.AddPasskey",
    "edit_webauthn": "accounts.web.signin.EditPasskey",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samen voor Elkaar"
SOCIALACCOUNT_ONLY = False
# A link, not a form: form-action 'self' would stop a form that is sent on to the provider.
SOCIALACCOUNT_LOGIN_ON_GET = True
# Addresses of visitors behind our own proxies, for the rate limits of signing in.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Brokers of DigiD and eHerkenning, single sign-on of staff: a JSON list of objects with
# provider_id, name, client_id, secret and settings.server_url.
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": env.json("OIDC_PROVIDERS", default=[])}
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60

# What browsers may do ---------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Messages ---------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Samen voor Elkaar <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="samen.localhost")
EMAIL_TIMEOUT = 20
# The mailbox outside this machine that keeps the daily root of the timeline; empty: none is sent.
ROOT_MAILBOX = env.str("ROOT_MAILBOX", default="")

# Work that follows ------------------------------------------------------------------------------
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", default=300)
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith("amqp"):
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"confirm_publish": True}
else:
    # Longer than any task: otherwise Redis hands the same one out twice.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 4 * 60 * 60}
CELERY_BEAT_SCHEDULE = {
    # The next look makes an unclaimed one superfluous, hence `expires`.
    "deliver": {"task": "timeline.deliver", "schedule": 5.0, "options": {"expires": 5}},
    "chores": {"task": "timeline.chores", "schedule": 60.0, "options": {"expires": 60}},
    "daily root": {"task": "timeline.daily_root", "schedule": 900.0, "options": {"expires": 900}},
}

# The token file of this installation, on top of NL Design System (docs/pages.md).
THEME_CSS = env.str("THEME_CSS", default="portal/theme.css")
# What the administrator's page asks; the portal lies below config and does not import it.
INSTALLATION_REPORT = "config.installation.other_problems"
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="security@localhost")

# The interface for programs ---------------------------------------------------------------------
API_VERSION = "1.0.0"
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.http.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["config.http.tokens.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["config.http.camel.CamelRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.http.camel.CamelParser"],
    "DEFAULT_PAGINATION_CLASS": "config.http.pages.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "config.http.limits.TokenLimit",
        "config.http.limits.AddressLimit",
    ],
    "DEFAULT_THROTTLE_RATES": {"address": "60/min", "token": "600/min"},
    "EXCEPTION_HANDLER": "config.http.problems.handle",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Samen voor Elkaar",
    "DESCRIPTION": "Openstellingen, aanvragen, besluiten en de monitor van subsidieregelingen.",
    "VERSION": API_VERSION,
    "CONTACT": {
        "name": "Samen voor Elkaar contributors",
        "email": env.str("API_CONTACT_EMAIL", default="noreply@localhost"),
        "url": SITE_URL,
    },
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.http.schema.finish",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "WARNING"}},
}
