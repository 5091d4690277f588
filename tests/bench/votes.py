"""Votes over HTTP on PostgreSQL, while others read the list of options."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from assessment.domain import codes, rights
from assessment.models import BallotInbox, Panel, VoteRight, VoteRound
from tests.bench import load
from tests.bench.measures import Figure
from tests.factories.assessment import Election, election
from tests.infra.processes import start, stop

OPTIONS, VOTERS, READERS = 40, 3000, 200
CASTERS = 32
SERVER = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]


def casts(url: str, *, voters: int = VOTERS) -> Iterator[Figure]:
    """Full casts a second over HTTP: the page that a voter's button posts to, and its receipt.

    Beside them the same two statements through Django without anything else, by the same server;
    both while the list of options is read ``READERS`` times a second.
    """
    vote = election(options=OPTIONS, voters=1, begun=True)
    panel = vote.round.panels.get()
    given = [_right(vote.round, panel) for _ in range(2 * voters)]
    VoteRight.objects.bulk_create([right for right, _code in given], batch_size=1000)
    chosen = [str(option.uid) for option in vote.options[:3]]
    page = reverse("assessment:public_round", args=[vote.round.uid])
    with _server("config.wsgi", url) as port:
        host = f"127.0.0.1:{port}"
        address = reverse("assessment:cast_vote")
        ours = [
            load.post(address, host, _ballot(vote, code, chosen))
            for _right_, code in given[:voters]
        ]
        asyncio.run(_warm(port, ours[0], load.get(page, host)))
        taken, read = asyncio.run(_both(port, ours, load.get(page, host)))
        _refuse_lost(vote, taken, read)
    with _server("tests.bench.bare", url) as port, _server("config.wsgi", url) as other:
        host = f"127.0.0.1:{port}"
        bare = [load.post("/bare/", host, _bare(vote, right)) for right, _c in given[voters:]]
        asyncio.run(_warm(port, bare.pop(), load.get("/bare/none/", host)))
        alone, _read = asyncio.run(
            _both(port, bare, load.get(page, f"127.0.0.1:{other}"), readers_port=other)
        )
    yield Figure(
        "casts",
        taken.rate,
        "a second",
        "500, 0.6 of bare",
        f"two statements alone {alone.rate:.0f}: {taken.rate / alone.rate:.2f}; "
        f"95 of 100 under {taken.p95:.0f} ms",
    )
    yield Figure("option list, beside it", read.p95, "ms, 95 %", "500", f"{read.rate:.0f} a second")


async def _both(
    port: int, casting: Sequence[bytes], reading: bytes, *, readers_port: int = 0
) -> tuple[load.Taken, load.Taken]:
    done = asyncio.Event()
    readers = asyncio.create_task(
        load.steadily(readers_port or port, reading, rate=READERS, until=done)
    )
    try:
        taken = await load.all_of(port, casting, connections=CASTERS)
    finally:
        done.set()
    return taken, await readers


async def _warm(port: int, cast: bytes, page: bytes) -> None:
    """Every worker has answered before anything is measured; the same ballot again stays one."""
    await load.all_of(port, [cast, page] * 100, connections=8)


def _right(round_: VoteRound, panel: Panel) -> tuple[VoteRight, str]:
    code = codes.new_code()
    right = VoteRight(
        round=round_,
        panel=panel,
        register_key=rights.register_key(round_, code),
        channel=VoteRight.Channel.LETTER,
    )
    return right, code


def _ballot(vote: Election, code: str, chosen: list[str]) -> list[tuple[str, str]]:
    return [
        ("code", code),
        ("round", str(vote.round.uid)),
        *(("choices", uid) for uid in chosen),
    ]


def _bare(vote: Election, right: VoteRight) -> list[tuple[str, str]]:
    return [
        ("round", str(vote.round.pk)),
        ("right", right.register_key),
        ("panel", str(right.panel_id)),
        ("ballot", uuid.uuid4().hex * 2),
        ("choices", "[]"),
    ]


def _refuse_lost(vote: Election, taken: load.Taken, read: load.Taken) -> None:
    """A figure counts only if every cast got its receipt, and lies in the box."""
    lying = BallotInbox.objects.filter(round=vote.round).count()
    if set(taken.statuses) != {200} or set(read.statuses) != {200} or lying != len(taken.times):
        raise RuntimeError(f"{taken.statuses}, {read.statuses}, {lying} ballots")


@contextmanager
def _server(module: str, url: str) -> Iterator[int]:
    """gunicorn as in production on a free port, until it answers; the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(os.environ["SVE_TEST_DIR"])
    environment = _environment(folder, url)
    if not (folder / "static").exists():
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", *SERVER]
    with (folder / f"server-{port}.log").open("wb") as log:
        server = start(command, by=signal.SIGKILL, log=log, env=environment)
        try:
            _wait_for(port)
            yield port
        except BaseException:
            print((folder / f"server-{port}.log").read_text(errors="replace")[-3000:])
            raise
        finally:
            stop(server, signal.SIGTERM)


def _environment(folder: Path, url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": url,
        "SECRET_KEY": "measured and thrown away, and long enough for every check that there is",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PLAIN_HTTP": "1",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "KEYS_DIR": str(settings.KEYS_DIR),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }


def _wait_for(port: int, *, within: float = 30) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
