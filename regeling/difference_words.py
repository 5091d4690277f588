"""How the parts of a definition are called in a list of what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, dataclass, is_dataclass, replace
from typing import Any

from regeling.definition import (
    Activity,
    AmountTier,
    ApplicantClass,
    Assumption,
    Ceiling,
    CeilingStep,
    Choice,
    Criterion,
    Definition,
    Evidence,
    FormStep,
    LetterParagraph,
    Mandate,
    MunicipalPlaces,
    MunicipalQuestion,
    Obligation,
    Question,
    RefusalGround,
    Region,
    Rule,
    Theme,
    Tier,
    VotePanel,
    Window,
)
from regeling.definition.code_words import code_words
from regeling.definition.labels import NOUNS, bare, noun
from regeling.definition.shapes import slots
from regeling.values import ceiling_name, section_words, value_words

SHORT = 100


def _quoted(text: str) -> str:
    cut = text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"
    return f"“{cut}”"


_TITLES: dict[type, tuple[str, str]] = {
    Activity: ("de activiteit", "name"),
    ApplicantClass: ("de aanvrager", "label"),
    Assumption: ("de aanname", "path"),
    Choice: ("het antwoord", "label"),
    Criterion: ("het criterium", "question"),
    Evidence: ("het stuk", "label"),
    FormStep: ("de bladzijde", "title"),
    LetterParagraph: ("de eigen alinea", "letter"),
    MunicipalPlaces: ("de plaatsen", "municipality"),
    MunicipalQuestion: ("de vraag aan de gemeente", "question"),
    Obligation: ("de verplichting", "text"),
    Question: ("de vraag", "label"),
    RefusalGround: ("de weigeringsgrond", "text"),
    Region: ("de regio", "name"),
    Rule: ("de voorwaarde", "sentence"),
    Theme: ("het thema", "name"),
    Tier: ("het arrangement", "label"),
    VotePanel: ("de groep stemmers", "name"),
    Window: ("de periode", "label"),
}
"""What an item of a list is, and the key that says which one."""

_NAMED: dict[type, Callable[[Any, Definition], str]] = {
    AmountTier: lambda each, _: f"het maximum van {section_words(each)}",
    Assumption: lambda each, _: f"de aanname over {section_words(each)}",
    Ceiling: ceiling_name,
    CeilingStep: lambda each, _: f"een nieuw plafond van {section_words(each)}",
    LetterParagraph: lambda each, _: f"de eigen alinea in {code_words(each.letter)}",
    Mandate: lambda each, _: f"het mandaat van {section_words(each)}",
    MunicipalPlaces: lambda each, _: f"de plaatsen in {each.municipality}",
}


def item_name(item: Any, definition: Definition) -> str:
    """As in "de vraag “Hoe heet het?”" or "het plafond voor Noord"."""
    if type(item) in _NAMED:
        return _NAMED[type(item)](item, definition)
    kind, key = _TITLES[type(item)]
    text = getattr(item, key)
    return f"{kind} {_quoted(text)}" if text else kind


def titled_by(section: type) -> tuple[str, str]:
    """What an item is and the key that names it, as in ("de vraag", "label"); else two empties."""
    return _TITLES.get(section, ("", ""))


def keyed(items: tuple[Any, ...]) -> dict[tuple[str, ...], Any]:
    """The items under what they are known by; a second of the same name gets a number."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for each in items:
        base = _key(each)
        seen[base] += 1
        found[(*base, str(seen[base]))] = each
    return found


def _key(item: Any) -> tuple[str, ...]:
    keys = ("scope", "code", "up_to", "letter", "path", "municipality")
    found = tuple(str(getattr(item, key)) for key in keys if hasattr(item, key))
    return found or (str(getattr(item, "name", "")),)


def same_but_code(one: Any, other: Any) -> bool:
    """Whether only the name inside differs, which no reader of the regulation sees."""
    return hasattr(one, "code") and replace(one, code=other.code) == other


def described(section: Any, definition: Definition) -> str:
    """What a new part says, as in "Soort vraag: korte tekst. Toelichting: Een korte naam."."""
    found = []
    kind: type = type(section)
    for slot in slots(kind).values():
        value = getattr(section, slot.name)
        titled = slot.name == titled_by(kind)[1]
        if titled or slot.name == "code" or value == _default(slot.default):
            continue
        if _holds_sections(value):
            told = ", ".join(item_name(each, definition) for each in value)
        elif is_dataclass(value) and not hasattr(value, "tree"):
            told = section_words(value) or described(value, definition)
        else:
            told = value_words(value, slot, definition)
        name = bare(noun(kind.__name__, slot.name))
        found.append(f"{capital(name)}: {told.rstrip('.')}.")
    return " ".join(found)


def _default(default: Any) -> Any:
    return None if default is MISSING else default


def _holds_sections(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the definition we are: the path for programs, the words for people."""

    path: tuple[str, ...] = ()
    item: str = ""  # the item of a list in which we are
    outer: str = ""  # the item around that one

    def at(self, key: str) -> Place:
        return replace(self, path=(*self.path, key))

    def into(self, key: str, item: str) -> Place:
        return Place((*self.path, key), item, self.item)

    @property
    def heading(self) -> str:
        """The part of the regulation, as in "Bedragen"."""
        return capital(bare(NOUNS[self.path[0]]))

    def sentence(self, words: str, *, about_item: bool = False) -> str:
        """The words as a sentence, after what they are about."""
        around = self.outer if about_item else self.item
        sentence = f"Bij {around}: {words}" if around else capital(words)
        ended = sentence.rstrip("”")[-1] in ".?!"
        return sentence if ended else f"{sentence}."


_SAID: dict[str, tuple[str, str]] = {
    "ApplicantClass.every_member_signs": (
        "iedereen in de groep moet nu ondertekenen",
        "niet meer iedereen in de groep hoeft te ondertekenen",
    ),
    "Card.photo": ("een foto mag nu op de kaart", "een foto mag niet meer op de kaart"),
    "Costs.only_payable": (
        "alleen kosten die echt zijn betaald, tellen nu mee",
        "ook kosten die niet zijn betaald, tellen nu mee",
    ),
    "Criterion.hard": (
        "een nee wijst de aanvraag nu af",
        "een nee wijst de aanvraag niet meer af",
    ),
    "Distribution.reserve_list": (
        "er komt een reservelijst",
        "er is geen reservelijst meer",
    ),
    "EqualShares.comparison": (
        "de uitkomst wordt nu vergeleken met de volgorde van stemmen",
        "de uitkomst wordt niet meer vergeleken met de volgorde van stemmen",
    ),
    "Evidence.required": ("het stuk is nu verplicht", "het stuk is niet meer verplicht"),
    "Identity.example": (
        "dit is nu een bedacht voorbeeld",
        "dit is geen bedacht voorbeeld meer",
    ),
    "Question.personal": (
        "het antwoord is nu een persoonlijk gegeven",
        "het antwoord is geen persoonlijk gegeven meer",
    ),
    "Question.public": (
        "iedereen kan het antwoord nu lezen",
        "niet meer iedereen kan het antwoord lezen",
    ),
    "Question.required": ("de vraag is nu verplicht", "de vraag is niet meer verplicht"),
    "Rule.asked_before": (
        "dit wordt nu vooraf gevraagd",
        "dit wordt niet meer vooraf gevraagd",
    ),
    "Terms.decision_atw": (
        "een beslistermijn die in het weekend eindigt, loopt nu door",
        "een beslistermijn die in het weekend eindigt, loopt niet meer door",
    ),
    "Territory.charge_elsewhere": (
        "een initiatief over de grens van een regio kan nu uit een andere regio worden betaald",
        "een initiatief kan niet meer uit een andere regio worden betaald",
    ),
    "Vote.change": (
        "een stem kan nu nog veranderen tot de stemming sluit",
        "een stem kan niet meer veranderen",
    ),
    "Vote.extension": (
        "de stemming kan nu worden verlengd",
        "de stemming kan niet meer worden verlengd",
    ),
    "Vote.withdrawal": (
        "een initiatief kan nu stoppen tijdens de stemming",
        "een initiatief kan niet meer stoppen tijdens de stemming",
    ),
}
"""What yes and no say, for every key that holds one of them."""


def said(section: str, key: str, value: bool) -> str:
    """What yes or no says at a key, as in "de vraag is nu verplicht"."""
    yes, no = _SAID[f"{section}.{key}"]
    return yes if value else no
