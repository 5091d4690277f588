"""Mail out of a delivery: at least once, always under the same Message-ID."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(*, to: str, subject: str, template: str, context: dict[str, Any], message_id: str) -> None:
    """Render ``template`` (plain text, Dutch) and send it to one address.

    Called only by delivery handlers: a failing mail server raises, and the delivery tries again.
    ``message_id`` is fixed by event and recipient, so that a mail program shows a repeat once. What
    is about a call goes through ``regeling.mail``, which knows what must not leave.
    """
    EmailMessage(
        subject=one_line(subject),
        body=written(template, context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Message-ID": f"<{message_id}@{settings.MAIL_DOMAIN}>"},
    ).send()


def written(template: str, context: dict[str, Any]) -> str:
    """The text of a message, in Dutch, with the address of this site as ``site``."""
    with translation.override("nl"):
        return render_to_string(template, {**context, "site": settings.SITE_URL})


def one_line(subject: str) -> str:
    """A subject on one line, as a header must be."""
    return " ".join(subject.split())
