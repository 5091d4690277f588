"""The demo's post: nothing leaves the machine, everything can be read at /demo/postvak."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from config.demo.models import SentMail
from timeline import clock


class PostBox(BaseEmailBackend):
    """Keeps a message for each recipient; the same Message-ID to the same address is kept once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            number = message.extra_headers.get("Message-ID") or f"<{uuid.uuid4()}@demo>"
            for to in message.recipients():
                SentMail.objects.get_or_create(
                    message_id=f"{number} {to}"[:200],
                    defaults={
                        "to": to,
                        "subject": str(message.subject),
                        "body": str(message.body),
                        "track": clock.track(),
                        "sent_at": clock.now(),
                    },
                )
        return len(email_messages)
