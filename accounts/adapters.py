"""How allauth behaves here: its secrets lie under our own key, its names are ours."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from accounts import keys


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secret of a code app is stored encrypted with the key in KEYS_DIR."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return keys.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret; raises ``cryptography.fernet.InvalidToken`` for a changed one."""
        return keys.decrypt(encrypted_text)

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
