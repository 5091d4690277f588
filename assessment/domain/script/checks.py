"""Check the published files of a vote round against each other: pure, standard library only.

Every check says one thing about the files: it holds, it does not (and where), or the files do not
hold what it needs. What it says are codes with figures; ``checks_main`` puts them in words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from assessment.domain.allocation import allocate
from assessment.domain.allocation_text import outcome_hash, outcome_text
from assessment.domain.award import problem
from assessment.domain.ballot import leaf, receipt
from assessment.domain.frozen import rules_in
from assessment.domain.lottery import draw, public_seed
from assessment.domain.merkle import chain, included, root
from assessment.domain.script.signing_check import signature_holds
from assessment.domain.tally import as_text, count, from_text, latest, score_words

Files = Mapping[str, bytes]
GOOD, WRONG, OPEN = "good", "wrong", "open"
FACTS = {
    "ceilings",
    "withdrawn",
    "lot",
    "departures",
    "expert",
    "expert_scale",
    "marks",
    "rights",
}
"""What a division may depend on beside rules and count."""


class Said(NamedTuple):
    """What one check says: ``verdict`` (good, wrong, open), a code, and its figures."""

    verdict: str
    code: str
    figures: dict[str, Any] = {}


def say(verdict: str, code: str, **figures: Any) -> Said:
    return Said(verdict, code, figures)


def checked(files: Files) -> Iterator[Said]:
    """Everything that can be checked in these files, in the order in which it happened."""
    for name in ("params.json", "round.json", "batches.json"):
        if name not in files:
            yield say(WRONG, "missing", name=name)
            return
    try:
        yield from _rules_frozen(files)
        yield from _chain_of_roots(files)
        yield from _box_sealed(files)
        yield from _lot_drawn(files)
        yield from _count_again(files)
        yield from _award_again(files)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as fault:
        yield say(WRONG, "unreadable", fault=f"{type(fault).__name__}: {fault}")


def read_json(files: Files, name: str) -> Any:
    """One of the files; None where it is not there."""
    return json.loads(files[name].decode("utf-8")) if name in files else None


def params_of(files: Files) -> dict[str, Any]:
    """The frozen rules of the round."""
    return rules_in(files["params.json"].decode("utf-8"))


def proof_holds(files: Files, proof: Mapping[str, Any]) -> Iterator[Said]:
    """Whether the ballot of one receipt lies under the root of its batch.

    ``proof`` is the file that a voter downloads: receipt, leaf, batch, index, size and path.
    """
    batch = next((each for each in read_json(files, "batches.json") if _is(each, proof)), None)
    own = bytes.fromhex(proof["leaf"])
    if batch is None:
        yield say(WRONG, "proof_batch", batch=proof["batch"])
        return
    if receipt(own).replace("-", "") != str(proof["receipt"]).replace("-", ""):
        yield say(WRONG, "proof_receipt", receipt=proof["receipt"])
    siblings = [bytes.fromhex(each) for each in proof["path"]]
    size = batch["n"] if batch["n"] is not None else proof["size"]
    inside = included(own, proof["index"], size, siblings, bytes.fromhex(batch["root"]))
    yield say(GOOD if inside else WRONG, "proof", batch=batch["seq"], receipt=proof["receipt"])


def recounted(files: Files) -> Any | None:
    """The count made anew from the box, or else from the list of ballots; None without either."""
    if "box.json" in files:
        ballots = latest(
            (each["ballot_key"], each["revision"], each["panel"], each["choices"])
            for each in read_json(files, "box.json")
        )
    elif "ballots.json" in files:
        ballots = [(panel, choices) for panel, choices in read_json(files, "ballots.json")]
    else:
        return None
    return count(params_of(files), ballots)


def _is(batch: Mapping[str, Any], proof: Mapping[str, Any]) -> bool:
    return bool(batch["seq"] == proof["batch"])


def _rules_frozen(files: Files) -> Iterator[Said]:
    told = read_json(files, "round.json")["params_hash"]
    found = hashlib.sha256(files["params.json"]).hexdigest()
    yield say(GOOD if found == told else WRONG, "rules", found=found, told=told)


def _chain_of_roots(files: Files) -> Iterator[Said]:
    told = read_json(files, "round.json")
    batches = read_json(files, "batches.json")
    previous, whole = told["params_hash"], True
    for number, batch in enumerate(batches, start=1):
        if batch["seq"] != number or batch["previous"] != previous:
            yield say(WRONG, "order", batch=batch["seq"])
            whole = False
        previous = batch["chain"]
        if batch["n"] is None:
            yield say(OPEN, "size_hidden", batch=batch["seq"])
            continue
        top = bytes.fromhex(batch["root"])
        link = chain(bytes.fromhex(batch["previous"]), batch["seq"], batch["n"], top).hex()
        if link != batch["chain"]:
            yield say(WRONG, "link", batch=batch["seq"])
            whole = False
    if told.get("root_final") and told["root_final"] != previous:
        yield say(WRONG, "final_root", told=told["root_final"], found=previous)
        whole = False
    if whole:
        yield say(GOOD, "chain", n=len(batches), root=previous)
    yield from _signatures(told.get("public_key") or "", batches)


def _signatures(public_key: str, batches: list[dict[str, Any]]) -> Iterator[Said]:
    signed = [batch for batch in batches if batch.get("signature")]
    if not signed or not public_key:
        yield say(OPEN, "unsigned")
        return
    key = bytes.fromhex(public_key)
    bad = [
        batch["seq"]
        for batch in signed
        if not signature_holds(
            key, b"batch|" + bytes.fromhex(batch["chain"]), bytes.fromhex(batch["signature"])
        )
    ]
    for number in bad:
        yield say(WRONG, "signature", batch=number)
    if not bad:
        yield say(GOOD, "signatures", n=len(signed), key=public_key)


def _box_sealed(files: Files) -> Iterator[Said]:
    """Every leaf from its ballot, every root from its leaves: names the batch that is wrong."""
    if "box.json" not in files:
        yield say(OPEN, "box")
        return
    leaves, wrong = _leaves(files), False
    for batch in read_json(files, "batches.json"):
        found = sorted(leaves.pop(batch["seq"], []))
        if len(found) != (len(found) if batch["n"] is None else batch["n"]):
            yield say(WRONG, "batch_size", batch=batch["seq"], told=batch["n"], found=len(found))
            wrong = True
        elif root(found).hex() != batch["root"]:
            yield say(WRONG, "batch_root", batch=batch["seq"])
            wrong = True
    for number in sorted(leaves):
        yield say(WRONG, "batch_unknown", batch=number)
        wrong = True
    unlinked = read_json(files, "round.json").get("unlinked")
    if not wrong:
        yield say(OPEN, "box_unlinked") if unlinked else say(GOOD, "box_whole")


def _leaves(files: Files) -> dict[int, list[bytes]]:
    """The leaves by batch, each made from its ballot. After unlinking a ballot lies under a key of
    no origin and its leaf cannot be made any more; then it is taken as it is told."""
    params_hash = hashlib.sha256(files["params.json"]).hexdigest()
    unlinked = read_json(files, "round.json").get("unlinked")
    leaves: dict[int, list[bytes]] = {}
    for each in read_json(files, "box.json"):
        own = (
            bytes.fromhex(each["leaf"])
            if unlinked
            else leaf(
                params_hash=params_hash,
                panel=each["panel"],
                ballot_key=each["ballot_key"],
                revision=each["revision"],
                choices=each["choices"],
                nonce=bytes.fromhex(each["nonce"]),
            )
        )
        leaves.setdefault(each["batch"], []).append(own)
    return leaves


def _lot_drawn(files: Files) -> Iterator[Said]:
    told, facts = read_json(files, "lot.json"), read_json(files, "facts.json")
    if facts is not None:
        if unknown := sorted(set(facts) - FACTS):
            yield say(WRONG, "facts_unknown", names=", ".join(unknown))
        if facts.get("lot", []) != (told["order"] if told else []):
            yield say(WRONG, "facts_lot")
    if told is None:
        return
    if not told["number"]:
        yield say(OPEN, "lot_notary")
        return
    params, round_ = params_of(files), read_json(files, "round.json")
    seed = public_seed(round_["params_hash"], round_["root_final"], told["number"])
    order = draw(seed, [option["uid"] for option in params["options"]])
    same = seed == told["seed"] and list(order) == told["order"]
    yield say(GOOD if same else WRONG, "lot", number=told["number"], seed=seed)


def _count_again(files: Files) -> Iterator[Said]:
    found = recounted(files)
    if found is None:
        yield say(OPEN, "ballots")
        return
    yield from _same_ballots(files)
    if "count.json" not in files:
        yield say(GOOD, "count_made", n=found.ballots)
        return
    told = from_text(files["count.json"].decode("utf-8"))
    for uid in sorted({*found.scores, *told.scores}):
        if found.scores.get(uid) != told.scores.get(uid):
            figures = {"told": told.scores.get(uid), "found": found.scores.get(uid)}
            yield say(WRONG, "count_option", option=_title(files, uid), **figures)
    # Ballots per panel are not told where a panel is small.
    told = replace(told, per_panel=told.per_panel or found.per_panel)
    same = as_text(found) == as_text(told)
    yield say(GOOD if same else WRONG, "count", n=found.ballots, told=told.ballots)


def _same_ballots(files: Files) -> Iterator[Said]:
    """With both the box and the list in hand: they hold the same ballots."""
    if not {"box.json", "ballots.json"} <= files.keys():
        return
    box = latest(
        (each["ballot_key"], each["revision"], each["panel"], each["choices"])
        for each in read_json(files, "box.json")
    )
    listed = [(panel, choices) for panel, choices in read_json(files, "ballots.json")]
    yield say(GOOD if sorted(box) == sorted(listed) else WRONG, "same_ballots", n=len(listed))


def _title(files: Files, uid: str) -> str:
    """What an option is called, where the files say so."""
    return str((read_json(files, "options.json") or {}).get(uid, {}).get("title", uid))


def _award_again(files: Files) -> Iterator[Said]:
    facts = read_json(files, "facts.json")
    if facts is None:
        yield say(OPEN, "award")
        return
    counted = recounted(files)
    if counted is None and "count.json" in files:
        counted = from_text(files["count.json"].decode("utf-8"))
    if counted is None:
        yield say(OPEN, "award")
        return
    params = params_of(files)
    if params["award"]["rule"] == "equal_shares" and not {"box.json", "ballots.json"} & set(files):
        yield say(OPEN, "award_needs_ballots")
        return
    posed = problem(params, counted, facts)
    outcome = allocate(posed)
    found = outcome_hash(outcome)
    for row in outcome.rows:
        euros = f"{row.granted // 100},{row.granted % 100:02d}"
        votes = score_words(row.votes, posed.scale)
        title = _title(files, row.key)
        yield say(GOOD, "row", place=row.place, title=title, votes=votes, euros=euros)
    told = read_json(files, "award.json")
    if told is None:
        yield say(GOOD, "outcome_found", hash=found)
        return
    same = outcome_text(outcome).encode() == files["outcome.json"] and found == told["outcome_hash"]
    yield say(GOOD if same else WRONG, "outcome", hash=found, told=told["outcome_hash"])
