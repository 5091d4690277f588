"""The pages about steps and days, about judging and dividing, and about what comes afterwards."""

from __future__ import annotations

from regeling.web.editor.sentences import Block, Many, Part, Say
from regeling.writing import Word

ARTICLE = Say("Dit staat in {article}.")
UNKNOWN = Word("unknown")

ROUTE = Block(
    "",
    "Welke stappen zijn er?",
    says=(
        Say(
            "Een aanvraag gaat langs: {route}",
            "De volgorde ligt vast. Volledigheid hoort er altijd bij.",
        ),
    ),
)
WINDOWS = Many(
    "windows",
    "Wanneer kan het?",
    "periode",
    "label",
    says=(
        Say("De periode heet {label}. Het is {kind}."),
        Say("Zij begint op {opens} om {opens_time}."),
        Say(
            "De laatste dag is {closes} om {closing_time}; de dag telt: {closing}.",
            "Tijd leeg: de hele dag.",
        ),
        Say("Gemeenten nemen aanvragen aan tot {intake_until}."),
    ),
    new={
        "kind": Word("fixed"),
        "opens": UNKNOWN,
        "closes": UNKNOWN,
        "closing": Word("up_to_and_including"),
    },
    inner=(
        Block(
            "committee",
            "De commissie vergadert op vaste dagen",
            says=(
                Say(
                    "Een aanvraag is op tijd als zij {lead_days} dagen vóór een vergadering binnen "
                    "is."
                ),
                Say("Vergaderdagen: {meets_on}", "Eén dag per regel, zoals 16-04-2027."),
            ),
            new={"lead_days": Word("10"), "meets_on": UNKNOWN},
        ),
    ),
)
TERMS = Block(
    "terms",
    "Binnen hoeveel tijd?",
    says=(
        Say(
            "Het besluit is er binnen {decision_weeks} weken, geteld vanaf {decision_from}.",
            "Geen termijn: de redelijke termijn van artikel 4:13 van de Awb.",
        ),
        Say("In elk geval is er een besluit op {decision_by}."),
        Say(
            "Schuift een termijn die in een weekend eindigt op, volgens de Algemene "
            "termijnenwet? {decision_atw}"
        ),
        Say(
            "Aanvullen kan in {repair_weeks} weken; een zienswijze geven in {hearing_weeks} weken."
        ),
        Say("Wij betalen binnen {payment_weeks} weken."),
        Say(
            "Het verslag komt binnen {report_weeks} weken; wij stellen vast binnen "
            "{settlement_weeks} weken."
        ),
        Say(
            "De administratie blijft {keep_months} maanden bewaard; een steekproef kan tot "
            "{spot_check_months} maanden na het einde."
        ),
    ),
)
MUNICIPAL = Block(
    "municipal",
    "Wat vraagt u aan de gemeente?",
    says=(Say("De gemeente antwoordt binnen {weeks} weken. Geen antwoord houdt niets op."),),
    new={
        "questions": [
            {"code": Word("past"), "question": "Past het initiatief bij wat de gemeente doet?"}
        ],
        "weeks": Word("2"),
    },
    inner=(
        Many(
            "questions",
            "Vragen aan de gemeente",
            "vraag",
            "question",
            says=(Say("De vraag: {question}"),),
        ),
    ),
)
STEPS = Part(
    "stappen",
    "Stappen en dagen",
    "Langs wie een aanvraag gaat, wanneer het kan, en binnen hoeveel tijd er antwoord is.",
    (ROUTE, WINDOWS, TERMS, MUNICIPAL),
    ("when", "answer"),
)

CRITERIA = Many(
    "criteria",
    "Waarop kijkt wie beoordeelt?",
    "criterium",
    "question",
    says=(
        Say("De vraag aan wie beoordeelt: {question}"),
        Say("Uitleg: {help}"),
        Say("Het antwoord is {kind}."),
        Say("Van {lowest} tot {highest}; het telt {weight} keer.", only=("kind", ("score",))),
        Say("Wijst een nee de aanvraag af? {hard}", only=("kind", ("yes_no",))),
        ARTICLE,
    ),
    new={"kind": Word("score")},
)
GROUNDS = Many(
    "refusal_grounds",
    "Eigen weigeringsgronden",
    "weigeringsgrond",
    "text",
    lead="De gronden van artikel 4:25 en 4:35 van de Awb gelden altijd.",
    says=(Say("Wij weigeren als: {text}"), ARTICLE),
)
VOTE = Block(
    "vote",
    "De stemming",
    says=(
        Say("Wie mag stemmen: {electorate}"),
        Say(
            "Stemmen gaat zo: {kind}. De kiezers zijn {electorate_kind}, vanaf {minimum_age} jaar."
        ),
        Say("Een kiezer kiest minstens {minimum} en hoogstens {maximum} initiatieven."),
        Say("De uitkomst {power}."),
        Say(
            "Stemmen kan van {opens} om {opens_time} tot {closes} om {closing_time}; de "
            "laatste dag telt: {closing}."
        ),
        Say("In het panel zitten {panel_size} mensen."),
        Say(
            "Te verdelen zijn {points} punten, hoogstens {most_per_option} voor één initiatief.",
            only=("kind", ("points",)),
        ),
        Say(
            "Punten voor elke plaats: {rank_points}",
            "Eén getal per regel, de eerste plaats eerst.",
            only=("kind", ("ranking",)),
        ),
        Say("De cijfers gaan van {lowest} tot {highest}.", only=("kind", ("score",))),
        Say(
            "Het budget op het biljet is € {budget}.",
            "Leeg of 0: het subsidieplafond.",
            only=("kind", ("knapsack",)),
        ),
        Say(
            "Een kiezer geeft € {amount} weg, in stappen van € {step}.",
            only=("kind", ("household",)),
        ),
        Say("Een initiatief haalt eerst {support_gate} steunbetuigingen.", "Leeg: niet nodig."),
        Say(
            "Met deze zin kruist een kiezer aan wat van haarzelf is: {own_text}",
            "Leeg: wij vragen het niet.",
        ),
        Say("Kan een kiezer haar stem veranderen tot de sluiting? {change}"),
        Say(
            "Kan de stemming worden verlengd? {extension} Kan een initiatief zich "
            "terugtrekken? {withdrawal}"
        ),
        Say("Wie niet mag stemmen: {exclusions}", "Eén zin per regel."),
    ),
    new={
        "kind": Word("approval"),
        "minimum": Word("1"),
        "maximum": Word("3"),
        "electorate": "Een panel van inwoners.",
        "opens": UNKNOWN,
        "closes": UNKNOWN,
        "closing": Word("up_to_and_including"),
    },
    inner=(
        Many(
            "panels",
            "Panels",
            "panel",
            "name",
            says=(Say("Het panel {name} telt {weight_numerator} op de {weight_denominator}."),),
        ),
        Block(
            "quorum",
            "Hoeveel stemmen zijn er nodig?",
            says=(
                Say(
                    "Nodig zijn {ballots} stemmen of {percent} procent van de kiezers. Anders: "
                    "{consequence}."
                ),
            ),
            new={"percent": Word("20"), "consequence": Word("advice_only")},
        ),
    ),
)
CARD = Block(
    "card",
    "De kaart voor stemmers",
    says=(
        Say(
            "De aanvrager schrijft een kaart van hoogstens {longest} tekens. Met een foto? {photo}"
        ),
    ),
    new={"longest": Word("300")},
)
PANEL = Block(
    "panel",
    "De commissie",
    says=(
        Say("De commissie heet {name}. De uitkomst {power}."),
        Say("Zij komt tot een oordeel met {method}; minstens {minimum_present} leden zijn er."),
    ),
    new={
        "name": "De commissie",
        "power": Word("advises"),
        "method": Word("scores"),
        "minimum_present": UNKNOWN,
    },
)
DISTRIBUTION = Block(
    "distribution",
    "Hoe verdelen wij het geld?",
    says=(
        Say("De verdeelregel: {rule}."),
        Say("De volgorde van binnenkomst wordt gemeten naar {grain}.", only=("rule", ("receipt",))),
        Say(
            "Past een aanvraag niet in wat over is: {on_misfit}. Binnen een deel van het "
            "plafond: {ceiling_misfit}."
        ),
        Say("Wat de delen overlaten: {leftover}."),
        Say("Bij een gelijke uitkomst, in deze volgorde: {ties}", "Kies van boven naar beneden."),
        Say("Gelijk op dit criterium: {tie_criterion}."),
        Say("Wie loot: {lot_source}. Het getal dat de loting bepaalt: {public_number}."),
        Say(
            "Nodig zijn {minimum_votes} stemmen, {minimum_percent} procent van de kiezers, "
            "{minimum_score} punten."
        ),
        Say(
            "Wie beoordeelt, telt voor {expert_percent} procent mee; stemmen en punten "
            "worden vergeleken met {normalisation}."
        ),
        Say(
            "Een deel onder € {floor} betalen wij niet uit; niemand krijgt meer dan € {cap}.",
            only=("rule", ("pro_rata",)),
        ),
        Say("Is er een reservelijst? {reserve_list} Zij geldt tot {reserve_until}."),
        Say("Wie goed genoeg is en niets meer krijgt: {unfunded}."),
    ),
    new={"rule": UNKNOWN, "on_misfit": UNKNOWN, "ties": UNKNOWN},
    inner=(
        Block(
            "equal_shares",
            "Gelijke delen",
            says=(
                Say(
                    "Ieders deel groeit in stappen van € {step}, tot {add1}. Wat overblijft: "
                    "{completion}."
                ),
                Say("Blijft de gewone uitkomst staan als meer kiezers die willen? {comparison}"),
            ),
            new={"step": Word("10")},
        ),
        Block(
            "vote_bonus",
            "Stemmen geven punten erbij",
            says=(
                Say(
                    "Wie de meeste stemmen heeft, krijgt {most} punten erbij; anderen naar "
                    "verhouding."
                ),
            ),
            new={"most": Word("10")},
        ),
    ),
)
DIVIDING = Part(
    "verdelen",
    "Kiezen en verdelen",
    "Waarop wordt gekeken, wie kiest, en hoe het geld wordt verdeeld.",
    (CRITERIA, GROUNDS, VOTE, CARD, PANEL, DISTRIBUTION),
    ("choosing", "voting", "dividing"),
)

OBLIGATIONS = Many(
    "obligations",
    "Wat moet de ontvanger doen?",
    "verplichting",
    "text",
    says=(
        Say("De verplichting: {text}"),
        Say("Alleen bij deze verantwoording: {tiers}", "Niets aangekruist: bij elke."),
        ARTICLE,
    ),
    inner=(
        Block(
            "due",
            "Voor wanneer?",
            says=(Say("Op {on}, of {months} maanden, {weeks} weken en {days} dagen na {after}."),),
            new={"after": Word("end")},
        ),
    ),
)
TIERS = Many(
    "tiers",
    "Hoe legt iemand verantwoording af?",
    "trede",
    "label",
    says=(
        Say("Bij een bedrag tot en met € {up_to}: {label}.", "Bedrag leeg: elk hoger bedrag."),
        Say("Het gaat zo: {kind}. Vooruit betalen wij {advance_percentage} procent."),
        Say("De verantwoording bestaat uit: {asks}"),
    ),
    new={"kind": Word("report")},
)
AFTER = Block(
    "",
    "Daarna",
    says=(
        Say("Geld dat vrijkomt {release}."),
        Say("Verandert de regeling, dan {transitional_rule}."),
    ),
)
SPOT_CHECK = Block(
    "spot_check",
    "Steekproef",
    says=(Say("Van wie geen verslag maakt, kijken wij {percentage} procent na."),),
    new={"percentage": Word("5")},
)
AFTERWARDS = Part(
    "daarna",
    "Daarna",
    "Wat iemand doet die het geld krijgt, en hoe zij verantwoording aflegt.",
    (OBLIGATIONS, TIERS, AFTER, SPOT_CHECK),
    ("duties",),
)

LETTERS = Part(
    "brieven",
    "Brieven",
    "Eigen alinea's in de brieven. Wat de wet in een brief vraagt, staat er altijd bij.",
    (
        Many(
            "letters",
            "Eigen alinea's",
            "alinea",
            "text",
            says=(
                Say("De alinea staat in de {letter}."),
                Say("Kop: {heading}"),
                Say("Tekst: {text}"),
            ),
            new={"letter": Word("award")},
        ),
    ),
)
