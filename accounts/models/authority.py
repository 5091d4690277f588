"""The public authority (bestuursorgaan) or fund that a regulation belongs to."""

from __future__ import annotations

from django.db import models


class Authority(models.Model):
    """What the letters and pages of one authority need. A field that nobody knows stays empty."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    signing_body = models.CharField(max_length=200, blank=True)
    postal_address = models.TextField(blank=True)
    visiting_address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    objection_address = models.TextField(blank=True)
    objection_url = models.URLField(blank=True)
    court = models.CharField(max_length=200, blank=True)
    bank_account_name = models.CharField(max_length=200, blank=True)
    archive_id = models.URLField(blank=True)
    theme = models.SlugField(max_length=60, blank=True)
    example = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name
