"""The secret of a round: one file in ``KEYS_DIR``, made when it opens and never again.

Both peppers follow from it, so that one file is backed up, restored and in the end destroyed. A
round that opened before had a file for each.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import keys
from assessment.domain import ballot
from timeline.refusal import Unavailable

log = logging.getLogger(__name__)
REGISTER, BALLOT = "register", "ballot"


@dataclass(frozen=True, slots=True)
class Peppers:
    """The two peppers of one round."""

    round_uid: str
    register: bytes
    ballot: bytes

    def register_key(self, code: str) -> str:
        """The key under which a code's right is registered in this round."""
        return ballot.register_key(self.register, self.round_uid, code)

    def ballot_key(self, code: str) -> str:
        """The key under which a code's ballot lies in the box of this round."""
        return ballot.ballot_key(self.ballot, self.round_uid, code)


class KeyAway(Unavailable):
    """The file with the secret of a round is not there; nothing can be cast or looked up."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _("Er kan nu niet worden gestemd. Probeer het later opnieuw."), code="key_away"
        )
        self.file = file


def make_secret(round_uid: str) -> None:
    """Make the secret of a round that opens; nothing when it is there already."""
    keys.key(_purpose(round_uid))


def peppers_of(round_uid: str) -> Peppers:
    """The peppers of a round that was opened. Raises ``KeyAway`` and logs which file is to be
    restored: a fresh one would void every code."""
    try:
        secret = keys.existing(_purpose(round_uid))
    except keys.MissingKey as missing:
        try:
            return Peppers(
                round_uid,
                keys.existing(f"{_purpose(round_uid)}-{REGISTER}"),
                keys.existing(f"{_purpose(round_uid)}-{BALLOT}"),
            )
        except keys.MissingKey:
            log.critical("%s", missing)
            raise KeyAway(missing.path.name) from missing
    return Peppers(round_uid, ballot.pepper(secret, REGISTER), ballot.pepper(secret, BALLOT))


def missing_file(round_uid: str) -> str:
    """The key file of a round that is not where it should be; empty when all is well."""
    try:
        peppers_of(round_uid)
    except KeyAway as away:
        return away.file
    return ""


def files_of(round_uid: str) -> tuple[str, ...]:
    """The names of the files that a round has, or had when it opened before."""
    purpose = _purpose(round_uid)
    return (f"{purpose}.key", f"{purpose}-{REGISTER}.key", f"{purpose}-{BALLOT}.key")


def destroy_secret(round_uid: str) -> None:
    """Destroy the files of a round, for good. Twice changes nothing."""
    for name in files_of(round_uid):
        keys.destroy(name.removesuffix(".key"))


def _purpose(round_uid: str) -> str:
    return f"vote-{round_uid}"
