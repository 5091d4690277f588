"""Wrong codes are slowed down by the network they come from, never blocked.

A code holds 78 bits: nobody finds one by trying, so this only keeps the noise down. Who has a right
code always passes at once, also in a village hall where others keep typing wrong ones. An address
is never stored: what is counted stands under an HMAC of its network with a key of that day, in the
cache alone, and is gone within a day.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.domain.stewards import tell
from assessment.models import VoteRight, VoteRound
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Refused

MOST = 10
WINDOW = 10 * 60  # seconds
DAY = 24 * 60 * 60


class Slow(Refused):
    """Too many wrong codes from one network: wait ``wait`` seconds."""

    status = 429

    def __init__(self, wait: int) -> None:
        minutes = -(-wait // 60)
        super().__init__(
            _("Er zijn te veel verkeerde codes getypt. Probeer het over %(n)s minuten opnieuw.")
            % {"n": minutes},
            code="slow",
        )
        self.wait = wait


def wrong(address: str) -> None:
    """Count a wrong code from ``address`` (empty: nobody knows where from).

    Raises ``Slow`` from the eleventh in ten minutes on, and tells every open round once a day when
    there are many.
    """
    _tell_when_many(_count(f"brake-all-{clock.day(clock.machine_now())}", DAY))
    if not address:
        return
    machine = clock.machine_now()
    window, passed = divmod(int(machine.timestamp()), WINDOW)
    if _count(f"brake-{window}-{_hidden(address)}", WINDOW) > MOST:
        raise Slow(WINDOW - passed)


def network(address: str) -> str:
    """The network of a client: the first three parts of an IPv4 address, the first 48 bits of an
    IPv6 one; what is no address makes one group."""
    try:
        client = ipaddress.ip_address(address.strip())
    except ValueError:
        return "none"
    mapped = getattr(client, "ipv4_mapped", None) or client
    bits = 24 if mapped.version == 4 else 48
    return str(ipaddress.ip_network((mapped, bits), strict=False))


def _hidden(address: str) -> str:
    """The network under a key that exists in the cache only, another one every day."""
    name = f"brake-key-{clock.day(clock.machine_now())}"
    cache.add(name, secrets.token_hex(32), DAY)
    key: str = cache.get(name, "")
    return hmac.new(key.encode(), network(address).encode(), hashlib.sha256).hexdigest()


def _count(name: str, seconds: int) -> int:
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:  # it expired in between
        cache.set(name, 1, seconds)
        return 1


def _tell_when_many(today: int) -> None:
    """Tell each open round once a day that wrong codes passed one in a hundred of its rights. A
    wrong code belongs to no round; it only carries the number."""
    day = clock.day(clock.machine_now())
    for round_ in VoteRound.objects.filter(state=VoteRound.State.OPEN).order_by("pk"):
        told = f"brake-told-{day}-{round_.uid}"
        if cache.get(told):
            continue
        rights = VoteRight.objects.filter(
            round=round_, status__in=[VoteRight.Status.ISSUED, VoteRight.Status.VOTED]
        ).count()
        if today * 100 > rights and today > MOST and cache.add(told, 1, DAY):
            with transaction.atomic():
                tell(round_, "wrong_codes", SYSTEM, codes=today, rights=rights)
