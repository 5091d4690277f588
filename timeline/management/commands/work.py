from __future__ import annotations

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from timeline import chores, deliver
from timeline.domain.roots import make_daily_root


class Command(BaseCommand):
    help = "Deliver what is due, for ever (or once, with --once). The worker of one machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between looks")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            deliver.beat("worker")
            make_daily_root()
            chores.run_chores()
            done = deliver.run_due(limit=20)
            if not done and options["once"]:
                break
            if not done:
                close_old_connections()
                time.sleep(options["pause"])

    def _stop(self, *_args: Any) -> None:
        self.stopping = True
