"""When one can apply and by when there is an answer, in plain Dutch; `explain` makes the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regeling.definition import (
    Closing,
    Definition,
    LegalRegime,
    Terms,
    TermStart,
    Unknown,
    Window,
    WindowKind,
    listed,
)
from regeling.telling import Several, Told, say
from regeling.words import clock_words, count_words, day_words, joined

NOT_KNOWN = "niet bekend"
_MIDNIGHT = "00:00"
_UNTIL = {Closing.BEFORE: "vóór", Closing.UP_TO_AND_INCLUDING: "tot en met"}


def when(definition: Definition) -> Iterator[Told]:
    """The periods, the days on which a committee meets, and an earlier day at the town hall."""
    windows = listed(definition.windows)
    if isinstance(definition.windows, Unknown):
        yield say(f"Wanneer u kunt aanvragen, is {NOT_KNOWN}.", "windows")
    if len(windows) > 1:
        items = (
            say(f"{each.label or f'periode {number}'}: {_uncapital(window_words(each))}", _at(each))
            for number, each in enumerate(windows, 1)
        )
        yield Several("Er zijn meer perioden:", tuple(items))
    for each in windows:
        if len(windows) == 1:
            yield say(window_words(each), _at(each))
        yield from _around(each, definition)


def _at(window: Window) -> str:
    return f"windows.{window.code}"


def _uncapital(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def window_words(window: Window) -> str:
    """When one can apply, in one sentence; "vóór" and "tot en met" are kept apart."""
    opens = _opens(window)
    if window.kind is WindowKind.CONTINUOUS and not isinstance(window.closes, date):
        start = "" if isinstance(window.opens, Unknown) else f" vanaf {opens}"
        return f"U kunt aanvragen{start} zolang er geld is."
    if not isinstance(window.closes, date):
        if isinstance(window.opens, Unknown):
            return f"Vanaf wanneer en tot wanneer u kunt aanvragen, is {NOT_KNOWN}."
        return f"U kunt aanvragen vanaf {opens}. Tot wanneer is {NOT_KNOWN}."
    last = day_words(window.closes)
    at = f" om {clock_words(window.closing_time)}" if window.closing_time else ""
    until = _UNTIL[window.closing] if isinstance(window.closing, Closing) else "tot"
    whole = f"{until} {last}{at}"
    if isinstance(window.opens, Unknown):
        told = f"U kunt aanvragen {whole}. Vanaf wanneer is {NOT_KNOWN}."
    else:
        and_ = "en " if window.closing is Closing.BEFORE else ""
        told = f"U kunt aanvragen vanaf {opens} {and_}{whole}."
    if isinstance(window.closing, Unknown):
        told += f" Of {last} zelf nog meetelt, is {NOT_KNOWN}."
    return told


def _opens(window: Window) -> str:
    if isinstance(window.opens, Unknown):
        return NOT_KNOWN
    hour = "" if window.opens_time == _MIDNIGHT else f" om {clock_words(window.opens_time)}"
    return f"{day_words(window.opens)}{hour}"


def _around(window: Window, definition: Definition) -> Iterator[Told]:
    if isinstance(window.intake_until, date):
        text = f"Sommige gemeenten nemen aanvragen aan tot {day_words(window.intake_until)}."
        yield say(text, f"{_at(window)}.intake_until")
    committee = window.committee
    if committee is None:
        return
    name = definition.panel.name if definition.panel is not None else "de commissie"
    capital = f"{name[:1].upper()}{name[1:]}"
    path = f"{_at(window)}.committee"
    if isinstance(committee.meets_on, Unknown):
        yield say(f"Wanneer {name} bijeenkomt, is {NOT_KNOWN}.", f"{path}.meets_on")
    elif committee.meets_on:
        days = joined([day_words(each) for each in committee.meets_on])
        yield say(f"{capital} komt bijeen op {days}.", f"{path}.meets_on")
    if isinstance(committee.lead_days, int):
        lead = count_words(committee.lead_days, "dag", "dagen")
        yield say(f"Uw aanvraag is er {lead} van tevoren.", f"{path}.lead_days")
    else:
        text = f"Hoeveel dagen van tevoren uw aanvraag er moet zijn, is {NOT_KNOWN}."
        yield say(text, f"{path}.lead_days")


def answer(definition: Definition) -> Iterator[Told]:
    """By when there is an answer, how long a supplement and a reaction may take, and the money."""
    terms = definition.terms
    yield from _decision(terms, definition)
    if isinstance(terms.repair_weeks, int):
        weeks = count_words(terms.repair_weeks, "week", "weken")
        text = f"Vragen wij om een aanvulling, dan hebt u daar {weeks} voor."
        yield say(f"{text} Dat wachten telt niet mee.", "terms.repair_weeks")
    if isinstance(terms.hearing_weeks, int):
        weeks = count_words(terms.hearing_weeks, "week", "weken")
        yield say(
            "Willen wij nee zeggen om iets dat u niet zelf hebt verteld? Dan mag u eerst reageren,"
            f" binnen {weeks}.",
            "terms.hearing_weeks",
        )
    if isinstance(terms.payment_weeks, int):
        weeks = count_words(terms.payment_weeks, "week", "weken")
        yield say(f"Is het een ja, dan betalen wij binnen {weeks}.", "terms.payment_weeks")


def _decision(terms: Terms, definition: Definition) -> Iterator[Told]:
    if isinstance(terms.decision_by, date):
        yield say(f"U hoort het uiterlijk op {day_words(terms.decision_by)}.", "terms.decision_by")
    if isinstance(terms.decision_weeks, int):
        yield from _weeks(terms, terms.decision_weeks)
    elif isinstance(terms.decision_by, date):
        return
    elif isinstance(terms.decision_weeks, Unknown):
        yield say(f"Binnen hoeveel weken u het hoort, is {NOT_KNOWN}.", "terms.decision_weeks")
    elif definition.identity.legal_regime is LegalRegime.AWB:
        yield say(
            "De regeling noemt geen termijn. Volgens de wet hoort u het dan binnen acht weken, of u"
            " hoort in die tijd wanneer wel.",
            "terms.decision_weeks",
        )


def _weeks(terms: Terms, number: int) -> Iterator[Told]:
    weeks = count_words(number, "week", "weken")
    if isinstance(terms.decision_from, Unknown):
        text = f"U hoort het binnen {weeks}. Vanaf welke dag dat telt, is {NOT_KNOWN}."
        yield say(text, "terms.decision_weeks", "terms.decision_from")
    else:
        closing = terms.decision_from is TermStart.WINDOW_CLOSE
        since = "de laatste dag om aan te vragen" if closing else "de dag waarop u aanvraagt"
        text = f"U hoort het binnen {weeks} na {since}."
        yield say(text, "terms.decision_weeks", "terms.decision_from")
    if terms.decision_atw is True:
        yield say(
            "Is de laatste dag daarvan een zaterdag, een zondag of een feestdag? Dan telt de"
            " eerstvolgende werkdag.",
            "terms.decision_atw",
        )
