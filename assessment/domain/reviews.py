"""The review: a 4D conversation that is never scored, argued criteria, and a conclusion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.domain.support import refuse_unsupported
from applications.facts import Advice
from applications.lifecycle import move
from applications.models import Application, Involvement
from applications.states import State
from assessment.domain.amounts import calculation_of
from assessment.domain.interests import refuse_unstated
from assessment.models import Review, ReviewAnswer
from documents.letters.facts import Advice as ReviewAdvice
from documents.letters.facts import Reason
from regeling.definition import (
    Criterion,
    CriterionKind,
    DistributionRule,
    RouteStep,
    known,
    listed,
)
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

FOUR_D = ("durven", "delen", "denken", "doen", "offer")
FEAR = "awb-4-35"  # the ground of the law itself, beside those that the regulation names


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer wrote. ``answers``: criterion to (answer, argument); ``grounds``: codes of
    criteria, of the regulation's refusal grounds, or ``FEAR``."""

    texts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    conclusion: str = ""
    grounds: tuple[str, ...] = ()
    advice: str = ""


def save_review(
    *, application_id: int, judgement: Judgement, actor: Actor, seen_version: int | None = None
) -> Review:
    """Keep what a reviewer wrote so far; nothing is told to anybody.

    Raises ``Conflict`` when another window saved since ``seen_version`` or the review was handed
    in; refuses where the regulation asks support first and too few people gave it.
    """
    if actor.person_id is None:
        raise NotAllowed(_("Een beoordeling is van een mens."))
    with transaction.atomic():
        application = _locked(application_id, actor)
        review = _own(application, actor.person_id)
        if review.submitted_at:
            raise Conflict(_("Deze beoordeling is al afgerond."), code="submitted")
        if seen_version is not None and review.version != seen_version:
            raise Conflict(
                _("U hebt deze beoordeling intussen in een ander venster opgeslagen."), code="stale"
            )
        for name in FOUR_D:
            setattr(review, name, judgement.texts.get(name, getattr(review, name)).strip())
        review.conclusion = judgement.conclusion
        review.grounds = canonical(sorted(set(judgement.grounds)))
        review.advice = judgement.advice.strip()
        review.version += 1
        review.saved_at = clock.now()
        review.save()
        _save_answers(application, review, judgement)
        return review


def submit_review(
    *, application_id: int, judgement: Judgement, actor: Actor, seen_version: int | None = None
) -> Review:
    """Hand in a review. The initiator receives the 4D texts and the offer.

    Refuses a criterion without answer or argument, a negative conclusion that names no criterion or
    ground, a positive one while a hard criterion is not met, and an unknown ground.
    """
    with transaction.atomic():
        review = save_review(
            application_id=application_id,
            judgement=judgement,
            actor=actor,
            seen_version=seen_version,
        )
        _refuse_unready(review.application, judgement)
        review.submitted_at = clock.now()
        review.save()
        record(
            stream=("application", str(review.application.uid)),
            type="assessment.review_submitted",
            facts={
                "review": str(review.uid),
                "conclusion": review.conclusion,
                "grounds": sorted(set(judgement.grounds)),
                "coached": review.coached,
            },
            actor=actor,
        )
        return review


def advice_of(application_id: int) -> Advice | None:
    """What the reviews together advise; None while they do not suffice.

    Who coached does not judge alone: beside her review another one is needed (Awb 2:4). One
    negative review makes the advice negative.
    """
    found = list(_submitted(application_id).order_by("submitted_at", "pk"))
    if not any(not review.coached for review in found):
        return None
    positive = all(review.conclusion == Review.Conclusion.POSITIVE for review in found)
    return Advice(positive=positive, reviews=tuple(str(review.uid) for review in found))


def positively_reviewed(application_ids: list[int]) -> set[int]:
    """Those of the applications (keys) of which ``advice_of`` is positive, in one query."""
    rows = Review.objects.filter(application_id__in=application_ids, submitted_at__isnull=False)
    sufficient, negative = set(), set()
    for application_id, coached, conclusion in rows.values_list(
        "application_id", "coached", "conclusion"
    ):
        if not coached:
            sufficient.add(application_id)
        if conclusion != Review.Conclusion.POSITIVE:
            negative.add(application_id)
    return sufficient - negative


def admit(*, application_id: int, actor: Actor, seen_version: int | None = None) -> Application:
    """Let a positively reviewed application into the vote (4:26).

    Refuses one to which the regulation grants nothing: there would be nothing to vote about. Where
    a panel meets first, its signed minutes let it in.
    """
    with transaction.atomic():
        refuse_unstated(application_id, actor)
        application = Application.objects.select_related("revision").get(pk=application_id)
        if application.revision.definition.has(RouteStep.PANEL):
            raise Refused(_("De commissie behandelt deze aanvraag eerst."), code="panel_first")
        if calculation_of(application).granted <= 0:
            raise Refused(_("De regeling geeft voor deze aanvraag geen bedrag."), code="nothing")
        return move(
            application_id=application_id,
            transition="admit_to_vote",
            actor=actor,
            fact=_sufficient(application_id),
            seen_version=seen_version,
        )


def grounds_of(application: Application) -> dict[str, tuple[str, str | None]]:
    """Every ground that a negative conclusion may name: code to (sentence, article or None)."""
    definition = application.revision.definition
    found: dict[str, tuple[str, str | None]] = {
        each.code: (each.question, each.article or None) for each in listed(definition.criteria)
    }
    found |= {
        each.code: (each.text, each.article or None) for each in listed(definition.refusal_grounds)
    }
    found[FEAR] = (
        _("Er zijn redenen om te vrezen dat de activiteiten niet (goed) doorgaan."),
        "Awb 4:35",
    )
    return found


def named_grounds(application_id: int) -> list[str]:
    """The grounds that the negative reviews name, without doubles."""
    found: list[str] = []
    for review in _submitted(application_id).filter(conclusion=Review.Conclusion.NEGATIVE):
        found += [code for code in json.loads(review.grounds) if code not in found]
    return found


def review_reasons(application: Application) -> tuple[Reason, ...]:
    """The reasons of a negative advice: each ground, with the arguments that reviewers gave."""
    known = grounds_of(application)
    arguments: dict[str, list[str]] = {}
    rows = ReviewAnswer.objects.filter(
        review__in=_submitted(application.pk).filter(conclusion=Review.Conclusion.NEGATIVE)
    ).order_by("review__submitted_at", "pk")
    for criterion, argument in rows.values_list("criterion", "argument"):
        arguments.setdefault(criterion, []).append(argument)
    criteria = {each.code for each in listed(application.revision.definition.criteria)}
    reasons = []
    for code in named_grounds(application.pk):
        sentence, article = known[code]
        if code in criteria:
            sentence = _("Uw aanvraag voldoet niet aan dit punt: %(question)s") % {
                "question": sentence
            }
        details = tuple(arguments.get(code, ()))
        reasons.append(Reason(sentence=sentence, article=article, details=details))
    return tuple(reasons)


def review_advice(application: Application) -> ReviewAdvice | None:
    """The advice for the letter, with the names of who gave it; None where nothing was written."""
    rows = _submitted(application.pk).exclude(advice="").select_related("reviewer")
    found = list(rows.order_by("submitted_at", "pk"))
    if not found:
        return None
    names = tuple(review.reviewer.name for review in found)
    return ReviewAdvice(
        by=_("de behandelaar"), text="\n\n".join(review.advice for review in found), members=names
    )


def _submitted(application_id: int) -> QuerySet[Review]:
    return Review.objects.filter(application_id=application_id, submitted_at__isnull=False)


def _sufficient(application_id: int) -> Advice:
    advice = advice_of(application_id)
    if advice is None and _submitted(application_id).exists():
        raise Refused(
            _("Er is nog een beoordeling nodig van iemand die de aanvrager niet heeft geholpen."),
            article="Awb 2:4",
            code="second_review",
        )
    if advice is None:
        raise Refused(_("Er is nog geen beoordeling."), code="no_review")
    return advice


def _locked(application_id: int, actor: Actor) -> Application:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related("revision", "call")
    )
    refuse_unstated(application_id, actor)
    if application.state != State.IN_REVIEW:
        raise Conflict(_("Deze aanvraag wordt nu niet beoordeeld."), code="wrong_state")
    if not application.revision.definition.has(RouteStep.REVIEW):
        raise Refused(_("Bij deze regeling hoort geen beoordeling."), code="route")
    refuse_unsupported(application)
    return application


def _own(application: Application, person_id: int) -> Review:
    known = Review.objects.filter(application=application, reviewer_id=person_id).first()
    if known:
        known.application = application
        return known
    coached = Involvement.objects.filter(
        application=application, person_id=person_id, kind=Involvement.Kind.COACH
    ).exists()
    return Review.objects.create(
        application=application,
        reviewer_id=person_id,
        coached=coached,
        version=0,
        saved_at=clock.now(),
    )


def _save_answers(application: Application, review: Review, judgement: Judgement) -> None:
    known = {each.code for each in listed(application.revision.definition.criteria)}
    for code, (answer, argument) in judgement.answers.items():
        if code not in known:
            raise Refused(_("Dit criterium hoort niet bij de regeling."), field=code)
        ReviewAnswer.objects.update_or_create(
            review=review,
            criterion=code,
            defaults={"answer": answer.strip(), "argument": argument.strip()},
        )


def _refuse_unready(application: Application, judgement: Judgement) -> None:
    criteria = listed(application.revision.definition.criteria)
    for criterion in criteria:
        answer, argument = judgement.answers.get(criterion.code, ("", ""))
        if not _fits(criterion, answer.strip()):
            raise Refused(_("Geef antwoord bij elk criterium."), field=f"answer_{criterion.code}")
        if not argument.strip():
            raise Refused(
                _("Schrijf bij elk criterium waarom u dat vindt."),
                article="Awb 3:46",
                field=f"argument_{criterion.code}",
            )
    if judgement.conclusion not in Review.Conclusion.values:
        raise Refused(_("Kies een conclusie."), field="conclusion")
    unknown = set(judgement.grounds) - set(grounds_of(application))
    if unknown:
        raise Refused(_("Deze grond kent de regeling niet."), field="grounds")
    if judgement.conclusion == Review.Conclusion.NEGATIVE:
        if not judgement.grounds:
            raise Refused(
                _("Noem bij een negatieve conclusie het criterium of de weigeringsgrond."),
                article="Awb 3:46, 4:35",
                field="grounds",
                code="no_ground",
            )
        return
    _refuse_too_few_points(application, judgement)
    for criterion in criteria:
        if criterion.hard and judgement.answers[criterion.code][0] == "no":
            raise Refused(
                _("Aan een harde eis is niet voldaan. De conclusie kan dan niet positief zijn."),
                field="conclusion",
                code="hard_criterion",
            )


def _refuse_too_few_points(application: Application, judgement: Judgement) -> None:
    """In order of receipt nobody compares points, so that the minimum is asked of every review; a
    ranking asks it of the average."""
    definition = application.revision.definition
    how = known(definition.distribution, "distribution")
    if how.rule is not DistributionRule.RECEIPT or not how.minimum_score:
        return
    points = sum(
        int(judgement.answers[each.code][0]) * each.weight
        for each in listed(definition.criteria)
        if each.kind is CriterionKind.SCORE
    )
    if points < how.minimum_score:
        raise Refused(
            _(
                "Deze aanvraag krijgt %(n)s punten. Er zijn er minstens %(m)s nodig. De conclusie "
                "kan dan niet positief zijn."
            )
            % {"n": points, "m": how.minimum_score},
            field="conclusion",
            code="minimum_score",
        )


def _fits(criterion: Criterion, answer: str) -> bool:
    match criterion.kind:
        case CriterionKind.YES_NO:
            return answer in ("yes", "no")
        case CriterionKind.SCORE:
            return answer.isdecimal() and criterion.lowest <= int(answer) <= criterion.highest
    return bool(answer)
