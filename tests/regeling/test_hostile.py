"""Texts that are made to hurt: refused within a second and 100 MB, measured in a process apart."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.definition import DefinitionError, canonical, from_canonical, parse
from tests.regeling.samples import ACTIVE, MEETING, SMALL, VOTING

MOST_SECONDS = 1.0
MOST_BYTES = 100 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]

READ = """\
import os, sys, time
sys.path.insert(0, os.getcwd())
from regeling.definition import DefinitionError, parse
from tests.regeling.test_hostile import find_bomb
text = sys.stdin.read()
def peak():  # of this program: ru_maxrss also counts what the test itself took before the fork
    status = open("/proc/self/status").read()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
before, started = peak(), time.perf_counter()
try:
    parse(text, file="boos.yaml", find=find_bomb)
    told = "IT WAS TAKEN"
except DefinitionError as error:
    told = error.lines[0]
took = time.perf_counter() - started
print(took, peak() - before, len(text), told[:300].replace("\\n", " "))
"""


@dataclass(frozen=True)
class Reading:
    """How long it took in seconds, how many bytes the process grew, and the first message."""

    seconds: float
    grown: int
    told: str


def find_bomb(slug: str) -> str | None:
    """Every regulation goes on from the next one, and is as large as may be."""
    number = int(slug.removeprefix("bom-") or 0) if slug.startswith("bom-") else 0
    rules = "".join(
        f"  - code: r{number}-{n}\n    require: nieuw = yes\n    sentence: Dat moet zo zijn.\n"
        for n in range(1000)
    )
    text = SMALL.replace("  slug: klein\n", f"  slug: {slug}\n")
    text = text.replace("eligibility:\n", f"eligibility:\n{rules}")
    return text if number >= 4 else f"extends: bom-{number + 1}\n{text}"


def reading(text: str) -> Reading:
    """Read a text in a process of its own that may take no more than twice what is allowed."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
        resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))

    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "")},
        preexec_fn=limited,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, grown, _length, told = done.stdout.split(" ", 3)
    return Reading(float(seconds), int(grown), told.strip())


def with_rule(condition: str) -> str:
    return SMALL.replace("require: nieuw = yes", f"require: {condition}")


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


WIDE = "".join(
    f"  - code: r{n}\n    require: nieuw = yes\n    sentence: Dat moet zo zijn.\n"
    for n in range(1400)
)
MANY_ASSUMED = "assumptions:\n" + "".join(
    f"  - path: eligibility.r{n}.when\n    value: nieuw = yes\n    reason: Dat is zo.\n"
    for n in range(1400)
)
ALTERNATIVES = " and ".join(f"(nieuw or persons = {n} or costs = EUR {n})" for n in range(20))

HOSTILE: dict[str, tuple[str, str]] = {
    "deep nesting": ("[" * 100_000, "te diep of te lang"),
    "deep mappings": ("".join(f"{' ' * n}a:\n" for n in range(600)), "te diep of te lang"),
    "ten million items by alias": (laughs(7), "verwijzingen met & en *"),
    "a billion laughs": (laughs(9), "verwijzingen met & en *"),
    "an anchor alone": ("a: &a [*a]", "verwijzingen met & en *"),
    "a tag": ("!!python/object/apply:os.system [ls]", "typen met ! kunnen hier niet"),
    "an expression of a megabyte": (
        with_rule("nieuw = yes or " * 70_000 + "nieuw = yes"),
        "groter dan 200000 tekens",
    ),
    "an expression as long as the file may be": (
        with_rule("nieuw = yes or " * 13_000 + "nieuw = yes"),
        "langer dan 1000 tekens",
    ),
    "deep brackets": (with_rule("(" * 400 + "nieuw" + ")" * 400), "dieper dan 20 lagen"),
    "deep functions": (with_rule("sum(" * 150 + "persons" + ")" * 150 + " > 1"), "dieper dan 20"),
    "deep negation": (with_rule("not " * 200 + "nieuw"), "dieper dan 20 lagen"),
    "alternatives without end": (with_rule(ALTERNATIVES + " and x"), "is geen feit en geen vraag"),
    "an attribute": (with_rule("applicant.__class__ = 'x'"), "is niet te lezen"),
    "an import": (with_rule("__import__('os').system('ls') = 1"), "is niet te lezen"),
    "a call": (with_rule("open('x') = 'y'"), "kan niet met haakjes"),
    "a template": (with_rule("region = {{ settings.SECRET_KEY }}"), "is niet te lezen"),
    "a huge number": (SMALL.replace("maximum: 1000", "maximum: " + "9" * 150_000), "geen bedrag"),
    "a huge number of weeks": (
        SMALL.replace("repair_weeks: 2", "repair_weeks: " + "9" * 150_000),
        "geen heel getal",
    ),
    "a huge number in a rule": (with_rule("persons > " + "9" * 900), "een te groot getal"),
    "an exponent": (SMALL.replace("maximum: 1000", "maximum: 1e999999"), "geen bedrag"),
    "a day beyond the calendar": (
        with_rule("start_date > 9999-12-31 + 40001 years"),
        "na + of - hoort een tijd",
    ),
    "many keys": ("".join(f"k{n}: 1\n" for n in range(20_000)), "te diep of te lang"),
    "many strange keys": ("".join(f"k{n}: 1\n" for n in range(4_900)), "'activities' ontbreekt"),
    "a long key": ("k" * 150_000 + ": 1", "dit is geen YAML"),
    "a long text": (SMALL.replace("Een kleine regeling om", "x" * 150_000), "te lang"),
    "many rules and many assumptions": (
        SMALL.replace("eligibility:\n", f"eligibility:\n{WIDE}")
        .replace("sentence: Dat moet zo zijn.", "sentence: Zo hoort het.", 1)[:90_000]
        .rpartition("\n  - code")[0]
        + "\n"
        + MANY_ASSUMED[:90_000],
        "te diep of te lang",
    ),
    "many assumptions": (
        SMALL + "assumptions:\n" + "  - path: terms.repair_weeks\n    value: 1\n" * 1_500,
        "meer dan 200 aannames",
    ),
    "extends on extends": (
        "extends: bom-0\nidentity:\n  slug: klein-2\nrelease: nooit\n",
        "wat deze regeling overneemt is samen groter dan 200000 tekens",
    ),
    "extends on a file of this machine": (
        "extends: ../../../../etc/passwd\nidentity:\n  slug: klein-2\n",
        "noem de 'slug' van één regeling",
    ),
    "drops without end": (
        "extends: bom-4\nidentity:\n  slug: klein-2\ndrop:\n" + "  - eligibility.r4-1\n" * 4_000,
        "lijst van hoogstens 200 paden",
    ),
    "control characters": (SMALL.replace("Een kleine", "Een\x00kleine"), "niet te lezen"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_at_once_and_costs_next_to_nothing(case: str) -> None:
    text, sentence = HOSTILE[case]
    found = reading(text)
    assert sentence in found.told
    assert found.seconds < MOST_SECONDS
    assert found.grown < MOST_BYTES


@pytest.mark.slow
def test_the_measure_sees_what_is_too_much() -> None:
    """A control: a text that is taken, and a process that grows, are told as such."""
    assert reading(SMALL).told == "IT WAS TAKEN"
    script = READ.replace("try:\n", "held = b'x' * (200 * 1024 * 1024)\ntry:\n")
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=SMALL,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert int(done.stdout.split(" ")[1]) > MOST_BYTES


@pytest.mark.parametrize("case", [case for case in HOSTILE if "extends" not in case])
def test_it_is_refused(case: str) -> None:
    text, sentence = HOSTILE[case]
    with pytest.raises(DefinitionError) as caught:
        parse(text, file="boos.yaml", find=find_bomb)
    assert any(sentence in line for line in caught.value.lines)


ODD = ["unknown", "none", "[]", "{}", "3", "-1", "yes", "x", "2026-01-01", "[a, b]", "{a: b}", "''"]
ODD += ["999999999", "null", "~", "'unknown'", "1e9", "persons > 3 and x", "extends: x"]


@given(st.sampled_from([ACTIVE, MEETING, SMALL, VOTING]), st.data())
def test_a_text_with_anything_in_it_is_read_or_told(text: str, data: st.DataObject) -> None:
    """Whatever somebody types while the editor reads along: messages, and nothing else."""
    lines = text.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _value = lines[at].partition(":")
        if colon and data.draw(st.booleans()):
            lines[at] = f"{key}: {data.draw(st.sampled_from(ODD))}"
        elif len(lines) > 1:
            del lines[at]
    try:
        definition = parse("\n".join(lines), file="x", find={}.get)
    except DefinitionError:
        return
    assert from_canonical(canonical(definition)) == definition
