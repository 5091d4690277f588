"""Any vote and any way to divide by votes, as the plain data of a definition's YAML."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

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


class Quoted(str):
    """A text that is written in quotes, so that `unknown` in it is no word of the language."""

    __slots__ = ()


def written(body: dict[str, Any]) -> str:
    """YAML as people write it: yes and no, no anchors."""

    class Writer(yaml.SafeDumper):
        """Writes this language's own words."""

    def yes_or_no(writer: yaml.SafeDumper, value: bool) -> yaml.Node:
        return writer.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")

    def quoted(writer: yaml.SafeDumper, value: Quoted) -> yaml.Node:
        return writer.represent_scalar("tag:yaml.org,2002:str", str(value), style="'")

    Writer.add_representer(bool, yes_or_no)
    Writer.add_representer(Quoted, quoted)
    Writer.ignore_aliases = lambda *_: True  # type: ignore[method-assign]  # it has no anchors
    return yaml.dump(body, Dumper=Writer, allow_unicode=True, width=10_000)
