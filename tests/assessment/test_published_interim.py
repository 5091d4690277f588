"""While a vote runs nothing in the product tells how it goes.

The same round gets one set of ballots, everything is looked at as everybody, and the ballots are
taken back; then it gets as many others, and everything is looked at again. What differs would be an
interim result. Fresh chance (a token, a fingerprint of sealed ballots, which holds their nonces) is
masked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.access import PUBLIC, SIGNED_IN
from accounts.models import Authority, Person
from accounts.roles import Role
from assessment.domain.sealing import seal_if_due
from assessment.models import BallotBox, BallotInbox
from assessment.web.public import shelf
from config.http.tokens import make_token
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, with_role
from tests.factories.assessment import Election, election
from tests.foundation.test_routes import ROUTES, Route
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Look = tuple[int, bytes, tuple[tuple[str, str], ...]]
VOTERS = 14
SKIPPED = ("toegang/", "demo/")  # signing in and out, and stepping into somebody's shoes
MASKS = (
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'), b"token"),
    (re.compile(rb"[0-9a-f]{64,128}"), b"fingerprint"),
    (re.compile(rb'"hx-headers"[^>]+'), b"token"),
)
HEADERS = ("ETag", "Set-Cookie", "X-Request-ID", "Date")


def test_as_many_other_ballots_change_no_byte_for_anybody(tmp_path: Any) -> None:
    held = election(options=4, voters=VOTERS)
    people = watchers(held)
    with held.running():
        with ballots(held, (0, 1), (0, 1, 2)):
            first = seen(held, people, tmp_path)
        with ballots(held, (3,), (2, 3)):
            second = seen(held, people, tmp_path, known=first)
    looked_at = [name for name, (status, _content, _headers) in first.items() if status == 200]
    assert len(looked_at) > 100, len(looked_at)
    told = [name for name in first if first[name] != second[name]]
    assert not told, told
    wanted = ("public_round", "public_rounds", "round_file", "round_zip", "assessment:round ")
    for part in wanted:
        assert any(part in name for name in looked_at), part


def test_the_control_sees_a_difference(tmp_path: Any) -> None:
    held = election(options=2, voters=VOTERS)
    people = {"nobody": Client()}
    with held.running():
        with ballots(held, (0,), (0,)):
            first = seen(held, people, tmp_path, only="assessment:public_round")
        Authority.objects.update(name="Een andere gemeente")
        with ballots(held, (0,), (0,)):
            second = seen(held, people, tmp_path, only="assessment:public_round")
    assert first != second


def watchers(held: Election) -> dict[str, Client]:
    """A client for everybody who may look somewhere."""
    found: dict[str, Client] = {"nobody": Client(raise_request_exception=False)}
    for role in Role:
        person = with_role(PersonFactory(name=f"Iemand {role}"), role, held.call)
        found[str(role)] = _signed_in(person)
    found["applicant"] = _signed_in(
        Person.objects.get(party_ptr_id=held.options[0].application.party_id)
    )
    reader = with_role(PersonFactory(name="Een programma"), Role.AUDITOR, held.call)
    token = make_token(person_id=reader.pk, name="test", scopes=("read",))
    found["program"] = Client(
        headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False
    )
    return found


def _signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, person)
    return client


@contextmanager
def ballots(held: Election, most: tuple[int, ...], some: tuple[int, ...]) -> Iterator[None]:
    """While everybody voted: twelve are sealed in a batch, two lie in the inbox."""
    with transaction.atomic():
        for voter in range(VOTERS - 2):
            held.vote(voter, *(most if voter % 3 else some))
        with held.running(days=2):
            assert seal_if_due(round_id=held.round.pk, actor=SYSTEM) is not None
        for voter in range(VOTERS - 2, VOTERS):
            held.vote(voter, *some)
        assert BallotInbox.objects.count() + BallotBox.objects.count() == VOTERS
        yield
        transaction.set_rollback(True)


def seen(
    held: Election,
    people: dict[str, Client],
    tmp_path: Any,
    only: str = "",
    known: dict[str, Look] | None = None,
) -> dict[str, Look]:
    """Every address with everything that fits into it, as everybody: status, content, headers.

    What was no page the first time (``known``) is asked again in the rooms where votes are only.
    """
    found: dict[str, Look] = {}
    cache.clear()
    for route in ROUTES:
        if route.path.startswith(SKIPPED) or only not in route.name:
            continue
        for address in addresses(route, held):
            for who in enterers(route, people):
                name = f"{route.name} {address} {who}"
                if known and known[name][0] != 200 and not route.name.startswith("assessment:"):
                    found[name] = known[name]
                    continue
                shelf.keys.clear()
                shelf.answers.clear()
                answer = people[who].get(address)
                found[name] = (answer.status_code, _masked(answer), _headers(answer))
    target = tmp_path / "uit.pb"
    with pytest.raises(CommandError):
        call_command("export_round", str(held.round.uid), str(target), stdout=io.StringIO())
    assert not target.exists()
    return found


def enterers(route: Route, people: dict[str, Client]) -> list[str]:
    """Who may enter there: each role that the page names, and a few of those who are let in to what
    is open to many."""
    if route.path.startswith("api/"):
        return [who for who in ("program",) if who in people]
    named = {str(role) for role in Role} & set(route.entry or ())
    if PUBLIC in (route.entry or ()):
        named |= {"nobody", "assessor"}
    if SIGNED_IN in (route.entry or ()):
        named |= {"applicant", "auditor", "administrator"}
    return sorted(named & people.keys())


def addresses(route: Route, held: Election) -> list[str]:
    """The route with what may stand in the place of its arguments."""
    option = held.options[0]
    uids = [str(option.application.uid)]
    if route.name.startswith("assessment:"):
        uids = [str(held.round.uid), *uids, str(option.uid)]
    slugs = [held.call.slug, held.call.revision.regulation.slug]
    names = ["batches", "turnout", "count", "ballots", "round", "params", "close"]
    found = [f"/{route.path}"]
    for kind, values in (("uuid", uids), ("slug", slugs + names), ("int", ["1"]), ("", slugs)):
        pattern = re.compile(rf"<{kind}:\w+>" if kind else r"<\w+>")
        while any(pattern.search(address) for address in found):
            found = [
                pattern.sub(value, address, count=1)
                for address in found
                for value in (values if pattern.search(address) else [""])
                if pattern.search(address)
            ]
    return [address for address in found if "(?P" not in address and "^" not in address][:4]


def _masked(answer: HttpResponseBase) -> bytes:
    if isinstance(answer, (StreamingHttpResponse, FileResponse)):
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]  # never async here
    else:
        content = answer.content  # type: ignore[attr-defined]  # of an answer that is no stream
    if content[:2] == b"PK":
        return b"zip"
    for pattern, word in MASKS:
        content = pattern.sub(word, content)
    return content


def _headers(answer: HttpResponseBase) -> tuple[tuple[str, str], ...]:
    # The fingerprint of a page follows from its content; the length of one with a batch does too.
    return tuple(sorted((k, v) for k, v in answer.headers.items() if k not in HEADERS))


def test_the_questions_to_the_database_are_as_many(client: Client) -> None:
    """Nor does the time that a page takes tell anything: it asks the same."""
    held = election(options=4, voters=VOTERS)
    counts = set()
    with held.running():
        for most, some in (((0, 1), (0, 1, 2)), ((3,), (2, 3))):
            with ballots(held, most, some):
                shelf.keys.clear()
                shelf.answers.clear()
                with CaptureQueriesContext(connection) as asked:
                    client.get(f"/stemmingen/{held.round.uid}/")
                counts.add(len(asked))
    assert len(counts) == 1
