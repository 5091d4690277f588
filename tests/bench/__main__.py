"""``python -m tests.bench [--dossiers N] [--engine ENGINE]``: measure and report."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["SVE_TEST_DIR"] = tempfile.mkdtemp(prefix="sve-bench-")

import django

django.setup()

from django.conf import settings
from django.db import connection

from tests.bench import measures, votes
from tests.bench.counting import BALLOTS, counting
from tests.bench.regulations import regulations
from tests.bench.stock import fill
from tests.infra import postgres
from tests.infra.engines import Engines

HEAD = f"{'what':26}{'measured':>14}  {'goal':18}beside"


def main() -> None:
    asked = argparse.ArgumentParser(prog="make bench")
    asked.add_argument("--dossiers", type=int, default=10_000)
    asked.add_argument("--engine", choices=["postgresql", "sqlite", "both"], default="both")
    asked.add_argument(
        "--only", choices=["dossiers", "votes", "counting", "regulations"], help="one part"
    )
    given = asked.parse_args()
    chosen = ["postgresql", "sqlite"] if given.engine == "both" else [given.engine]
    if given.only in (None, "counting"):
        print(f"\nwithout a database, {BALLOTS:,} ballots\n{HEAD}")
        show(counting())
    if given.only in (None, "regulations"):
        print(f"\nwithout a database, texts of regulations\n{HEAD}")
        show(regulations())
    if given.only in ("counting", "regulations"):
        chosen = []
    settings.ALLOWED_HOSTS = ["*"]
    engines = Engines(Path(os.environ["SVE_TEST_DIR"]), "bench", durable=True)
    try:
        for engine in chosen:
            if engine == "postgresql" and postgres.programs() is None:
                print("no PostgreSQL on this machine: skipped")
                continue
            engines.use(engine)
            if given.only in (None, "votes") and engine == "postgresql":
                print(f"\n{engine}, {votes.VOTERS:,} votes\n{HEAD}")
                show(votes.casts(engines.url()))
            if given.only in (None, "dossiers"):
                report(engine, given.dossiers, letters=engine == chosen[0])
    finally:
        engines.stop()
        shutil.rmtree(os.environ["SVE_TEST_DIR"], ignore_errors=True)


def report(engine: str, dossiers: int, *, letters: bool) -> None:
    """Fill the database and print a line for each figure; letters do not depend on the engine."""
    print(f"\n{engine}, {dossiers:,} dossiers\n")
    stock = fill(dossiers, of_one=max(dossiers // 10, 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what a database that is in use has long done by itself
    print(HEAD)
    for measure in [measures.dossier_csv, measures.pages] + [measures.letters] * letters:
        show(measure(stock))


def show(figures: Iterable[measures.Figure]) -> None:
    """A line for each figure, as soon as it is there."""
    for figure in figures:
        measured = f"{figure.value:.3g} {figure.unit}"
        print(f"{figure.name:26}{measured:>14}  {figure.goal:18}{figure.beside}", flush=True)


if __name__ == "__main__":
    main()
