"""What this room shows on the dossier page: what one can do, who signs, and what was sent."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from accounts.models import Party
from applications.domain.queries.texts import offer_for, text_of
from applications.domain.signing import MAY_STILL_SIGN, Signer, signers
from applications.domain.support import GATHERING, gate_of
from applications.models import Application, Snapshot
from applications.panels import Action, Panel, panel
from applications.states import BEFORE_SUBMISSION, WITHDRAWABLE, State
from regeling.definition import RouteStep


@panel("application_acts", 10)
def acts(application: Application, person_id: int) -> Panel | None:
    """For the applicant: what she can do now."""
    if not acts_for(person_id, application.party_id):
        return None
    actions = tuple(_draft_actions(application) + _sent_actions(application))
    if not actions:
        return None
    return Panel(
        title=_("Wat kunt u doen?"),
        template="applications/parts/acts.html",
        context={"is_draft": application.state in BEFORE_SUBMISSION},
        actions=actions,
    )


@panel("application_signers", 15)
def who_signs(application: Application, person_id: int) -> Panel | None:
    """Who must still sign, for everybody who sees the dossier, while somebody is missing."""
    if application.party.kind == Party.Kind.PERSON or application.state not in MAY_STILL_SIGN:
        return None
    need = signers(application)
    waiting = any(each.status != "signed" for each in need)
    if not waiting:
        return None
    return Panel(
        title=_("Handtekeningen"),
        template="applications/parts/signers.html",
        context={"signers": need},
        actions=_sign_action(application, need, person_id),
    )


@panel("application_support", 16)
def support(application: Application, person_id: int) -> Panel | None:
    """How many people support it, where the regulation asks that before the review."""
    gate = gate_of(application) if application.state in GATHERING else None
    if gate is None:
        return None
    address = reverse("applications:support", args=[application.uid])
    return Panel(
        title=_("Steun van mensen"),
        template="applications/parts/support.html",
        context={"gate": gate},
        actions=(Action(_("Naar de pagina waar mensen steunen"), address),),
    )


@panel("application_content", 40)
def content(application: Application, person_id: int) -> Panel | None:
    """What was sent in, for everybody who may see the dossier."""
    snapshots = Snapshot.objects.filter(application=application).order_by("number")
    actions = tuple(
        Action(_label(row), reverse("applications:sent", args=[application.uid, row.number]))
        for row in snapshots.only("number", "kind", "application")
    )
    if not actions:
        return None
    return Panel(
        title=_("De hele aanvraag"), template="applications/parts/content.html", actions=actions
    )


@panel("application_text", 45)
def governing_text(application: Application, person_id: int) -> Panel | None:
    """Which text governs this dossier, since when, and a newer one that the applicant may take."""
    found, offer = text_of(application), offer_for(application)
    publication = getattr(found.revision, "publication", None)  # a text that is only tried has none
    actions: tuple[Action, ...] = ()
    chooses = application.state in BEFORE_SUBMISSION and acts_for(person_id, application.party_id)
    if chooses and (offer or application.began_with_id):
        label = _("Bekijk wat er verandert") if offer else _("Bekijk uw keuze")
        actions = (Action(label, reverse("applications:text", args=[application.uid])),)
    slug, number = found.revision.regulation.slug, found.revision.number
    return Panel(
        title=_("Welke tekst van de regeling geldt?"),
        template="applications/parts/text.html",
        context={
            "found": found,
            "offer": offer,
            "publication": publication,
            "url": reverse("regeling:revision", args=[slug, number]) if publication else "",
        },
        actions=actions,
    )


def _draft_actions(application: Application) -> list[Action]:
    if application.state not in BEFORE_SUBMISSION:
        return []
    uid = application.uid
    found = [
        Action(_("Verder met de aanvraag"), reverse("applications:form", args=[uid]), primary=True)
    ]
    if application.revision.definition.has(RouteStep.COACHING):
        found.append(Action(_("Laten meelezen"), reverse("applications:coaching", args=[uid])))
    if application.party.kind == Party.Kind.GROUP:
        found.append(Action(_("Wie doen er mee?"), reverse("applications:members", args=[uid])))
    return found


def _sent_actions(application: Application) -> list[Action]:
    found, uid = [], application.uid
    if application.state == State.AWAITING_SUPPLEMENT:
        address = reverse("applications:supplement", args=[uid])
        found.append(Action(_("Aanvulling sturen"), address, primary=True))
    if application.state not in BEFORE_SUBMISSION:
        address = reverse("applications:receipt", args=[uid])
        found.append(Action(_("Ontvangstbewijs"), address))
    if application.state in WITHDRAWABLE:
        found.append(Action(_("Aanvraag intrekken"), reverse("applications:withdraw", args=[uid])))
    return found


def _sign_action(
    application: Application, need: list[Signer], person_id: int
) -> tuple[Action, ...]:
    if not any(person_id in each.people and each.status != "signed" for each in need):
        return ()
    address = reverse("applications:sign", args=[application.uid])
    return (Action(_("Lezen en ondertekenen"), address),)


def _label(row: Snapshot) -> str:
    if row.kind == Snapshot.Kind.SUBMISSION:
        return _("Lees de aanvraag")
    return _("Lees aanvulling %(n)s") % {"n": row.number - 1}
