"""Child processes that die with the test run, however it ends."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1


def dies_with_us(by: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn``: the kernel sends ``by`` to the child when the test run is killed."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(by))

    return ask


def unprivileged() -> dict[str, Any]:
    """Arguments for ``subprocess`` that drop root, which PostgreSQL refuses; nothing for others."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own_folder(prefix: str) -> Path:
    """A private folder of its user; the name is short, as a socket's path has at most 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    dropped = unprivileged()
    if dropped:
        os.chown(folder, dropped["user"], dropped["group"])
    return folder


def copy_owned(source: Path, target: Path) -> None:
    """Copy a folder for the user that we drop to."""
    shutil.copytree(source, target)
    dropped = unprivileged()
    if dropped:
        for path in (target, *target.rglob("*")):
            os.chown(path, dropped["user"], dropped["group"])


def start(
    command: list[str], *, by: signal.Signals, log: IO[bytes] | None = None, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a child of this run; its output goes to ``log``."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log or subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        preexec_fn=dies_with_us(by),  # noqa: PLW1509  only calls prctl
        **options,
    )


def stop(process: subprocess.Popen[bytes], by: signal.Signals, *, within: float = 10) -> None:
    """Ask the child to stop; after ``within`` seconds make it."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def remove(folder: Path) -> None:
    """Remove a folder of this run."""
    shutil.rmtree(folder, ignore_errors=True)
