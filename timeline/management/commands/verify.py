from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.verify import checks, findings, notes


class Command(BaseCommand):
    help = "Walk all streams, ledgers and documents and name every place that was changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        total = 0
        for name, walk in checks().items():
            found = findings(walk)
            total += len(found)
            self.stdout.write(f"{name}: {'in order' if not found else len(found)}")
            for finding in found:
                self.stdout.write(f"  {finding.place}: {finding.sentence}")
        for sentence in notes():
            self.stdout.write(f"note: {sentence}")
        if total:
            raise CommandError(f"{total} finding(s)")
