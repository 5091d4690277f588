"""An outcome in sentences: for the applicant ("u"), and for anybody who reads the calculation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessment.domain.allocation_model import Quorum
from assessment.domain.tally import score_words
from regeling.words import euro_words

POINTS = ("points", "ranking", "score")
_ENGLISH = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Case:
    """What the sentences about one option can name.

    ``votes`` are in words: "12,5", or an amount of money in a household vote; ``ceiling`` is what
    the ceiling in the way is called; ``rule`` and ``kind`` are those of the award and of the vote
    (kind empty where nobody voted).
    """

    code: str
    rule: str
    kind: str
    asked: int
    granted: int
    left: int
    votes: str
    supporters: int | None = None
    support_needed: int = 0
    ceiling: str = ""
    rival: str = ""
    stopped_by: str = ""
    score: str = ""
    phase: int = 1
    effective: int = 0


def to_applicant(case: Case, quorum: Quorum) -> str:
    """The outcome in one sentence, to who applied."""
    return _filled(_to_applicant(), case, quorum)


def about(case: Case, quorum: Quorum) -> str:
    """The outcome in one sentence, about the initiative."""
    return _filled(_about(), case, quorum)


def money(cents: int) -> str:
    """An amount as the language of the reader writes it: "€ 2.000,50" or "€ 2,000.50"."""
    words = euro_words(cents)
    english = (get_language() or "nl").startswith("en")
    return words.translate(_ENGLISH) if english else words


def number_of_votes(kind: str, votes: int, scale: int) -> str:
    """Votes as a number in words, "12,5"; in a household vote an amount of money."""
    return money(votes // scale) if kind == "household" else score_words(votes, scale)


def votes_words(kind: str, votes: int, scale: int) -> str:
    """A number of votes with its unit: "12 stemmen", "12,5 punten", an amount of money."""
    number = number_of_votes(kind, votes, scale)
    if kind == "household":
        return number
    if kind in POINTS:
        return (_("%(n)s punt") if number == "1" else _("%(n)s punten")) % {"n": number}
    return (_("%(n)s stem") if number == "1" else _("%(n)s stemmen")) % {"n": number}


def missing_words(kind: str, needed: int) -> str:
    """How many more votes or points would have brought the whole amount; to who applied."""
    if kind == "household":
        return _("Met %(amount)s meer van de stemmers had u het hele bedrag gekregen.") % {
            "amount": money(needed)
        }
    if kind in POINTS:
        return ngettext(
            "Met %(n)s punt meer had u het hele bedrag gekregen.",
            "Met %(n)s punten meer had u het hele bedrag gekregen.",
            needed,
        ) % {"n": needed}
    return ngettext(
        "Met %(n)s stem meer had u het hele bedrag gekregen.",
        "Met %(n)s stemmen meer had u het hele bedrag gekregen.",
        needed,
    ) % {"n": needed}


def quorum_words(quorum: Quorum) -> str:
    """What follows from too few voters; empty when there were enough."""
    if quorum.met:
        return ""
    figures = {"n": quorum.ballots, "m": quorum.needed}
    if quorum.consequence == "no_award":
        return (
            _(
                "Er stemden %(n)s mensen. Er waren er minstens %(m)s nodig. "
                "Daarom wordt er geen geld verdeeld."
            )
            % figures
        )
    if quorum.consequence == "committee":
        return (
            _(
                "Er stemden %(n)s mensen. Er waren er minstens %(m)s nodig. Daarom beslist de "
                "commissie; de uitslag van de stemming is een advies."
            )
            % figures
        )
    return (
        _(
            "Er stemden %(n)s mensen. Er waren er minstens %(m)s nodig. "
            "Daarom is de uitslag van de stemming een advies."
        )
        % figures
    )


def _filled(sentences: Mapping[str, str], case: Case, quorum: Quorum) -> str:
    if case.code == "refused_quorum":
        return quorum_words(quorum)
    points, household = case.kind in POINTS, case.kind == "household"
    special = "leftover" if case.phase > 1 else case.rule
    if case.rule == "pro_rata" and case.kind == "review":
        special = "in_proportion"
    if special == "equal_shares" and not case.effective:
        special = ""  # the completion or the comparison brought it in, not its own supporters
    where = "_named" if case.rival or case.stopped_by else ""
    unit = "points" if points else "euros" if household else ""
    code = f"refused_{unit}" if case.code == "refused_support" and unit else case.code
    names = (f"{special}:{code}", f"{code}{where}", code, "undecided")
    found = next(sentences[name] for name in names if name in sentences)
    needed = case.support_needed
    return found % {
        "asked": money(case.asked),
        "granted": money(case.granted),
        "left": money(case.left),
        "label": case.ceiling,
        "votes": case.votes,
        "n": case.votes,
        "m": money(needed) if household else needed,
        "score": case.score,
        "voters": case.supporters,
        "rival": case.rival,
        "stopper": case.stopped_by,
    }


def _to_applicant() -> dict[str, str]:
    return {
        "awarded": _("Uw aanvraag kreeg genoeg stemmen om binnen het subsidieplafond te vallen."),
        "receipt:awarded": _("Er was nog genoeg geld toen uw aanvraag volledig was."),
        "score:awarded": _("Uw aanvraag kreeg genoeg punten om binnen het geld te vallen."),
        "lottery:awarded": _("Uw aanvraag is ingeloot: er was nog genoeg geld bij uw nummer."),
        "equal_shares:awarded": _(
            "De mensen die op uw aanvraag stemden, konden haar samen betalen uit hun deel van het "
            "geld."
        ),
        "pro_rata:awarded": _("Uw deel van het geld is het hele bedrag dat u vroeg."),
        "in_proportion:awarded": _("Er was genoeg geld voor alle aanvragen samen."),
        "in_proportion:awarded_share": _(
            "Er was niet genoeg geld voor alle aanvragen samen. Iedereen krijgt hetzelfde deel van "
            "wat is gevraagd. Van uw %(asked)s is dat %(granted)s."
        ),
        "leftover:awarded": _(
            "Uw aanvraag krijgt geld uit wat er over was nadat de deelplafonds waren verdeeld."
        ),
        "awarded_partly": _(
            "Er was niet genoeg geld voor het hele bedrag. Van de %(asked)s was er nog %(left)s "
            "over."
        ),
        "awarded_share": _(
            "Het geld is verdeeld naar het aantal stemmen. Uw deel is %(granted)s van de %(asked)s "
            "die u vroeg."
        ),
        "departed_award": _(
            "Wij wijken af van de uitslag. Wij stelden uw bedrag vast op %(granted)s."
        ),
        "departed_refusal": _("Wij wijken af van de uitslag. Uw aanvraag krijgt geen geld."),
        "refused_ceiling": _(
            "Er was niet genoeg geld meer toen uw aanvraag aan de beurt was: "
            "u vroeg %(asked)s en er was nog %(left)s over."
        ),
        "refused_sub_ceiling": _(
            "Er was niet genoeg geld meer voor %(label)s toen uw aanvraag aan de beurt was: u "
            "vroeg %(asked)s en er was nog %(left)s over."
        ),
        "refused_stopped": _(
            "Een aanvraag die voor u aan de beurt was, paste niet meer in het geld dat over "
            "was. Volgens de regeling stopt de verdeling dan."
        ),
        "refused_excluded": _(
            "Van de aanvragen die om hetzelfde gaan, krijgt er hoogstens één geld. Dat was een "
            "aanvraag met een hogere plaats."
        ),
        "refused_excluded_named": _(
            "Van de aanvragen die om hetzelfde gaan, krijgt er hoogstens één geld. "
            "Dat was “%(rival)s”."
        ),
        "refused_support": _("Uw aanvraag kreeg %(n)s stemmen. Er waren er minstens %(m)s nodig."),
        "refused_euros": _("De stemmers gaven uw aanvraag %(n)s. Er was minstens %(m)s nodig."),
        "refused_points": _("Uw aanvraag kreeg %(n)s punten. Er waren er minstens %(m)s nodig."),
        "refused_score": _("Uw aanvraag kreeg %(score)s punten. Er waren er minstens %(m)s nodig."),
        "refused_supporters": _(
            "Op uw aanvraag stemden %(voters)s mensen. Er waren er minstens %(m)s nodig."
        ),
        "refused_shares": _(
            "De mensen die op uw aanvraag stemden, hadden samen nog %(left)s over van hun deel van "
            "het geld. Er was %(asked)s nodig."
        ),
        "withdrawn": _(
            "Uw initiatief is uit de stemming gehaald en doet niet mee in de verdeling."
        ),
        "tied": _("Deze aanvraag staat gelijk met een andere, en dat beslist over het geld."),
        "undecided": _("Hierover is nog niet beslist."),
    }


def _about() -> dict[str, str]:
    return {
        "awarded": _("Past in het geld dat over is: %(asked)s van %(left)s."),
        "receipt:awarded": _("Past in het geld dat over is: %(asked)s van %(left)s."),
        "equal_shares:awarded": _(
            "De mensen die hierop stemden, betalen dit samen uit hun deel van het geld."
        ),
        "pro_rata:awarded": _("Het deel naar stemmen is genoeg voor het hele bedrag: %(asked)s."),
        "in_proportion:awarded": _("Er is genoeg geld voor alle aanvragen samen."),
        "in_proportion:awarded_share": _(
            "Krijgt hetzelfde deel als iedereen: %(granted)s van de %(asked)s."
        ),
        "leftover:awarded": _("Past in het geld dat na de deelplafonds over is: %(asked)s."),
        "awarded_partly": _("Krijgt wat er nog over is: %(granted)s van de %(asked)s."),
        "awarded_share": _("Krijgt naar het aantal stemmen %(granted)s van de %(asked)s."),
        "departed_award": _("Het bestuur stelde dit bedrag apart vast: %(granted)s."),
        "departed_refusal": _("Het bestuur besloot om hier geen geld aan te geven."),
        "refused_ceiling": _("Past niet: nodig is %(asked)s, over is %(left)s."),
        "refused_sub_ceiling": _("Past niet in %(label)s: nodig is %(asked)s, over is %(left)s."),
        "refused_stopped": _("De verdeling was al gestopt."),
        "refused_stopped_named": _("De verdeling was al gestopt, omdat “%(stopper)s” niet paste."),
        "refused_excluded": _("Een ander initiatief met hetzelfde doel kreeg al geld."),
        "refused_excluded_named": _("“%(rival)s” gaat om hetzelfde en kreeg al geld."),
        "refused_support": _("Te weinig stemmen: %(n)s van de %(m)s die nodig zijn."),
        "refused_euros": _("De stemmers gaven te weinig: %(n)s van de %(m)s die nodig zijn."),
        "refused_points": _("Te weinig punten: %(n)s van de %(m)s die nodig zijn."),
        "refused_score": _("Te weinig punten: %(score)s van de %(m)s die nodig zijn."),
        "refused_supporters": _("Te weinig stemmers: %(voters)s van de %(m)s die nodig zijn."),
        "refused_shares": _(
            "De mensen die hierop stemden, hebben samen nog %(left)s over; nodig is %(asked)s."
        ),
        "withdrawn": _("Uit de stemming gehaald; doet niet mee."),
        "tied": _("Staat gelijk met een ander initiatief, en dat beslist over het geld."),
        "undecided": _("Hangt af van wie van de gelijken voorgaat."),
    }
