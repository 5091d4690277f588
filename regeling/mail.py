"""Mail about a call: sent for what is real, kept and shown for a test."""

from __future__ import annotations

from typing import Any

from accounts import mail
from regeling.models import Call, KeptMail
from timeline import clock

LONGEST = 500


def send(
    *,
    call: Call,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    message_id: str,
) -> None:
    """Send a message about ``call`` to one address; of a test call, keep it instead.

    In and out as ``accounts.mail.send``. What is kept says TEST, and stands once under its
    Message-ID however often the delivery tries.
    """
    if call.kind != Call.Kind.TEST:
        mail.send(to=to, subject=subject, template=template, context=context, message_id=message_id)
        return
    body = mail.written(template, {**context, "call_kind": call.kind})
    KeptMail.objects.get_or_create(
        call=call,
        message_id=message_id,
        to=to,
        defaults={
            "subject": f"TEST {mail.one_line(subject)}"[:LONGEST],
            "body": f"TEST\n\n{body}",
            "made_at": clock.now(),
        },
    )
