"""What a voter sees: the options in an order of her own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from assessment.domain.rights import register_key
from assessment.models import VoteOption, VoteRound


@dataclass(frozen=True, slots=True)
class Paper:
    """The ballot paper of one voter."""

    round: VoteRound
    options: tuple[VoteOption, ...]
    minimum: int
    maximum: int


def paper(round_: VoteRound, code: str) -> Paper:
    """The paper for the holder of ``code``: options in a random order that stays the same for her,
    so that no option gains by its place in the list."""
    rules = json.loads(round_.params)
    key = register_key(round_, code)
    options = sorted(
        VoteOption.objects.filter(round=round_),
        key=lambda option: hashlib.sha256(f"{key}|{option.uid}".encode()).digest(),
    )
    return Paper(round_, tuple(options), rules["minimum"], rules["maximum"])
