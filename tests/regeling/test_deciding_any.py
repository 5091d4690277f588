"""Any vote that fits can be read, kept, told and opened, whatever its rules are."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from regeling.definition import Definition, canonical, from_canonical, parse
from regeling.explain import explain
from tests.regeling.samples import VOTING

NUMBERS = st.integers(1, 6)
FLAGS = st.booleans()


def fits(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """The numbers that a ballot of this kind needs."""
    low = draw(st.integers(1, 3))
    high = draw(st.integers(low, 6))
    match kind:
        case "choose_one":
            return {"minimum": 1, "maximum": 1}
        case "points":
            points = draw(st.integers(low, 10))
            most = draw(st.integers(1, points))
            return {"minimum": low, "maximum": high, "points": points, "most_per_option": most}
        case "ranking":
            return {"minimum": low, "maximum": high, "rank_points": [*range(high, 0, -1)]}
        case "knapsack":
            return {"minimum": low, "maximum": high, "budget": draw(st.integers(0, 10_000))}
        case "score":
            lowest = draw(st.integers(-5, 5))
            return {
                "minimum": low,
                "maximum": high,
                "lowest": lowest,
                "highest": lowest + draw(NUMBERS),
            }
        case "household":
            step = draw(NUMBERS)
            return {"minimum": low, "maximum": high, "amount": step * draw(NUMBERS), "step": step}
    return {"minimum": low, "maximum": high}


@st.composite
def votes(draw: st.DrawFn) -> dict[str, Any]:
    kinds = ["choose_one", "approval", "points", "ranking", "knapsack", "score", "household"]
    kind = draw(st.sampled_from(kinds))
    quorum = {
        "ballots": draw(NUMBERS),
        "percent": draw(st.integers(0, 100)),
        "consequence": draw(st.sampled_from(["no_award", "advice_only"])),
    }
    panels = [{"name": "Noord"}, {"name": "Zuid", "weight_numerator": draw(NUMBERS)}]
    return {
        "kind": kind,
        **fits(draw, kind),
        "power": draw(st.sampled_from(["decides", "advises"])),
        "electorate": "Inwoners van Noord en Zuid.",
        "electorate_kind": draw(st.sampled_from(["named", "profiles", "code"])),
        "minimum_age": draw(st.integers(0, 18)),
        **draw(st.sampled_from([{}, {"quorum": quorum}, {"panels": panels}])),
        "own_text": draw(st.sampled_from(["", "Kruis aan wat van uzelf is."])),
        "change": draw(FLAGS),
        "extension": draw(FLAGS),
        "withdrawal": draw(FLAGS),
        **draw(st.sampled_from([{}, {"support_gate": 1}, {"support_gate": 15}])),
        "opens": "2026-03-10",
        "closes": "2026-03-20",
        "closing": draw(st.sampled_from(["before", "up_to_and_including"])),
    }


@st.composite
def distributions(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    rules = ["votes", "pro_rata", "lottery", *(["equal_shares"] if kind != "choose_one" else [])]
    rule = draw(st.sampled_from(rules))
    first = draw(st.permutations(["more_votes", "more_supporters", "earlier_complete"]))
    found = {
        "rule": rule,
        "on_misfit": draw(st.sampled_from(["skip", "stop", "partial"])),
        "leftover": draw(st.sampled_from(["none", "skip", "stop"])),
        "minimum_votes": draw(st.integers(0, 5)),
        "minimum_percent": draw(st.integers(0, 100)),
        "ties": [*first[: draw(st.integers(0, 3))], "lot"],
        "lot_source": "notary",
    }
    if draw(FLAGS):
        found |= {"lot_source": "public", "public_number": "De trekking van 1 april 2026."}
    if draw(FLAGS):
        found["ceiling_misfit"] = draw(st.sampled_from(["skip", "stop", "partial"]))
    if rule == "equal_shares":
        found["equal_shares"] = {
            "step": draw(NUMBERS),
            "add1": draw(st.sampled_from(["exhaustive", "until_overspend"])),
            "completion": draw(st.sampled_from(["none", "utilitarian"])),
            "comparison": draw(FLAGS),
        }
    if rule == "pro_rata":
        found |= {"floor": draw(st.integers(0, 50)), "cap": draw(st.sampled_from([0, 50, 500]))}
    return found


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    body = yaml.load(VOTING, Loader=yaml.BaseLoader)
    body["vote"] = draw(votes())
    body["distribution"] = draw(distributions(body["vote"]["kind"]))
    return parse(written(body), file="x")


def written(body: dict[str, Any]) -> str:
    """YAML as people write it: yes and no."""

    class Writer(yaml.SafeDumper):
        """Writes this language's own words."""

    def yes_or_no(writer: yaml.SafeDumper, value: bool) -> yaml.Node:
        return writer.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")

    Writer.add_representer(bool, yes_or_no)
    return yaml.dump(body, Dumper=Writer, allow_unicode=True, width=10_000)


@settings(max_examples=20, deadline=None)
@given(definitions())
def test_any_fitting_vote_is_read_kept_told_and_can_open(definition: Definition) -> None:
    assert from_canonical(canonical(definition)) == definition
    assert definition.unknown_needed(real=True) == ()
    sentences = [each for section in explain(definition) for each in section.sentences]
    assert all(each[0].isupper() and each[-1] in ".?" for each in sentences), sentences
    assert not any("None" in each or "unknown" in each for each in sentences)
