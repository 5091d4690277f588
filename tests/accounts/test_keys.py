"""Keys outside the database: made once, kept, asked for, destroyed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.conf import settings

from accounts import keys


def test_a_key_is_made_once_and_only_its_owner_reads_it() -> None:
    one = keys.key("test-made")
    path = Path(settings.KEYS_DIR) / "test-made.key"
    assert keys.key("test-made") == one == path.read_bytes()
    assert len(one) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_key_is_never_made_afresh() -> None:
    path = Path(settings.KEYS_DIR) / "test-kept.key"
    with pytest.raises(keys.MissingKey, match=r"test-kept\.key is missing: restore it") as missing:
        keys.existing("test-kept")
    assert missing.value.path == path
    assert not path.exists()
    made = keys.key("test-kept")
    assert keys.existing("test-kept") == made
    keys.destroy("test-kept")
    with pytest.raises(keys.MissingKey):
        keys.existing("test-kept")
