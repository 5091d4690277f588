"""What is measured, each beside the barest thing that could do the same."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles

from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from tests.accounts.signing_in import sign_in
from tests.bench.stock import Stock

# As many columns as the list has, straight from the tables.
BARE_COPY = """COPY (
  SELECT a.number, a.title, a.region, a.municipality, a.activity, a.amount_asked, a.start_date,
    a.end_date, a.submitted_at, a.complete_at, a.provisional_place, a.place, a.decision_due,
    a.awarded_cents, a.settled_cents, a.tier, a.decided_on, a.report_due_on, a.state, a.channel,
    a.applicant_class, p.kind, p.place, p.municipality, c.slug
  FROM applications_application a JOIN accounts_party p ON p.id = a.party_id
  JOIN regeling_call c ON c.id = a.call_id WHERE a.number IS NOT NULL ORDER BY a.submitted_at, a.id
) TO STDOUT WITH (FORMAT csv, DELIMITER ';')"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report: what, how much, in which unit, and the goal."""

    name: str
    value: float
    unit: str
    goal: str = ""
    beside: str = ""


def pages(stock: Stock) -> Iterator[Figure]:
    """Pages in milliseconds on the server, once everything is warm."""
    assessor = _client(stock.desk.assessor)
    applicant = _client(stock.applicant)
    worklist = reverse("assessment:worklist")
    yield _page("worklist", assessor, worklist, goal="50, at most 150")
    yield _page("worklist, words", assessor, f"{worklist}?words=molen", goal="50, at most 150")
    yield _page("my dossiers, of 1,000", applicant, reverse("applications:mine"), goal="60")
    dossier = reverse("portal:dossier", args=[stock.dossier.uid])
    yield _page("dossier page, of 1,000", applicant, dossier, goal="60")


def dossier_csv(stock: Stock) -> Iterator[Figure]:
    """The list of all dossiers with 25 columns, and the memory that it takes."""
    client, address = _client(stock.auditor), reverse("accountability:dossiers")
    size = sum(map(len, _streamed(client, address)))
    before = _memory()
    bare = best(_bare_copy) if connection.vendor == "postgresql" else None
    ours = best(lambda: sum(map(len, _streamed(client, address))))
    beside = f"bare COPY {bare:.2f} s: {ours / bare:.1f} times" if bare else ""
    yield Figure("CSV, 25 columns", ours, "s", "0.3, at most 2", beside)
    yield Figure("CSV, memory on top", _memory() - before, "MB", "0", f"{size / 1e6:.1f} MB sent")


def letters(stock: Stock, *, count: int = 25) -> Iterator[Figure]:
    """Award letters a second in one process, beside WeasyPrint alone on the same pages."""
    from dataclasses import replace

    from documents.facts.dating import dated
    from documents.facts.decisions import decision_facts
    from documents.letters import compose
    from documents.letters.facts import LetterFacts, facts_to_plain
    from documents.rendering import fonts, html, pdf
    from documents.rendering.text import printable_letter
    from timeline import clock

    day = clock.today()
    facts = dated(decision_facts(stock.decision), day)
    each = [
        replace(facts, addressee=replace(facts.addressee, name=f"Bewoner {number}"))
        for number in range(count)
    ]
    ready = [
        html.whole_page(printable_letter(compose(one), fonts.coverage()), made_on=day)
        for one in each
    ]
    press = pdf.press()

    def bare(page: str) -> None:
        from weasyprint import HTML

        HTML(string=page).write_pdf(
            stylesheets=press.styles, font_config=press.fonts, pdf_variant=pdf.VARIANT
        )

    def ours(one: LetterFacts) -> None:
        pdf.render(compose(one), facts=facts_to_plain(one), day=day)

    ours(facts)
    alone = all_of_it = 0.0
    # Turn by turn and in processor time: whatever else the machine does hits neither.
    for one, page in zip(each, ready, strict=True):
        alone += busy(partial(bare, page))
        all_of_it += busy(partial(ours, one))
    yield Figure(
        "letters",
        count / all_of_it,
        "a second",
        "0.85 of bare",
        f"bare WeasyPrint {count / alone:.1f}: {alone / all_of_it:.2f}",
    )


def _page(name: str, client: Client, address: str, *, goal: str, times: int = 30) -> Figure:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    for _ in range(3):
        client.get(address)
    busy = time.process_time()
    took = [timed(lambda: client.get(address)) * 1000 for _ in range(times)]
    python = (time.process_time() - busy) * 1000 / times
    beside = f"95 of 100 under {quantiles(took, n=20)[-1]:.0f} ms; {python:.0f} ms of it Python"
    return Figure(name, median(took), "ms", goal, beside)


def _client(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def _streamed(client: Client, address: str) -> Iterator[bytes]:
    answer = client.get(address)
    assert isinstance(answer, StreamingHttpResponse), answer.status_code
    yield from answer.streaming_content


def _bare_copy() -> None:
    with connection.cursor() as cursor, cursor.copy(BARE_COPY) as blocks:
        for _ in blocks:
            pass


def best(work: Callable[[], object], times: int = 5) -> float:
    return min(timed(work) for _ in range(times))


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def busy(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _memory() -> float:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
