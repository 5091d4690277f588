"""The Celery application: it distributes and wakes; the work is the delivery rows'."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("samen_voor_elkaar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
