"""What follows from an evaluation: the mails that ask people to answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accountability.domain.questionnaire import fresh_link
from accountability.models import EvaluationInvitation
from accounts.mail import send
from regeling.models import Evaluation
from timeline import clock
from timeline.deliveries import handles
from timeline.models import Event


@handles(
    "accountability.mail_questionnaire",
    "accountability.questionnaire_sent",
    "accountability.questionnaire_reminded",
)
def mail_questionnaire(event: Event) -> None:
    """Mail everybody who was asked and has no mail yet; who has one is passed by at a next try."""
    evaluation = Evaluation.objects.select_related("regulation__authority").get(
        uid=event.stream.uid
    )
    if evaluation.ends_on is None or clock.today() > evaluation.ends_on:
        return
    rows = EvaluationInvitation.objects.filter(evaluation=evaluation, mailed=False, answered=False)
    for number, (key, email) in enumerate(rows.order_by("pk").values_list("pk", "email")):
        token = fresh_link(key)
        if token is None:
            continue
        send(
            to=email,
            subject=_("Wat vond u van %(title)s?") % {"title": evaluation.regulation.title},
            template="accountability/mail/questionnaire.txt",
            context={"evaluation": evaluation, "token": token},
            message_id=f"questionnaire-{event.uid}-{number}-{key}",
        )
        EvaluationInvitation.objects.filter(pk=key).update(mailed=True)
