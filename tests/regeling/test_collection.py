"""The collection: real regulations as their sources tell them, and what no source gives."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.domain import authorities
from regeling.definition import UNKNOWN, Definition, canonical, from_canonical, parse
from regeling.definition.labels import path_words
from regeling.delivered import AUTHORITIES, collection, files, source
from regeling.domain.revisions import accept, open_call
from regeling.models import Regulation
from tests.regeling.collection_facts import FACTS
from tests.regeling.collection_unknown import UNKNOWN_NEEDED
from tests.regeling.test_definitions import reads_well
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Refused

ALL = {path.stem: path for path in collection()}


SOURCED = re.compile(r"\[[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")


@cache
def definition(slug: str) -> Definition:
    return parse(source(slug), file=f"{slug}.yaml")


def at(found: Any, path: str) -> Any:
    """What stands at a path; of a list with codes, the codes, and of any other list its words."""
    for step in path.split("."):
        if isinstance(found, tuple):
            found = next(
                item
                for index, item in enumerate(found)
                if step in (getattr(item, "code", ""), getattr(item, "scope", ""), str(index))
            )
        else:
            found = getattr(found, step)
    return (
        tuple(getattr(item, "code", item) for item in found) if isinstance(found, tuple) else found
    )


def test_set_up_loads_none_of_it() -> None:
    assert not {path.stem for path in files()} & ALL.keys()
    assert len(ALL) == 38
    assert ALL.keys() == FACTS.keys() == UNKNOWN_NEEDED.keys()
    with pytest.raises(FileNotFoundError):
        source("authorities")


@pytest.mark.parametrize("slug", ALL)
def test_what_the_source_says(slug: str) -> None:
    found = definition(slug)
    assert {path: at(found, path) for path in FACTS[slug]} == FACTS[slug]


@pytest.mark.parametrize("slug", ALL)
def test_it_says_what_it_lacks_and_takes_nothing_for_granted(slug: str) -> None:
    found = definition(slug)
    assert found.identity.slug == slug
    assert found.identity.sources
    assert not found.is_example_only
    assert found.unknown_needed() == UNKNOWN_NEEDED[slug]


@pytest.mark.parametrize("slug", ALL)
def test_no_article_or_paragraph_is_invented(slug: str) -> None:
    found = definition(slug)
    assert found.identity.paragraph is UNKNOWN
    assert found.identity.articles is UNKNOWN
    assert all(each.article in (UNKNOWN, "Awb 4:29") for each in found.eligibility)
    assert all(each.article is UNKNOWN for each in found.activities)


@pytest.mark.parametrize("slug", ALL)
def test_it_explains_itself_and_comes_back_from_its_text(slug: str) -> None:
    found = definition(slug)
    assert from_canonical(canonical(found)) == found
    told = reads_well(found)
    assert len(told) > 10
    assert not any("None" in sentence or "unknown" in sentence.lower() for sentence in told)


@pytest.mark.parametrize("path", collection(), ids=lambda path: path.stem)
def test_every_fact_names_its_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(SOURCED.findall(text)) >= 2
    assert "sources:" in text or "extends:" in text


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ALL)
def test_a_call_refuses_to_open_and_names_what_is_unknown(slug: str) -> None:
    for file in (authorities.SHIPPED, AUTHORITIES):
        authorities.load(source=file.read_text(encoding="utf-8"))
    revision = accept(source=source(slug), file=f"{slug}.yaml", actor=SYSTEM)
    now = clock.now()
    with pytest.raises(Refused) as refused:
        open_call(revision_id=revision.pk, kind="example", actor=SYSTEM, days=(now, None))
    assert refused.value.code == "unknown"
    for path in UNKNOWN_NEEDED[slug]:
        assert path_words(path) in refused.value.sentence


@pytest.mark.slow  # every definition is read and kept
@pytest.mark.django_db
def test_the_whole_collection_can_be_loaded_and_read_on_the_site(
    capsys: Any, client: Client
) -> None:
    call_command("load_authorities")
    call_command("load_authorities", AUTHORITIES)
    call_command("regeling", "load", *collection())
    assert set(Regulation.objects.values_list("slug", flat=True)) == ALL.keys()
    assert "amersfoort-liendert-rustenburg-buurtbudget" in capsys.readouterr().out
    for slug in ALL:
        page = client.get(f"/regelingen/{slug}/")
        assert page.status_code == 200, slug
        assert definition(slug).identity.title in unescape(page.content.decode())
        assert client.get(f"/regelingen/{slug}/mag-ik-aanvragen/").status_code == 200, slug
    assert client.get("/regelingen/").status_code == 200
    assert client.get("/wat-past/", {"waar": "Luttenberg"}).status_code == 200
