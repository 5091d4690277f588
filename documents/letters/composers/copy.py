"""The copy of the application: what was sent, word for word, for the applicant's own file."""

from documents.letters.composers.frame import amounts, letter, questions, the_title, with_sum
from documents.letters.facts import Copy, LetterFacts, Part
from documents.letters.model import Block, Items, Letter, Pairs, Paragraph, Section
from documents.letters.wording import NBSP, weekday


def application_copy(facts: LetterFacts) -> Letter:
    """All answers and attachments of the submission, with its hash."""
    about = facts.read(Copy)
    dossier = facts.dossier
    received = ""
    if dossier.received_on:
        at = f" om {dossier.received_time} uur" if dossier.received_time else ""
        received = f" Wij ontvingen uw aanvraag op {weekday(dossier.received_on)}{at}."
    return letter(
        facts,
        subject="Kopie van uw aanvraag",
        lead=f"Dit is een kopie van uw aanvraag {the_title(facts)}, zoals u die stuurde.{received}",
        sections=[
            *(_part(part) for part in about.parts),
            _files(about),
            _signed(about),
            _hash(about),
            questions(facts),
        ],
    )


def _part(part: Part) -> Section | None:
    blocks: list[Block] = []
    if part.answers:
        blocks.append(
            Pairs(
                tuple((told.question, told.answer or "niet ingevuld") for told in part.answers),
                short=False,
            )
        )
    costs = amounts("Kosten", "Kosten", with_sum(part.costs, "Totaal kosten"))
    funding = amounts("Dekking", "Dekking", with_sum(part.funding, "Totaal dekking"))
    blocks += [table for table in (costs, funding) if table]
    return Section(part.title, tuple(blocks)) if blocks else None


def _files(about: Copy) -> Section | None:
    if not about.files:
        return None
    return Section(
        "Bijlagen bij uw aanvraag",
        (Items(tuple(f"{file.name} ({size(file.size)})" for file in about.files)),),
    )


def size(octets: int) -> str:
    """ "412 kB": the size of a file as people know it."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{NBSP}kB"
    return f"{octets // 1_000_000},{octets % 1_000_000 // 100_000}{NBSP}MB"


def _signed(about: Copy) -> Section | None:
    if not about.signed_by:
        return None
    return Section("Ondertekend door", (Items(about.signed_by),))


def _hash(about: Copy) -> Section | None:
    if not about.snapshot_hash:
        return None
    return Section(
        "Hoe weet u dat dit uw aanvraag is?",
        (
            Paragraph(
                "Wij bewaren uw aanvraag zoals u die stuurde. Verandert er later iets, dan klopt "
                f"dit controlegetal niet meer: {' '.join(_grouped(about.snapshot_hash))}."
            ),
        ),
    )


def _grouped(digits: str) -> list[str]:
    return [digits[start : start + 8] for start in range(0, len(digits), 8)]
