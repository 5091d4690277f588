"""The forms of signing in, in our words; allauth does the work."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangeEmailForm, LoginForm, SignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.domain.people import make_person
from accounts.models import User

EMAIL_MAX_LENGTH = 254


def _plain(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Give a field a label above it instead of words inside it."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)


def _address(field: forms.Field, label: Any) -> None:
    """An address that fits its column: allauth would cut off a longer one without a word."""
    _plain(field, label)
    field.validators.append(MaxLengthValidator(EMAIL_MAX_LENGTH))
    field.widget.attrs["maxlength"] = str(EMAIL_MAX_LENGTH)


class SignIn(LoginForm):
    """An e-mail address, to which a code is mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("E-mailadres"))


class SignUp(SignupForm):
    """A name and an e-mail address: the person is made with the login."""

    name = forms.CharField(
        label=_("Uw naam"),
        max_length=200,
        help_text=_("Zoals u op een brief wilt staan."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"], _("E-mailadres"))

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Make the person behind the new login."""
        make_person(name=self.cleaned_data["name"], email=user.email, user_id=user.pk)


class ChangeAddress(ChangeEmailForm):
    """Another e-mail address, confirmed by a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"], _("Nieuw e-mailadres"))


class AddPasskey(AddWebAuthnForm):
    """A new passkey, that opens the account without a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self.fields["name"],
            _("Naam van de passkey"),
            _("Bijvoorbeeld: mijn telefoon. Zo herkent u hem later."),
        )
        _plain(
            self.fields["passwordless"],
            _("Ook inloggen zonder code in de mail"),
            _("Uw apparaat vraagt dan altijd om uw vinger, uw gezicht of een pincode."),
        )


class EditPasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], _("Naam van de passkey"))
