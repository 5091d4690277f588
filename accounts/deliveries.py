"""What follows from acts between people: the mail with an invitation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts import mail
from accounts.domain.people import new_token
from accounts.models import Invitation
from timeline.deliveries import handles
from timeline.models import Event


@handles("accounts.mail_invitation", "accounts.invited")
def mail_invitation(event: Event) -> None:
    """Mail the invitation with a fresh token, unless it was answered meanwhile."""
    row = Invitation.objects.select_related("party", "invited_by").get(
        uid=event.facts["invitation"]
    )
    if row.is_open and not event.facts.get("mailed_for"):
        mail.send(**invitation_mail(row))


def invitation_mail(row: Invitation) -> dict[str, Any]:
    """The mail of an open invitation with a fresh token, as arguments of ``mail.send``."""
    return {
        "to": row.email,
        "subject": _("Uitnodiging: doe mee met %(name)s") % {"name": row.party.name},
        "template": "accounts/mail/invitation.txt",
        "context": {"invitation": row, "token": new_token(invitation_id=row.pk)},
        "message_id": f"invitation-{row.uid}",
    }
