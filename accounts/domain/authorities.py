"""The authorities of this installation, as a file has them (``accounts/authorities.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Authority
from timeline.refusal import Refused

SHIPPED = Path(__file__).resolve().parent.parent / "authorities.yaml"
FIELDS = frozenset(
    {
        "code",
        "name",
        "signing_body",
        "postal_address",
        "visiting_address",
        "phone",
        "email",
        "website",
        "objection_address",
        "objection_url",
        "court",
        "bank_account_name",
        "archive_id",
        "theme",
        "example",
    }
)


def load(*, source: str) -> list[Authority]:
    """Make or bring up to date every authority in the YAML text ``source``; return them.

    A field that the text does not name becomes empty; an authority that it does not name stays as
    it is. Refuses a text that is no list of authorities, or a field that does not exist.
    """
    found = yaml.safe_load(source)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Refused(_("Dit bestand is geen lijst van overheden."))
    with transaction.atomic():
        return [_load_one(each) for each in found]


def _load_one(facts: dict[str, Any]) -> Authority:
    unknown = sorted(facts.keys() - FIELDS)
    if unknown or not facts.get("code") or not facts.get("name"):
        raise Refused(
            _("Een overheid heeft een code, een naam en bekende velden. Niet bekend: %(fields)s.")
            % {"fields": ", ".join(unknown) or "-"}
        )
    row = Authority(**facts)
    row.pk = Authority.objects.filter(code=row.code).values_list("pk", flat=True).first()
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    return row
