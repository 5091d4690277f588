"""Who acts: one frozen value that every verb takes and every event records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Channel = Literal["portal", "desk", "paper", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, for a party, under a mandate, through a channel.

    ``uid`` is the person's uid ("system" for the engine itself), ``person_id`` her key in the
    database for checks of rights, ``party_uid`` the party for whom she acts, ``mandate`` the code
    of the role or function that she uses (Awb 2:1, 10:1). Only uids reach an event.
    """

    uid: str
    person_id: int | None = None
    party_uid: str = ""
    mandate: str = ""
    channel: Channel = "portal"

    @property
    def is_system(self) -> bool:
        return self.uid == "system"


SYSTEM = Actor(uid="system", channel="system")
