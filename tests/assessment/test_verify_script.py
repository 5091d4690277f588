"""The stand-alone script: built from the very sources that count here; it finds every change."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain import merkle
from assessment.domain.ballot import receipt
from assessment.domain.lots import enter_number
from assessment.domain.publishing import json_file, packed
from assessment.domain.queries import published
from assessment.domain.script.build import DOMAIN, CannotBuild, modules, read, script
from assessment.domain.script.checks import Said, checked
from assessment.domain.script.signing_check import signature_holds
from assessment.domain.script.words import WORDS
from assessment.domain.sealing import seal_if_due
from assessment.domain.unlinking import unlink_round
from assessment.models import BallotBox, Ranking, VoteBatch
from tests.factories.applications import as_actor
from tests.factories.assessment import Election, election
from tests.factories.votes import open_round_of
from timeline.actor import SYSTEM

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("script") / "verify_round.py"
    place.write_text(script(), encoding="utf-8")
    return place


def ran(program: Path, *given: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The script as a stranger runs it: no site packages, none of our folders, no environment."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(program), *given],
        capture_output=True,
        text=True,
        cwd=program.parent,
        env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


class TestBuild:
    def test_the_very_sources_stand_in_it(self) -> None:
        text = script()
        parts = modules()
        assert {"merkle", "ballot", "marks", "tally", "allocation", "award"} <= {
            part.name for part in parts
        }
        for part in parts:
            source = (DOMAIN / f"{part.name.replace('.', '/')}.py").read_text()
            assert part.text in text
            assert _statements(source) == _statements(part.text), part.name

    def test_twice_the_same_bytes(self) -> None:
        assert script() == script()

    def test_it_needs_the_standard_library_only(self) -> None:
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(ast.parse(script()))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert all(name.split(".")[0] in sys.stdlib_module_names for name in imported), imported

    def test_a_module_with_the_database_is_refused(self) -> None:
        with pytest.raises(CannotBuild, match="standard library"):
            read("closing")

    def test_it_names_its_engine_and_its_licence(self) -> None:
        head = script()[:900]
        assert "EUPL-1.2" in head
        assert "Engine 2" in head


def _statements(source: str) -> list[str]:
    """What a module does, without its imports."""
    body = ast.parse(source).body
    return [
        ast.dump(node)
        for node in body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    ]


class TestSignatures:
    @settings(max_examples=15, deadline=None)
    @given(st.binary(max_size=64), st.integers(0, 63), st.integers(1, 255))
    def test_whole_numbers_agree_with_the_library(
        self, message: bytes, place: int, change: int
    ) -> None:
        private = Ed25519PrivateKey.generate()
        public, signature = private.public_key().public_bytes_raw(), private.sign(message)
        assert signature_holds(public, message, signature)
        other = bytearray(signature)
        other[place] ^= change
        assert not signature_holds(public, message, bytes(other))
        assert not signature_holds(public, message + b"x", signature)

    def test_what_is_no_key_holds_nothing(self) -> None:
        assert not signature_holds(b"", b"", b"")
        assert not signature_holds(b"\xff" * 32, b"", bytes(64))


def test_every_code_has_its_words() -> None:
    source = (DOMAIN / "script" / "checks.py").read_text()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
            code = node.args[1]
            assert isinstance(code, ast.Constant)
            told = [name for name in WORDS if name in (code.value, *_with_verdict(code.value))]
            assert told, code.value


def _with_verdict(code: Any) -> Iterator[str]:
    yield from (f"{code}_{verdict}" for verdict in ("good", "wrong", "open"))


@pytest.fixture
def held() -> Election:
    """A round that was counted, divided, and confirmed by a second official."""
    at = voted()
    at.fix()
    at.round.refresh_from_db()
    return at


def voted() -> Election:
    """Fifteen voters, and their ballots counted."""
    at = election(options=3, voters=15)
    with at.running():
        for voter in range(15):
            at.vote(voter, *((0,) if voter < 7 else (1, 2) if voter < 12 else (2,)))
    at.count()
    at.round.refresh_from_db()
    return at


def said(files: Files, verdict: str = "wrong") -> list[Said]:
    return [each for each in checked(files) if each.verdict == verdict]


@pytest.mark.django_db
@pytest.mark.slow
class TestOnARound:
    @pytest.mark.both
    def test_a_whole_round_holds(self, held: Election, program: Path, tmp_path: Path) -> None:
        files = published.confidential_files(held.round)
        assert not said(files)
        place = tmp_path / "box.zip"
        place.write_bytes(packed(files))
        first, second = (ran(program, str(place), seed=seed) for seed in ("1", "77"))
        assert first.returncode == 0, first.stdout + first.stderr
        assert "FOUT" not in first.stdout
        assert Ranking.objects.get(round=held.round).outcome_hash in first.stdout
        assert first.stdout == second.stdout

    def test_the_public_files_hold_as_far_as_they_go(self, held: Election) -> None:
        files = published.public_files(held.round, letters_out=True)
        assert {"box.json", "ballots.json"}.isdisjoint(files)
        assert not said(files)
        assert {each.code for each in said(files, "good")} >= {"rules", "chain", "outcome"}

    @pytest.mark.parametrize(
        ("what", "change"),
        [
            ("changed", lambda box: box[3].update(choices=box[-1]["choices"] + " ")),
            ("another option", lambda box: box[0].update(choices=_other(box))),
            ("deleted", lambda box: box.pop(4)),
            ("added", lambda box: box.append({**box[2], "nonce": "ab" * 32})),
            ("another nonce", lambda box: box[5].update(nonce="00" * 32)),
            ("another voter", lambda box: box[6].update(ballot_key="11" * 32)),
        ],
    )
    def test_a_change_in_the_box_names_its_batch(
        self, held: Election, program: Path, tmp_path: Path, what: str, change: Callable[..., Any]
    ) -> None:
        files = published.confidential_files(held.round)
        box = json.loads(files["box.json"])
        change(box)
        place = tmp_path / what
        place.mkdir()
        for name, content in {**files, "box.json": json_file(box)}.items():
            (place / name).write_bytes(content)
        out = ran(program, str(place))
        assert out.returncode == 1
        assert "verzegeling 1" in next(line for line in out.stdout.splitlines() if "FOUT" in line)

    @pytest.mark.both
    def test_two_ballots_that_changed_places_name_both_batches(self) -> None:
        held = election(options=3, voters=15)
        with held.running():
            for voter in range(10):
                held.vote(voter, 0)
        with held.running(days=2):
            assert seal_if_due(round_id=held.round.pk, actor=SYSTEM) is not None
            for voter in range(10, 15):
                held.vote(voter, 1)
        held.close()
        held.round.refresh_from_db()
        files = published.confidential_files(held.round)
        assert not said(files)
        box = json.loads(files["box.json"])
        box[0]["batch"], box[-1]["batch"] = 2, 1
        found = said({**files, "box.json": json_file(box)})
        assert [(each.code, each.figures["batch"]) for each in found] == [
            ("batch_root", 1),
            ("batch_root", 2),
        ]

    def test_a_changed_ballot_counts_once(self) -> None:
        held = election(options=3, voters=12)
        with held.running():
            for voter in range(12):
                held.vote(voter, 0)
            for voter in range(4):
                held.vote(voter, 1)
        held.count()
        held.round.refresh_from_db()
        found = next(
            each
            for each in checked(published.confidential_files(held.round))
            if each.code == "count_made"
        )
        assert found.figures["n"] == 12

    def test_an_unlinked_box_still_counts(self, held: Election) -> None:
        before = published.public_files(held.round, letters_out=True)
        unlink_round(round_id=held.round.pk, actor=as_actor(held.assessor))
        held.round.refresh_from_db()
        files = published.confidential_files(held.round)
        assert not said(files)
        assert "box_unlinked" in {each.code for each in said(files, "open")}
        assert {"count", "outcome"} <= {each.code for each in said(files, "good")}
        after = published.public_files(held.round, letters_out=True)
        assert {name for name in after if after[name] != before[name]} == {"round.json"}

    def test_a_lot_from_a_public_number_is_drawn_again(self) -> None:
        held = open_round_of(
            "approval",
            options=3,
            voters=12,
            distribution={"lot_source": "public", "public_number": "Trekking van 1 mei"},
        )
        with held.running():
            for voter in range(12):
                held.vote(voter, 0, 1, 2)
        held.count()
        with held.over():
            for person in (held.assessor, held.second):
                enter_number(round_id=held.round.pk, number="4711", actor=as_actor(person))
        held.fix()
        held.round.refresh_from_db()
        files = published.public_files(held.round, letters_out=True)
        assert "lot" in {each.code for each in said(files, "good")}
        lot = json.loads(files["lot.json"])
        lot["order"].reverse()
        assert "lot" in {each.code for each in said({**files, "lot.json": json_file(lot)})}

    def test_equal_shares_need_the_ballots(self) -> None:
        held = open_round_of(
            "approval",
            options=4,
            voters=12,
            distribution={
                "rule": "equal_shares",
                "equal_shares": {"step": 1, "add1": "until_overspend", "completion": "utilitarian"},
            },
        )
        with held.running():
            for voter in range(12):
                held.vote(voter, *((0, 1, 2) if voter < 7 else (1, 2, 3)))
        held.count()
        held.fix()
        held.round.refresh_from_db()
        public = published.public_files(held.round, letters_out=True)
        assert "award_needs_ballots" in {each.code for each in said(public, "open")}
        assert not any(b"profile" in content for content in public.values())
        whole = published.confidential_files(held.round)
        assert not said(whole)
        assert "outcome" in {each.code for each in said(whole, "good")}

    def test_what_is_published_cannot_be_bent(self, held: Election) -> None:
        files = published.public_files(held.round, letters_out=True)

        def bent(name: str, change: Callable[[Any], Any]) -> set[str]:
            value = json.loads(files[name])
            change(value)
            return {each.code for each in said({**files, name: json_file(value)})}

        assert "link" in bent("batches.json", lambda rows: rows[0].update(n=14))
        assert "link" in bent("batches.json", lambda rows: rows[0].update(root="00" * 32))
        assert "final_root" in bent("batches.json", lambda rows: rows.clear())
        assert "signature" in bent("batches.json", lambda rows: rows[0].update(signature="0" * 128))
        assert "rules" in bent("params.json", lambda rules: rules["award"].update(on_misfit="stop"))
        assert "outcome" in bent("facts.json", lambda facts: facts["ceilings"].update(total=1))
        assert "outcome" in bent("count.json", _more_votes)
        assert "unreadable" in bent("facts.json", lambda facts: facts.clear())

    def test_the_second_official_gets_no_outcome_beforehand(self) -> None:
        held = voted()
        held.rank()
        files = published.confidential_files(held.round)
        assert {"outcome.json", "award.json", "count.json"}.isdisjoint(files)
        found = next(each for each in checked(files) if each.code == "outcome_found")
        kept = Ranking.objects.get(round=held.round).outcome_hash
        assert found.figures["hash"] == kept

    def test_the_proof_of_one_voter(self, held: Election, program: Path, tmp_path: Path) -> None:
        batch = VoteBatch.objects.get(round=held.round)
        leaves = sorted(
            bytes.fromhex(leaf)
            for leaf in BallotBox.objects.filter(batch=batch).values_list("leaf", flat=True)
        )
        proof = {
            "receipt": receipt(leaves[2]),
            "leaf": leaves[2].hex(),
            "batch": batch.seq,
            "index": 2,
            "size": len(leaves),
            "path": [each.hex() for each in merkle.path(leaves, 2)],
        }
        (tmp_path / "round.zip").write_bytes(
            packed(published.public_files(held.round, letters_out=False))
        )
        (tmp_path / "proof.json").write_bytes(json_file(proof))
        given = (str(tmp_path / "round.zip"), "--proof", str(tmp_path / "proof.json"))
        out = ran(program, *given, "--english")
        assert out.returncode == 0, out.stdout
        assert f"the ballot of {proof['receipt']} lies in batch 1" in out.stdout
        (tmp_path / "proof.json").write_bytes(json_file({**proof, "index": 3}))
        assert ran(program, *given).returncode == 1


def _other(box: list[dict[str, Any]]) -> str:
    return str(next(each["choices"] for each in box if each["choices"] != box[0]["choices"]))


def _more_votes(count: dict[str, Any]) -> None:
    first = min(count["scores"], key=lambda uid: (count["scores"][uid], uid))
    count["scores"][first] += 1000


@pytest.mark.slow
def test_nothing_to_check_is_said(program: Path, tmp_path: Path) -> None:
    assert ran(program, str(tmp_path / "none.zip")).returncode == 2
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    assert ran(program, str(tmp_path / "bad.zip")).returncode == 2
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    assert ran(program, str(tmp_path / "empty.zip")).returncode == 1
    assert "Reken een stemronde na" in ran(program, "--help").stdout
