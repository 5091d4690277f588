"""What follows from acts on an application: mail to whoever is asked to sign or to read along."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.deliveries import invitation_mail
from accounts.models import Invitation, Party, Person
from applications.domain.signing import MAY_STILL_SIGN, signers
from applications.domain.texts import RUNNING, follow
from applications.models import Application, Involvement
from regeling import mail
from regeling.models import CallAmendment, TransitionalRule
from timeline.actor import SYSTEM
from timeline.deliveries import handles
from timeline.models import Event


@handles(
    "applications.ask_signatures",
    "applications.signed",
    "applications.submitted",
    "applications.late_submitted",
)
def ask_signatures(event: Event) -> None:
    """Once the lead has signed, and again at submission: ask those whose signature is missing.

    A mail goes only to who can sign and has not, as it stands when the mail is made.
    """
    application = _application(event)
    if application is None or application.state not in MAY_STILL_SIGN:
        return
    lead, *others = signers(application)
    if event.type == "applications.signed" and event.facts["party"] != _uid(lead.party_id):
        return
    signed = set(
        application.signatures.filter(voided_at=None, signed_at__isnull=False).values_list(
            "person_id", flat=True
        )
    )
    asked = {key for each in others if each.status == "missing" for key in each.people}
    for person in Person.objects.filter(pk__in=asked - signed).exclude(email="").order_by("pk"):
        mail.send(
            call=application.call,
            to=person.email,
            subject=_("Wilt u meetekenen? %(title)s") % {"title": application.title},
            template="applications/mail/sign.txt",
            context={"application": application, "person": person, "lead": lead},
            message_id=f"sign-{event.uid}-{person.uid}",
        )


@handles("applications.mail_coach", "applications.coaching_asked")
def mail_coach(event: Event) -> None:
    """Tell the broker that somebody asks her to read along, unless that is over already."""
    application = _application(event)
    if application is None:
        return
    rows = Involvement.objects.filter(
        application=application, kind=Involvement.Kind.COACH, until=None
    )
    for row in rows.select_related("person").exclude(person__email="").order_by("pk"):
        mail.send(
            call=application.call,
            to=row.person.email,
            subject=_("Wilt u meelezen met een aanvraag?"),
            template="applications/mail/coach.txt",
            context={"application": application, "person": row.person},
            message_id=f"coach-{event.uid}-{row.person.uid}",
        )


@handles("applications.mail_invitation", "accounts.invited")
def mail_invitation(event: Event) -> None:
    """Mail an invitation that was made at a dossier, unless it was answered meanwhile."""
    uid = event.facts.get("mailed_for")
    application = (
        Application.objects.select_related("call").filter(uid=uid).first() if uid else None
    )
    if application is None:
        return
    row = Invitation.objects.select_related("party", "invited_by").get(
        uid=event.facts["invitation"]
    )
    if row.is_open:
        mail.send(call=application.call, **invitation_mail(row))


@handles("applications.follow_text", "regeling.call_amended")
def follow_text(event: Event) -> None:
    """The text of an open call changed: what runs follows it, where the text says so."""
    amendment = CallAmendment.objects.get(call__uid=event.stream.uid, number=event.facts["number"])
    if amendment.transitional_rule != TransitionalRule.RUNNING_FOLLOW:
        return
    running = Application.objects.filter(call=amendment.call_id, state__in=sorted(RUNNING))
    for key in running.order_by("pk").values_list("pk", flat=True):
        follow(application_id=key, amendment_id=amendment.pk, actor=SYSTEM)


def _application(event: Event) -> Application | None:
    """The application of the event; None for a draft that was thrown away since."""
    return (
        Application.objects.select_related("party", "revision", "call")
        .filter(uid=event.stream.uid)
        .first()
    )


def _uid(party_id: int) -> str:
    return str(Party.objects.filter(pk=party_id).values_list("uid", flat=True).first())
