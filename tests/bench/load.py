"""Requests over HTTP from one process: as many as there are at once, or so many a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode


@dataclass(slots=True)
class Taken:
    """How long each answer took (seconds), which statuses came, and how long it took together."""

    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 answers came."""
        return quantiles(self.times, n=20)[-1] * 1000

    def add(self, status: int, took: float) -> None:
        self.times.append(took)
        self.statuses[status] = self.statuses.get(status, 0) + 1


def get(path: str, host: str) -> bytes:
    """A GET request, ready to send."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: nl\r\n\r\n".encode()


def post(path: str, host: str, fields: Sequence[tuple[str, str]]) -> bytes:
    """A POST of a form, ready to send."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: nl\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def all_of(port: int, requests: Sequence[bytes], *, connections: int) -> Taken:
    """Send every request once, ``connections`` at the same moment."""
    taken, waiting = Taken(), iter(requests)

    async def work() -> None:
        async with _Line(port) as line:
            for request in waiting:
                sent = time.perf_counter()
                taken.add(await line.ask(request), time.perf_counter() - sent)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(connections)))
    taken.seconds = time.perf_counter() - began
    return taken


async def steadily(port: int, request: bytes, *, rate: int, until: asyncio.Event) -> Taken:
    """Send ``request`` ``rate`` times a second until told; an answer is late from its own turn."""
    taken, lines = Taken(), 64
    began = time.perf_counter()

    async def work(first: int) -> None:
        async with _Line(port) as line:
            for number in _every(first, lines):
                turn = began + number / rate
                await asyncio.sleep(max(0.0, turn - time.perf_counter()))
                if until.is_set():
                    return
                taken.add(await line.ask(request), time.perf_counter() - turn)

    await asyncio.gather(*(work(first) for first in range(lines)))
    taken.seconds = time.perf_counter() - began
    return taken


def _every(first: int, step: int) -> Iterator[int]:
    while True:
        yield first
        first += step


class _Line:
    """One connection that is kept; opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> _Line:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.writer.close()

    async def ask(self, request: bytes) -> int:
        """Send, read the whole answer, give its status."""
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        if b"content-length:" in head:
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            await self.reader.readexactly(length)
        else:
            await self._chunks()
        if b"connection: close" in head:
            self.writer.close()
            await self.__aenter__()
        return int(head.split(b" ", 2)[1])

    async def _chunks(self) -> None:
        while size := int(await self.reader.readline(), 16):
            await self.reader.readexactly(size + 2)
        await self.reader.readline()
