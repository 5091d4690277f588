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
from regeling.explain_deciding import power_words, voting, voting_days
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
        yield from _criteria(definition, "Wij letten op deze vragen:")
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


def _criteria(definition: Definition, lead: str) -> Iterator[Told]:
    criteria = definition.criteria
    if isinstance(criteria, Unknown):
        yield say("Waarop wij daarbij letten, is niet bekend.", "criteria")
        return
    scales = {(each.lowest, each.highest) for each in criteria if each.kind is CriterionKind.SCORE}
    same = len(scales) == 1
    yield Several(lead, tuple(_criterion(each, with_scale=not same) for each in criteria))
    if same:
        low, high = scales.pop()
        many = sum(each.kind is CriterionKind.SCORE for each in criteria)
        told = "Elke score loopt" if many > 1 else "De score loopt"
        yield say(f"{told} van {low} tot en met {high}.", "criteria")


def _criterion(each: Criterion, *, with_scale: bool) -> Say:
    parts = [each.question, each.help]
    if each.hard:
        parts.append("Is het antwoord nee, dan wijzen wij de aanvraag af.")
    if each.kind is CriterionKind.SCORE:
        times = f"{number_words(each.weight)} keer" if each.weight > 1 else ""
        if with_scale:
            parts.append(
                f"Hiervoor geven wij een score van {each.lowest} tot en met {each.highest}."
            )
        elif not times:
            parts.append("Hiervoor geven wij een score.")
        if times:
            parts.append(f"De score hiervoor telt {times}.")
    return say(" ".join(part for part in parts if part), f"criteria.{each.code}")


def _panel(panel: AdvicePanel, definition: Definition) -> Iterator[Told]:
    name = f"{panel.name[:1].upper()}{panel.name[1:]}"
    yield say(f"{name} komt bijeen en bespreekt uw plan.", "panel")
    if not definition.has(RouteStep.REVIEW):
        yield from _criteria(definition, "Het gaat dan om deze vragen:")
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
