"""People, calls and applications for tests, made by the same verbs as the pages.

``open_example_call()`` opens the invented regulation that has every kind of question; a slug of
``regeling/definitions`` opens that one. From there: ``draft``, ``signed_draft``, ``submitted``.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.domain.grants import grant
from accounts.domain.numbers import store_iban
from accounts.domain.people import accept as accept_invitation
from accounts.domain.people import actor_for, invite, make_group, make_organisation, make_person
from accounts.models import Authority, Group, Organisation, Party, Person, User
from accounts.roles import Role
from applications.answers import content_hash
from applications.domain import cards, drafts, files
from applications.domain.queries.card import asks_card, card_now, digest_of
from applications.domain.signing import sign, signable_text, signers
from applications.domain.submission import submit
from applications.models import Application, Attachment
from regeling.definition import Column, Definition, Question, QuestionKind
from regeling.definition.facts import choices_of
from regeling.domain.revisions import accept, open_call
from regeling.domain.testing import invite_tester
from regeling.limits import lowest, maxima
from regeling.models import Call, Revision
from timeline import clock
from timeline.actor import SYSTEM, Actor

ROOT = Path(__file__).resolve().parents[2]
IBAN = "NL91ABNA0417164300"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)


def picture(width: int = 1, height: int = 1, kind: str = "PNG", **settings: Any) -> bytes:
    """A picture of one colour as the bytes of a file; ``settings`` go to its writer."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(kept, kind, **settings)
    return kept.getvalue()


def _with_login(*, name: str, email: str, login: bool, **address: Any) -> Person:
    user = User.objects.create_user(email) if login else None
    return make_person(name=name, email=email, user_id=user.pk if user else None, **address)


class _PersonFactory(factory.Factory):
    """A person; ``login=False`` for somebody on paper."""

    class Meta:
        model = _with_login

    name = factory.Sequence(lambda n: f"Jannie Bosch {n}")
    email = factory.Sequence(lambda n: f"jannie{n}@example.org")
    login = True


# Typed: calling a factory gives what it makes.
PersonFactory = cast("Callable[..., Person]", _PersonFactory)


class AuthorityFactory(factory.Factory):
    """An authority with a letterhead."""

    class Meta:
        model = Authority.objects.create

    code = "voorbeeldstad"
    name = factory.LazyAttribute(lambda each: each.code.capitalize())


def as_actor(person: Person) -> Actor:
    """The actor that this person is on the portal."""
    return actor_for(person)


def group_of(*people: Person, name: str = "Samen op het plein") -> Group:
    """A group whose first member is the lead_applicant; the others were invited and accepted."""
    lead, *others = people
    group = make_group(name=name, lead_id=lead.pk)
    for person in others:
        row = invite(party_id=group.pk, name=person.name, email=person.email, actor=as_actor(lead))
        accept_invitation(invitation_id=row.pk, person_id=person.pk, actor=as_actor(person))
    return group


def organisation_of(*people: Person, name: str = "Stichting De Brug") -> Organisation:
    """An organisation; all its people may sign."""
    founder, *others = people
    organisation = make_organisation(name=name, founder_id=founder.pk, function="voorzitter")
    for person in others:
        row = invite(
            party_id=organisation.pk,
            name=person.name,
            email=person.email,
            function="bestuurslid",
            may_sign=True,
            actor=as_actor(founder),
        )
        accept_invitation(invitation_id=row.pk, person_id=person.pk, actor=as_actor(person))
    return organisation


def with_role(
    person: Person, role: str, call: Call, *, region: str = "", municipality: str = ""
) -> Person:
    """Give a person a role for the regulation of a call.

    A contact of a municipality is one of the first that the regulation names, unless told.
    """
    regulation = call.revision.regulation
    if role == Role.MUNICIPAL_CONTACT and not municipality:
        municipality = call.revision.definition.territory.all_municipalities[0]
    grant(
        person_id=person.pk,
        role=role,
        authority=regulation.authority.code,
        regulation=regulation.slug,
        region=region,
        municipality=municipality,
        actor=SYSTEM,
    )
    return person


def revision_of(
    slug: str = "every-kind", *, more: str = "", replace: tuple[str, str] = ("", "")
) -> Revision:
    """The newest revision of a definition; accepts it when it is not there yet.

    ``more`` is YAML that comes behind the source, such as a public card; ``replace`` a line of it
    and what stands there instead.
    """
    file = ROOT / "tests" / "factories" / f"{slug}.yaml"
    if not file.exists():
        file = ROOT / "regeling" / "definitions" / f"{slug}.yaml"
    source = file.read_text()
    source = (source.replace(*replace) if replace[0] else source) + more
    code = next(
        line.split(":")[1].strip()
        for line in source.splitlines()
        if line.startswith("  authority:")
    )
    if not Authority.objects.filter(code=code).exists():
        AuthorityFactory(code=code)
    return accept(source=source, file=file.name, actor=SYSTEM)


def open_example_call(
    slug: str = "every-kind",
    *,
    days: tuple[datetime, datetime | None] | None = None,
    present: bool = True,
    call_slug: str = "",
    more: str = "",
    replace: tuple[str, str] = ("", ""),
    kind: str = "example",
) -> Call:
    """An example call (or one of another ``kind``) of a definition, open since yesterday and for
    three weeks.

    ``days`` says other moments (opens_at, closes_at); ``present=False`` keeps the definition's own;
    ``more`` and ``replace`` change the definition's source (``revision_of``).
    """
    if days is None and present:
        days = (clock.now() - timedelta(days=1), clock.now() + timedelta(days=21))
    return open_call(
        revision_id=revision_of(slug, more=more, replace=replace).pk,
        kind=kind,
        actor=SYSTEM,
        slug=call_slug,
        days=days,
        published_on=clock.day(days[0]) - timedelta(days=1) if days else None,
    )


def example_answers(
    definition: Definition, *, party_id: int, on: date | None = None, **own: Any
) -> dict[str, Any]:
    """Valid answers to every question (files apart); ``own`` replaces some (``_`` for ``-``)."""
    answers = {code.replace("_", "-"): value for code, value in own.items()}
    for question in definition.form.questions:
        if question.kind is not QuestionKind.FILE and question.code not in answers:
            answers[question.code] = _answer(definition, question, party_id, on or clock.today())
    amount = definition.form.filling(Column.AMOUNT_ASKED)
    budget = definition.form.filling(Column.BUDGET)
    if amount and budget and budget.code not in own:
        answers[budget.code] = _budget(answers[amount.code])
    return answers


def draft(
    call: Call | None = None,
    *,
    person: Person | None = None,
    party: Party | None = None,
    applicant_class: str = "",
    answers: dict[str, Any] | None = None,
    filled: bool = True,
) -> Application:
    """A draft of ``person`` for ``party`` (herself unless told), with every answer given."""
    call = call or open_example_call()
    person = person or PersonFactory()
    party = party or person
    definition = call.revision.definition
    code = applicant_class or next(
        each.code for each in definition.applicants.classes if each.kind == party.kind
    )
    given = example_answers(definition, party_id=party.pk, on=clock.day(clock.now()))
    if call.kind == Call.Kind.TEST:
        join(call, person)
    made = drafts.start(
        call_id=call.pk,
        party_id=party.pk,
        applicant_class=code,
        actor=as_actor(person),
        answers={**(given if filled else {}), **(answers or {})},
    )
    return with_card(made, person=person) if filled and asks_card(made) else made


def join(call: Call, person: Person) -> None:
    """Invite somebody to a test call."""
    office = with_role(PersonFactory(), Role.ADMINISTRATOR, call)
    invite_tester(call_id=call.pk, email=person.email, actor=as_actor(office))


def with_card(application: Application, *, person: Person, **changes: Any) -> Application:
    """Write the public card of a draft and agree to it; ``changes`` are fields of it."""
    given = {"text": "Wij eten samen aan een lange tafel.", "chosen_name": "Buren van het plein"}
    act: dict[str, Any] = {"application_id": application.pk, "actor": as_actor(person)}
    cards.write_card(changes={**given, **changes}, **act)
    cards.agree(seen_hash=digest_of(card_now(application)), **act)
    return application


def sign_all(application: Application) -> Application:
    """Let everybody who must sign do so, as many of an organisation as the regulation asks."""
    application.refresh_from_db()
    digest = content_hash(signable_text(application))
    for signer in signers(application):
        for person in Person.objects.filter(pk__in=signer.people).order_by("pk")[: signer.needed]:
            sign(
                application_id=application.pk,
                party_id=signer.party_id,
                actor=as_actor(person),
                seen_hash=digest,
            )
    return application


def signed_draft(call: Call | None = None, **given: Any) -> Application:
    """A draft that everybody signed."""
    return sign_all(draft(call, **given))


def submitted(call: Call | None = None, **given: Any) -> Application:
    """An application that was sent in, in time or (``although_late``) after closing."""
    although_late = given.pop("although_late", False)
    given["person"] = given.get("person") or PersonFactory()
    application = signed_draft(call, **given)
    return submit(
        application_id=application.pk,
        actor=as_actor(given["person"]),
        although_late=although_late,
    )


def attachment(
    application: Application, *, person: Person, question: str = "bijlage", content: bytes = PNG
) -> Attachment:
    """A picture with a file question."""
    stored = files.store(
        SimpleUploadedFile("plein.png", content), application_uid=str(application.uid)
    )
    return drafts.attach(
        application_id=application.pk,
        question=question,
        name="plein.png",
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        path=stored.path,
        actor=as_actor(person),
    )


_PLAIN = {
    QuestionKind.YES_NO: True,
    QuestionKind.TEXT: "Lange tafel op het plein",
    QuestionKind.PLACE: "Luttenberg",
    QuestionKind.LONG_TEXT: "Wij eten samen met de hele buurt en leren elkaar kennen.",
}


def _answer(definition: Definition, question: Question, party_id: int, on: date) -> Any:
    match question.kind:
        case QuestionKind.NUMBER:
            return question.minimum if question.minimum is not None else 1
        case QuestionKind.CHOICE:
            return _choice(definition, question)
        case QuestionKind.MONEY:
            return _amount(definition, question)
        case QuestionKind.DATE:
            return _day(question, on).isoformat()
        case QuestionKind.MUNICIPALITY:
            return _town(definition)
        case QuestionKind.BUDGET:
            return _budget(100_000)
        case QuestionKind.IBAN:
            row = store_iban(party_id=party_id, iban=IBAN)
            return {"uid": str(row.uid), "last4": row.last4}
    plain = _PLAIN[question.kind]
    return _text(question, plain) if isinstance(plain, str) else plain


def _choice(definition: Definition, question: Question) -> str:
    return choices_of(definition, question)[0][0]


def _text(question: Question, text: str) -> str:
    while len(text) < (question.shortest or 0):
        text = f"{text} {text}"
    return text[: question.longest].rstrip()


def _amount(definition: Definition, question: Question) -> int:
    first = {"activity": definition.activities[0].code}
    found = lowest(maxima(definition, first | {"municipality": _town(definition)}))
    return question.maximum_amount or (100_000 if found is None else found)


def _town(definition: Definition) -> str:
    return definition.territory.all_municipalities[0]


def _day(question: Question, on: date) -> date:
    weeks = 8 if question.fills is Column.END_DATE else 4
    wanted = max(on + timedelta(weeks=weeks), question.earliest or date.min)
    return min(wanted, question.latest or date.max)


def _budget(asked: int) -> dict[str, Any]:
    return {
        "costs": [{"label": "Materiaal", "cents": asked}, {"label": "Huur zaal", "cents": 25_000}],
        "funding": [{"label": "Eigen bijdrage", "cents": 25_000}],
    }
