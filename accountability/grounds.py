"""The four grounds on which a settlement may be lower than the award (Awb 4:46(2))."""

from __future__ import annotations

from documents.letters.facts import Reason

SENTENCES = {
    "a": "De activiteiten waarvoor u het geld kreeg, zijn niet of niet helemaal gedaan.",
    "b": "U heeft zich niet gehouden aan een verplichting die bij het geld hoorde.",
    "c": (
        "U gaf ons onjuiste of onvolledige gegevens. Met de juiste gegevens hadden wij een ander "
        "besluit genomen."
    ),
    "d": (
        "Het besluit waarbij u het geld kreeg, was onjuist, en u wist dat of had dat moeten weten."
    ),
}


def ground_reason(ground: str, *, awb: bool) -> Reason:
    """The ground as a letter says it; a private fund names no article of the Awb."""
    article = f"artikel 4:46, tweede lid, onder {ground}, van de Awb" if awb else ""
    return Reason(sentence=SENTENCES[ground], article=article)
