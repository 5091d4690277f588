"""What a voter sees: the options in an order of her own, and which of them are closed to her."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.domain.frozen import rules_of
from assessment.domain.rights import register_key
from assessment.models import OptionWithdrawal, VoteOption, VoteRound
from regeling.definition import listed

OWN, WITHDRAWN = "own", "withdrawn"


@dataclass(frozen=True, slots=True)
class Card:
    """One option on a ballot paper. ``closed`` says why it cannot be chosen, or is empty."""

    option: VoteOption
    theme: str
    closed: str = ""

    @property
    def uid(self) -> str:
        return str(self.option.uid)


@dataclass(frozen=True, slots=True)
class Paper:
    """The ballot paper of one voter, under the frozen rules of its round."""

    round: VoteRound
    rules: Mapping[str, Any]
    cards: tuple[Card, ...]

    @property
    def vote(self) -> Mapping[str, Any]:
        """How is voted: kind and numbers."""
        vote: Mapping[str, Any] = self.rules["vote"]
        return vote

    @property
    def amounts(self) -> dict[str, int]:
        """The frozen amounts in cents of the options that this voter can choose."""
        return {card.uid: card.option.amount_cents for card in self.cards if not card.closed}

    @property
    def names(self) -> dict[str, str]:
        """The titles of all options, by uid."""
        return {card.uid: card.option.title for card in self.cards}

    @property
    def places(self) -> list[str]:
        """Where the options are, when there is something to choose."""
        return _several(card.option.place for card in self.cards)

    @property
    def themes(self) -> list[str]:
        """What the options are about, when there is something to choose."""
        return _several(card.theme for card in self.cards)


def paper(round_: VoteRound, code: str, own: Collection[str] = ()) -> Paper:
    """The paper for the holder of ``code``: options in a random order that stays the same for her,
    so that no option gains by its place in the list. ``own`` are the uids that she called hers."""
    key = register_key(round_, code)
    cards = _cards(round_, own)
    return Paper(round_, rules_of(round_), tuple(sorted(cards, key=lambda card: _lot(key, card))))


def numbered(round_: VoteRound) -> list[tuple[int, Card]]:
    """The options as they stand on paper: one order for everybody, drawn from the frozen rules, and
    the number by which a form names each."""
    cards = sorted(_cards(round_, ()), key=lambda card: _lot(round_.params_hash, card))
    return list(enumerate(cards, start=1))


def _cards(round_: VoteRound, own: Collection[str]) -> list[Card]:
    themes = {each.code: each.name for each in listed(round_.call.revision.definition.activities)}
    gone = set(
        OptionWithdrawal.objects.filter(option__round=round_).values_list("option_id", flat=True)
    )
    return [
        Card(
            option,
            themes.get(option.activity, ""),
            WITHDRAWN if option.pk in gone else OWN if str(option.uid) in own else "",
        )
        for option in VoteOption.objects.filter(round=round_)
    ]


def _lot(key: str, card: Card) -> bytes:
    return hashlib.sha256(f"{key}|{card.uid}".encode()).digest()


def _several(words: Iterable[str]) -> list[str]:
    found = sorted({each for each in words if each})
    return found if len(found) > 1 else []
