"""Change one value anywhere behind the product's back, and verify names the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from config.demo.play.round import play_round
from documents.models import Document
from timeline import triggers, verify
from timeline.verify import Finding, checks

OTHER = "CASE WHEN substr({0}, 1, 1) = 'f' THEN 'e' ELSE 'f' END || substr({0}, 2)"
MORE = "{0} + 1"
PLACES = [
    ("timeline_event", "text", OTHER),
    ("timeline_event", "hash", OTHER),
    ("timeline_event", "counts_for", "'1999-01-01'"),
    ("timeline_stream", "head", OTHER),
    ("timeline_stream", "length", MORE),
    ("regeling_revision", "text", OTHER),
    ("regeling_ceiling", "settled", MORE),
    ("regeling_postingline", "cents", MORE),
    ("applications_snapshot", "text", OTHER),
    ("applications_application", "state", "'withdrawn'"),
    ("applications_cashentry", "cents", MORE),
    ("documents_decision", "snapshot", OTHER),
    ("documents_document", "sha256", OTHER),
    ("assessment_ballotbox", "choices", OTHER),
    ("assessment_votebatch", "merkle_root", OTHER),
    ("assessment_voteround", "params", OTHER),
    ("assessment_ranking", "outcome", OTHER),
    ("accountability_report", "text", OTHER),
]


def findings() -> list[Finding]:
    return [found for walk in checks().values() for found in verify.findings(walk)]


@pytest.mark.slow
@pytest.mark.django_db
def test_verify_names_whatever_was_changed(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND = "config.demo.mail.PostBox"
    play_round(slug="krachtvansalland-cheque-2023", applications=6, seed=5, say=lambda line: None)
    assert findings() == []
    unseen = [place for place in PLACES if not _seen(*place)]
    assert unseen == []
    assert findings() == []
    document = Document.objects.earliest("pk")
    file = Path(settings.MEDIA_ROOT) / document.path
    whole = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert document.path in "".join(each.place for each in findings())
    file.write_bytes(whole)


def _seen(table: str, column: str, change: str) -> bool:
    """Change one row inside a savepoint, look, and put it back."""
    with transaction.atomic():
        with triggers.lifted(connection), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = {change.format(column)} "
                f"WHERE id = (SELECT min(id) FROM {table} WHERE {column} IS NOT NULL)"
                if "ballotbox" not in table
                else f"UPDATE {table} SET {column} = {change.format(column)} "
                f"WHERE leaf = (SELECT min(leaf) FROM {table})"
            )
            assert cursor.rowcount == 1, (table, column)
        found = findings()
        transaction.set_rollback(True)
    return bool(found)
