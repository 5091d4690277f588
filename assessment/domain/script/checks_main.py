"""The command line of ``verify_round.py``: read a folder or a zip, check it, say what was found."""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from assessment.domain.script.checks import GOOD, OPEN, WRONG, Files, Said, checked, proof_holds
from assessment.domain.script.words import HELP_EN, HELP_NL, WORDS

MOST_BYTES = 500_000_000
MARK = {GOOD: ("goed", "good"), WRONG: ("FOUT", "WRONG"), OPEN: ("open", "open")}


def run(arguments: Sequence[str]) -> int:
    """Check what the command line names; 0 when nothing differs, 1 when something does, 2 when
    there is nothing to check."""
    given = _parser().parse_args(arguments)
    try:
        files = read_files(Path(given.files))
        proof = json.loads(Path(given.proof).read_text(encoding="utf-8")) if given.proof else None
    except (OSError, ValueError, zipfile.BadZipFile) as fault:
        sys.stderr.write(f"{given.files}: {fault}\n")
        return 2
    found = list(checked(files))
    if proof is not None:
        found += _proof(files, proof)
    for each in found:
        sys.stdout.write(sentence_of(each, english=given.english) + "\n")
    wrong = sum(each.verdict == WRONG for each in found)
    code = "all_good" if not wrong else "some_wrong"
    sys.stdout.write("\n" + WORDS[code][given.english].format(n=wrong) + "\n")
    return 1 if wrong else 0


def read_files(place: Path) -> Files:
    """The files in a folder, or in a zip, by their name."""
    if place.is_dir():
        return {each.name: each.read_bytes() for each in sorted(place.iterdir()) if each.is_file()}
    with zipfile.ZipFile(place) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_BYTES:
            raise ValueError("too large")
        return {Path(each).name: packed.read(each) for each in packed.namelist()}


def sentence_of(said: Said, *, english: bool) -> str:
    """One line: the verdict and what was looked at."""
    words = WORDS.get(f"{said.code}_{said.verdict}") or WORDS[said.code]
    return f"{MARK[said.verdict][english]:6} {words[english].format(**said.figures)}"


def _proof(files: Files, proof: dict[str, object]) -> list[Said]:
    try:
        return list(proof_holds(files, proof))
    except (ValueError, LookupError, TypeError, AttributeError) as fault:
        return [Said(WRONG, "unreadable", {"fault": f"{type(fault).__name__}: {fault}"})]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verify_round.py",
        description=HELP_NL + "\n\n" + HELP_EN,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", help="map of zip met de bestanden / folder or zip with the files")
    parser.add_argument(
        "--proof", metavar="FILE", help="bewijs van één kiezer / proof of one voter"
    )
    parser.add_argument("--english", action="store_true", help="in het Engels / in English")
    return parser
