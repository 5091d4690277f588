"""What happens to an application before the money is divided; `explain` makes the page of it."""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition import (
    AdvicePanel,
    Criterion,
    CriterionKind,
    Definition,
    Municipal,
    PanelMethod,
    RouteStep,
    Unknown,
    Vote,
)
from regeling.explain_voting import power_words, voting, voting_days
from regeling.telling import Say, Several, Told, about, say
from regeling.words import count_words, number_words


def choosing(definition: Definition) -> Iterator[Told]:
    """The steps in their order: help, completeness, the municipality, the review, the meeting."""
    if definition.has(RouteStep.COACHING):
        yield say("Voordat u aanvraagt, kan een makelaar met u meelezen.", "route")
    yield say(
        "Wij kijken eerst of uw aanvraag compleet is. Mist er iets, dan kunt u dat aanvullen.",
        "route",
    )
    yield from _municipality(definition.municipal)
    yield from _support(definition.vote)
    if definition.has(RouteStep.REVIEW):
        yield say("Daarna beoordelen wij uw plan.", "route")
        yield from _criteria(definition)
    if definition.panel is not None and definition.has(RouteStep.PANEL):
        yield from _panel(definition.panel, definition)


def _municipality(municipal: Municipal | None) -> Iterator[Told]:
    if municipal is None:
        return
    path = "municipal"
    items = tuple(say(each.question, path) for each in municipal.questions)
    if len(items) == 1:
        yield say(f"Wij vragen de gemeente: {items[0].text}", path)
    else:
        yield Several("Wij vragen de gemeente:", items)
    weeks = count_words(municipal.weeks, "week", "weken")
    text = f"Antwoordt de gemeente niet binnen {weeks}, dan gaan wij zonder haar antwoord verder."
    yield say(text, path)


def _support(vote: Vote | Unknown | None) -> Iterator[Told]:
    """How many people must show their support before the review begins."""
    if isinstance(vote, Vote) and vote.support_gate is not None:
        people = count_words(vote.support_gate, "mens laat", "mensen laten")
        text = f"Wij beoordelen uw plan pas als {people} zien dat zij het steunen."
        yield say(text, "vote.support_gate")


def _criteria(definition: Definition) -> Iterator[Told]:
    """The questions by what an answer does: refuse, count, or be weighed in words."""
    criteria = definition.criteria
    if isinstance(criteria, Unknown):
        yield say("Waarop wij daarbij letten, is niet bekend.", "criteria")
        return
    yield Several(
        "Is het antwoord op een van deze vragen nee? Dan wijzen wij de aanvraag af:",
        tuple(_criterion(each) for each in criteria if each.hard),
    )
    scored = [each for each in criteria if each.kind is CriterionKind.SCORE]
    for low, high in dict.fromkeys((each.lowest, each.highest) for each in scored):
        yield Several(
            f"Voor deze vragen geven wij een score van {low} tot en met {high}:",
            tuple(_criterion(e) for e in scored if (e.lowest, e.highest) == (low, high)),
        )
    rest = [e for e in criteria if not e.hard and e.kind is not CriterionKind.SCORE]
    lead = "Wij letten op deze vragen:" if len(rest) == len(criteria) else "Wij letten ook op:"
    yield Several(lead, tuple(_criterion(each) for each in rest))


def _criterion(each: Criterion) -> Say:
    parts = [each.question, each.help]
    if each.kind is CriterionKind.SCORE and each.weight > 1:
        parts.append(f"Deze score telt {number_words(each.weight)} keer.")
    return say(" ".join(part for part in parts if part), f"criteria.{each.code}")


def _panel(panel: AdvicePanel, definition: Definition) -> Iterator[Told]:
    name = f"{panel.name[:1].upper()}{panel.name[1:]}"
    yield say(f"{name} komt bijeen en bespreekt uw plan.", "panel")
    if not definition.has(RouteStep.REVIEW):
        yield from _criteria(definition)
    if panel.method is PanelMethod.SCORES:
        yield say("De leden geven scores. Die tellen wij op.", "panel.method")
    elif panel.method is PanelMethod.CONSENSUS:
        yield say("De leden proberen het samen eens te worden.", "panel.method")
    else:
        yield say("Hoe de leden tot een oordeel komen, is niet bekend.", "panel.method")
    if isinstance(panel.minimum_present, int):
        members = count_words(panel.minimum_present, "lid", "leden")
        yield say(f"Er moeten minstens {members} bij zijn.", "panel.minimum_present")
    yield say("Een lid dat zelf belang heeft bij uw plan, praat er niet over mee.")
    yield say(power_words(panel.power), "panel.power")


def chosen_by_vote(definition: Definition) -> Iterator[Told]:
    """Who votes, when and how."""
    yield from about("vote", voting(definition))
    vote = definition.vote
    if isinstance(vote, Vote):
        yield from about("vote", voting_days(vote))
