"""What the words of the closed lists (`codes.py`) are called in Dutch."""

from __future__ import annotations

from enum import Enum

from regeling.definition.codes import (
    AccountAsk,
    Add1,
    CeilingScope,
    Closing,
    Column,
    Completion,
    CriterionKind,
    DistributionRule,
    DueAnchor,
    ElectorateKind,
    Grain,
    Leftover,
    LegalRegime,
    LetterKind,
    Login,
    LotSource,
    MemberKind,
    Normalisation,
    OnMisfit,
    PanelMethod,
    PartyKind,
    Period,
    Power,
    QuestionKind,
    QuorumConsequence,
    Release,
    Rounding,
    RouteStep,
    TermStart,
    TerritoryCounts,
    TieBreak,
    TierKind,
    TransitionalRule,
    Unfunded,
    Vat,
    VoteKind,
    WindowKind,
)

_WORDS: dict[type[Enum], dict[Enum, str]] = {
    LegalRegime: {
        LegalRegime.AWB: "een besluit volgens de Awb",
        LegalRegime.PRIVATE_FUND: "een bijdrage van een particulier fonds",
    },
    PartyKind: {
        PartyKind.PERSON: "een inwoner",
        PartyKind.GROUP: "een groep",
        PartyKind.ORGANISATION: "een organisatie",
    },
    MemberKind: {
        MemberKind.PERSON: "inwoners",
        MemberKind.ORGANISATION: "organisaties",
        MemberKind.ANY: "inwoners en organisaties",
    },
    Login: {
        Login.DIGID: "DigiD",
        Login.EHERKENNING: "eHerkenning",
        Login.ANY: "DigiD of eHerkenning",
    },
    TerritoryCounts: {
        TerritoryCounts.ACTIVITY: "de activiteit",
        TerritoryCounts.SEAT: "de plaats waar de aanvrager zit",
        TerritoryCounts.BOTH: "de activiteit en de plaats waar de aanvrager zit",
    },
    Period: {
        Period.CALL: "per openstelling",
        Period.CALENDAR_YEAR: "per kalenderjaar",
        Period.EVER: "in totaal",
    },
    Rounding: {
        Rounding.CENT: "op de cent",
        Rounding.EURO_DOWN: "naar beneden op hele euro's",
        Rounding.EURO_UP: "naar boven op hele euro's",
        Rounding.EURO_NEAREST: "op de dichtstbijzijnde hele euro",
    },
    Vat: {
        Vat.INCLUDED: "btw telt mee",
        Vat.EXCLUDED: "btw telt niet mee",
        Vat.EXCLUDED_IF_RECLAIMABLE: "terug te vragen btw telt niet mee",
    },
    CeilingScope: {
        CeilingScope.TOTAL: "het geheel",
        CeilingScope.REGION: "een regio",
        CeilingScope.ACTIVITY: "een activiteit",
        CeilingScope.TIER: "een categorie",
        CeilingScope.THEME: "een thema",
    },
    WindowKind: {
        WindowKind.FIXED: "met een vaste sluiting",
        WindowKind.CONTINUOUS: "doorlopend",
    },
    Closing: {
        Closing.BEFORE: "de laatste dag telt niet mee",
        Closing.UP_TO_AND_INCLUDING: "de laatste dag telt mee",
    },
    QuestionKind: {
        QuestionKind.TEXT: "korte tekst",
        QuestionKind.LONG_TEXT: "lange tekst",
        QuestionKind.NUMBER: "getal",
        QuestionKind.CHOICE: "keuze",
        QuestionKind.MONEY: "bedrag",
        QuestionKind.DATE: "datum",
        QuestionKind.YES_NO: "ja of nee",
        QuestionKind.MUNICIPALITY: "gemeente",
        QuestionKind.PLACE: "dorp of buurt",
        QuestionKind.BUDGET: "begroting",
        QuestionKind.FILE: "bijlage",
        QuestionKind.IBAN: "rekeningnummer",
    },
    Column: {
        Column.TITLE: "de titel",
        Column.SUMMARY: "de korte beschrijving",
        Column.AMOUNT_ASKED: "het gevraagde bedrag",
        Column.ACTIVITY: "de activiteit",
        Column.MUNICIPALITY: "de gemeente",
        Column.REGION: "de regio",
        Column.PLACE: "het dorp of de buurt",
        Column.START_DATE: "de eerste dag",
        Column.END_DATE: "de laatste dag",
        Column.BUDGET: "de begroting",
        Column.IBAN: "het rekeningnummer",
        Column.THEME: "het thema",
        Column.OWN_HOURS: "de uren eigen werk",
    },
    RouteStep: {
        RouteStep.COACHING: "meelezen door een makelaar",
        RouteStep.COMPLETENESS: "kijken of alles er is",
        RouteStep.REVIEW: "beoordelen",
        RouteStep.PANEL: "bespreken in een vergadering",
        RouteStep.VOTE: "stemmen",
        RouteStep.RANKING: "op volgorde zetten",
    },
    CriterionKind: {
        CriterionKind.YES_NO: "ja of nee",
        CriterionKind.TEXT: "tekst",
        CriterionKind.SCORE: "score",
    },
    VoteKind: {
        VoteKind.CHOOSE_ONE: "één initiatief kiezen",
        VoteKind.APPROVAL: "een paar initiatieven kiezen",
        VoteKind.POINTS: "punten verdelen",
        VoteKind.RANKING: "initiatieven op volgorde zetten",
        VoteKind.KNAPSACK: "een budget vullen",
        VoteKind.SCORE: "scores geven",
        VoteKind.HOUSEHOLD: "een bedrag weggeven",
    },
    Power: {
        Power.DECIDES: "de uitkomst bindt",
        Power.ADVISES: "de uitkomst is een advies",
    },
    ElectorateKind: {
        ElectorateKind.NAMED: "een lijst met namen",
        ElectorateKind.PROFILES: "een profiel in de streek",
        ElectorateKind.CODE: "een code",
    },
    QuorumConsequence: {
        QuorumConsequence.NO_AWARD: "niemand krijgt geld",
        QuorumConsequence.ADVICE_ONLY: "de uitkomst is alleen een advies",
        QuorumConsequence.COMMITTEE: "de commissie kiest",
    },
    PanelMethod: {
        PanelMethod.SCORES: "scores geven",
        PanelMethod.CONSENSUS: "het samen eens worden",
    },
    DistributionRule: {
        DistributionRule.RECEIPT: "op volgorde van binnenkomst",
        DistributionRule.SCORE: "op volgorde van score",
        DistributionRule.VOTES: "op volgorde van stemmen",
        DistributionRule.EQUAL_SHARES: "gelijke delen voor stemmers",
        DistributionRule.PRO_RATA: "naar verhouding",
        DistributionRule.LOTTERY: "door loting",
        DistributionRule.COMMITTEE: "door de commissie",
    },
    Leftover: {
        Leftover.NONE: "het wordt niet verder verdeeld",
        Leftover.SKIP: "het wordt verdeeld, en wat niet past wordt overgeslagen",
        Leftover.STOP: "het wordt verdeeld tot er iets niet meer past",
    },
    Unfunded: {
        Unfunded.REJECTED: "de aanvraag wordt afgewezen",
        Unfunded.NEXT_ROUND: "de aanvraag gaat mee naar de volgende ronde",
    },
    Normalisation: {
        Normalisation.HIGHEST: "naar de hoogste score",
        Normalisation.RANK: "naar de plaats in de volgorde",
    },
    Add1: {
        Add1.EXHAUSTIVE: "als niets meer past",
        Add1.UNTIL_OVERSPEND: "als de volgende stap te veel kost",
    },
    Completion: {
        Completion.NONE: "het blijft over",
        Completion.UTILITARIAN: "het gaat naar wie de meeste stemmen heeft",
    },
    LotSource: {
        LotSource.NOTARY: "een notaris",
        LotSource.PUBLIC: "een openbaar getal dat later komt",
    },
    Grain: {
        Grain.MOMENT: "op het moment",
        Grain.DAY: "op de dag",
    },
    OnMisfit: {
        OnMisfit.SKIP: "verder kijken",
        OnMisfit.STOP: "stoppen",
        OnMisfit.PARTIAL: "geven wat over is",
    },
    TieBreak: {
        TieBreak.MORE_VOTES: "meer stemmen",
        TieBreak.MORE_SUPPORTERS: "door meer mensen gekozen",
        TieBreak.HIGHER_SCORE: "een hogere score",
        TieBreak.CRITERION: "een hogere score op één criterium",
        TieBreak.EARLIER_COMPLETE: "eerder een volledige aanvraag",
        TieBreak.LOWER_AMOUNT: "een lager bedrag",
        TieBreak.LOT: "een loting",
    },
    TermStart: {
        TermStart.RECEIPT: "de ontvangst",
        TermStart.WINDOW_CLOSE: "de sluiting",
    },
    DueAnchor: {
        DueAnchor.DECISION: "het besluit",
        DueAnchor.START: "het begin",
        DueAnchor.END: "het einde",
    },
    TierKind: {
        TierKind.DIRECT: "meteen vastgesteld",
        TierKind.REPORT: "verantwoording achteraf",
    },
    AccountAsk: {
        AccountAsk.STORY: "een kort verhaal",
        AccountAsk.PHOTOS: "foto's",
        AccountAsk.RECEIPTS: "de bonnen",
        AccountAsk.PERFORMANCE: "wat u hebt bereikt",
        AccountAsk.COSTS: "een overzicht van kosten en inkomsten",
        AccountAsk.AUDITOR: "een verklaring van een accountant",
    },
    TransitionalRule: {
        TransitionalRule.RUNNING_KEEP: "lopende aanvragen houden de oude tekst",
        TransitionalRule.RUNNING_FOLLOW: "lopende aanvragen volgen de nieuwe tekst",
    },
    Release: {
        Release.RETURNS: "het komt terug in het plafond",
        Release.LAPSES: "het vervalt",
    },
    LetterKind: {
        LetterKind.RECEIPT: "de ontvangstbevestiging",
        LetterKind.SUPPLEMENT_REQUEST: "de brief die om een aanvulling vraagt",
        LetterKind.NOT_PROCESSED: "de brief dat wij niet verder gaan",
        LetterKind.AWARD: "de toekenning",
        LetterKind.DIRECT_SETTLEMENT: "de toekenning die meteen is vastgesteld",
        LetterKind.REJECTION: "de afwijzing",
        LetterKind.INTENT_NOTICE: "de brief waarin wij om uw mening vragen",
        LetterKind.SETTLEMENT: "de vaststelling",
        LetterKind.LOWER_SETTLEMENT: "de lagere vaststelling",
        LetterKind.WITHDRAWAL: "de bevestiging dat u stopt",
    },
}
"""By list: two lists may have the same word in them."""


def code_words(word: Enum) -> str:
    """The Dutch of one word of a closed list; KeyError where it has none."""
    return _WORDS[type(word)][word]
