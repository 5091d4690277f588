"""One composer for each kind of letter, after domain practice for Dutch subsidy decisions."""

from collections.abc import Callable

from documents.letters.composers.award import award, direct_settlement
from documents.letters.composers.copy import application_copy
from documents.letters.composers.receipt import receipt_confirmation, withdrawal_confirmation
from documents.letters.composers.rejection import intent_notice, rejection
from documents.letters.composers.repair import not_processed, repair_request
from documents.letters.composers.settlement import lower_settlement, settlement
from documents.letters.facts import LetterFacts, LetterKind
from documents.letters.model import Letter

_COMPOSERS: dict[LetterKind, Callable[[LetterFacts], Letter]] = {
    LetterKind.RECEIPT_CONFIRMATION: receipt_confirmation,
    LetterKind.APPLICATION_COPY: application_copy,
    LetterKind.REPAIR_REQUEST: repair_request,
    LetterKind.NOT_PROCESSED: not_processed,
    LetterKind.AWARD: award,
    LetterKind.DIRECT_SETTLEMENT: direct_settlement,
    LetterKind.REJECTION: rejection,
    LetterKind.INTENT_NOTICE: intent_notice,
    LetterKind.SETTLEMENT: settlement,
    LetterKind.LOWER_SETTLEMENT: lower_settlement,
    LetterKind.WITHDRAWAL_CONFIRMATION: withdrawal_confirmation,
}


def compose(facts: LetterFacts) -> Letter:
    """The letter that these facts make. Same facts, same letter.

    Raises IncompleteFactsError when a letter that is not an example needs an article, paragraph
    or name that nobody knows.
    """
    return _COMPOSERS[facts.kind](facts)
