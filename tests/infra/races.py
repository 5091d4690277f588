"""Several people at the same moment: real threads on real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from django.db import connections

from timeline.refusal import Unavailable

TRIES = 20


def at_once(works: Sequence[Callable[[], object]]) -> None:
    """Run all works at the same time; raise the first error that one of them let through.

    Who is told that somebody else is busy (a lock took longer than 3 s on a loaded machine) tries
    again, as a person would.
    """
    errors: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            for attempt in range(TRIES):
                try:
                    work()
                    break
                except Unavailable:
                    if attempt == TRIES - 1:
                        raise
        except BaseException as error:  # noqa: BLE001  the main thread raises it
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
