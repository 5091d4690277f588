"""What nobody knows beforehand, as named figures that are printed with every outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessment.domain.simulation.cases import CannotSimulate

COACHING, COMPLETENESS, SUPPLEMENT = "coaching", "completeness", "supplement"
REVIEW, PANEL, DECISION, VOTERS = "review", "panel", "decision", "voters"
MINUTES: Mapping[str, int] = {
    COACHING: 90,
    COMPLETENESS: 20,
    SUPPLEMENT: 15,
    REVIEW: 60,
    PANEL: 20,
    DECISION: 15,
    VOTERS: 2,
}
"""Minutes of work for one application at each step; for ``voters`` for every ten who vote."""
MOST_OF_SHARES = 500
"""So many rounds are played at most where the money goes in equal shares: each takes longest."""


def names_of_steps() -> dict[str, str]:
    """What each step of the work is called."""
    return {
        COACHING: _("meelezen met een concept"),
        COMPLETENESS: _("kijken of een aanvraag volledig is"),
        SUPPLEMENT: _("een aanvulling vragen en nakijken"),
        REVIEW: _("beoordelen"),
        PANEL: _("voorbereiden voor de commissie"),
        DECISION: _("besluit en brief"),
        VOTERS: _("vragen van stemmers, per tien stemmers"),
    }


class CannotForecast(CannotSimulate):
    """The text leaves something unknown that a round needs; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How many come, how they behave, and how long the work takes.

    Percentages are whole; ``likes`` is how many times as popular the most popular plan is as the
    least; ``choices`` how many plans a voter ticks where she may tick several; ``experts`` how many
    people score an application.
    """

    applications: int
    voters: int = 0
    rounds: int = 1000
    brokers: int = 2
    at_maximum: int = 40
    fall_off: int = 10
    supplements: int = 30
    last_week: int = 40
    likes: int = 8
    choices: int = 3
    experts: int = 3
    minutes: Mapping[str, int] = field(default_factory=lambda: dict(MINUTES))

    def __post_init__(self) -> None:
        if self.applications < 1 or self.voters < 0 or self.rounds < 1 or self.brokers < 1:
            raise ValueError("a forecast has applications, rounds and brokers")
        shares = (self.at_maximum, self.fall_off, self.supplements, self.last_week)
        if not all(0 <= each <= 100 for each in shares) or self.likes < 1 or self.choices < 1:
            raise ValueError("a percentage is 0 to 100, and likes and choices at least one")
        if self.experts < 1 or set(self.minutes) - set(MINUTES):
            raise ValueError("minutes are named by a step, and somebody scores")


def in_words(
    given: Assumptions,
    *,
    steps: Collection[str],
    votes: bool = False,
    points: bool = False,
    closes: bool = False,
    shares: bool = False,
) -> tuple[str, ...]:
    """Every assumption as a sentence: what counts here, and nothing that does not; ``steps`` are
    those of the work."""
    figures = {name: getattr(given, name) for name in given.__slots__}
    found = [
        _(
            "Er komen %(applications)s aanvragen. Daarvan valt %(fall_off)s%% af voordat het geld "
            "wordt verdeeld."
        ),
        _(
            "Van de aanvragers vraagt %(at_maximum)s%% het meeste dat kan. De anderen vragen "
            "minder; elk bedrag in stappen van € 50 is even waarschijnlijk."
        ),
        _("Elke gemeente, elke activiteit en elk thema komt even vaak voor."),
        _("Van de aanvragen moet %(supplements)s%% worden aangevuld."),
    ]
    if closes:
        found.append(
            _("In de laatste week komt %(last_week)s%% binnen, de rest gelijkmatig daarvoor.")
        )
    else:
        found.append(_("De aanvragen komen gelijkmatig over een jaar binnen."))
    if votes:
        found += [
            _("Er stemmen %(voters)s mensen."),
            _(
                "Het ene initiatief is geliefder dan het andere, tot %(likes)s keer. Wie er meer "
                "mag kiezen, kiest er gemiddeld %(choices)s."
            ),
        ]
    if shares:
        found.append(
            _(
                "Gelijke delen groeien hier met een heel deel tegelijk, veertig soorten biljetten "
                "staan voor alle, en er worden hoogstens %(most)s rondes gespeeld."
            )
            % {"most": MOST_OF_SHARES}
        )
    if points:
        found.append(
            _("Elke aanvraag krijgt punten van %(experts)s mensen; het ene plan is beter.")
        )
    found.append(_("Er zijn %(brokers)s makelaars, die het werk delen."))
    found += [
        _("%(step)s: %(minutes)s minuten")
        % {"step": name[:1].upper() + name[1:], "minutes": given.minutes.get(step, 0)}
        for step, name in names_of_steps().items()
        if step in steps
    ]
    return tuple(each % figures if "%(" in each else each for each in found)
