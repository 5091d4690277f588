"""What follows: who decides, what the recipient owes, what stays on paper; `explain` uses it."""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition import (
    Definition,
    LegalRegime,
    Mandate,
    Obligation,
    SpotCheck,
    Terms,
    Tier,
    TierKind,
    TransitionalRule,
    Unknown,
    listed,
)
from regeling.definition.code_words import code_words
from regeling.telling import Say, Several, Told, say
from regeling.values import due_words
from regeling.words import count_words, euro_words, joined

NOT_KNOWN = "niet bekend"
_TIMES = ("binnen", "einde", "uiterlijk", "vóór", "jaar", "maand", "week", "weken", "meteen")
"""Words by which a duty says itself by when it is done."""
_AT_THE_END = "bij het einde"


def deciding(definition: Definition) -> Iterator[Told]:
    """Who advises and who decides, up to which amount."""
    identity = definition.identity
    body = identity.deciding_body
    if isinstance(body, Unknown):
        yield say(f"Wie beslist, is {NOT_KNOWN}.")
    else:
        yield say(f"Wie beslist: {body}.")
    if isinstance(identity.advising_body, str):
        yield say(f"Wie adviseert: {identity.advising_body}.")
    items = []
    before: int | None = None
    for mandate in definition.mandates:
        items.append(_mandate(mandate, before))
        before = mandate.up_to
    yield Several("Namens hen ondertekent:", tuple(items))


def _mandate(mandate: Mandate, before: int | None) -> Say:
    body = NOT_KNOWN if isinstance(mandate.body, Unknown) else mandate.body
    if mandate.up_to is not None:
        upto = f"tot en met {euro_words(mandate.up_to)}"
    else:
        upto = f"boven {euro_words(before)}" if before is not None else "bij elk bedrag"
    return say(f"{upto}: {body}.", "mandates")


def duties(definition: Definition) -> Iterator[Told]:
    """What the recipient must do, what she sends afterwards, and what is looked at later."""
    names = {each.code: each.label or each.code for each in listed(definition.tiers)}
    if isinstance(definition.obligations, Unknown):
        yield say(f"Wat u verder moet doen, is {NOT_KNOWN}.", "obligations")
    items = (
        say(_obligation(each, names), f"obligations.{each.code}")
        for each in listed(definition.obligations)
    )
    yield Several("Dit spreken wij met u af:", tuple(items))
    if isinstance(definition.tiers, Unknown):
        yield say(f"Of u achteraf verantwoording aflegt, is {NOT_KNOWN}.", "tiers")
    yield from _tiers(listed(definition.tiers), definition)
    yield from _keeping(definition)


def _obligation(each: Obligation, names: dict[str, str]) -> str:
    parts = [each.text]
    by = due_words(each.due) if each.due is not None else _AT_THE_END
    says_when = any(word in each.text.lower() for word in (*_TIMES, by.removeprefix("op ")))
    if by != _AT_THE_END and not says_when:
        parts.append(f"Dat doet u {by}.")
    if each.tiers:
        labels = joined([f"“{names.get(code, code)}”" for code in each.tiers], "of")
        parts.append(f"Dit geldt alleen bij {labels}.")
    return " ".join(parts)


def _tiers(tiers: tuple[Tier, ...], definition: Definition) -> Iterator[Told]:
    """What is sent afterwards, by the amount that was given."""
    before: int | None = None
    told = any("verslag" in each.text.lower() for each in listed(definition.obligations))
    for tier in tiers:
        which = _amounts(tier, before, len(tiers))
        words = " ".join(_tier(tier, which, definition.terms, told=told))
        if words:
            yield say(words, f"tiers.{tier.code}", "terms.report_weeks")
        before = tier.up_to
    weeks = definition.terms.settlement_weeks
    if any(tier.kind is TierKind.REPORT for tier in tiers) and isinstance(weeks, int):
        within = count_words(weeks, "week", "weken")
        text = f"Binnen {within} na uw verslag stellen wij vast hoeveel u echt krijgt."
        yield say(text, "terms.settlement_weeks")


def _amounts(tier: Tier, before: int | None, number: int) -> str:
    if number == 1:
        return ""
    if tier.up_to is not None:
        return f"Krijgt u hoogstens {euro_words(tier.up_to)}? "
    return f"Krijgt u meer dan {euro_words(before)}? " if before is not None else ""


def _tier(tier: Tier, which: str, terms: Terms, *, told: bool) -> Iterator[str]:
    """`told`: a duty already speaks of the report."""
    if tier.kind is TierKind.DIRECT:
        yield f"{which}Dan hoeft u" if which else "U hoeft"
        yield "achteraf niets op te sturen. Wij kunnen wel vragen of wij mogen komen kijken."
    elif which or tier.asks or not told:
        yield f"{which}Dan stuurt u" if which else "U stuurt"
        asked = joined([code_words(each) for each in tier.asks])
        yield f"achteraf {asked or 'een kort verslag met de kosten'}.{_within(terms, told)}"
    if isinstance(tier.advance_percentage, Unknown):
        yield f"Welk deel u vooraf krijgt, is {NOT_KNOWN}."
    elif tier.advance_percentage:
        yield f"Vooraf krijgt u {tier.advance_percentage}% van het geld."


def _within(terms: Terms, told: bool) -> str:
    if isinstance(terms.report_weeks, Unknown):
        return f" Binnen hoeveel weken, is {NOT_KNOWN}."
    if terms.report_weeks is None or told:
        return ""
    weeks = count_words(terms.report_weeks, "week", "weken")
    return f" Dat doet u binnen {weeks} nadat u klaar bent."


def _keeping(definition: Definition) -> Iterator[Told]:
    terms = definition.terms
    told = any("bewaar" in each.text.lower() for each in listed(definition.obligations))
    if isinstance(terms.keep_months, int) and terms.keep_months and not told:
        months = count_words(terms.keep_months, "maand", "maanden")
        yield say(
            f"U bewaart uw rekeningen en afspraken nog {months} nadat u klaar bent.",
            "terms.keep_months",
        )
    checked = terms.spot_check_months
    if isinstance(checked, int) and checked:
        until = count_words(checked, "maand", "maanden")
        yield say(
            f"Tot {until} nadat u klaar bent, kunnen wij nakijken of alles is gegaan zoals"
            " afgesproken.",
            "terms.spot_check_months",
        )
    check = definition.spot_check
    if isinstance(check, SpotCheck):
        share = NOT_KNOWN if isinstance(check.percentage, Unknown) else f"{check.percentage}%"
        yield say(f"Wie wij nakijken, bepaalt het lot: het gaat om {share}.", "spot_check")


def letters(definition: Definition) -> Iterator[Told]:
    """The paragraphs that this regulation adds to the letters."""
    texts: dict[tuple[str, str], list[str]] = {}
    for each in definition.letters:
        texts.setdefault((each.heading, each.text), []).append(code_words(each.letter))
    items = []
    for (heading, text), where in texts.items():
        named = f"“{heading}”: " if heading else ""
        items.append(say(f"in {joined(where)}: {named}{text}", "letters"))
    yield Several("Dit staat er ook in:", tuple(items))


def law(definition: Definition) -> Iterator[Told]:
    """What it rests on, what can be done against a decision, and what a new text changes."""
    identity = definition.identity
    yield say(_basis(definition))
    if isinstance(identity.articles, tuple) and identity.articles:
        yield say(f"Het gaat om {joined(identity.articles)}.")
    yield Several(
        "Per onderdeel:", tuple(say(f"{what}: {where}.") for what, where in _where(definition))
    )
    path = "identity.legal_regime"
    if identity.legal_regime is LegalRegime.AWB:
        weeks = count_words(definition.terms.objection_weeks, "week", "weken")
        text = f"Bent u het niet eens met een besluit? Dan kunt u binnen {weeks} bezwaar maken."
        yield say(text, path)
    elif identity.legal_regime is LegalRegime.PRIVATE_FUND:
        text = "Dit is geen besluit van de overheid. Bezwaar maken kan daarom niet."
        yield say(text, path)
    else:
        yield say(f"Of u bezwaar kunt maken, is {NOT_KNOWN}.", path)
    yield say(_TRANSITION[definition.transitional_rule], "transitional_rule")


_TRANSITION = {
    TransitionalRule.RUNNING_KEEP: (
        "Verandert de regeling terwijl uw aanvraag loopt? Dan blijft voor u de oude tekst gelden."
    ),
    TransitionalRule.RUNNING_FOLLOW: (
        "Verandert de regeling terwijl uw aanvraag loopt? Dan geldt de nieuwe tekst ook voor u."
    ),
    Unknown.UNKNOWN: (
        "Wat er voor u geldt als de regeling verandert terwijl uw aanvraag loopt, is niet bekend."
    ),
}


def _basis(definition: Definition) -> str:
    identity = definition.identity
    if isinstance(identity.regulation, Unknown):
        return f"Op welke regeling dit rust, is {NOT_KNOWN}."
    where = identity.regulation_reference
    found = f" ({where})" if isinstance(where, str) and where else ""
    if isinstance(identity.paragraph, Unknown):
        return f"Dit rust op de {identity.regulation}{found}. Welke paragraaf, is {NOT_KNOWN}."
    paragraph = _with("paragraaf", identity.paragraph)
    return f"Dit rust op de {identity.regulation}{found}, {paragraph}."


def _with(kind: str, label: str) -> str:
    """The label after what it is, unless it says that itself."""
    return label if label.lower().startswith(kind) else f"{kind} {label}"


def _where(definition: Definition) -> Iterator[tuple[str, str]]:
    """The article of every part that names one; many parts of one kind come together."""
    frequency = definition.applicants.frequency
    parts: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("wie kan aanvragen", definition.applicants.classes),
        ("hoe vaak u kunt aanvragen", (frequency,)),
        ("waar het is", (definition.territory,)),
        ("waarvoor", definition.activities),
        ("hoeveel u krijgt", (definition.amounts,)),
        ("wanneer het niet kan", (*definition.eligibility, *listed(definition.refusal_grounds))),
        ("waarop wij letten", listed(definition.criteria)),
        ("wat u moet doen", listed(definition.obligations)),
    )
    for what, items in parts:
        found = [getattr(each, "article", None) for each in items]
        articles = list(dict.fromkeys(each for each in found if isinstance(each, str) and each))
        if articles:
            yield what, "; ".join(articles)


def figures(definition: Definition) -> Iterator[Told]:
    """Under which names the province counts this regulation."""
    monitor = definition.monitor
    named = (
        ("kerntaak", monitor.core_task),
        ("beleidsdoel", monitor.policy_goal),
        ("prestatie", monitor.performance),
        ("taakveld", monitor.task_field),
        ("product", monitor.product),
    )
    labels = [_with(what, label) for what, label in named if isinstance(label, str) and label]
    year = f" over {monitor.year}" if isinstance(monitor.year, int) else ""
    if labels:
        yield say(f"In de cijfers{year} telt dit mee bij {joined(labels)}.", "monitor")
    elif year:
        yield say(f"Dit telt mee in de cijfers{year}.", "monitor.year")
