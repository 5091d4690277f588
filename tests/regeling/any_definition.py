"""A Hypothesis strategy for whole valid definitions, of every kind that the language can say.

They are made as the plain data of the YAML and read by the reader, which says that they are valid.
`definitions(playable=True)` gives those of which a round can be played with the tests' own
applications: a resident may apply, and no document is compulsory.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from regeling.definition import Definition, DefinitionError, parse
from tests.regeling.any_vote import FLAGS, Quoted, distributions, votes, written

Body = dict[str, Any]

TEXTS = st.sampled_from(
    [
        "Samen eten op het plein",
        "Wie: iedereen # ook u",
        '\'t Hoekje "De Brug"',
        "yes",
        "unknown",
        "2026-01-01",
        "Een regel\nen nog een",
        "- geen lijst, wel [haken] en {accolades}",
        "Mét accenten: één, coöperatie, € 5",
        "100% & meer * !",
    ]
).map(Quoted)
SENTENCES = TEXTS.map(lambda text: Quoted(f"{text} en dat is duidelijk."))
SOURCED = st.one_of(st.just("unknown"), TEXTS)
TOWNS = ["Noordstad", "Zuiddorp", "Oosterhout", "Westerlo", "Midden", "Veen", "Duin", "Klei"]
KINDS = ["text", "long_text", "number", "choice", "money", "date", "yes_no", "place", "file"]
START = date(2026, 2, 1)


def maybe(draw: st.DrawFn, key: str, values: st.SearchStrategy[Any]) -> Body:
    """The key with a value, or nothing."""
    return {key: draw(values)} if draw(FLAGS) else {}


def days(draw: st.DrawFn, first: int, last: int) -> str:
    return str(START + timedelta(days=draw(st.integers(first, last))))


def who(draw: st.DrawFn, *, playable: bool) -> Body:
    kinds = draw(st.lists(st.sampled_from(["person", "group", "organisation"]), max_size=2))
    frequency = {
        "times": draw(st.integers(1, 5)),
        "period": draw(st.sampled_from(["call", "calendar_year", "ever"])),
    }
    return {
        "classes": [
            applicant(draw, number, kind, playable=playable)
            for number, kind in enumerate(["person", *kinds])
        ],
        **maybe(draw, "frequency", st.sampled_from(["unknown", "none", frequency])),
        **maybe(draw, "exclusions", st.lists(TEXTS, max_size=2)),
    }


def applicant(draw: st.DrawFn, number: int, kind: str, *, playable: bool) -> Body:
    found: Body = {
        "code": f"soort-{number}",
        "kind": kind,
        "label": draw(TEXTS),
        "article": draw(SOURCED),
    }
    if kind == "group":
        found |= {"minimum_members": draw(st.integers(1, 9)), "every_member_signs": draw(FLAGS)}
        found |= maybe(draw, "lead_applicant", st.sampled_from(["person", "organisation", "none"]))
    if kind == "organisation":
        found |= maybe(draw, "legal_forms", st.just(["vereniging", "stichting"]))
        found |= {"signatories": draw(st.integers(1, 3))}
    found |= maybe(draw, "login", st.sampled_from(["digid", "eherkenning", "any", "unknown"]))
    required = not playable and draw(FLAGS)
    evidence = [{"code": "statuten", "label": draw(TEXTS), "required": required}]
    return found | maybe(draw, "evidence", st.just(evidence))


def where(draw: st.DrawFn) -> Body:
    found: Body = {"name": draw(TEXTS), "article": draw(SOURCED)}
    if draw(FLAGS):
        found["regions"] = [
            {
                "code": f"regio-{number}",
                "name": draw(TEXTS),
                "municipalities": TOWNS[2 * number : 2 * number + 2],
                **maybe(draw, "maximum", st.sampled_from([900, 2500, "none"])),
            }
            for number in range(draw(st.integers(1, 3)))
        ]
    else:
        found["municipalities"] = TOWNS[: draw(st.integers(1, 4))]
    places = [{"municipality": TOWNS[0], "names": ["Lutten", "Heino"]}]
    found |= maybe(draw, "places", st.just(places))
    found |= maybe(draw, "counts", st.sampled_from(["activity", "seat", "both", "unknown"]))
    return found | maybe(draw, "charge_elsewhere", FLAGS)


def activities(draw: st.DrawFn, classes: list[str]) -> list[Body]:
    return [
        {
            "code": f"doel-{number}",
            "name": draw(TEXTS),
            **maybe(draw, "description", TEXTS),
            **(maybe(draw, "applicants", st.just(classes)) if number else {}),
            **maybe(draw, "minimum", st.sampled_from([100, "unknown", "none"])),
            **maybe(draw, "maximum", st.sampled_from([800, "500.50", "none"])),
            **maybe(draw, "percentage", st.integers(1, 60)),
            **maybe(draw, "article", SOURCED),
        }
        for number in range(draw(st.integers(1, 3)))
    ]


def amounts(draw: st.DrawFn) -> Body:
    found: Body = {"maximum": 1000, "article": draw(SOURCED)}
    found |= maybe(draw, "minimum", st.sampled_from([1, 50, "99.95", "none"]))
    found |= maybe(draw, "percentage", st.integers(1, 60))
    found |= maybe(draw, "own_contribution", st.integers(0, 40))
    found |= maybe(draw, "cumulation", st.sampled_from([5000, "unknown", "none"]))
    tiers = [{"up_to": 500, "maximum": 400}, {"maximum": 900}]
    found |= maybe(draw, "tiers", st.just(tiers))
    roundings = ["cent", "euro_down", "euro_up", "euro_nearest"]
    found |= maybe(draw, "rounding", st.sampled_from(roundings))
    costs = {
        **maybe(draw, "only_payable", st.sampled_from([True, False, "unknown"])),
        **maybe(draw, "own_labour_rate", st.sampled_from([25, "17.50", "none"])),
        **maybe(draw, "vat", st.sampled_from(["included", "excluded", "unknown"])),
        **maybe(draw, "excluded", st.lists(TEXTS, max_size=2)),
    }
    return found | ({"costs": costs} if costs else {})


def ceilings(draw: st.DrawFn, body: Body) -> list[Body]:
    """A total, and parts of each scope that are together no more."""
    total = {"scope": "total", "amount": draw(st.integers(12_000, 50_000))}
    parts = {
        "region": [each["code"] for each in body["territory"].get("regions", [])],
        "activity": [each["code"] for each in body["activities"]],
        "theme": [each["code"] for each in body.get("themes", [])],
    }
    found = [total]
    for scope, codes in parts.items():
        if draw(FLAGS):
            found += [
                {"scope": scope, "code": code, "amount": draw(st.integers(0, 4000))}
                for code in codes
            ]
    for each in found:
        each["published_on"] = str(START - timedelta(days=30))
        each.update(maybe(draw, "publication", SOURCED))
        each.update(maybe(draw, "carry_over_years", st.sampled_from([1, 3, "unknown", "none"])))
    more = {"amount": 60_000, "published_on": str(START + timedelta(days=9))}
    return [total | maybe(draw, "changes", st.just([more])), *found[1:]]


def windows(draw: st.DrawFn, *, meets: bool) -> list[Body]:
    several: list[Body] = []
    for number in range(draw(st.integers(1, 3))):
        opens, closes = (
            START + timedelta(days=40 * number),
            START + timedelta(days=40 * number + 30),
        )
        window = {
            "code": f"ronde-{number}",
            "kind": draw(st.sampled_from(["fixed", "continuous"])),
            "opens": str(opens),
            "closes": str(closes),
            "closing": draw(st.sampled_from(["before", "up_to_and_including"])),
            **maybe(draw, "label", TEXTS),
            **maybe(draw, "opens_time", st.just(Quoted("09:00"))),
            **maybe(draw, "closing_time", st.just(Quoted("17:00"))),
            **maybe(draw, "intake_until", st.sampled_from([str(opens), "none", "unknown"])),
        }
        if meets:
            meetings = [str(closes + timedelta(days=7)), str(closes + timedelta(days=14))]
            window["committee"] = {"lead_days": draw(st.integers(0, 20)), "meets_on": meetings}
        several.append(window)
    return several


def question(draw: st.DrawFn, number: int, kind: str, *, playable: bool) -> Body:
    found: Body = {"code": f"vraag-{number}", "kind": kind, "label": draw(TEXTS)}
    found |= maybe(draw, "help", TEXTS)
    found["required"] = draw(FLAGS) and not (playable and kind == "file")
    if draw(FLAGS):
        found |= {"personal": True, **maybe(draw, "retention", st.integers(0, 600))}
    found |= maybe(draw, "public", FLAGS)
    match kind:
        case "choice":
            choices = [{"code": f"keus-{n}", "label": draw(TEXTS)} for n in range(3)]
            found["choices"] = choices[: draw(st.integers(2, 3))]
        case "number":
            found |= {"minimum": draw(st.integers(0, 5)), "maximum": draw(st.integers(5, 99))}
        case "money":
            found |= maybe(draw, "minimum_amount", st.sampled_from([0, "0.50", 10]))
        case "text" | "long_text":
            found |= {"shortest": draw(st.integers(0, 5)), "longest": draw(st.integers(60, 290))}
        case "date":
            found |= maybe(draw, "latest", st.just("2040-12-31"))
        case "file":
            found |= {"most_files": draw(st.integers(1, 5))}
    return found


def form(draw: st.DrawFn, body: Body, *, playable: bool) -> Body:
    """The columns that a dossier needs, and questions of every kind, some only asked sometimes."""
    first: list[Body] = [
        {"code": "titel", "kind": "text", "label": "Hoe heet het?", "fills": "title"},
        {"code": "gemeente", "kind": "municipality", "label": "Waar?", "fills": "municipality"},
        {"code": "nieuw", "kind": "yes_no", "label": "Is het nieuw?"},
        {"code": "begin", "kind": "date", "label": "Wanneer begint u?", "fills": "start_date"},
        {"code": "eind", "kind": "date", "label": "Wanneer bent u klaar?", "fills": "end_date"},
        {"code": "begroting", "kind": "budget", "label": "Wat kost het?", "fills": "budget"},
        {"code": "bedrag", "kind": "money", "label": "Hoeveel?", "fills": "amount_asked"},
        {"code": "iban", "kind": "iban", "label": "Waarheen?", "fills": "iban", "personal": True},
    ]
    if len(body["activities"]) > 1 or draw(FLAGS):
        doel = {"code": "doel", "kind": "choice", "label": "Wat gaat u doen?", "fills": "activity"}
        first.insert(2, doel)
    if body.get("themes"):
        thema = {"code": "thema", "kind": "choice", "label": "Welk thema?", "fills": "theme"}
        first.insert(2, thema)
    if "own_labour_rate" in (costs := body["amounts"].get("costs", {})):
        uren = {"code": "uren", "kind": "number", "label": "Eigen uren?", "fills": "own_hours"}
        first += [] if costs["own_labour_rate"] == "none" else [uren | {"required": False}]
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=6))
    more = [question(draw, number, kind, playable=playable) for number, kind in enumerate(kinds)]
    for each in more:
        each.update(maybe(draw, "when", CONDITIONS))
    steps = [{"code": "eerst", "title": draw(TEXTS), "questions": first}]
    if more:
        steps.append({"code": "dan", "title": draw(TEXTS), "intro": draw(TEXTS), "questions": more})
    return {"steps": steps}


CONDITIONS = st.sampled_from(
    [
        "nieuw",
        "not nieuw = no",
        "persons >= 3 or organisations >= 2",
        "amount_asked > EUR 50 and nieuw",
        "count(nieuw, persons > 2, costs >= EUR 10) >= 1",
        "sum(persons, organisations, 1) >= 2",
        "amount_asked <= percentage(75, costs)",
        "end_date <= start_date + 3 years and received_on - 2 weeks < 2040-01-01",
        "applicant in ('soort-0')",
        "other_income >= EUR 0.00 or costs < EUR 99.95",
    ]
)


def rules(draw: st.DrawFn) -> list[Body]:
    return [
        {
            "code": f"regel-{number}",
            "require": draw(CONDITIONS),
            "sentence": draw(SENTENCES),
            "article": draw(SOURCED),
            **maybe(draw, "when", CONDITIONS),
            **maybe(draw, "met", TEXTS),
            **maybe(draw, "asked_before", FLAGS),
        }
        for number in range(draw(st.integers(0, 3)))
    ]


def criteria(draw: st.DrawFn) -> list[Body]:
    scored = {"code": "punten", "kind": "score", "question": draw(TEXTS), "lowest": 1, "highest": 9}
    return [
        scored | maybe(draw, "weight", st.integers(1, 5)) | {"article": draw(SOURCED)},
        {"code": "goed", "kind": "yes_no", "question": draw(TEXTS), "hard": draw(FLAGS)},
        {"code": "hoe", "kind": "text", "question": draw(TEXTS), **maybe(draw, "help", TEXTS)},
    ]


def deciding(draw: st.DrawFn, rule: str) -> Body:
    """Who decides by this rule: the steps, and the sections that they need."""
    route = ["coaching", "completeness"] if draw(FLAGS) else ["completeness"]
    misfit = draw(st.sampled_from(["skip", "stop", "partial"]))
    how: Body = {"rule": rule, "on_misfit": misfit, "ties": ["lot"], "lot_source": "notary"}
    found: Body = {"route": [*route, "review"], "distribution": how}
    if rule == "votes":
        vote = draw(votes()) | {"opens": "2027-03-10", "closes": "2027-03-20"}
        found |= {"vote": vote, "route": [*route, "review", "vote", "ranking"]}
        found["distribution"] = draw(distributions(vote["kind"]))
        return found | maybe(draw, "card", st.just({"longest": draw(st.integers(50, 999))}))
    if rule in ("score", "lottery", "pro_rata"):
        found["route"] = [*route, "review", "ranking"]
    if rule == "score":
        how |= {"minimum_score": draw(st.integers(0, 9)), "ties": ["criterion", "lot"]}
        how |= {"tie_criterion": "punten"}
    if rule == "receipt":
        how |= {"grain": draw(st.sampled_from(["moment", "day"])), "reserve_list": draw(FLAGS)}
        how |= maybe(draw, "unfunded", st.sampled_from(["rejected", "next_round"]))
    if rule == "committee":
        panel: Body = {"name": draw(TEXTS), "power": draw(st.sampled_from(["decides", "advises"]))}
        panel |= {"method": draw(st.sampled_from(["scores", "consensus"])), "minimum_present": 3}
        found |= {"panel": panel, "route": [*route, "review", "panel"]}
    return found


def afterwards(draw: st.DrawFn) -> Body:
    report = {"code": "verslag", "kind": "report", "advance_percentage": draw(st.integers(0, 100))}
    report |= maybe(draw, "asks", st.just(["story", "photos", "receipts"]))
    tiers = [{"code": "direct", "kind": "direct", "up_to": 600}, report]
    due = draw(st.sampled_from(["none", {"after": "end", "weeks": 4}, {"on": "2027-12-31"}]))
    obligation = {"code": "vertel", "text": draw(SENTENCES), "due": due, "tiers": ["direct"]}
    mandates = [{"up_to": 5000, "body": "De directeur"}, {"body": draw(SOURCED)}]
    return {
        "tiers": draw(st.sampled_from([tiers, [{"code": "direct", "kind": "direct"}]])),
        "release": draw(st.sampled_from(["returns", "lapses"])),
        **maybe(draw, "spot_check", st.sampled_from([{"percentage": 5}, "unknown", "none"])),
        **maybe(draw, "mandates", st.just(mandates)),
        **maybe(draw, "transitional_rule", st.sampled_from(["running_keep", "running_follow"])),
        **({"obligations": [obligation]} if draw(FLAGS) else {}),
        **maybe(draw, "letters", st.just([{"letter": "award", "text": draw(SENTENCES)}])),
        **maybe(draw, "monitor", st.just({"year": 2026, "product": draw(SOURCED)})),
    }


TERMS = {
    "decision_weeks": 8,
    "repair_weeks": 2,
    "hearing_weeks": 2,
    "report_weeks": 4,
    "settlement_weeks": 8,
    "keep_months": 12,
    "spot_check_months": 6,
}
RULES = ["receipt", "votes", "score", "lottery", "pro_rata", "committee"]


@st.composite
def bodies(draw: st.DrawFn, *, playable: bool = False, rule: str = "") -> Body:
    """The plain data of a valid definition's YAML."""
    decided = deciding(draw, rule or draw(st.sampled_from(RULES)))
    applicants = who(draw, playable=playable)
    body: Body = {
        "language": 3,
        "identity": {
            "slug": "zomaar",
            "title": draw(TEXTS),
            "authority": "voorbeeldland",
            "summary": draw(SENTENCES),
            "example": True,
            "legal_regime": draw(st.sampled_from(["awb", "private_fund"])),
            "regulation": draw(SOURCED),
            "paragraph": draw(SOURCED),
            "deciding_body": draw(SOURCED),
            **maybe(draw, "articles", st.lists(TEXTS, max_size=2)),
            **maybe(draw, "sources", st.lists(TEXTS, max_size=2)),
        },
        "applicants": applicants,
        "territory": where(draw),
        "activities": activities(draw, [each["code"] for each in applicants["classes"]]),
        **maybe(draw, "themes", st.just([{"code": "groen", "name": draw(TEXTS)}])),
        "amounts": amounts(draw),
        "windows": windows(draw, meets="panel" in decided["route"]),
        "eligibility": rules(draw),
        "criteria": criteria(draw),
        "terms": TERMS,
        **decided,
        **afterwards(draw),
    }
    body["ceilings"] = ceilings(draw, body)
    if len(body["ceilings"]) == 1:  # what the parts leave is said only where there are parts
        for key in ("leftover", "ceiling_misfit"):
            body["distribution"].pop(key, None)
    body["form"] = form(draw, body, playable=playable)
    return body


@st.composite
def definitions(draw: st.DrawFn, *, playable: bool = False, rule: str = "") -> Definition:
    """Any valid definition; `rule` fixes how the money is divided."""
    text = written(draw(bodies(playable=playable, rule=rule)))
    try:
        return parse(text, file="zomaar.yaml")
    except DefinitionError as error:
        # Two drawn parts may contradict each other, which is what the checks are for.
        assume(not all("kan nooit" in each for each in error.lines))
        raise
