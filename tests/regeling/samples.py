"""A small valid definition as text, to change one thing at a time."""

from __future__ import annotations

from pathlib import Path

from regeling.definition import Definition, parse

DEFINITIONS = Path(__file__).resolve().parents[2] / "regeling" / "definitions"
DELIVERED = sorted(DEFINITIONS.glob("*.yaml"))

SMALL = """\
language: 2
identity:
  slug: klein
  title: Een kleine regeling
  authority: voorbeeldland
  summary: Een kleine regeling om mee te proberen.
  legal_regime: awb
  regulation: Regeling Klein
  paragraph: '1'
  articles: [artikel 1]
  deciding_body: Het college
applicants:
  classes:
    - code: inwoner
      kind: person
      label: een inwoner
      article: artikel 2
    - code: groep
      kind: group
      label: een groep van drie inwoners
      member_kind: person
      minimum_members: 3
      article: artikel 2
territory:
  name: Het land
  article: artikel 3
  regions:
    - code: noord
      name: Noord
      municipalities: [Noordstad, Noorddorp]
    - code: zuid
      name: Zuid
      municipalities: [Zuidstad]
activities:
  - code: samen
    name: Samen doen
amounts:
  minimum: 100
  maximum: 1000
  article: artikel 4
ceilings:
  - scope: total
    amount: 10000
    published_on: 2026-01-05
  - scope: region
    code: noord
    amount: 6000
    published_on: 2026-01-05
windows:
  - code: voorjaar
    kind: fixed
    opens: 2026-02-01
    closes: 2026-03-01
    closing: before
form:
  steps:
    - code: alles
      title: Alles
      questions:
        - code: titel
          kind: text
          label: Hoe heet het?
          fills: title
        - code: gemeente
          kind: municipality
          label: Waar?
          fills: municipality
        - code: nieuw
          kind: yes_no
          label: Is het nieuw?
        - code: wat-nieuw
          kind: long_text
          label: Wat is er nieuw?
          when: nieuw = yes
        - code: begin
          kind: date
          label: Wanneer begint u?
          fills: start_date
          required: no
        - code: eind
          kind: date
          label: Wanneer bent u klaar?
          fills: end_date
          required: no
        - code: begroting
          kind: budget
          label: Wat kost het?
          fills: budget
        - code: bedrag
          kind: money
          label: Hoeveel vraagt u?
          fills: amount_asked
        - code: rekening
          kind: iban
          label: Waarheen?
          fills: iban
          personal: yes
eligibility:
  - code: nieuw
    require: nieuw = yes
    article: artikel 5
    asked_before: yes
    sentence: Het moet iets nieuws zijn.
route: [completeness, review]
criteria:
  - code: goed
    kind: yes_no
    question: Is het goed voor de buurt?
    hard: yes
    article: artikel 6
distribution:
  rule: receipt
  on_misfit: stop
  ties: [lot]
  lot_source: notary
terms:
  decision_weeks: 8
  repair_weeks: 2
  hearing_weeks: 2
  keep_months: 12
  spot_check_months: 12
tiers:
  - code: direct
    kind: direct
release: returns
"""


def small(**changes: str) -> Definition:
    """The small definition; each change is `old=new` text, given as pairs of keyword and text."""
    return parse(changed(**changes), file="klein.yaml")


def changed(**changes: str) -> str:
    """The text of the small definition with lines replaced: `key="value"` sets the first `key:`."""
    lines = SMALL.splitlines()
    for key, value in changes.items():
        index = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
        indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
        lines[index] = f"{indent}{key}: {value}"
    return "\n".join(lines) + "\n"


BALLOT = """\
vote:
  kind: points
  minimum: 1
  maximum: 4
  points: 5
  most_per_option: 2
  electorate: Dertig inwoners van Noord en Zuid.
  opens: 2026-03-10
  closes: 2026-03-20
  closing: before
distribution:
  rule: votes
  on_misfit: skip
  ties: [more_supporters, lot]
  lot_source: notary
"""
NUMBERS = "  kind: points\n  minimum: 1\n  maximum: 4\n  points: 5\n  most_per_option: 2\n"
PANEL = """\
panel:
  name: de commissie
  power: advises
  method: consensus
  minimum_present: 3
"""
COMMITTEE = """\
    closing: before
    committee:
      lead_days: 10
      meets_on: [2026-03-05, 2026-04-02]
"""
DIVIDED = SMALL[SMALL.index("distribution:\n") : SMALL.index("terms:\n")]
VOTING = SMALL.replace(DIVIDED, BALLOT).replace(
    "route: [completeness, review]", "route: [completeness, review, vote, ranking]"
)
MEETING = (SMALL + PANEL).replace(
    "route: [completeness, review]", "route: [completeness, review, panel]"
)
MEETING = MEETING.replace("    closing: before\n", COMMITTEE)


ACTIVITIES = """\
activities:
  - code: samen
    name: Samen doen
    minimum: 200
    maximum: 600
    percentage: 50
    article: artikel 7
  - code: alleen
    name: Alleen doen
    applicants: [inwoner]
    fixed: 250
    article: artikel 8
  - code: anders
    name: Anders doen
"""
ACTIVE = SMALL.replace(
    SMALL[SMALL.index("activities:\n") : SMALL.index("amounts:\n")], ACTIVITIES
).replace(
    "        - code: nieuw\n",
    "        - code: activiteit\n          kind: choice\n          label: Wat gaat u doen?\n"
    "          fills: activity\n        - code: nieuw\n",
    1,
)
"""The small definition with three activities: one with limits, one fixed, one free."""


def read(text: str, *changes: tuple[str, str]) -> Definition:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return parse(text, file="klein.yaml")
