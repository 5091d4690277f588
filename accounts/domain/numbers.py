"""Store, compare and reveal the numbers that must stay secret (design: people and parties)."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum import iban as iban_rules
from stdnum.exceptions import ValidationError

from accounts import keys
from accounts.models import SecretNumber
from timeline import clock
from timeline.actor import Actor
from timeline.record import record
from timeline.refusal import Refused


def store_iban(*, party_id: int, iban: str) -> SecretNumber:
    """Keep an IBAN for a party, once; the same number gives the same row.

    Raises ``Refused`` with field "iban" when the check digits are wrong.
    """
    try:
        number = iban_rules.validate(iban)
    except ValidationError:
        raise Refused(
            _("Dit rekeningnummer klopt niet. Kijk het nog eens na, bijvoorbeeld op uw bankpas."),
            field="iban",
            code="iban_wrong",
        ) from None
    index = keys.keyed_hash("numbers-index", f"iban|{number}")
    known = SecretNumber.objects.filter(kind="iban", party_id=party_id, blind_index=index)
    try:
        with transaction.atomic():
            return known.first() or SecretNumber.objects.create(
                kind=SecretNumber.Kind.IBAN,
                party_id=party_id,
                ciphertext=keys.encrypt(number),
                blind_index=index,
                last4=number[-4:],
                stored_at=clock.now(),
            )
    except IntegrityError:
        return known.get()


def last4(uid: UUID | str) -> str:
    """The last four characters of the number, all that a page or letter may show."""
    return SecretNumber.objects.values_list("last4", flat=True).get(uid=uid)


def reveal(*, uid: UUID | str, actor: Actor, purpose: str) -> str:
    """The number itself, for a payment; that it was read is recorded."""
    with transaction.atomic():
        row = SecretNumber.objects.get(uid=uid)
        record(
            stream=("secret_number", str(row.uid)),
            type="accounts.number_revealed",
            facts={"purpose": purpose},
            actor=actor,
        )
        return keys.decrypt(row.ciphertext)
