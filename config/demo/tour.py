"""The tour: a round in eight steps of a minute, each with the person who does it and the place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import GroupMember, Person
from accounts.roles import Role
from applications.models import Application, Involvement, Signature
from applications.states import State
from assessment.models import VoteRight, VoteRound
from config.demo import people
from documents.models import Decision, DecisionBatch
from regeling.models import Call

OPEN_CALL, VOTING_CALL, DECIDING_CALL = (
    "buurtkracht-open",
    "buurtkracht-stemming",
    "buurtkracht-besluit",
)


@dataclass(frozen=True)
class Stop:
    """One step. ``url`` is empty while what it shows is not there yet; no person: a visitor."""

    number: int
    title: str
    text: str
    who: str
    person: Person | None = None
    url: str = ""


def stops() -> list[Stop]:
    """The eight steps, with the people and places of this moment."""
    return [
        _check(),
        _write(),
        _sign(),
        _coach(),
        _judge(),
        _vote(),
        _decide(),
        _account(),
    ]


def _check() -> Stop:
    there = Call.objects.filter(slug=OPEN_CALL).exists()
    return Stop(
        1,
        _("Mag ik aanvragen?"),
        _("Beantwoord een paar vragen, zonder account. U leest meteen waarom het wel of niet kan."),
        _("een bezoeker"),
        url=reverse("regeling:check", args=[OPEN_CALL]) if there else "",
    )


def _write() -> Stop:
    draft = _applications(OPEN_CALL, State.DRAFT).exclude(party__kind="group").first()
    person = _lead(draft)
    return Stop(
        2,
        _("Schrijf de aanvraag"),
        _("Ga verder met een concept. Alles wordt vanzelf bewaard; onderteken en dien in."),
        person.name if person else _("een inwoner"),
        person,
        _page("applications:form", draft),
    )


def _sign() -> Stop:
    draft = _applications(OPEN_CALL, State.DRAFT).filter(party__kind="group").first()
    person = _unsigned(draft) if draft else None
    return Stop(
        3,
        _("Teken mee met uw groep"),
        _("De penvoerder heeft getekend. Lees de aanvraag en zet ook uw handtekening."),
        person.name if person else _("een groepslid"),
        person,
        _page("applications:sign", draft) if person else "",
    )


def _coach() -> Stop:
    row = Involvement.objects.filter(
        application__call__slug=OPEN_CALL,
        application__state=State.IN_COACHING,
        kind=Involvement.Kind.COACH,
        until=None,
    ).first()
    person = _staff(Role.BROKER)
    return Stop(
        4,
        _("Lees mee als makelaar"),
        _("Een initiatiefnemer vroeg u om mee te lezen. Zet een opmerking bij een vraag."),
        person.name if person else _("een 4D-makelaar"),
        person,
        _page("applications:read", row.application if row else None) if person else "",
    )


def _judge() -> Stop:
    there = _applications(OPEN_CALL, State.IN_REVIEW).exists()
    person = _staff(Role.ASSESSOR)
    return Stop(
        5,
        _("Controleer en beoordeel"),
        _("Wat het eerst af moet, staat bovenaan. Kijk na wat er ontbreekt, of beoordeel."),
        person.name if person else _("een behandelaar"),
        person,
        reverse("assessment:worklist") if there and person else "",
    )


def _vote() -> Stop:
    right = (
        VoteRight.objects.filter(
            round__call__slug=VOTING_CALL,
            round__state=VoteRound.State.OPEN,
            status=VoteRight.Status.ISSUED,
            member__person__isnull=False,
        )
        .select_related("member__person__user")
        .order_by("member_id")
        .first()
    )
    person = right.member.person if right and right.member else None
    url = f"{reverse('demo:post_box')}?{urlencode({'to': person.email})}" if person else ""
    return Stop(
        6,
        _("Stem met uw code"),
        _("De code zit in uw postvak. Meer hebt u niet nodig: ook zonder account kunt u stemmen."),
        person.name if person else _("een panellid"),
        person,
        url,
    )


def _decide() -> Stop:
    batch = DecisionBatch.objects.filter(call__slug=DECIDING_CALL, signed_at=None).first()
    person = _staff(Role.DECISION_MAKER)
    return Stop(
        7,
        _("Teken de besluiten van een ronde"),
        _("Eén stapel, bovenaan wat aandacht vraagt. De brieven gaan uit wanneer u dat kiest."),
        person.name if person else _("een beslisser"),
        person,
        reverse("documents:batch", args=[batch.uid]) if batch and person else "",
    )


def _account() -> Stop:
    there = Decision.objects.filter(
        application__call__slug=DECIDING_CALL, state=Decision.State.ANNOUNCED
    ).exists()
    person = _staff(Role.FINANCE)
    return Stop(
        8,
        _("Betaal en leg verantwoording af"),
        _("Wat is toegekend, vastgesteld en betaald? De monitor telt op, of wordt niet gemaakt."),
        person.name if person else _("iemand van financiën"),
        person,
        reverse("accountability:monitor") if there and person else "",
    )


def _applications(call: str, state: State) -> QuerySet[Application]:
    rows = Application.objects.filter(call__slug=call, state=state)
    return rows.select_related("party").order_by("pk")


def _staff(role: Role) -> Person | None:
    return next(iter(people.staff(role)), None)


def _page(route: str, application: Application | None) -> str:
    return reverse(route, args=[application.uid]) if application else ""


def _lead(application: Application | None) -> Person | None:
    """Somebody with an account who acts for the applicant."""
    if application is None:
        return None
    rows = Person.objects.select_related("user").filter(user__isnull=False)
    own = rows.filter(pk=application.party_id).first()
    member = rows.filter(functions__organisation_id=application.party_id, functions__until=None)
    return own or member.first()


def _unsigned(application: Application) -> Person | None:
    """A member of the group who did not sign yet."""
    signed = Signature.objects.filter(application=application, voided_at=None).values("person_id")
    members = GroupMember.objects.filter(group_id=application.party_id, left_at=None)
    return (
        Person.objects.select_related("user")
        .filter(pk__in=members.values("party_id"), user__isnull=False)
        .exclude(pk__in=signed)
        .first()
    )
