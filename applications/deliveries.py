"""What follows from acts on an application: mail to whoever is asked to sign or to read along."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import mail
from accounts.models import Party, Person
from applications.domain.signing import MAY_STILL_SIGN, signers
from applications.models import Application, Involvement
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
    rows = Involvement.objects.filter(
        application=application, kind=Involvement.Kind.COACH, until=None
    )
    for row in rows.select_related("person").exclude(person__email="").order_by("pk"):
        mail.send(
            to=row.person.email,
            subject=_("Wilt u meelezen met een aanvraag?"),
            template="applications/mail/coach.txt",
            context={"application": application, "person": row.person},
            message_id=f"coach-{event.uid}-{row.person.uid}",
        )


def _application(event: Event) -> Application | None:
    """The application of the event; None for a draft that was thrown away since."""
    return (
        Application.objects.select_related("party", "revision", "call")
        .filter(uid=event.stream.uid)
        .first()
    )


def _uid(party_id: int) -> str:
    return str(Party.objects.filter(pk=party_id).values_list("uid", flat=True).first())
