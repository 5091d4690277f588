"""The first letter of a process loads the renderer; that time belongs to no test."""

from __future__ import annotations

import pytest

from documents.letters import LetterKind, compose
from documents.rendering import pdf
from tests.documents.examples import SENT_ON, facts


@pytest.fixture(scope="session", autouse=True)
def warm_press() -> None:
    """Print one letter before the tests."""
    pdf.render(compose(facts(LetterKind.WITHDRAWAL_CONFIRMATION)), facts={}, day=SENT_ON)
