"""Which items make an application complete: the form's required answers, evidence, signatures."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Party
from applications.answers import answers_of
from applications.domain.queries import asked, card
from applications.domain.signing import signers
from applications.models import Application
from assessment.models import CompletenessItem
from timeline import clock

Kind, Status = CompletenessItem.Kind, CompletenessItem.Status


def refresh(application: Application) -> None:
    """Bring the list of items up to date, inside the caller's transaction.

    New items come in open; a signature is present or missing as the signatures say. An item that
    the regulation no longer asks (another answer made it fall away) goes.
    """
    rows = CompletenessItem.objects.filter(application=application)
    there = {(item.kind, item.code): item for item in rows}
    signed = _signatures(application)
    wanted = [*_questions(application), *_card(application), *_evidence(application)]
    wanted += [(str(Kind.SIGNATURE), uid) for uid in signed]
    CompletenessItem.objects.bulk_create(
        CompletenessItem(application=application, kind=kind, code=code)
        for kind, code in wanted
        if (kind, code) not in there
    )
    gone = [item.pk for key, item in there.items() if key not in wanted]
    CompletenessItem.objects.filter(pk__in=gone).delete()
    for status in (Status.PRESENT, Status.MISSING):
        uids = [uid for uid, is_signed in signed.items() if is_signed == (status == Status.PRESENT)]
        rows.filter(kind=Kind.SIGNATURE, code__in=uids).exclude(status=status).update(
            status=status, checked_at=clock.now()
        )


def labels(application: Application, items: Iterable[CompletenessItem]) -> dict[int, str]:
    """What each item is called on a page and in the letter, by the item's key."""
    definition = application.revision.definition
    names = {(str(Kind.QUESTION), each.code): each.label for each in definition.form.questions}
    names[(str(Kind.QUESTION), asked.CARD)] = asked.card_label()
    kind = definition.applicants.of(application.applicant_class)
    names |= {
        (str(Kind.EVIDENCE), each.code): each.label for each in (kind.evidence if kind else ())
    }
    uids = [item.code for item in items if item.kind == Kind.SIGNATURE]
    for uid, name in Party.objects.filter(uid__in=uids).values_list("uid", "name"):
        names[(str(Kind.SIGNATURE), str(uid))] = _("Handtekening van %(name)s") % {"name": name}
    return {item.pk: names.get((item.kind, item.code), item.code) for item in items}


def _questions(application: Application) -> list[tuple[str, str]]:
    """Required questions that were asked: submission refuses one that was left open, so a question
    without an answer is one that did not apply."""
    answers = answers_of(application)
    return [
        (str(Kind.QUESTION), question.code)
        for question in application.revision.definition.form.questions
        if question.required and answers.get(question.code) not in (None, "", [])
    ]


def _card(application: Application) -> list[tuple[str, str]]:
    return [(str(Kind.QUESTION), asked.CARD)] if card.card_of(application.pk) else []


def _evidence(application: Application) -> list[tuple[str, str]]:
    kind = application.revision.definition.applicants.of(application.applicant_class)
    return [
        (str(Kind.EVIDENCE), each.code) for each in (kind.evidence if kind else ()) if each.required
    ]


def _signatures(application: Application) -> dict[str, bool]:
    """Per party (uid) beside the lead: did she sign? Who was only invited is no member yet."""
    needed = {
        each.party_id: each.status == "signed"
        for each in signers(application)
        if not each.is_lead and each.status != "invited"
    }
    uids = Party.objects.filter(pk__in=needed).order_by("pk").values_list("pk", "uid")
    return {str(uid): needed[pk] for pk, uid in uids}
