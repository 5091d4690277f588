"""The roles of the house. A role says what somebody may do; a grant says where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles per authority, regulation and region."""

    INITIATOR = "initiator", _("Initiatiefnemer")
    BROKER = "broker", _("4D-makelaar")
    ASSESSOR = "assessor", _("Behandelaar")
    MUNICIPAL_CONTACT = "municipal_contact", _("Contactpersoon van de gemeente")
    PANEL_MEMBER = "panel_member", _("Panellid")
    DECISION_MAKER = "decision_maker", _("Beslisser (mandaat)")
    FINANCE = "finance", _("Financiën")
    AUDITOR = "auditor", _("Controleur")
    DRAFTER = "drafter", _("Opsteller van regelingen")
    ADMINISTRATOR = "administrator", _("Beheerder")


# Whoever judges, decides or pays has a second factor; so has who can see or grant everything.
STAFF = frozenset(
    {
        Role.BROKER,
        Role.ASSESSOR,
        Role.MUNICIPAL_CONTACT,
        Role.DECISION_MAKER,
        Role.FINANCE,
        Role.AUDITOR,
        Role.DRAFTER,
        Role.ADMINISTRATOR,
    }
)
