"""What a web process holds on to for a few seconds, so that the last hour of a vote stays quick."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")
MOST = 200
_lock = Lock()
_kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()


def held(key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` made for ``key`` at most ``PUBLIC_PAGES_HELD`` seconds ago, or makes now.

    For what is the same for everybody and may be a moment old: never for a code, a right or a
    ballot.
    """
    with _lock:
        since, known = _kept.get(key, (0.0, None))
    if known is not None and time.monotonic() - since < settings.PUBLIC_PAGES_HELD:
        return known
    made = make()
    if made is None:
        return made
    with _lock:
        _kept[key] = (time.monotonic(), made)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
