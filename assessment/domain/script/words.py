"""What the checks say, in Dutch and in English. Not translated with the pages: it stands alone."""

from __future__ import annotations

HELP_NL = """\
Reken een stemronde na, op uw eigen computer en zonder ons.

  1. Haal op de pagina van de stemronde "round.zip" en dit bestand op.
  2. Open een opdrachtregel in de map waarin beide staan.
  3. Typ:  python3 verify_round.py round.zip

Elke regel is één controle. "goed": het klopt. "FOUT": het klopt niet; de regel zegt waar. "open":
dit staat niet in de bestanden en kon dus niet worden bekeken. Wie de vertrouwelijke inhoud van de
stembus heeft (de tweede teller, de accountant, een commissie), geeft dat bestand op dezelfde
manier: dan wordt ook elk stembiljet nagerekend. Uw eigen stem controleren: haal met uw code uw
bewijs op en geef het met --proof. Uw keuze staat daar niet in."""

HELP_EN = """\
Check a vote round, on your own computer and without us.

  1. From the page of the round, download "round.zip" and this file.
  2. Open a command line in the folder that holds both.
  3. Type:  python3 verify_round.py round.zip --english

Each line is one check. "good": it holds. "WRONG": it does not; the line says where. "open": the
files do not hold what it needs, so it could not be looked at. Whoever has the confidential contents
of the ballot box (the second official, the auditor, a committee) gives that file in the same way:
then every single ballot is checked as well. To check your own vote: download your proof with your
code and give it with --proof. It does not hold your choice.

Exit status: 0 nothing differs, 1 something differs, 2 there was nothing to check."""

WORDS: dict[str, tuple[str, str]] = {
    "all_good": (
        "Niets gevonden dat niet klopt.",
        "Nothing was found that does not hold.",
    ),
    "some_wrong": (
        "Dit klopt niet: {n} keer FOUT hierboven.",
        "This does not hold: {n} times WRONG above.",
    ),
    "missing": ("het bestand {name} ontbreekt", "the file {name} is missing"),
    "unreadable": (
        "de bestanden zijn niet te lezen ({fault})",
        "the files cannot be read ({fault})",
    ),
    "rules_good": (
        "de regels zijn die van de opening ({found})",
        "the rules are those of the opening ({found})",
    ),
    "rules_wrong": (
        "de regels zijn veranderd: vingerafdruk {found}, bij de opening was het {told}",
        "the rules were changed: fingerprint {found}, at the opening it was {told}",
    ),
    "order": (
        "verzegeling {batch} volgt niet op de vorige",
        "batch {batch} does not follow the one before",
    ),
    "link": (
        "verzegeling {batch} is veranderd: de ketting breekt hier",
        "batch {batch} was changed: the chain breaks here",
    ),
    "size_hidden": (
        "verzegeling {batch}: minder dan tien biljetten, het aantal volgt bij de uitslag",
        "batch {batch}: fewer than ten ballots, the number follows with the outcome",
    ),
    "final_root": (
        "de ketting eindigt op {found}, bij de sluiting was het {told}",
        "the chain ends in {found}, at the closing it was {told}",
    ),
    "chain": (
        "de ketting van {n} verzegelingen is heel en eindigt op {root}",
        "the chain of {n} batches is whole and ends in {root}",
    ),
    "unsigned": (
        "de verzegelingen zijn niet ondertekend",
        "the batches are not signed",
    ),
    "signature": (
        "de handtekening onder verzegeling {batch} klopt niet",
        "the signature under batch {batch} does not hold",
    ),
    "signatures": (
        "{n} handtekeningen kloppen (sleutel {key})",
        "{n} signatures hold (key {key})",
    ),
    "box": (
        "de stembiljetten zelf zitten niet in deze bestanden",
        "the ballots themselves are not in these files",
    ),
    "box_whole": (
        "elk stembiljet is het biljet dat is verzegeld",
        "every ballot is the ballot that was sealed",
    ),
    "box_unlinked": (
        "elk zegel klopt; na het ontkoppelen is geen biljet meer naast zijn zegel te leggen",
        "every root holds; after unlinking no ballot can be laid beside its leaf any more",
    ),
    "batch_size": (
        "verzegeling {batch}: {found} stembiljetten, er zijn er {told} verzegeld",
        "batch {batch}: {found} ballots, {told} were sealed",
    ),
    "batch_root": (
        "verzegeling {batch}: een stembiljet is niet het biljet dat is verzegeld",
        "batch {batch}: a ballot is not the ballot that was sealed",
    ),
    "batch_unknown": (
        "verzegeling {batch} bestaat niet, maar er liggen stembiljetten onder",
        "batch {batch} does not exist, but ballots lie under it",
    ),
    "facts_unknown": (
        "bij de verdeling staat iets wat er niet hoort: {names}",
        "beside the division stands something that does not belong there: {names}",
    ),
    "facts_lot": (
        "de verdeling gebruikt een andere loting dan er is gedaan",
        "the division uses another lot than was drawn",
    ),
    "lot_good": (
        "de loting volgt uit het openbare getal {number}",
        "the lot follows from the public number {number}",
    ),
    "lot_wrong": (
        "de loting volgt niet uit het openbare getal {number}",
        "the lot does not follow from the public number {number}",
    ),
    "lot_notary": (
        "de loting is door een notaris gedaan en volgt niet uit een getal",
        "the lot was drawn by a notary and does not follow from a number",
    ),
    "ballots": (
        "de lijst van stembiljetten is niet openbaar, dus de telling is niet over te doen",
        "the list of ballots is not public, so the count cannot be repeated",
    ),
    "same_ballots_good": (
        "de openbare lijst en de stembus bevatten dezelfde {n} stembiljetten",
        "the public list and the box hold the same {n} ballots",
    ),
    "same_ballots_wrong": (
        "de openbare lijst en de stembus bevatten niet dezelfde stembiljetten",
        "the public list and the box do not hold the same ballots",
    ),
    "count_made": ("{n} stembiljetten geteld", "{n} ballots counted"),
    "count_option": (
        "initiatief {option}: {found} geteld, in de uitslag staat {told}",
        "initiative {option}: {found} counted, the outcome says {told}",
    ),
    "count_good": (
        "{n} stembiljetten geteld, de telling klopt",
        "{n} ballots counted, the count holds",
    ),
    "count_wrong": (
        "{n} stembiljetten geteld, in de uitslag staan er {told} of andere stemmen",
        "{n} ballots counted, the outcome says {told} or other votes",
    ),
    "award": (
        "de verdeling staat nog niet in deze bestanden",
        "the division is not in these files yet",
    ),
    "award_needs_ballots": (
        "de verdeling naar gelijke delen is alleen met de stembiljetten na te rekenen",
        "a division by equal shares can only be checked with the ballots",
    ),
    "row": (
        "{place}. {title}: {votes} stemmen of punten, krijgt € {euros}",
        "{place}. {title}: {votes} votes or points, gets € {euros}",
    ),
    "outcome_found": (
        "de verdeling is gemaakt; haar vingerafdruk is {hash}",
        "the division was made; its fingerprint is {hash}",
    ),
    "outcome_good": (
        "de verdeling volgt uit de regels en de telling ({hash})",
        "the division follows from the rules and the count ({hash})",
    ),
    "outcome_wrong": (
        "de verdeling klopt niet: gevonden {hash}, in de uitslag staat {told}",
        "the division does not hold: found {hash}, the outcome says {told}",
    ),
    "proof_batch": (
        "verzegeling {batch} uit het bewijs bestaat niet",
        "batch {batch} of the proof does not exist",
    ),
    "proof_receipt": (
        "ontvangstbewijs {receipt} hoort niet bij dit bewijs",
        "receipt {receipt} does not belong to this proof",
    ),
    "proof_good": (
        "het stembiljet van {receipt} ligt in verzegeling {batch}",
        "the ballot of {receipt} lies in batch {batch}",
    ),
    "proof_wrong": (
        "het stembiljet van {receipt} ligt niet in verzegeling {batch}",
        "the ballot of {receipt} does not lie in batch {batch}",
    ),
}
