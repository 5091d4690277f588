"""A regulation in plain Dutch, worked out from its definition: what its page tells a resident."""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition import Definition, Distribution
from regeling.explain_after import deciding, duties, figures, law, letters
from regeling.explain_choosing import choosing, chosen_by_vote
from regeling.explain_dividing import parts
from regeling.explain_form import form
from regeling.explain_money import money, pot
from regeling.explain_when import answer, when
from regeling.explain_who import refusals, what, where, who
from regeling.telling import Section, Told, say, section

__all__ = ["Section", "explain"]

_PARTS = (
    ("who", "Wie kan aanvragen?", who),
    ("where", "Waar?", where),
    ("what", "Waarvoor?", what),
    ("refused", "Wanneer kan het niet?", refusals),
    ("money", "Hoeveel kunt u krijgen?", money),
    ("pot", "Hoeveel geld is er?", pot),
    ("when", "Wanneer kunt u aanvragen?", when),
    ("form", "Wat vult u in?", form),
    ("choosing", "Hoe kiezen wij?", choosing),
    ("voting", "Hoe wordt er gestemd?", chosen_by_vote),
    ("dividing", "Hoe verdelen wij het geld?", None),
    ("deciding", "Wie beslist?", deciding),
    ("answer", "Wanneer hoort u het?", answer),
    ("duties", "Wat moet u doen als u het krijgt?", duties),
    ("letters", "Wat staat er nog meer in onze brieven?", letters),
    ("law", "Waarop is dit gebaseerd?", law),
    ("figures", "Waar telt dit mee?", figures),
)


def explain(definition: Definition) -> tuple[Section, ...]:
    """The sections of a regulation's page, in the order in which an applicant asks.

    What no source gives is said where it matters to her; what rests on an assumption is marked.
    """
    assumed = definition.assumed_paths
    found = (
        section(code, title, (tell or _dividing)(definition), assumed)
        for code, title, tell in _PARTS
    )
    return tuple(each for each in found if each.blocks)


def _dividing(definition: Definition) -> Iterator[Told]:
    how = definition.distribution
    if not isinstance(how, Distribution):
        yield say("Hoe het geld wordt verdeeld, is niet bekend.", "distribution")
        return
    for keys, sentences in parts(how, definition):
        paths = [f"distribution.{key}" for key in keys]
        yield from (say(each, *paths) for each in sentences)
