"""Keys outside the database: one file a purpose in ``KEYS_DIR``, made at first use, mode 0600."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings


def key(purpose: str) -> bytes:
    """The 32 secret bytes for ``purpose`` (a file name); made once when it is not there.

    Two processes that start together agree: the file is written aside and linked into place, which
    only one of them can do.
    """
    folder = Path(settings.KEYS_DIR)
    path = folder / f"{purpose}.key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = folder / f".{purpose}.{secrets.token_hex(8)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            fresh.unlink()
    return path.read_bytes()


class MissingKey(LookupError):
    """A key that was made before is not there: ``path`` is the file to restore from a backup."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"the key file {path} is missing: restore it from its own backup")
        self.path = path


def existing(purpose: str) -> bytes:
    """The secret bytes for ``purpose``, of which the file must be there; raises ``MissingKey``.

    For what was made with a key and needs that very one: a fresh key would be a wrong key.
    """
    path = Path(settings.KEYS_DIR) / f"{purpose}.key"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingKey(path) from None


def destroy(purpose: str) -> None:
    """Remove a key for good. What it kept cannot be read or linked any more."""
    (Path(settings.KEYS_DIR) / f"{purpose}.key").unlink(missing_ok=True)


def keyed_hash(purpose: str, text: str) -> str:
    """HMAC-SHA-256 of ``text`` under the key of ``purpose``, as hex."""
    return hmac.new(key(purpose), text.encode(), hashlib.sha256).hexdigest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key("numbers")))


def encrypt(text: str) -> str:
    """Encrypt a short text under the installation's own key."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Read what ``encrypt`` wrote; raises ``fernet.InvalidToken`` for anything else."""
    return _fernet().decrypt(text.encode()).decode()
