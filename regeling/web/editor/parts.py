"""The pages about who, what and how much, and about the form."""

from __future__ import annotations

from regeling.web.editor.parts_deciding import AFTERWARDS, DIVIDING, LETTERS, STEPS
from regeling.web.editor.sentences import Block, Many, Part, Say
from regeling.writing import Word

ARTICLE = Say("Dit staat in {article}.")

CLASSES = Many(
    "applicants.classes",
    "Wie kan aanvragen?",
    "soort aanvrager",
    "label",
    says=(
        Say("Aanvragen kan {label}.", "Zoals een inwoner het leest: een groep van minstens drie."),
        Say("Dit is {kind}."),
        Say(
            "In de groep zitten minstens {minimum_members} {member_kind}.",
            only=("kind", ("group",)),
        ),
        Say("Tekent iedereen in de groep? {every_member_signs}", only=("kind", ("group",))),
        Say("De penvoerder is {lead_applicant}.", only=("kind", ("group",))),
        Say(
            "Namens een organisatie tekenen {signatories} mensen.",
            only=("kind", ("organisation", "group")),
        ),
        Say(
            "Rechtsvormen die mogen: {legal_forms}",
            "Eén per regel. Leeg: alle.",
            only=("kind", ("organisation",)),
        ),
        Say("Inloggen gaat met {login}."),
        Say("Wie niet: {exclusions}", "Eén zin per regel."),
        ARTICLE,
    ),
    new={"kind": Word("person")},
    inner=(
        Many(
            "evidence",
            "Wat deze aanvrager meestuurt",
            "document",
            "label",
            says=(Say("Het document: {label}. Is het verplicht? {required}"),),
        ),
    ),
)
FREQUENCY = Block(
    "applicants.frequency",
    "Hoe vaak?",
    says=(Say("Een aanvrager kan {times} keer aanvragen, {period}."), ARTICLE),
    new={"times": Word("1"), "period": Word("calendar_year")},
)
EXCLUSIONS = Block(
    "applicants",
    "Wie kan niet aanvragen?",
    says=(Say("Voor iedereen geldt: {exclusions}", "Eén zin per regel."),),
)
TERRITORY = Block(
    "territory",
    "Uit welk gebied?",
    says=(
        Say("Het gebied heet {name}. Daarin ligt {counts}."),
        Say(
            "Kan wat over de grens van een regio gaat uit een andere regio worden betaald? "
            "{charge_elsewhere}"
        ),
        ARTICLE,
    ),
    inner=(
        Many(
            "regions",
            "Regio's",
            "regio",
            "name",
            says=(
                Say("De regio {name} wordt vertegenwoordigd door {body}."),
                Say("Gemeenten: {municipalities}", "Eén per regel."),
                Say(
                    "Een aanvraag uit deze regio krijgt hoogstens € {maximum}.",
                    "Leeg: zoals overal.",
                ),
            ),
            new={"municipalities": Word("unknown")},
        ),
        Many(
            "places",
            "Dorpen en buurten",
            "gemeente",
            "municipality",
            says=(
                Say("In de gemeente {municipality} liggen deze dorpen en buurten."),
                Say("Hun namen: {names}", "Zoals inwoners ze noemen. Eén per regel."),
            ),
            new={"names": []},
        ),
        Block(
            "",
            "Gemeenten zonder regio",
            says=(
                Say(
                    "Gemeenten: {municipalities}", "Alleen als er geen regio's zijn. Eén per regel."
                ),
            ),
        ),
    ),
)
RULES = Many(
    "eligibility",
    "Voorwaarden",
    "voorwaarde",
    "sentence",
    lead=(
        "Elke voorwaarde heeft een regel, een artikel en de zin die iemand leest als zij "
        "er niet aan voldoet."
    ),
    says=(
        Say("Aan deze regel moet de aanvraag voldoen: {require}"),
        Say("De regel geldt alleen als: {when}", "Leeg: altijd."),
        Say("Wie er niet aan voldoet, leest: {sentence}"),
        Say("Wie er wel aan voldoet, leest: {met}"),
        Say("Vragen wij dit al bij “Mag ik aanvragen?” {asked_before}"),
        ARTICLE,
    ),
    new={"require": "amount_asked > EUR 0"},
)
ACTIVITIES = Many(
    "activities",
    "Waarvoor?",
    "activiteit",
    "name",
    says=(
        Say("Betaald wordt: {name}."),
        Say("Uitleg: {description}"),
        Say("Alleen voor deze aanvragers: {applicants}", "Niets aangekruist: voor iedereen."),
        Say(
            "Hiervoor is er minstens € {minimum} en hoogstens € {maximum}.",
            "Leeg: zoals bij de bedragen.",
        ),
        Say(
            "Het is een vast bedrag van € {fixed}, of {percentage} procent van de kosten.",
            "Leeg: nee.",
        ),
        ARTICLE,
    ),
)
THEMES = Many(
    "themes",
    "Thema's",
    "thema",
    "name",
    says=(Say("Het thema {name}."), Say("Uitleg: {description}")),
)
AMOUNTS = Block(
    "amounts",
    "Hoeveel kan iemand krijgen?",
    lead="Gelden er meer grenzen, dan telt de laagste.",
    says=(
        Say("Een aanvraag is voor minstens € {minimum} en krijgt hoogstens € {maximum}."),
        Say("Het is een vast bedrag van € {fixed}.", "Leeg: geen vast bedrag."),
        Say(
            "Wij betalen {percentage} procent van de kosten; de aanvrager of anderen dragen "
            "{own_contribution} procent bij."
        ),
        Say("Alle subsidies voor hetzelfde plan zijn samen hoogstens € {cumulation}."),
        Say("Het bedrag wordt afgerond {rounding}."),
        ARTICLE,
    ),
    inner=(
        Many(
            "tiers",
            "Maximum naar kosten",
            "trede",
            "maximum",
            says=(
                Say(
                    "Zijn de kosten hoogstens € {up_to}, dan is het maximum € {maximum}.",
                    "Eerste leeg: hoe hoog ook.",
                ),
            ),
        ),
        Block(
            "costs",
            "Welke kosten tellen mee?",
            says=(
                Say("Tellen alleen kosten die echt zijn betaald? {only_payable}"),
                Say(
                    "Een uur eigen werk telt voor € {own_labour_rate}.",
                    "Leeg: eigen werk telt niet.",
                ),
                Say("Btw: {vat}."),
                Say("Dit telt niet: {excluded}", "Eén zin per regel."),
            ),
        ),
    ),
)
CEILINGS = Many(
    "ceilings",
    "Subsidieplafond",
    "plafond",
    "amount",
    lead="Er is precies één plafond voor het geheel. Een plafond voor een deel noemt het deel.",
    says=(
        Say(
            "Het plafond geldt voor {scope} {code}.",
            "Bij een deel: welke regio, activiteit of trede.",
        ),
        Say("Er is € {amount}, bekendgemaakt op {published_on} in {publication}."),
        Say("Wat over is, blijft {carry_over_years} jaar bewaard.", "Leeg: het vervalt."),
    ),
    new={"scope": Word("region"), "published_on": Word("unknown")},
    inner=(
        Many(
            "changes",
            "Later gewijzigd",
            "wijziging",
            "amount",
            says=(Say("Het werd € {amount}, bekendgemaakt op {published_on} in {publication}."),),
            new={"published_on": Word("2026-01-01")},
        ),
    ),
)

QUESTIONS = Many(
    "questions",
    "Vragen",
    "vraag",
    "label",
    says=(
        Say("De vraag: {label}"),
        Say("Uitleg erbij: {help}"),
        Say("Het antwoord is {kind}. Is het verplicht? {required}"),
        Say("De vraag komt alleen als: {when}", "Leeg: altijd."),
        Say("Het antwoord vult {fills} van het dossier."),
        Say(
            "Is het een persoonsgegeven? {personal} Bewaren: {retention} maanden na het einde.",
            "Leeg: zo lang als het dossier.",
        ),
        Say("Staat het antwoord op het stembiljet en de uitslag? {public}"),
        Say(
            "Minstens {shortest} en hoogstens {longest} tekens.",
            only=("kind", ("text", "long_text", "place")),
        ),
        Say("Minstens {minimum} en hoogstens {maximum}.", only=("kind", ("number",))),
        Say(
            "Minstens € {minimum_amount} en hoogstens € {maximum_amount}.",
            only=("kind", ("money",)),
        ),
        Say("Niet vóór {earliest} en niet na {latest}.", only=("kind", ("date",))),
        Say("Hoogstens {most_files} bestanden.", only=("kind", ("file",))),
    ),
    new={"kind": Word("long_text"), "required": Word("no")},
    inner=(
        Many(
            "choices",
            "Antwoorden om uit te kiezen",
            "antwoord",
            "label",
            says=(Say("Het antwoord: {label}"), Say("Uitleg: {help}")),
        ),
    ),
)
FORM = Many(
    "form.steps",
    "Bladzijden van het formulier",
    "bladzijde",
    "title",
    says=(Say("De bladzijde heet {title}."), Say("Erboven staat: {intro}")),
    new={
        "questions": [
            {
                "code": Word("nieuwe-vraag"),
                "kind": Word("long_text"),
                "label": "Nieuwe vraag",
                "required": Word("no"),
            }
        ]
    },
    inner=(QUESTIONS,),
)

IDENTITY = Block(
    "identity",
    "Naam en grondslag",
    says=(
        Say("De regeling heet {title}."),
        Say("In een paar zinnen, voor een inwoner: {summary}"),
        Say("Een besluit is {legal_regime}."),
        Say("De regeling staat in {regulation}, te vinden als {regulation_reference}."),
        Say("Het gaat om paragraaf {paragraph}."),
        Say("En om deze artikelen: {articles}", "Eén per regel."),
        Say("Wie beslist: {deciding_body}. Wie adviseert: {advising_body}."),
        Say("Bronnen: {sources}", "Adressen of titels waarin de feiten staan. Eén per regel."),
    ),
)
MANDATES = Many(
    "mandates",
    "Wie beslist tot welk bedrag?",
    "mandaat",
    "body",
    says=(Say("Tot en met € {up_to} beslist {body}.", "Bedrag leeg: elk hoger bedrag."),),
)
MONITOR = Block(
    "monitor",
    "Waar de cijfers onder komen",
    says=(
        Say("In de begroting van {year} vallen de cijfers onder kerntaak {core_task}."),
        Say("Beleidsdoel {policy_goal}, prestatie {performance}."),
        Say("Taakveld {task_field}, product {product}."),
    ),
)

PARTS = (
    Part(
        "naam",
        "Naam en grondslag",
        "Hoe de regeling heet en waarop zij rust.",
        (IDENTITY, MANDATES, MONITOR),
        ("law",),
    ),
    Part(
        "wie",
        "Wie en waar",
        "Wie kan aanvragen, hoe vaak, uit welk gebied en op welke voorwaarden.",
        (CLASSES, FREQUENCY, EXCLUSIONS, TERRITORY, RULES),
        ("who",),
    ),
    Part(
        "bedragen",
        "Waarvoor en hoeveel",
        "Wat er wordt betaald, en hoeveel geld er is.",
        (ACTIVITIES, THEMES, AMOUNTS, CEILINGS),
        ("what", "money"),
    ),
    STEPS,
    DIVIDING,
    Part(
        "vragen", "Het formulier", "Wat u de aanvrager vraagt, en in welke volgorde.", (FORM,), ()
    ),
    AFTERWARDS,
    LETTERS,
)
