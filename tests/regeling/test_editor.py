"""The editor: a regulation as sentences with fields, for who does not read YAML."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from regeling.domain.concepts import copy_revision, save_concept
from regeling.domain.texts import newest, read
from regeling.models import Concept
from regeling.web.editor.controls import BROAD, kind_of, slot_at
from regeling.web.editor.parts import PARTS
from regeling.web.editor.sentences import Many
from regeling.writing import Word, get, put
from tests.accounts.signing_in import sign_in
from tests.factories.applications import as_actor, revision_of
from tests.factories.concepts import EVERY_KIND, concept, drafter, published
from tests.regeling.samples import DELIVERED

pytestmark = pytest.mark.django_db
SALLAND = "krachtvansalland-cheque-2023"
NOTHING = {"doe": "bewaar"}


@pytest.fixture
def row() -> Concept:
    revision = revision_of(SALLAND)
    writer = drafter(revision.source)
    return copy_revision(
        revision_id=revision.pk,
        title="KrachtvanSalland-cheque 2027",
        slug="krachtvansalland-cheque-2027",
        actor=as_actor(writer),
    )


@pytest.fixture
def desk(client: Client, row: Concept) -> Client:
    sign_in(client, row.made_by)
    return client


def address(row: Concept, name: str, *more: str) -> str:
    return reverse(f"regeling:{name}", args=[row.uid, *more])


def fields(page: str) -> dict[str, Any]:
    """What a browser would post of a page without touching anything."""
    found: dict[str, Any] = {}

    def put_in(name: str, value: str) -> None:
        old = found.get(name)
        found[name] = value if old is None else [*(old if isinstance(old, list) else [old]), value]

    form = page[page.index('class="sve-writing"') :]
    for match in re.finditer(
        r"<input ([^>]*)>|<textarea ([^>]*)>(.*?)</textarea>|<select ([^>]*)>(.*?)</select>",
        form,
        re.DOTALL,
    ):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', match[1] or match[2] or match[4]))
        name = attributes.get("name")
        if not name:
            continue
        if match[1] is not None:
            if attributes.get("type") == "checkbox" and " checked" not in match[1]:
                continue
            put_in(name, unescape(attributes.get("value", "")))
        elif match[2] is not None:
            put_in(name, unescape(match[3]))
        else:
            options = re.findall(r'<option value="([^"]*)"( selected)?', match[5])
            chosen = [value for value, is_chosen in options if is_chosen] or [options[0][0]]
            put_in(name, unescape(chosen[0]))
    return found


def post(client: Client, url: str, **given: Any) -> Any:
    """Open a page, change some fields, and press a button."""
    page = client.get(url).content.decode()
    data = {**fields(page), **NOTHING, **given}
    return client.post(url, data)


def source(row: Concept) -> str:
    row.refresh_from_db()
    return newest(row).source


class TestPages:
    @pytest.mark.parametrize("part", [each.code for each in PARTS])
    def test_saving_untouched_keeps_every_byte(self, desk: Client, row: Concept, part: str) -> None:
        before = source(row)
        answer = post(desk, address(row, "concept_part", part))
        assert answer.status_code == 302, answer.content.decode()
        assert source(row) == before
        assert row.version == 1

    @pytest.mark.slow  # twenty pages of each
    @pytest.mark.parametrize("file", DELIVERED, ids=lambda file: file.stem)
    def test_every_delivered_regulation_has_its_pages(self, client: Client, file: Any) -> None:
        text = file.read_text()
        writer = drafter(text)
        own = concept(text, by=writer)
        sign_in(client, writer)
        for part in PARTS:
            url = address(own, "concept_part", part.code)
            assert post(client, url).status_code == 302, part.code
        for name in ("concept", "concept_decide", "concept_text", "concept_explained"):
            assert client.get(address(own, name)).status_code == 200
        for route in ("applications:concept_form", "documents:concept_letters"):
            answer = client.get(reverse(route, args=[own.uid]))
            assert answer.status_code == 200, route
            for more in re.findall(r'href="(\?(?:stap|brief)=[^"]*)"', answer.content.decode()):
                assert client.get(reverse(route, args=[own.uid]) + more).status_code == 200, more
        assert newest(own).source == text

    def test_the_list_has_every_regulation_and_the_way_to_a_new_one(
        self, desk: Client, row: Concept
    ) -> None:
        page = desk.get(reverse("regeling:concepts")).content.decode()
        assert "KrachtvanSalland-cheque 2027" in page
        assert f"{reverse('regeling:concept_new')}?van={SALLAND}" in page

    def test_a_new_regulation_begins_as_a_copy(self, desk: Client) -> None:
        answer: Any = desk.post(
            reverse("regeling:concept_new"),
            {"source": SALLAND, "kind": "new", "title": "Sallandse cheque 2028"},
        )
        made = Concept.objects.get(slug="sallandse-cheque-2028")
        assert answer.url == address(made, "concept")
        assert get(newest(made).source, "identity.title") == "Sallandse cheque 2028"

    def test_another_authority_is_not_there(self, client: Client, row: Concept) -> None:
        sign_in(client, drafter(EVERY_KIND))
        for name in ("concept", "concept_decide", "concept_text", "concept_difference"):
            assert client.get(address(row, name)).status_code == 404
        assert client.post(address(row, "concept_undo")).status_code == 404
        assert client.post(address(row, "concept_text_check")).status_code == 404
        assert client.get(address(row, "concept_part", "wie")).status_code == 404
        assert "KrachtvanSalland" not in client.get(reverse("regeling:concepts")).content.decode()


class TestWritingInSentences:
    def test_a_value_is_changed_and_nothing_else(self, desk: Client, row: Concept) -> None:
        before = source(row)
        url = address(row, "concept_part", "bedragen")
        answer = post(desk, url, **{"amounts.maximum": "1.500,50"})
        assert answer.status_code == 302
        assert source(row) == before.replace("maximum: 1000  #", "maximum: 1500.50  #")

    def test_wrong_input_is_told_at_its_field_and_changes_nothing(
        self, desk: Client, row: Concept
    ) -> None:
        before = source(row)
        url = address(row, "concept_part", "bedragen")
        answer = post(desk, url, **{"amounts.maximum": "veel", "amounts.minimum": "100"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#v-amounts-maximum"' in page
        assert 'value="veel"' in page
        assert 'name="amounts.minimum" type="text" inputmode="decimal" size="9" value="100"' in page
        assert source(row) == before

    def test_what_goes_against_another_value_is_told_too(self, desk: Client, row: Concept) -> None:
        url = address(row, "concept_part", "bedragen")
        answer = post(desk, url, **{"amounts.minimum": "2.000"})
        assert answer.status_code == 422
        assert "Het minimum is hoger dan het maximum." in answer.content.decode()

    def test_an_assumption_is_taken_over_as_a_fact_with_its_source(
        self, desk: Client, row: Concept
    ) -> None:
        url = address(row, "concept_part", "wie")
        answer = post(
            desk,
            url,
            doe="feit applicants.frequency",
            **{"applicants.frequency~bron": "Besluit GS 3 maart 2027"},
        )
        assert answer.status_code == 302
        assert "frequency:  # Besluit GS 3 maart 2027\n    times: 1" in source(row)
        definition = read(source(row), slug=row.slug)
        assert "applicants.frequency" not in definition.assumed_paths

    def test_without_a_source_it_stays_an_assumption(self, desk: Client, row: Concept) -> None:
        before = source(row)
        answer = post(desk, address(row, "concept_part", "wie"), doe="feit applicants.frequency")
        assert answer.status_code == 422
        assert "Noem de bron" in answer.content.decode()
        assert source(row) == before

    def test_a_value_inside_an_assumption_stays_assumed(self, desk: Client, row: Concept) -> None:
        post(desk, address(row, "concept_part", "verdelen"), **{"vote.maximum": "4"})
        definition = read(source(row), slug=row.slug)
        assert definition.vote.maximum == 4
        assert "vote" in definition.assumed_paths

    @pytest.mark.slow  # eight pages
    def test_a_question_is_added_asked_under_a_condition_and_moved(
        self, desk: Client, row: Concept
    ) -> None:
        url = f"{address(row, 'concept_part', 'vragen')}?blad=idee"
        list_path = "form.steps.idee.questions"
        answer = post(
            desk,
            url,
            doe=f"erbij {list_path}",
            **{f"{list_path}~nieuw": "Wie doet de boodschappen?"},
        )
        assert answer.status_code == 302
        path = f"{list_path}.wie-doet-de-boodschappen"
        assert answer.url.endswith(f"?blad=idee#b-{list_path.replace('.', '-')}")
        given = {
            f"{path}.when~naam0": "nieuw",
            f"{path}.when~op0": "=",
            f"{path}.when~waarde0": "ja",
        }
        assert post(desk, url, **given).status_code == 302
        assert get(source(row), f"{path}.when") == "nieuw = yes"
        post(desk, url, doe=f"omhoog {path}")
        listed: Any = get(source(row), list_path)
        codes = [each["code"] for each in listed]
        assert codes[-2:] == ["wie-doet-de-boodschappen", "wat-is-nieuw"]
        post(desk, url, doe=f"weg {path}")
        assert get(source(row), path) is None

    def test_a_condition_is_built_from_fields(self, desk: Client, row: Concept) -> None:
        path = "eligibility.einde-na-begin.require"
        given = {f"{path}~naam1": "amount_asked", f"{path}~op1": "<=", f"{path}~waarde1": "1.000"}
        assert post(desk, address(row, "concept_part", "wie"), **given).status_code == 302
        wanted = "end_date >= start_date and amount_asked <= EUR 1000"
        assert get(source(row), path) == wanted

    def test_a_section_is_begun_and_taken_away(self, desk: Client, row: Concept) -> None:
        url = address(row, "concept_part", "verdelen")
        assert post(desk, url, doe="begin card").status_code == 302
        assert get(source(row), "card.longest") == "300"
        assert post(desk, url, doe="weg card").status_code == 302
        assert get(source(row), "card") is None

    def test_a_paragraph_of_a_letter(self, desk: Client, row: Concept) -> None:
        url = address(row, "concept_part", "brieven")
        post(desk, url, doe="erbij letters", **{"letters~nieuw": "Wij zijn blij met uw idee."})
        letters = read(source(row), slug=row.slug).letters
        assert [each.text for each in letters] == ["Wij zijn blij met uw idee."]
        assert "bezwaar" in desk.get(url).content.decode()

    def test_undo_brings_the_text_before_back(self, desk: Client, row: Concept) -> None:
        before = source(row)
        post(desk, address(row, "concept_part", "bedragen"), **{"amounts.maximum": "900"})
        answer: Any = desk.post(address(row, "concept_undo"), {"version": 2, "deel": "bedragen"})
        assert answer.url == address(row, "concept_part", "bedragen")
        assert source(row) == before


class TestTogether:
    def test_somebody_else_was_first(self, desk: Client, row: Concept) -> None:
        url = address(row, "concept_part", "bedragen")
        page = fields(desk.get(url).content.decode())
        other = drafter(source(row))
        changed = put(source(row), "amounts.maximum", Word("750"))
        save_concept(concept_id=row.pk, source=changed, seen=1, actor=as_actor(other))
        answer = desk.post(url, {**page, **NOTHING, "amounts.minimum": "50"})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert other.name in text
        assert "750" in text
        assert re.search(r'name="amounts.minimum"[^>]*value="50"', text)
        assert re.search(r'name="amounts.maximum"[^>]*value="750"', text)
        again = desk.post(url, {**fields(text), **NOTHING})
        assert again.status_code == 302
        amounts = read(source(row), slug=row.slug).amounts
        assert (amounts.minimum, amounts.maximum) == (50_00, 750_00)


class TestDeciding:
    def test_everything_open_is_counted_in_one_place(self, desk: Client, row: Concept) -> None:
        page = desk.get(address(row, "concept_decide")).content.decode()
        count = int(re.findall(r"nog (\d+) te beslissen", page)[0])
        assert count == page.count('<li id="b-')
        post(desk, address(row, "concept_decide"), **{"ceilings.total.amount": "25.000"})
        assert get(source(row), "ceilings.total.amount") == "25000"
        page = desk.get(address(row, "concept_decide")).content.decode()
        assert f"nog {count - 1} te beslissen" in page

    def test_an_older_value_can_stay(self, desk: Client, row: Concept) -> None:
        url = address(row, "concept_decide")
        path = "form.steps.waar-en-wanneer.questions.startdatum.earliest"
        assert path in desk.get(url).content.decode()
        post(desk, url, doe=f"blijft {path}")
        assert path not in desk.get(url).content.decode()
        assert "earliest: 2023-03-09  # blijft zoals het was" in source(row)


class TestWholeText:
    def test_is_kept_with_its_errors_told_by_line(self, desk: Client, row: Concept) -> None:
        url = address(row, "concept_text")
        wrong = source(row).replace("  summary:", "  sumary:")
        answer = desk.post(url, {"source": wrong.replace("\n", "\r\n"), "version": 1})
        assert answer.status_code == 302
        assert source(row) == wrong
        page = desk.get(url).content.decode()
        assert "bedoelt u &#x27;summary&#x27;" in page
        line = wrong.splitlines().index(next(x for x in wrong.splitlines() if "sumary" in x)) + 1
        assert f'data-line="{line}"' in page

    def test_is_checked_without_being_kept(self, desk: Client, row: Concept) -> None:
        before = source(row)
        told = desk.post(address(row, "concept_text_check"), {"source": "language: 3\n"}).json()
        assert told["problems"]
        assert "ontbreekt" in " ".join(each["sentence"] for each in told["problems"])
        good = desk.post(address(row, "concept_text_check"), {"source": before}).json()
        assert good == {"problems": [], "message": "De tekst klopt."}
        assert source(row) == before

    def test_parts_of_an_unreadable_text_lead_to_the_text(self, desk: Client, row: Concept) -> None:
        save_concept(concept_id=row.pk, source="a: [", seen=1, actor=as_actor(row.made_by))
        answer: Any = desk.get(address(row, "concept_part", "wie"))
        assert answer.url == address(row, "concept_text")
        assert desk.get(address(row, "concept")).status_code == 200
        assert "geen YAML" in desk.get(address(row, "concept_text")).content.decode()


def test_the_difference_is_told_in_words(desk: Client, row: Concept) -> None:
    post(desk, address(row, "concept_part", "bedragen"), **{"amounts.maximum": "900"})
    page = desk.get(address(row, "concept_difference")).content.decode()
    assert "€\u00a0900" in page


def test_a_published_text_is_not_changed(client: Client) -> None:
    published()
    own = Concept.objects.get()
    writer = drafter()
    sign_in(client, writer)
    answer = post(client, address(own, "concept_part", "naam"), **{"identity.title": "Iets anders"})
    assert answer.status_code == 422
    assert "vastgesteld" in answer.content.decode()


def test_a_field_of_more_lines_has_a_sentence_of_its_own() -> None:
    for part in PARTS:
        for path, say in every_sentence(part.blocks, ""):
            keys = [".".join(each for each in (path, key) if each) for key in say.keys]
            kinds = [kind_of(slot_at(key), key) for key in keys]
            assert len(kinds) == 1 or not set(kinds) & set(BROAD), say.text


def every_sentence(blocks: Any, prefix: str) -> Any:
    """The sentences of a part with the path of their section, an item of a list as its first."""
    for block in blocks:
        path = ".".join(each for each in (prefix, block.path) if each)
        path = f"{path}.0" if isinstance(block, Many) else path
        yield from ((path, say) for say in block.says)
        yield from every_sentence(block.inner, path)


class TestGoingOn:
    """A text that goes on from another one shows what it inherits and writes only its own."""

    TEXT = (
        "language: 3\nextends: krachtvansalland-cheque-2023  # de vorige\nidentity:\n"
        "  slug: vervolg\n  title: Vervolg\n  authority: overijssel\n"
    )

    def begun(self, client: Client) -> Concept:
        revision_of(SALLAND)
        writer = drafter(self.TEXT)
        sign_in(client, writer)
        return concept(self.TEXT, by=writer)

    def test_inherited_values_are_shown_and_own_ones_written(self, client: Client) -> None:
        own = self.begun(client)
        url = address(own, "concept_part", "bedragen")
        assert post(client, url).status_code == 302
        assert source(own) == self.TEXT
        assert 'value="1.000"' in client.get(url).content.decode()
        assert post(client, url, **{"amounts.maximum": "750"}).status_code == 302
        assert source(own) == f"{self.TEXT}\namounts:\n  maximum: 750\n"
        assert read(source(own), slug="vervolg").amounts.maximum == 750_00

    def test_an_inherited_item_is_changed_and_taken_away(self, client: Client) -> None:
        own = self.begun(client)
        url = address(own, "concept_part", "wie")
        sentence = "De cheque is alleen voor iets dat er nog niet is."
        assert post(client, url, **{"eligibility.nieuw-initiatief.sentence": sentence}).url
        definition = read(source(own), slug="vervolg")
        assert definition.eligibility[0].sentence == sentence
        assert len(definition.eligibility) == 3
        assert post(client, url, doe="weg eligibility.nog-niet-klaar").status_code == 302
        assert len(read(source(own), slug="vervolg").eligibility) == 2
