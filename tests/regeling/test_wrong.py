"""Wrong definitions, as officials write them: one clear message each, with line and cure."""

from __future__ import annotations

import pytest

from regeling.definition import DefinitionError, parse
from tests.regeling.samples import ACTIVE, SMALL

THEMES = SMALL.replace("amounts:\n", "themes:\n  - code: groen\n    name: Groen\namounts:\n", 1)
THEMES = THEMES.replace(
    "        - code: nieuw\n",
    "        - code: thema\n          kind: choice\n          label: Welk thema?\n"
    "          fills: theme\n        - code: nieuw\n",
    1,
)
SCORED = SMALL.replace("    kind: yes_no\n    question", "    kind: score\n    question").replace(
    "    hard: yes\n", ""
)
SCORED = SCORED.replace("  rule: receipt\n", "  rule: score\n").replace(
    "route: [completeness, review]", "route: [completeness, review, ranking]"
)
GROUP = "      member_kind: person\n      minimum_members: 3\n"
STEP = "    changes:\n      - amount: 12000\n        published_on: {}\n"
CEILING = "    amount: 10000\n    published_on: 2026-01-05\n"

WRONG: dict[str, tuple[str, str, str, str, str]] = {
    "a misspelt key": (
        SMALL,
        "  summary: Een",
        "  sumary: Een",
        "sumary",
        "identity.sumary: 'sumary' is geen sleutel van de taal; bedoelt u 'summary'?",
    ),
    "a misspelt word": (
        SMALL,
        "rule: receipt",
        "rule: reciept",
        "rule: reciept",
        "distribution.rule: 'reciept' kan hier niet; bedoelt u 'receipt'?",
    ),
    "an amount with a thousands point": (
        SMALL,
        "maximum: 1000",
        "maximum: 1.000",
        "maximum: 1.000",
        (
            "amounts.maximum: '1.000' is geen bedrag; schrijf hele euro's zonder punten (25000) of"
            " met"
            " centen na een punt (25000.50)"
        ),
    ),
    "a day that does not exist": (
        SMALL,
        "opens: 2026-02-01",
        "opens: 2026-02-30",
        "opens: 2026-02-30",
        "windows.voorjaar.opens: 2026-02-30 bestaat niet op de kalender",
    ),
    "a key that is missing": (
        SMALL,
        "  keep_months: 12\n",
        "",
        "terms:",
        "terms.keep_months: 'keep_months' ontbreekt; schrijf 'unknown' als geen bron het zegt",
    ),
    "a minimum above the maximum": (
        SMALL,
        "minimum: 100\n",
        "minimum: 2000\n",
        "minimum: 2000",
        "amounts.minimum: het minimum is hoger dan het maximum",
    ),
    "an activity above the regulation": (
        ACTIVE,
        "    maximum: 600\n",
        "    maximum: 1500\n",
        "    maximum: 1500",
        (
            "activities.samen.maximum: dit is meer dan het maximum van de regeling (1000 euro),"
            " dat ook"
            " geldt"
        ),
    ),
    "an activity below the regulation": (
        ACTIVE,
        "    fixed: 250\n",
        "    fixed: 50\n",
        "    fixed: 50",
        "activities.alleen.fixed: dit is minder dan het minimum van de regeling, dat ook geldt",
    ),
    "an activity for an applicant that is not there": (
        ACTIVE,
        "applicants: [inwoner]",
        "applicants: [inwoners]",
        "applicants: [inwoners]",
        "activities.alleen.applicants: aanvrager 'inwoners' bestaat niet; bedoelt u 'inwoner'?",
    ),
    "more than all costs": (
        SMALL,
        "  maximum: 1000\n",
        "  maximum: 1000\n  percentage: 80\n  own_contribution: 30\n",
        "percentage: 80",
        (
            "amounts.percentage: 80% van ons en 30% eigen bijdrage is samen meer dan alle kosten;"
            " noem"
            " hoogstens 70%"
        ),
    ),
    "a ceiling smaller than its parts": (
        SMALL,
        "    amount: 10000\n",
        "    amount: 5000\n",
        "- scope: total",
        (
            "ceilings.total: de delen per region zijn samen 6000 euro, meer dan het totaal van 5000"
            " euro; verhoog het totaal of verlaag een deel"
        ),
    ),
    "a part that grows beyond the whole": (
        SMALL,
        "    amount: 6000\n    published_on: 2026-01-05\n",
        "    amount: 6000\n    published_on: 2026-01-05\n" + STEP.format("2026-03-01"),
        "- scope: total",
        (
            "ceilings.total: de delen per region zijn samen 12000 euro, meer dan het totaal van"
            " 10000"
            " euro; verhoog het totaal of verlaag een deel"
        ),
    ),
    "a change that was published before": (
        SMALL,
        CEILING,
        CEILING + STEP.format("2026-01-04"),
        "changes:",
        (
            "ceilings.total.changes: elke wijziging is later bekendgemaakt dan die ervoor; zet ze"
            " op"
            " volgorde"
        ),
    ),
    "a ceiling of a region that is not there": (
        SMALL,
        "    code: noord\n    amount",
        "    code: nord\n    amount",
        "scope: region",
        "ceilings.nord: 'nord' bestaat niet; bedoelt u 'noord'?",
    ),
    "a ceiling of a theme that is not there": (
        THEMES,
        "  - scope: region\n    code: noord\n",
        "  - scope: theme\n    code: groei\n",
        "scope: theme",
        "ceilings.groei: 'groei' bestaat niet; bedoelt u 'groen'?",
    ),
    "themes that nobody is asked for": (
        THEMES,
        "          fills: theme\n",
        "          choices: [{code: a, label: A}, {code: b, label: B}]\n",
        "  steps:",
        "form: geen vraag vult 'theme'; zet 'fills: theme' bij een keuzevraag",
    ),
    "a place outside the territory": (
        SMALL,
        "territory:\n",
        "territory:\n  places:\n    - municipality: Zuidstat\n      names: [Lutten]\n",
        "municipality: Zuidstat",
        (
            "territory.places.0.municipality: 'Zuidstat' hoort niet bij het gebied; bedoelt u"
            " 'Zuidstad'?"
        ),
    ),
    "a municipality in two regions": (
        SMALL,
        "[Zuidstad]",
        "[Zuidstad, noordstad]",
        "territory:",
        "territory: gemeente Noordstad komt meer dan één keer voor",
    ),
    "a lead applicant of one person": (
        SMALL,
        "      label: een inwoner\n",
        "      label: een inwoner\n      lead_applicant: person\n",
        "lead_applicant",
        (
            "applicants.classes.inwoner.lead_applicant: alleen een groep heeft een penvoerder; laat"
            " dit weg"
        ),
    ),
    "a lead applicant that is no member": (
        SMALL,
        GROUP,
        GROUP + "      lead_applicant: organisation\n",
        "lead_applicant",
        (
            "applicants.classes.groep.lead_applicant: elk lid is een 'person', dus ook de"
            " penvoerder;"
            " pas dit aan"
        ),
    ),
    "a rule that can never hold": (
        SMALL,
        "require: nieuw = yes",
        "require: amount_asked > EUR 5000",
        "require:",
        (
            "eligibility.nieuw.require: dit kan nooit waar zijn, zo kan niemand aanvragen; kijk de"
            " grenzen en antwoorden na"
        ),
    ),
    "a rule that contradicts itself": (
        SMALL,
        "require: nieuw = yes",
        "require: persons >= 3 and persons < 2",
        "require:",
        (
            "eligibility.nieuw.require: dit kan nooit waar zijn, zo kan niemand aanvragen; kijk de"
            " grenzen en antwoorden na"
        ),
    ),
    "a rule over a question that is not there": (
        SMALL,
        "require: nieuw = yes",
        "require: niew = yes",
        "require:",
        (
            "eligibility.nieuw.require: 'niew' is geen feit en geen vraag om mee te vergelijken;"
            " bedoelt u 'nieuw'?"
        ),
    ),
    "an amount compared with a number": (
        SMALL,
        "require: nieuw = yes",
        "require: amount_asked >= 100",
        "require:",
        "eligibility.nieuw.require: een bedrag (EUR 1000) is niet te vergelijken met een getal",
    ),
    "a sum of days": (
        SMALL,
        "require: nieuw = yes",
        "require: sum(start_date, end_date) > 2026-01-01",
        "require:",
        (
            "eligibility.nieuw.require: 'sum' telt getallen bij elkaar op, of bedragen; niet iets"
            " anders"
        ),
    ),
    "days without a unit": (
        SMALL,
        "require: nieuw = yes",
        "require: start_date > received_on + 3",
        "require:",
        (
            "eligibility.nieuw.require: na + of - hoort een tijd, zoals '+ 3 months'; het kan met"
            " days,"
            " weeks, months of years"
        ),
    ),
    "a period that closes before it opens": (
        SMALL,
        "closes: 2026-03-01",
        "closes: 2026-01-01",
        "closes: 2026-01-01",
        "windows.voorjaar.closes: de periode sluit voordat zij opent",
    ),
    "scores that nobody gives": (
        SCORED,
        "    kind: score\n",
        "    kind: text\n",
        "rule: score",
        (
            "distribution.rule: niemand geeft scores; zet 'review' in de route met een criterium"
            " met"
            " 'score', of een panel met 'method: scores'"
        ),
    ),
    "a threshold that nobody reaches": (
        SCORED,
        "  rule: score\n",
        "  rule: score\n  minimum_score: 6\n",
        "minimum_score",
        "distribution.minimum_score: deze drempel haalt niemand: de hoogste score is 5",
    ),
    "a ranking that is not in the route": (
        SCORED,
        "[completeness, review, ranking]",
        "[completeness, review]",
        "route:",
        "route: verdelen met 'score' vraagt 'ranking' in de route",
    ),
    "points for votes that there are not": (
        SCORED,
        "  rule: score\n",
        "  rule: score\n  vote_bonus:\n    most: 4\n",
        "most: 4",
        (
            "distribution.vote_bonus: er zijn geen stemmen om punten voor te geven; zet 'vote' in"
            " de"
            " route"
        ),
    ),
    "a tie by a criterion without a name": (
        SCORED,
        "ties: [lot]",
        "ties: [criterion, lot]",
        "distribution:",
        (
            "distribution.tie_criterion: noem welk criterium bij gelijke uitkomst telt:"
            " 'tie_criterion'"
        ),
    ),
    "a tie by a criterion that is not there": (
        SCORED,
        "ties: [lot]",
        "ties: [criterion, lot]\n  tie_criterion: goet",
        "tie_criterion",
        "distribution.tie_criterion: 'goet' is geen criterium met een score; bedoelt u 'goed'?",
    ),
    "a direct tier that asks for an account": (
        SMALL,
        "    kind: direct\n",
        "    kind: direct\n    asks: [photos]\n",
        "asks:",
        (
            "tiers.direct.asks: wie het bedrag direct krijgt, legt achteraf niets over; kies"
            " 'kind: report'"
        ),
    ),
    "mandates that do not rise": (
        SMALL,
        "release: returns\n",
        (
            "release: returns\nmandates:\n  - up_to: 5000\n    body: De directeur\n"
            "  - up_to: 2500\n    body: De manager\n  - body: Het college\n"
        ),
        "up_to: 2500",
        "mandates.1: laat de bedragen oplopen; alleen het laatste mandaat heeft geen einde",
    ),
    "mandates without an end": (
        SMALL,
        "release: returns\n",
        "release: returns\nmandates:\n  - up_to: 5000\n    body: De directeur\n",
        "up_to: 5000",
        "mandates.0: zeg ook wie boven dit bedrag beslist: een laatste mandaat zonder 'up_to'",
    ),
    "an own time to keep what is not personal": (
        SMALL,
        "          fills: title\n",
        "          fills: title\n          retention: 6\n",
        "retention",
        (
            "form.steps.alles.questions.titel.retention: een eigen bewaartijd is er voor"
            " persoonsgegevens; zet 'personal: yes' of laat dit weg"
        ),
    ),
    "an assumption in place of a fact": (
        SMALL,
        "release: returns\n",
        (
            "release: returns\nassumptions:\n  - path: terms.repair_weeks\n    value: 3\n"
            "    reason: Drie weken is ook goed.\n"
        ),
        "path: terms",
        (
            "assumptions.terms.repair_weeks: bij 'terms.repair_weeks' staat al een feit; een"
            " aanname"
            " vult alleen wat 'unknown' is"
        ),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_message_with_line_column_and_cure(case: str) -> None:
    base, old, new, part, sentence = WRONG[case]
    parse(base, file="goed.yaml")
    assert old in base
    text = base.replace(old, new, 1)
    with pytest.raises(DefinitionError) as caught:
        parse(text, file="fout.yaml")
    [line] = caught.value.lines
    place, _, told = line.partition(" ")
    assert told == sentence
    file, number, column = place.split(":")
    assert file == "fout.yaml"
    stands = next(n for n, each in enumerate(text.splitlines(), start=1) if part in each)
    assert abs(int(number) - stands) <= 1
    written = text.splitlines()[int(number) - 1]
    assert 1 <= int(column) <= len(written)
    assert written[int(column) - 1] != " "


def test_all_of_them_come_at_once() -> None:
    text = SMALL.replace("maximum: 1000", "maximum: veel").replace("rule: receipt", "rule: x")
    with pytest.raises(DefinitionError) as caught:
        parse(text.replace("repair_weeks: 2", "repair_weeks: 200"), file="x")
    assert len(caught.value.problems) == 3
