"""The dossier number YYYY-NNNNNN-C: given at submission, never used again.

The check digit is ISO 7064 MOD 11,10. Examples start with V, tests with T.
"""

from __future__ import annotations

from django.db.models import F
from stdnum.iso7064 import mod_11_10

from applications.models import NumberSeries
from regeling.models import Call
from timeline.locks import lock_one

PREFIX = {Call.Kind.REAL: "", Call.Kind.EXAMPLE: "V", Call.Kind.TEST: "T"}


def next_number(*, kind: str, year: int) -> str:
    """The next number of the series, inside the caller's transaction."""
    prefix = PREFIX[Call.Kind(kind)]
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    series = lock_one(NumberSeries.objects.filter(prefix=prefix, year=year))
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return compose(prefix=prefix, year=year, last=series.last + 1)


def compose(*, prefix: str, year: int, last: int) -> str:
    """The number with its check digit; a typing error in one digit is always seen."""
    digits = f"{year}{last:06d}"
    return f"{prefix}{year}-{last:06d}-{mod_11_10.calc_check_digit(digits)}"


def is_number(text: str) -> bool:
    """Does this look like a dossier number, check digit included?"""
    bare = text.strip().upper().lstrip("VT").replace("-", "")
    return len(bare) == 11 and bare.isdigit() and mod_11_10.is_valid(bare)
